using System.Collections.Concurrent;
using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Post;

/// <summary><c>task.run</c>: the post of a run, in the state of the moment in which it is sent.</summary>
internal sealed class RunPost(TaskBook book, IOptions<LanguageOptions> languages, Outbox outbox, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.run";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == row.Subject, ct) is not { } run) return new Prepared.Drop("the run is not remembered any more");
        if (run.PostTs is not null) return new Prepared.Drop("the post is there already");
        return new Prepared.Post(RunMessage.Of(run, book.Find(run.Task)?.Task, await UsualTime.OfAsync(run, db, ct), time.GetUtcNow(), languages.Value.GetZone(), languages.Value.Channels));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        await db.Set<TaskRunRecord>().Where(r => r.Id == row.Subject && r.PostTs == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.PostTs, arrival.Ts).SetProperty(r => r.PostChannel, arrival.ChannelId), ct);
        // What changed since it was drawn had nothing to draw on; it is not known how much that is, so it is drawn once more.
        if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == row.Subject, ct) is { Version: > 0 } run)
            await Outbox.AddAsync(db, [RunRedrawPost.Row(run, outbox, "after-post")], ct);
    }
}

/// <summary><c>task.redraw</c>: the same post in its newest state. Several that wait are one: the first draws what the last would.</summary>
internal sealed class RunRedrawPost(TaskBook book, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.redraw";

    // What was drawn last for a row, until it is known whether it arrived.
    private readonly ConcurrentDictionary<string, int> _drawn = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>A row for the newest state of a run.</summary>
    public static OutboxRow Row(TaskRunRecord run, Outbox outbox, string? why = null) => outbox.Row(
        string.Create(CultureInfo.InvariantCulture, $"task:{run.Id}:{why ?? run.Version.ToString(CultureInfo.InvariantCulture)}"),
        Name, run.Id, Carrier.Channel, run.PostChannel, OutboxPriority.Redraw);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == row.Subject, ct) is not { } run) return new Prepared.Drop("the run is not remembered any more");
        if (run.PostTs is not { } ts) return new Prepared.Drop("there is no post yet");
        if (run.ShownVersion >= run.Version) return new Prepared.Drop("the newest state is shown already");
        _drawn[row.Id] = run.Version;
        return new Prepared.Redraw(run.PostChannel, ts, RunMessage.Of(run, book.Find(run.Task)?.Task, await UsualTime.OfAsync(run, db, ct), time.GetUtcNow(), languages.Value.GetZone(), languages.Value.Channels));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        if (!_drawn.TryRemove(row.Id, out var version)) return;
        await db.Set<TaskRunRecord>().Where(r => r.Id == row.Subject && r.ShownVersion < version).ExecuteUpdateAsync(set => set.SetProperty(r => r.ShownVersion, version), ct);
    }

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        _drawn.TryRemove(row.Id, out _);
        return Task.CompletedTask;
    }
}
