using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Approvals;

/// <summary><c>task.approval</c>: the plan that waits for a second person.</summary>
internal sealed class ApprovalPost(TaskBook book, IOptions<LanguageOptions> languages, ApprovalDesk desk, Outbox outbox) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.approval";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>The row that posts it. People are to act on it.</summary>
    public static OutboxRow Row(Approval approval, Outbox outbox) =>
        outbox.Row($"approval:{approval.Id}:post", Name, approval.Id, Carrier.Channel, approval.PostChannel, OutboxPriority.Card);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == row.Subject, ct) is not { } approval) return new Prepared.Drop("the request is not remembered any more");
        if (approval.PostTs is not null) return new Prepared.Drop("the post is there already");
        return new Prepared.Post(ApprovalMessage.Of(approval, book.Find(approval.Task)?.Task, languages.Value.GetZone(), languages.Value.Channels));
    }

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => desk.NotPostedAsync(db, row.Subject, error, ct);

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        await db.Set<Approval>().Where(a => a.Id == row.Subject && a.PostTs == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PostTs, arrival.Ts).SetProperty(a => a.PostChannel, arrival.ChannelId), ct);
        // What was decided while it was on its way had nothing to draw on.
        if (await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == row.Subject, ct) is { } approval && approval.State != ApprovalState.Waiting)
            await Outbox.AddAsync(db, [ApprovalRedrawPost.Row(approval, outbox, "after-post")], ct);
    }
}

/// <summary><c>task.approval.redraw</c>: the same post in its newest state.</summary>
internal sealed class ApprovalRedrawPost(TaskBook book, IOptions<LanguageOptions> languages) : IPostKind
{
    /// <summary>See <see cref="Kind"/>.</summary>
    public const string Name = "task.approval.redraw";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <summary>A row for the newest state of a request.</summary>
    public static OutboxRow Row(Approval approval, Outbox outbox, string? why = null) =>
        outbox.Row($"approval:{approval.Id}:{why ?? approval.State.ToString()}", Name, approval.Id, Carrier.Channel, approval.PostChannel, OutboxPriority.Redraw);

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == row.Subject, ct) is not { } approval) return new Prepared.Drop("the request is not remembered any more");
        if (approval.PostTs is not { } ts) return new Prepared.Drop("there is no post yet");
        return new Prepared.Redraw(approval.PostChannel, ts, ApprovalMessage.Of(approval, book.Find(approval.Task)?.Task, languages.Value.GetZone(), languages.Value.Channels));
    }
}
