using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Post;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Runs;

/// <summary>
/// The statements by which runs begin and end. Whoever is second (another instance, a run by hand, a repeated trigger) finds the row of the
/// first: a due moment has one row, and of a task one run is under way.
/// </summary>
internal sealed class RunDesk(
    IDbContextFactory<OpsDbContext> store, Instance instance, InstanceBook instances, BusinessCalendar calendar, Outbox outbox,
    IOptions<ChannelsOptions> channels, TimeProvider time)
{
    private const long WriteLock = 0x666f_7073_7461_736b; // "fopstask"

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes or adjusts the clock of a task; gives it back.</summary>
    public Task<TaskClockRecord> EnsureClockAsync(PlannedTask task, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        var (now, schedule) = (time.GetUtcNow(), task.Schedule?.ToString() ?? "");
        var clock = await db.Set<TaskClockRecord>().SingleOrDefaultAsync(c => c.Task == task.Name, token);
        if (clock is null) db.Add(clock = new() { Task = task.Name, Schedule = schedule, NextDue = task.Schedule?.Next(now, calendar) });
        // What was due by the old schedule is still accounted for; what was to come by it is not. Holidays may be known better than last time.
        else if (task.Schedule is null) (clock.Schedule, clock.NextDue) = (schedule, null);
        else if (clock.NextDue is not { } due || due > now) (clock.Schedule, clock.NextDue) = (schedule, task.Schedule.Next(now, calendar));
        await db.SaveChangesAsync(token);
        return clock;
    }, ct);

    /// <summary>
    /// Accounts for every moment of the task that was due until now, and begins the run that follows from it. Null: nothing is to be run
    /// now, or a run is under way, after which this is asked again.
    /// </summary>
    public Task<TaskRunRecord?> TakeDueAsync(PlannedTask task, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        var now = time.GetUtcNow();
        var clock = await db.Set<TaskClockRecord>().SingleOrDefaultAsync(c => c.Task == task.Name, token);
        if (clock is null || clock.NextDue is not { } next || next > now) return null;
        if (await db.Set<TaskRunRecord>().AnyAsync(r => r.RunningKey == task.Name, token)) return null;

        var decision = DueDecision.Of(task, clock, now, calendar);
        var left = decision.Moments.Where(m => m.Verdict != DueVerdict.Run).ToList();
        var rows = left.ConvertAll(m => NotRun(task, clock, m, decision, now));
        TaskRunRecord? run = null;
        if (decision.ToRun is { } due) rows.Add(run = New(task, due, $"{task.Name}@{due.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}", "", isDry: false, Place("")));
        db.AddRange(rows);
        clock.NextDue = decision.NextDue;
        if (decision.Moments.Any(m => m.At == clock.SkipDue)) (clock.SkipDue, clock.SkipBy) = (null, null);
        List<OutboxRow> posts = [.. NotRunPost.Rows(task.Name, rows.Where(r => r.State != RunState.Running), Place(""), outbox)];
        if (run is { PostChannel.Length: > 0 }) posts.Add(PostRow(run));
        await Outbox.AddAsync(db, posts, token);
        await db.SaveChangesAsync(token);
        return run;
    }, ct);

    /// <summary>Begins a run by hand; when one is under way, gives that one back.</summary>
    public Task<(TaskRunRecord Run, bool IsNew)> BeginByHandAsync(PlannedTask task, string userId, bool isDry, string askedIn, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.RunningKey == task.Name, token) is { } other) return (other, false);
        var run = New(task, time.GetUtcNow(), null, userId, isDry, Place(askedIn));
        db.Add(run);
        if (run.PostChannel.Length > 0) await Outbox.AddAsync(db, [PostRow(run)], token);
        await db.SaveChangesAsync(token);
        return (run, true);
    }, ct);

    /// <summary>Writes how far a run is, when that changed; gives back who wants it stopped, or null.</summary>
    public async Task<string?> TellAsync(string runId, TaskProgress progress, TaskProgress told, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        if (progress == told) return await db.Set<TaskRunRecord>().Where(r => r.Id == runId).Select(r => r.StopBy).SingleOrDefaultAsync(ct);
        return await InOneAsync(async (mine, token) =>
        {
            if (await mine.Set<TaskRunRecord>().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token) is not { } run) return null;
            (run.Step, run.Steps) = (progress.Step, progress.Steps);
            Say(run, progress.Text);
            await ShowAsync(mine, run, token);
            return run.StopBy;
        }, ct);
    }

    /// <summary>Ends a run. False: it was ended already.</summary>
    public Task<bool> EndAsync(string runId, RunState state, LocalizedText sentence, IReadOnlyList<LocalizedText> details, string output, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        if (await db.Set<TaskRunRecord>().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token) is not { } run) return false;
        End(run, state, sentence);
        run.Details = details.Count == 0 ? "" : JsonSerializer.Serialize(details.Take(60).Select(d => new[] { ForeignText.OneLine(d.Ja, 300), ForeignText.OneLine(d.En, 300) }), Plain);
        run.Output = output;
        await ShowAsync(db, run, token);
        return true;
    }, ct);

    /// <summary>Notes that a person wants a run stopped; the instance that runs it sees it within seconds. Null: it does not run any more.</summary>
    public Task<TaskRunRecord?> AskToStopAsync(string runId, string userId, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        var run = await db.Set<TaskRunRecord>().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token);
        if (run is null) return null;
        run.StopBy ??= userId;
        await ShowAsync(db, run, token);
        return run;
    }, ct);

    /// <summary>
    /// Ends the runs that nobody works on any more: their process is gone, or it is this one and <paramref name="mine"/> doesn't hold them.
    /// </summary>
    public async Task EndLostAsync(IReadOnlyCollection<string> mine, CancellationToken ct)
    {
        await using var look = store.CreateDbContext();
        var running = await look.Set<TaskRunRecord>().AsNoTracking().Where(r => r.State == RunState.Running).Select(r => new { r.Id, r.InstanceId }).ToListAsync(ct);
        if (running.Count == 0) return;
        var alive = await instances.AliveAsync(ct);
        foreach (var lost in running.Where(r => r.InstanceId == instance.Id ? !mine.Contains(r.Id, StringComparer.Ordinal) : !alive.Contains(r.InstanceId, StringComparer.Ordinal)))
            await EndAsync(lost.Id, RunState.Failed, RunTexts.Interrupted, [], "", ct);
    }

    /// <summary>What a row's details say.</summary>
    public static IReadOnlyList<LocalizedText> Details(TaskRunRecord run) =>
        run.Details.Length == 0 ? [] : [.. JsonSerializer.Deserialize<string[][]>(run.Details)!.Select(d => new LocalizedText(d[0], d[1]))];

    private async Task<T> InOneAsync<T>(Func<OpsDbContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var result = await db.OneWriterAsync(WriteLock, token => work(db, token), ct);
        outbox.Wake();
        return result;
    }

    private async Task ShowAsync(OpsDbContext db, TaskRunRecord run, CancellationToken ct)
    {
        run.Version++;
        if (run.PostChannel.Length > 0) await Outbox.AddAsync(db, [RunRedrawPost.Row(run, outbox)], ct);
        await db.SaveChangesAsync(ct);
    }

    private OutboxRow PostRow(TaskRunRecord run) =>
        outbox.Row($"task:{run.Id}:post", RunPost.Name, run.Id, Carrier.Channel, run.PostChannel, OutboxPriority.Report);

    private string Place(string askedIn) => channels.Value.ForReports is { Length: > 0 } reports ? reports : askedIn;

    private TaskRunRecord New(PlannedTask task, DateTimeOffset due, string? dueKey, string userId, bool isDry, string channel) => new()
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
        InstanceId = instance.Id,
        PostChannel = channel,
    };

    private static TaskRunRecord NotRun(PlannedTask task, TaskClockRecord clock, Due due, DueDecision decision, DateTimeOffset now)
    {
        var run = new TaskRunRecord
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Task = task.Name,
            Due = due.At,
            DueKey = $"{task.Name}@{due.At.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}",
            State = RunState.Running,
            StartedAt = now,
        };
        var state = due.Verdict == DueVerdict.TooLate ? RunState.Missed : RunState.Skipped;
        EndAt(run, state, RunTexts.WhyNotRun(due.Verdict, clock, task.MissedWithin, decision), now);
        return run;
    }

    private void End(TaskRunRecord run, RunState state, LocalizedText sentence) => EndAt(run, state, sentence, time.GetUtcNow());

    private static void EndAt(TaskRunRecord run, RunState state, LocalizedText sentence, DateTimeOffset now)
    {
        (run.State, run.EndedAt, run.RunningKey) = (state, now, null);
        Say(run, sentence);
    }

    private static void Say(TaskRunRecord run, LocalizedText? text) =>
        (run.SentenceJa, run.SentenceEn) = (ForeignText.OneLine(text?.Ja, TaskRunRecord.MaxSentence), ForeignText.OneLine(text?.En, TaskRunRecord.MaxSentence));
}
