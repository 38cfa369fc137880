using FestivalOps.Channels;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>What became of a decision.</summary>
internal enum Decision
{
    /// <summary>It counts.</summary>
    Taken,

    /// <summary>Nobody remembers the request.</summary>
    Unknown,

    /// <summary>Who asked can't approve.</summary>
    OwnRequest,

    /// <summary>Someone or something was faster; the approval says who and what.</summary>
    Late,

    /// <summary>A run of the task is under way; the request still waits.</summary>
    Busy,
}

/// <summary>A decision and what it met.</summary>
/// <param name="What">What became of it.</param>
/// <param name="Approval">The request as it is now; null when nobody remembers it.</param>
/// <param name="Run">The run that was begun, or the one that is under way; null when there is none.</param>
internal sealed record Decided(Decision What, Approval? Approval, TaskRunRecord? Run);

/// <summary>
/// The statements by which a plan is put up for approval and decided. Of two that decide at once the second finds the word of the first; who
/// approves begins the run in the same transaction, so that nothing is approved and forgotten.
/// </summary>
internal sealed class ApprovalDesk(IDbContextFactory<OpsDbContext> store, RunRows rows, Outbox outbox, IOptions<ApprovalOptions> options, TimeProvider time)
{
    /// <summary>Decided requests are remembered for 400 days.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    /// <summary>Puts the plan of a dry run up for approval, in the caller's transaction. False: another one of the task waits already.</summary>
    public async Task<bool> OpenAsync(OpsDbContext db, TaskRunRecord planRun, TaskPlan plan, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await db.Set<Approval>().SingleOrDefaultAsync(a => a.OpenKey == planRun.Task, ct) is { } open)
        {
            if (open.ExpiresAt > now) return false;
            await CloseAsync(db, open, ApprovalState.Expired, null, ct);
            // The key is free before it is taken again.
            await db.SaveChangesAsync(ct);
        }
        var approval = new Approval
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Task = planRun.Task,
            PlanRunId = planRun.Id,
            Hash = PlanSeal.Of(planRun.Task, plan),
            Plan = PlanSeal.Write(plan),
            AskedBy = planRun.StartedBy,
            AskedAt = now,
            ExpiresAt = now + TimeSpan.FromMinutes(options.Value.ValidMinutes),
            State = ApprovalState.Waiting,
            OpenKey = planRun.Task,
            PostChannel = planRun.PostChannel,
        };
        db.Add(approval);
        if (approval.PostChannel.Length > 0) await Outbox.AddAsync(db, [ApprovalPost.Row(approval, outbox)], ct);
        return true;
    }

    /// <summary>What waits of a task and can still be approved; null: nothing.</summary>
    public async Task<Approval?> OpenOfAsync(string task, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        return await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.OpenKey == task && a.ExpiresAt > now, ct);
    }

    /// <summary>One of them; null: nobody remembers it.</summary>
    public async Task<Approval?> FindAsync(string id, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
    }

    /// <summary>Approves, and begins the run. Whether the person has the role is the caller's question.</summary>
    public Task<Decided> ApproveAsync(string id, PlannedTask task, string userId, CancellationToken ct) => rows.InOneAsync(async (db, token) =>
    {
        var approval = await db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == id && a.Task == task.Name, token);
        if (approval is null) return new Decided(Decision.Unknown, null, null);
        if (await IsOverAsync(db, approval, token)) return new(Decision.Late, approval, null);
        if (approval.AskedBy == userId) return new(Decision.OwnRequest, approval, null);
        if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.RunningKey == task.Name, token) is { } other) return new(Decision.Busy, approval, other);
        var run = rows.Approved(task, approval.AskedBy, approval.Id, userId, approval.PostChannel);
        await rows.AddAsync(db, run, token);
        approval.RunId = run.Id;
        await CloseAsync(db, approval, ApprovalState.Approved, userId, token);
        await db.SaveChangesAsync(token);
        return new(Decision.Taken, approval, run);
    }, ct);

    /// <summary>Says no; who asked takes it back.</summary>
    public Task<Decided> RejectAsync(string id, string userId, CancellationToken ct) => rows.InOneAsync(async (db, token) =>
    {
        var approval = await db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == id, token);
        if (approval is null) return new Decided(Decision.Unknown, null, null);
        if (await IsOverAsync(db, approval, token)) return new(Decision.Late, approval, null);
        await CloseAsync(db, approval, approval.AskedBy == userId ? ApprovalState.Withdrawn : ApprovalState.Rejected, userId, token);
        await db.SaveChangesAsync(token);
        return new(Decision.Taken, approval, null);
    }, ct);

    /// <summary>Notes, in the caller's transaction, that a run ended because its plan was another than the approved one.</summary>
    public async Task VoidAsync(OpsDbContext db, TaskRunRecord run, CancellationToken ct)
    {
        run.PlanChanged = true;
        if (await db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == run.ApprovalId, ct) is { } approval) await CloseAsync(db, approval, ApprovalState.Changed, approval.DecidedBy, ct);
    }

    /// <summary>Notes, in the caller's transaction, that the post of a request can never arrive, and tells who asked.</summary>
    public async Task NotPostedAsync(OpsDbContext db, string id, string error, CancellationToken ct)
    {
        if (await db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == id && a.State == ApprovalState.Waiting, ct) is not { } approval) return;
        // There is nothing to redraw.
        (approval.State, approval.OpenKey, approval.DecidedAt) = (ApprovalState.NotPosted, null, time.GetUtcNow());
        await Outbox.AddAsync(db, [ApprovalLostPost.Row(approval, error, outbox)], ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Makes void what nobody approved in time, and forgets what is old.</summary>
    public async Task TidyAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var look = store.CreateDbContext();
        foreach (var id in await look.Set<Approval>().Where(a => a.OpenKey != null && a.ExpiresAt <= now).Select(a => a.Id).ToListAsync(ct))
        {
            await rows.InOneAsync(async (db, token) => await db.Set<Approval>().SingleOrDefaultAsync(a => a.Id == id, token) is { } late && await IsOverAsync(db, late, token), ct);
        }
        var old = now - Kept;
        await look.Set<Approval>().Where(a => a.AskedAt < old && a.OpenKey == null).ExecuteDeleteAsync(ct);
    }

    // True when nothing can be decided any more; that its time has run out is written at once.
    private async Task<bool> IsOverAsync(OpsDbContext db, Approval approval, CancellationToken ct)
    {
        if (approval.State != ApprovalState.Waiting) return true;
        if (approval.ExpiresAt > time.GetUtcNow()) return false;
        await CloseAsync(db, approval, ApprovalState.Expired, null, ct);
        await db.SaveChangesAsync(ct);
        return true;
    }

    private async Task CloseAsync(OpsDbContext db, Approval approval, ApprovalState state, string? by, CancellationToken ct)
    {
        (approval.State, approval.OpenKey, approval.DecidedBy, approval.DecidedAt) = (state, null, by, time.GetUtcNow());
        if (approval.PostChannel.Length > 0) await Outbox.AddAsync(db, [ApprovalRedrawPost.Row(approval, outbox)], ct);
    }
}
