using System.Globalization;
using System.Text.Json;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>A step that was done for a time.</summary>
/// <param name="Run">The run that did it; names it.</param>
/// <param name="Step">Which.</param>
/// <param name="End">When it is taken back by itself, unless someone keeps it.</param>
internal sealed record LockdownTime(string Run, LockdownStep Step, DateTimeOffset End)
{
    /// <summary>As a button carries it.</summary>
    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Step}:{End.ToUnixTimeSeconds()}:{Run}");

    /// <summary>Reads <see cref="Value"/>; null when it is none.</summary>
    public static LockdownTime? Read(string value) =>
        value.Split(':') is [var step, var end, var run] && Enum.TryParse<LockdownStep>(step, out var known) && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds < 253_402_300_799 && run.Length is > 0 and <= 40 ? new(run, known, DateTimeOffset.FromUnixTimeSeconds(seconds)) : null;
}

/// <summary>What is posted about a lock-down: the card with its buttons, how it ended, and that it was taken back by itself.</summary>
internal sealed class LockdownPosts(
    IDbContextFactory<OpsDbContext> store, Outbox outbox, Lockdowns lockdown, IOptions<ChannelsOptions> channels, IOptions<LanguageOptions> languages, TimeProvider time)
{
    /// <summary>So long after its time it is looked whether a step was really taken back: 5 seconds.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    private string Channel => channels.Value.Critical.Length > 0 ? channels.Value.Critical : channels.Value.Alerts.Length > 0 ? channels.Value.Alerts : channels.Value.ForReports;

    /// <summary>A moment as people read it.</summary>
    public string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, languages.Value.GetZone()).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Posts the card of a step that was just done; returns when it is taken back.</summary>
    public async Task<DateTimeOffset> BeginAsync(LockdownStep step, string run, CancellationToken ct)
    {
        var begun = new LockdownTime(run, step, time.GetUtcNow() + lockdown.Time);
        if (Channel.Length == 0) return begun.End;
        var argument = JsonSerializer.Serialize(begun);
        var end = outbox.Row(EndKey(run), LockdownEndPost.Name, run, Carrier.Channel, Channel, OutboxPriority.Page, argument);
        end.NotBefore = begun.End + After;
        await AddAsync([outbox.Row(CardKey(run), LockdownCardPost.Name, run, Carrier.Channel, Channel, OutboxPriority.Page, argument), end], ct);
        return begun.End;
    }

    /// <summary>Draws the card as ended, and lets nobody be told that the step was taken back by itself.</summary>
    public async Task EndAsync(LockdownTime begun, LockdownEnd how, string userId, CancellationToken ct)
    {
        await using (var db = store.CreateDbContext())
        {
            await db.TurnAsync(
                token => db.Set<OutboxRow>().Where(r => r.Key == EndKey(begun.Run) && r.State == OutboxState.Waiting && r.LeaseOwner == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Dropped).SetProperty(r => r.Reason, "someone decided"), token),
                ct);
        }
        if (Channel.Length > 0) await AddAsync([Redraw(begun, how, userId, outbox, Channel)], ct);
    }

    /// <summary>The row that draws a card anew.</summary>
    public static OutboxRow Redraw(LockdownTime begun, LockdownEnd how, string userId, Outbox outbox, string channel) => outbox.Row(
        $"lockdown:{begun.Run}:{how}", LockdownRedrawPost.Name, begun.Run, Carrier.Channel, channel, OutboxPriority.Redraw, JsonSerializer.Serialize(new LockdownEnded(begun, how, userId)));

    /// <summary>Key of the card's row.</summary>
    public static string CardKey(string run) => $"lockdown:{run}:card";

    private static string EndKey(string run) => $"lockdown:{run}:end";

    private async Task AddAsync(IReadOnlyCollection<OutboxRow> rows, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            async token =>
            {
                await Outbox.AddAsync(db, rows, token);
                return await db.SaveChangesAsync(token);
            },
            ct);
        outbox.Wake();
    }
}

/// <summary>How a step for a time ended.</summary>
internal enum LockdownEnd
{
    /// <summary>Someone kept it.</summary>
    Kept,

    /// <summary>Someone took it back.</summary>
    Undone,

    /// <summary>It was taken back by itself.</summary>
    Over,
}

/// <summary>A step that ended.</summary>
internal sealed record LockdownEnded(LockdownTime Begun, LockdownEnd How, string UserId);

/// <summary><c>lockdown.card</c>: what was done, until when, and the buttons.</summary>
internal sealed class LockdownCardPost(Lockdowns lockdown, LockdownPosts posts, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "lockdown.card";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var begun = JsonSerializer.Deserialize<LockdownTime>(row.Argument)!;
        if (begun.End <= time.GetUtcNow()) return Task.FromResult<Prepared>(new Prepared.Drop("its time is over"));
        return Task.FromResult<Prepared>(new Prepared.Post(LockdownMessage.Open(begun, [.. lockdown.Hosts.Select(h => h.Host)], posts.Clock(begun.End), languages.Value.Channels)));
    }
}

/// <summary><c>lockdown.redraw</c>: the same card once it was decided.</summary>
internal sealed class LockdownRedrawPost(Lockdowns lockdown, IOptions<LanguageOptions> languages) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "lockdown.redraw";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var ended = JsonSerializer.Deserialize<LockdownEnded>(row.Argument)!;
        var card = await db.Set<OutboxRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Key == LockdownPosts.CardKey(ended.Begun.Run), ct);
        return card is { ResultTs: { } ts, ResultChannel: { } channel }
            ? new Prepared.Redraw(channel, ts, LockdownMessage.Ended(ended, [.. lockdown.Hosts.Select(h => h.Host)], languages.Value.Channels))
            : new Prepared.Drop("there is no card");
    }
}

/// <summary><c>lockdown.end</c>: after its time it is looked whether the step was taken back, and that is said.</summary>
internal sealed class LockdownEndPost(Lockdowns lockdown, Outbox outbox, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "lockdown.end";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var begun = JsonSerializer.Deserialize<LockdownTime>(row.Argument)!;
        var readings = await lockdown.ReadAsync(ct);
        if (readings.FirstOrDefault(r => r.Reading.State is null) is { Reading.Problem: { } problem } && time.GetUtcNow() < begun.End + TimeSpan.FromHours(1))
            return new Prepared.Later(time.GetUtcNow() + TimeSpan.FromMinutes(1), problem.En);
        return new Prepared.Post(LockdownMessage.Over(begun.Step, readings, languages.Value.Channels));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) =>
        await Outbox.AddAsync(db, [LockdownPosts.Redraw(JsonSerializer.Deserialize<LockdownTime>(row.Argument)!, LockdownEnd.Over, "", outbox, row.Target)], ct);
}
