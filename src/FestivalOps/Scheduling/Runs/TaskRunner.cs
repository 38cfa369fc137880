using System.Collections.Concurrent;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using FestivalOps.Telemetry;

namespace FestivalOps.Scheduling.Runs;

/// <summary>Takes a run from its row to its end, whatever happens on the way. Runs by hand go on after the command has answered.</summary>
internal sealed partial class TaskRunner(
    TaskBook book, RunDesk desk, BusinessCalendar calendar, TimeProvider time, ILogger<TaskRunner> logger) : IDisposable
{
    /// <summary>How often a run's progress is written and its Stop is looked for: every 2 seconds.</summary>
    public static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    /// <summary>A task that ignores its token is left behind after 20 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _stops = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tasks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _byHand = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _shutdown = new();

    /// <summary>Ids of the runs that this process works on.</summary>
    public IReadOnlyCollection<string> Mine => [.. _stops.Keys];

    /// <summary>True while this process runs the task.</summary>
    public bool IsRunning(string task) => _tasks.Values.Contains(task, StringComparer.Ordinal);

    /// <summary>Called when a run ended, so that what became due meanwhile is looked at.</summary>
    public event EventHandler? Ended;

    /// <summary>Does what is due of a task; ends when that has ended. Nothing may be due.</summary>
    public async Task RunDueAsync(string name, CancellationToken ct)
    {
        if (book.Find(name) is not { } task || await desk.TakeDueAsync(task, ct) is not { } row) return;
        await ExecuteAsync(task, row);
    }

    /// <summary>Begins a run by hand and leaves it to itself; when one is under way, gives that one back.</summary>
    public async Task<(TaskRunRecord Run, bool IsNew)> StartByHandAsync(PlannedTask task, string userId, bool isDry, string askedIn, CancellationToken ct)
    {
        var (row, isNew) = await desk.BeginByHandAsync(task, userId, isDry, askedIn, ct);
        if (isNew) _byHand[row.Id] = Task.Run(() => ExecuteAsync(task, row), CancellationToken.None);
        return (row, isNew);
    }

    /// <summary>Ends when the runs by hand that this process has begun are over; for tests.</summary>
    public Task ByHandAsync() => Task.WhenAll(_byHand.Values);

    /// <summary>Stops a run at once, if it is one of this process; others see the wish in the store.</summary>
    public void Stop(string runId)
    {
        if (_stops.TryGetValue(runId, out var stop)) TryCancel(stop);
    }

    /// <summary>Ends every run of this process as interrupted; ends when the runs by hand have ended.</summary>
    public async Task StopAllAsync(CancellationToken ct)
    {
        await _shutdown.CancelAsync();
        await ByHandAsync().WaitAsync(ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _shutdown.Dispose();

    private async Task ExecuteAsync(PlannedTask task, TaskRunRecord row)
    {
        using var stop = new CancellationTokenSource();
        using var limit = new CancellationTokenSource(task.Timeout, time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token, _shutdown.Token);
        (_stops[row.Id], _tasks[row.Id]) = (stop, task.Name);
        try
        {
            var run = new TaskRun(row.Id, row.Due, row.IsDry);
            var (state, outcome) = await WorkAsync(task, run, row, stop, limit, all.Token);
            await EndAsync(row, state, outcome, run.Output());
        }
        finally
        {
            _stops.TryRemove(row.Id, out _);
            _tasks.TryRemove(row.Id, out _);
            _byHand.TryRemove(row.Id, out _);
            Ended?.Invoke(this, EventArgs.Empty);
        }
    }

    private async Task<(RunState, TaskOutcome)> WorkAsync(
        PlannedTask task, TaskRun run, TaskRunRecord row, CancellationTokenSource stop, CancellationTokenSource limit, CancellationToken ct)
    {
        try
        {
            var work = Task.Run(() => task.Task.RunAsync(run, ct), CancellationToken.None);
            await TellUntilAsync(work, run, stop, ct);
            var outcome = Noted(await work.WaitAsync(Patience, time, CancellationToken.None), task, row);
            return (State(outcome.End), outcome);
        }
        catch (Exception ended) when (ended is OperationCanceledException or TimeoutException && ct.IsCancellationRequested)
        {
            if (stop.IsCancellationRequested) return (RunState.Stopped, TaskOutcome.Failed(RunTexts.StoppedByPerson));
            return (RunState.Failed, TaskOutcome.Failed(limit.IsCancellationRequested ? RunTexts.TimedOut(task.Timeout) : RunTexts.Interrupted));
        }
        catch (Exception failure)
        {
            var id = ErrorId.New();
            Log.Broke(logger, failure, task.Name, id);
            return (RunState.Failed, TaskOutcome.Failed(RunTexts.Broke(id)));
        }
    }

    // Until the work ends, or is to end: writes how far it is, and looks whether someone wants it stopped.
    private async Task TellUntilAsync(Task work, TaskRun run, CancellationTokenSource stop, CancellationToken ct)
    {
        var told = TaskProgress.None;
        while (!ct.IsCancellationRequested && await Task.WhenAny(work, Task.Delay(TellEvery, time, ct)) != work)
        {
            try
            {
                var progress = run.Progress;
                if (await desk.TellAsync(run.Id, progress, told, ct) is not null) TryCancel(stop);
                told = progress;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Log.NotTold(logger, failure, run.Id, ErrorId.New());
            }
        }
    }

    private static RunState State(TaskEnd end) => end switch
    {
        TaskEnd.Ok => RunState.Ok,
        TaskEnd.Warning => RunState.Warning,
        TaskEnd.NotAvailable => RunState.NotAvailable,
        _ => RunState.Failed,
    };

    // A run whose day can't be known for sure says so; a late one says how late it was.
    private TaskOutcome Noted(TaskOutcome outcome, PlannedTask task, TaskRunRecord row)
    {
        if (row.DueKey is null) return outcome;
        if (row.StartedAt - row.Due > DueDecision.OnTime) outcome = outcome with { Details = [RunTexts.Late(row.StartedAt - row.Due), .. outcome.Details] };
        if (task.Schedule is not { UsesCalendar: true } || calendar.Day(row.Due) <= calendar.KnownUntil) return outcome;
        return outcome with { End = outcome.End == TaskEnd.Ok ? TaskEnd.Warning : outcome.End, Details = [RunTexts.OverRange, .. outcome.Details] };
    }

    // A store that is away for a moment must not lose how a run ended; when the bot stops meanwhile, the next look ends it as interrupted.
    private async Task EndAsync(TaskRunRecord row, RunState state, TaskOutcome outcome, string output)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await desk.EndAsync(row.Id, state, outcome.Sentence, outcome.Details, output, CancellationToken.None);
                return;
            }
            catch (Exception failure) when (!StoreFailure.IsAboutTheRows(failure))
            {
                Log.NotEnded(logger, failure, row.Task, ErrorId.New());
                if (_shutdown.IsCancellationRequested || attempt == 60) return;
            }
            await Task.Delay(TimeSpan.FromSeconds(5), time, _shutdown.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private static void TryCancel(CancellationTokenSource stop)
    {
        try
        {
            stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            return; // it has just ended by itself
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The task {Task} broke. Error id {ErrorId}")]
        public static partial void Broke(ILogger logger, Exception failure, string task, string errorId);

        [LoggerMessage(LogLevel.Warning, "The progress of the run {Run} could not be written; it goes on. Error id {ErrorId}")]
        public static partial void NotTold(ILogger logger, Exception failure, string run, string errorId);

        [LoggerMessage(LogLevel.Error, "How the task {Task} ended could not be written; it is tried again in 5 seconds. Error id {ErrorId}")]
        public static partial void NotEnded(ILogger logger, Exception failure, string task, string errorId);
    }
}
