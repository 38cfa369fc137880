using System.Globalization;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Quartz;

namespace FestivalOps.Scheduling.Waking;

/// <summary>
/// Starts Quartz when the store is there, and keeps one trigger for the next due moment of each task. Looks once a minute, when a run ended
/// and when people changed something: a trigger that a crash has lost is made again.
/// </summary>
internal sealed partial class TaskClock(
    TaskBook book, RunDesk desk, ApprovalDesk approvals, RunHistory history, TaskRunner runner, ISchedulerFactory factory, StoreState state, TimeProvider time, ILogger<TaskClock> logger) : BackgroundService
{
    /// <summary>How often it looks unasked: every minute.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>So long after its moment a trigger that did nothing is replaced: 90 seconds.</summary>
    public static readonly TimeSpan Overdue = TimeSpan.FromSeconds(90);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private readonly HashSet<string> _never = new(StringComparer.Ordinal);
    private volatile IScheduler? _scheduler;

    /// <summary>True once Quartz has started and the triggers were put right.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>Puts the triggers right now; does nothing before Quartz has started.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        if (_scheduler is not { } scheduler) return;
        await _one.WaitAsync(ct);
        try
        {
            await desk.EndLostAsync(runner.Mine, ct);
            await approvals.TidyAsync(ct);
            var clocks = await history.ClocksAsync(ct);
            // Two questions to Quartz for all of them: most are as they should be, and only what is not is looked at by itself.
            var jobs = await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(ScheduledTaskJob.Group), ct);
            var triggers = (await scheduler.GetTriggerKeys(GroupMatcher<TriggerKey>.GroupEquals(ScheduledTaskJob.Group), ct)).ToLookup(t => t.Name.Split('@')[0], StringComparer.Ordinal);
            foreach (var task in book.Tasks)
            {
                var clock = clocks.GetValueOrDefault(task.Name) is { } there && desk.IsRight(task, there) ? there : await desk.EnsureClockAsync(task, ct);
                if (!jobs.Contains(Job(task)) || !IsRight(task, clock, [.. triggers[task.Name]])) await KeepAsync(scheduler, task, clock, ct);
                if (task.Schedule is null || clock.NextDue is not null) _never.Remove(task.Name);
                else if (_never.Add(task.Name)) Log.Never(logger, task.Name, task.Schedule.ToString(), TaskSchedule.LookAhead);
            }
            await history.TrimAsync(ct);
            // A task that this version no longer has.
            foreach (var job in jobs.Where(j => book.Find(j.Name) is null)) await scheduler.DeleteJob(job, ct);
            IsRunning = true;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Puts the trigger of one task right, with trouble only logged: for who has something else to say. Null: of all, as <see cref="KeepAsync(CancellationToken)"/>.</summary>
    public async Task TryKeepAsync(PlannedTask? one, CancellationToken ct)
    {
        try
        {
            if (one is null) await KeepAsync(ct);
            else await KeepAsync(one, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotKept(logger, failure, ErrorId.New());
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await runner.StopAllAsync(cancellationToken);
        if (_scheduler is { } scheduler) await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (book.Tasks.Count == 0) return;
        await state.Ready.WaitAsync(stoppingToken);
        await StartQuartzAsync(stoppingToken);
        // Only of that task: a run that ends changes nothing about the others, of which there may be many.
        runner.Ended += (_, ended) => _ = TryKeepAsync(book.Find(ended.Task), stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do await TryKeepAsync(null, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // The store may be lost again between its opening and this.
    private async Task StartQuartzAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var scheduler = await factory.GetScheduler(ct);
                await scheduler.Start(ct);
                _scheduler = scheduler;
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Log.NotStarted(logger, failure, RetryAfter.TotalSeconds, ErrorId.New());
            }
            await Task.Delay(RetryAfter, time, ct);
        }
    }

    private async Task KeepAsync(PlannedTask task, CancellationToken ct)
    {
        if (_scheduler is not { } scheduler) return;
        await _one.WaitAsync(ct);
        try
        {
            await KeepAsync(scheduler, task, await desk.EnsureClockAsync(task, ct), ct);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task KeepAsync(IScheduler scheduler, PlannedTask task, TaskClockRecord clock, CancellationToken ct)
    {
        var job = Job(task);
        if (!await scheduler.Exists(job, ct))
            await scheduler.AddJob(JobBuilder.Create<ScheduledTaskJob>().WithIdentity(job).StoreDurably().Build(), new AddJobOptions { Replace = true }, ct);
        var wanted = Wanted(task, clock);
        var there = false;
        foreach (var trigger in await scheduler.GetTriggersOfJob(job, ct))
        {
            if (trigger.Key.Equals(wanted) && IsYoung(clock)) there = true;
            else if (!runner.IsRunning(task.Name)) await scheduler.UnscheduleJob(trigger.Key, ct);
        }
        if (wanted is null || there || runner.IsRunning(task.Name)) return;
        // Another instance may be about the same; either trigger will do.
        await scheduler.ScheduleTrigger(
            TriggerBuilder.Create(time).WithIdentity(wanted).ForJob(job).StartAt(clock.NextDue!.Value)
                // However late: what is done about it is decided by the task's own rule.
                .WithSimpleSchedule(once => once.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
                .Build(), TriggerConflict.Keep, ct);
    }

    private static JobKey Job(PlannedTask task) => new(task.Name, ScheduledTaskJob.Group);

    private static TriggerKey? Wanted(PlannedTask task, TaskClockRecord clock) => clock.NextDue is { } due
        ? new(string.Create(CultureInfo.InvariantCulture, $"{task.Name}@{due.UtcDateTime:yyyy-MM-dd'T'HH:mm}"), ScheduledTaskJob.Group)
        : null;

    // One whose moment has passed without anything may be stuck in an error; a run by hand may have stood in its way.
    private bool IsYoung(TaskClockRecord clock) => time.GetUtcNow() - clock.NextDue < Overdue;

    private bool IsRight(PlannedTask task, TaskClockRecord clock, List<TriggerKey> own) =>
        Wanted(task, clock) is { } wanted ? own is [var only] && only.Equals(wanted) && IsYoung(clock) : own.Count == 0;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The task {Task} does not run by the clock: its schedule '{Schedule}' has no day within {Days} days")]
        public static partial void Never(ILogger logger, string task, string schedule, int days);

        [LoggerMessage(LogLevel.Error, "The clock of the tasks could not be started; it is tried again in {Seconds} s. Error id {ErrorId}")]
        public static partial void NotStarted(ILogger logger, Exception failure, double seconds, string errorId);

        [LoggerMessage(LogLevel.Error, "The clock of the tasks could not be put right; the next look is in a minute. Error id {ErrorId}")]
        public static partial void NotKept(ILogger logger, Exception failure, string errorId);
    }
}
