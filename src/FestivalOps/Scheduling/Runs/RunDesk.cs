using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Post;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Runs;

/// <summary>How a run ended.</summary>
/// <param name="State">Where it stands now.</param>
/// <param name="Sentence">In one sentence.</param>
/// <param name="Details">A line each.</param>
/// <param name="Output">What it wrote.</param>
internal sealed record RunEnding(RunState State, LocalizedText Sentence, IReadOnlyList<LocalizedText> Details, string Output)
{
    /// <summary>The plan that it made and that is to be approved now; null when none is.</summary>
    public TaskPlan? ToApprove { get; init; }

    /// <summary>True: what it would have done is not what was approved.</summary>
    public bool PlanChanged { get; init; }
}

/// <summary>
/// The statements by which runs begin and end. Whoever is second (another instance, a run by hand, a repeated trigger) finds the row of the
/// first: a due moment has one row, and of a task one run is under way.
/// </summary>
internal sealed class RunDesk(
    IDbContextFactory<OpsDbContext> store, RunRows rows, Instance instance, InstanceBook instances, ApprovalDesk approvals, BusinessCalendar calendar, Outbox outbox,
    IOptions<LanguageOptions> languages, TimeProvider time)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Details that are kept with the run; the file has them all.
    private const int MaxDetails = 60;

    /// <summary>True when <see cref="EnsureClockAsync"/> would change nothing.</summary>
    public bool IsRight(PlannedTask task, TaskClockRecord clock)
    {
        var now = time.GetUtcNow();
        if (clock.NextDue is { } due && due <= now && task.Schedule is not null) return true;
        return clock.Schedule == (task.Schedule?.ToString() ?? "") && clock.NextDue == task.Schedule?.Next(now, calendar);
    }

    /// <summary>Makes or adjusts the clock of a task; gives it back.</summary>
    public Task<TaskClockRecord> EnsureClockAsync(PlannedTask task, CancellationToken ct) => rows.InOneAsync(async (db, token) =>
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
    public Task<TaskRunRecord?> TakeDueAsync(PlannedTask task, CancellationToken ct) => rows.InOneAsync(async (db, token) =>
    {
        var now = time.GetUtcNow();
        var clock = await db.Set<TaskClockRecord>().SingleOrDefaultAsync(c => c.Task == task.Name, token);
        if (clock is null || clock.NextDue is not { } next || next > now) return null;
        if (await db.Set<TaskRunRecord>().AnyAsync(r => r.RunningKey == task.Name, token)) return null;

        var decision = DueDecision.Of(task, clock, now, calendar);
        var notRun = NotRun.Of(task, decision, now);
        db.AddRange(notRun);
        TaskRunRecord? run = null;
        if (decision.ToRun is { } due) await rows.AddAsync(db, run = rows.Due(task, due), token);
        clock.NextDue = decision.NextDue;
        if (decision.Moments.Any(m => m.At == clock.SkipDue)) (clock.SkipDue, clock.SkipBy) = (null, null);
        await Outbox.AddAsync(db, [.. NotRunPost.Rows(task.Name, notRun, rows.Place(""), outbox)], token);
        await db.SaveChangesAsync(token);
        return run;
    }, ct);

    /// <summary>Begins a run by hand; when one is under way, gives that one back. Of a dangerous task it is its plan, which is to be approved.</summary>
    public Task<(TaskRunRecord Run, bool IsNew)> BeginByHandAsync(PlannedTask task, string userId, bool isDry, string askedIn, CancellationToken ct) =>
        rows.InOneAsync(async (db, token) =>
        {
            if (await db.Set<TaskRunRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.RunningKey == task.Name, token) is { } other) return (other, false);
            var asks = task.Task.IsDangerous && !isDry;
            var run = rows.ByHand(task, userId, isDry || asks, asks, askedIn);
            await rows.AddAsync(db, run, token);
            await db.SaveChangesAsync(token);
            return (run, true);
        }, ct);

    /// <summary>
    /// Writes how far a run is and what it wrote so far, unless <paramref name="progress"/> is null: no news. Gives back who wants it stopped, or null.
    /// </summary>
    public async Task<string?> TellAsync(string runId, TaskProgress? progress, string output, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        if (progress is null) return await db.Set<TaskRunRecord>().Where(r => r.Id == runId).Select(r => r.StopBy).SingleOrDefaultAsync(ct);
        return await rows.InOneAsync(async (mine, token) =>
        {
            if (await mine.Set<TaskRunRecord>().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token) is not { } run) return null;
            (run.Step, run.Steps, run.Part) = (progress.Step, progress.Steps, progress.Part);
            run.Say(progress.Text);
            run.Output = Kept(output);
            await rows.ShowAsync(mine, run, token);
            return run.StopBy;
        }, ct);
    }

    /// <summary>Ends a run, with all that follows from it. False: it was ended already.</summary>
    public Task<bool> EndAsync(string runId, RunEnding ending, CancellationToken ct) => rows.InOneAsync(async (db, token) =>
    {
        if (await db.Set<TaskRunRecord>().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token) is not { } run) return false;
        var sentence = ending.Sentence;
        if (ending.ToApprove is { } plan && !await approvals.OpenAsync(db, run, plan, token)) sentence = ApprovalTexts.WaitsAlready;
        run.End(ending.State, sentence, time.GetUtcNow());
        if (ending.PlanChanged) await approvals.VoidAsync(db, run, token);
        run.Details = ending.Details.Count == 0
            ? ""
            : JsonSerializer.Serialize(ending.Details.Take(MaxDetails).Select(d => new[] { ForeignText.OneLine(d.Ja, 300), ForeignText.OneLine(d.En, 300) }), Plain);
        run.Output = Kept(ending.Output);
        await rows.TellAtEndAsync(db, run, token);
        await KeepFileAsync(db, run, ending, token);
        await rows.ShowAsync(db, run, token);
        return true;
    }, ct);

    /// <summary>Notes that a person wants a run stopped; the instance that runs it sees it within seconds. Null: it does not run any more.</summary>
    public Task<TaskRunRecord?> AskToStopAsync(string runId, string userId, CancellationToken ct) => rows.InOneAsync(async (db, token) =>
    {
        var run = await db.Set<TaskRunRecord>().SingleOrDefaultAsync(r => r.Id == runId && r.State == RunState.Running, token);
        if (run is null) return null;
        run.StopBy ??= userId;
        await rows.ShowAsync(db, run, token);
        return run;
    }, ct);

    /// <summary>
    /// Ends the runs that nobody works on any more: their process is gone, or it is this one and <paramref name="mine"/> doesn't hold them; null
    /// from it means that this can't be known now.
    /// </summary>
    public async Task EndLostAsync(Func<IReadOnlyCollection<string>?> mine, CancellationToken ct)
    {
        await using var look = store.CreateDbContext();
        var running = await look.Set<TaskRunRecord>().AsNoTracking().Where(r => r.State == RunState.Running)
            .Select(r => new { r.Id, r.InstanceId, r.Step, r.Steps, r.SentenceJa, r.SentenceEn, r.Output }).ToListAsync(ct);
        if (running.Count == 0) return;
        var (held, alive) = (mine(), await instances.AliveAsync(ct));
        foreach (var lost in running.Where(r => r.InstanceId == instance.Id ? held?.Contains(r.Id, StringComparer.Ordinal) == false : !alive.Contains(r.InstanceId, StringComparer.Ordinal)))
        {
            var last = lost.SentenceJa.Length == 0 ? TaskProgress.None : new(lost.Step, lost.Steps, new(lost.SentenceJa, lost.SentenceEn));
            await EndAsync(lost.Id, new(RunState.Failed, RunTexts.Interrupted, RunTexts.WasAt(last), lost.Output), ct);
        }
    }

    /// <summary>What a row's details say.</summary>
    public static IReadOnlyList<LocalizedText> Details(TaskRunRecord run) =>
        run.Details.Length == 0 ? [] : [.. JsonSerializer.Deserialize<string[][]>(run.Details)!.Select(d => new LocalizedText(d[0], d[1]))];

    private static string Kept(string output) => output.Length > TaskRunRecord.MaxOutput ? output[..TaskRunRecord.MaxOutput] + "…" : output;

    // What the post can't hold goes below it.
    private async Task KeepFileAsync(OpsDbContext db, TaskRunRecord run, RunEnding ending, CancellationToken ct)
    {
        var fits = ending.Details.Count <= MaxDetails && RunMessage.HoldsDetails(run, languages.Value.Channels);
        if (run.PostChannel.Length == 0 || (ending.Output.Length == 0 && fits)) return;
        run.OutputFile = OutputFileState.Waiting;
        var text = OutputFile.Text(run, ending.Details, ending.Output, languages.Value.GetZone(), languages.Value.Channels);
        db.Add(new TaskOutput { RunId = run.Id, Packed = OutputFile.Pack(text) });
        await Outbox.AddAsync(db, [OutputPost.Row(run, outbox)], ct);
    }
}
