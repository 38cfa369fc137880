using System.Text.Json;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Checks;
using FestivalOps.Commands.Audit;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// Counts after a start what was due while no instance ran, before anything of it is done, and has it said in the channel of the team.
/// </summary>
internal sealed class RestartWatch(
    IDbContextFactory<OpsDbContext> store, Instance instance, Outbox outbox, IOptions<ChannelsOptions> channels, IOptions<ChecksOptions> checks,
    TimeProvider time) : IStoreOpening
{
    /// <summary>Looks, and writes the post when there was a gap worth saying.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        // Without another instance in memory it is the first start, or one after so long that nobody asks any more.
        var seen = await db.Set<InstanceRecord>().Where(i => i.Id != instance.Id).MaxAsync(i => (DateTimeOffset?)i.LastSeen, ct);
        if (seen is not { } last || now - last <= RestartNotice.WorthSaying) return;
        var gap = now - last;
        var restart = new Restart(
            last, now,
            await db.Set<OutboxRow>().CountAsync(r => r.State == OutboxState.Waiting && r.NotBefore <= now, ct),
            await db.Set<Incident>().CountAsync(i => i.NextStepAt != null && i.NextStepAt <= now, ct),
            checks.Value.EverySeconds == 0 ? 0 : (int)(gap.TotalSeconds / checks.Value.EverySeconds),
            await db.Set<PendingWork>().CountAsync(ct),
            await db.Set<Incident>().CountAsync(i => i.OpenKey != null && i.HiddenBy == null, ct),
            await db.Set<TaskRunRecord>().CountAsync(r => r.State == RunState.Running, ct));
        var target = channels.Value.Operations is { Length: > 0 } operations ? operations : channels.Value.Alerts;
        if (target.Length == 0) return;
        // Named by the gap: of several instances that start together, one says it.
        var row = outbox.Row(
            $"restart:{SpanKey(last)}", RestartPost.Name, "restart", Carrier.Channel, target, OutboxPriority.Note, JsonSerializer.Serialize(restart));
        await Outbox.AddAsync(db, [row], ct);
        await db.SaveChangesAsync(ct);
        outbox.Wake();
    }

    private static string SpanKey(DateTimeOffset last) => Channels.Outage.SlackGap.KeyOf(last);
}

/// <summary>Says what a restart missed.</summary>
internal sealed class RestartPost(IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="IPostKind.Kind"/>.</summary>
    public const string Name = "bot.restart";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        var restart = JsonSerializer.Deserialize<Restart>(row.Argument)!;
        var message = RestartNotice.Of(restart, new(time.GetUtcNow(), languages.Value.GetZone()), languages.Value.Channels);
        return Task.FromResult<Prepared>(message is null ? new Prepared.Drop("nobody missed anything") : new Prepared.Post(message));
    }
}
