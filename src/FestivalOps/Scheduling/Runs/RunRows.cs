using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Scheduling.Post;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Runs;

/// <summary>The rows of runs and what goes out about them, and the one transaction in which they change.</summary>
internal sealed class RunRows(IDbContextFactory<OpsDbContext> store, TaskBook book, Instance instance, Outbox outbox, IOptions<ChannelsOptions> channels, TimeProvider time)
{
    private const long WriteLock = 0x666f_7073_7461_736b; // "fopstask"

    /// <summary>Does <paramref name="work"/> in a transaction that no other change of a run can interleave with, then wakes the courier.</summary>
    public async Task<T> InOneAsync<T>(Func<OpsDbContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var result = await db.OneWriterAsync(WriteLock, token => work(db, token), ct);
        outbox.Wake();
        return result;
    }

    /// <summary>Where runs are told: the channel for reports, or where it was asked for; empty: nowhere.</summary>
    public string Place(string askedIn) => channels.Value.ForReports is { Length: > 0 } reports ? reports : askedIn;

    /// <summary>The key of a due moment.</summary>
    public static string DueKey(string task, DateTimeOffset due) => string.Create(CultureInfo.InvariantCulture, $"{task}@{due.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}");

    /// <summary>A run that is due. Of a quiet task it has no place yet (<see cref="TellAtEndAsync"/>).</summary>
    public TaskRunRecord Due(PlannedTask task, DateTimeOffset due) =>
        New(task, due, DueKey(task.Name, due), "", isDry: task.Task.IsDangerous, asks: false, task.Task.IsQuiet ? "" : Place(""), null);

    /// <summary>A run by hand.</summary>
    public TaskRunRecord ByHand(PlannedTask task, string userId, bool isDry, bool asks, string askedIn) =>
        New(task, time.GetUtcNow(), null, userId, isDry, asks, Place(askedIn), null);

    /// <summary>A run that was approved.</summary>
    public TaskRunRecord Approved(PlannedTask task, string askedBy, string approvalId, string approvedBy, string channel) =>
        New(task, time.GetUtcNow(), null, askedBy, isDry: false, asks: false, channel, (approvalId, approvedBy));

    /// <summary>The row that posts it.</summary>
    public OutboxRow PostRow(TaskRunRecord run) =>
        outbox.Row($"task:{run.Id}:post", RunPost.Name, run.Id, Carrier.Channel, run.PostChannel, OutboxPriority.Report);

    /// <summary>Adds it, with its post when there is a place for it; the caller saves.</summary>
    public async Task AddAsync(OpsDbContext db, TaskRunRecord run, CancellationToken ct)
    {
        db.Add(run);
        if (run.PostChannel.Length > 0) await Outbox.AddAsync(db, [PostRow(run)], ct);
    }

    /// <summary>Gives a run of a quiet task that did not go well its post after all; the caller saves.</summary>
    public async Task TellAtEndAsync(OpsDbContext db, TaskRunRecord run, CancellationToken ct)
    {
        if (run.PostChannel.Length > 0 || run.State == RunState.Ok || book.Find(run.Task) is not { Task.IsQuiet: true }) return;
        run.PostChannel = Place("");
        if (run.PostChannel.Length > 0) await Outbox.AddAsync(db, [PostRow(run)], ct);
    }

    /// <summary>Counts a change that its post should show, and saves.</summary>
    public async Task ShowAsync(OpsDbContext db, TaskRunRecord run, CancellationToken ct)
    {
        run.Version++;
        if (run.PostChannel.Length > 0) await Outbox.AddAsync(db, [RunRedrawPost.Row(run, outbox)], ct);
        await db.SaveChangesAsync(ct);
    }

    private TaskRunRecord New(
        PlannedTask task, DateTimeOffset due, string? dueKey, string userId, bool isDry, bool asks, string channel, (string Id, string By)? approval) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
        Task = task.Name,
        Due = due,
        DueKey = dueKey,
        RunningKey = task.Name,
        State = RunState.Running,
        StartedAt = time.GetUtcNow(),
        StartedBy = userId,
        IsDry = isDry,
        Asks = asks,
        ApprovalId = approval?.Id,
        ApprovedBy = approval?.By,
        InstanceId = instance.Id,
        PostChannel = channel,
    };
}
