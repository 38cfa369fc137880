using System.Collections.Concurrent;
using FestivalOps.Language;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Scheduling.Runs;

/// <summary>A run has ended.</summary>
internal sealed class RunEndedEventArgs(string task) : EventArgs
{
    /// <summary>The name of its task.</summary>
    public string Task => task;
}

/// <summary>Takes a run from its row to its end, whatever happens on the way. Runs by hand go on after the command has answered.</summary>
internal sealed partial class TaskRunner(
    TaskBook book, RunDesk desk, RunWork work, BusinessCalendar calendar, IOptions<LanguageOptions> languages, TimeProvider time, ILogger<TaskRunner> logger) : IDisposable
{
    /// <summary>How often a run's progress is written and its Stop is looked for: every 2 seconds.</summary>
    public static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(2);

    /// <summary>The bar of a run whose step takes long moves every 30 seconds.</summary>
    public static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(30);

    /// <summary>A task that ignores its token is left behind after 20 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, CancellationTokenSource> _stops = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tasks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _byHand = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _shutdown = new();

    private int _beginning;

    /// <summary>
    /// Ids of the runs that this process works on; null while one is being begun, whose row may be there already although its work has not
    /// been taken up. To be asked after the rows were read.
    /// </summary>
    public IReadOnlyCollection<string>? Mine() => Volatile.Read(ref _beginning) > 0 ? null : [.. _stops.Keys];

    /// <summary>True while this process runs the task.</summary>
    public bool IsRunning(string task) => _tasks.Values.Contains(task, StringComparer.Ordinal);

    /// <summary>Called when a run ended, so that what became due meanwhile is looked at.</summary>
    public event EventHandler<RunEndedEventArgs>? Ended;

    /// <summary>Does what is due of a task; ends when that has ended. Nothing may be due.</summary>
    public async Task RunDueAsync(string name, CancellationToken ct)
    {
        if (book.Find(name) is not { } task) return;
        if (await BeginAsync(task, () => desk.TakeDueAsync(task, ct), row => row) is { } begun) await ExecuteAsync(task, begun);
    }

    /// <summary>
    /// Begins a run by hand and leaves it to itself; when one is under way, gives that one back. Of a dangerous task that is its plan, which
    /// is then put up for approval.
    /// </summary>
    public async Task<(TaskRunRecord Run, bool IsNew)> StartByHandAsync(PlannedTask task, string userId, bool isDry, string askedIn, CancellationToken ct)
    {
        return await GoAsync(task, () => desk.BeginByHandAsync(task, userId, isDry, askedIn, ct), begun => begun.IsNew ? begun.Run : null);
    }

    /// <summary>Begins a run by <paramref name="begin"/>, which may give none, takes it to its end, and leaves it to itself.</summary>
    public async Task<T> GoAsync<T>(PlannedTask task, Func<Task<T>> begin, Func<T, TaskRunRecord?> row)
    {
        var begun = await BeginAsync(task, begin, row);
        if (row(begun) is { } run) _byHand[run.Id] = Task.Run(() => ExecuteAsync(task, run), CancellationToken.None);
        return begun;
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

    // Whoever looks for runs that nobody works on must never meet one between its row and its work.
    private async Task<T> BeginAsync<T>(PlannedTask task, Func<Task<T>> begin, Func<T, TaskRunRecord?> row)
    {
        Interlocked.Increment(ref _beginning);
        try
        {
            var begun = await begin();
            if (row(begun) is { } run) (_stops[run.Id], _tasks[run.Id]) = (new CancellationTokenSource(), task.Name);
            return begun;
        }
        finally
        {
            Interlocked.Decrement(ref _beginning);
        }
    }

    private async Task ExecuteAsync(PlannedTask task, TaskRunRecord row)
    {
        using var stop = _stops[row.Id];
        using var limit = new CancellationTokenSource(task.Timeout, time);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, limit.Token, _shutdown.Token);
        try
        {
            var run = new TaskRun(row.Id, row.Due, row.IsDry, languages.Value.Channels);
            await EndAsync(row, await WorkAsync(task, run, row, stop, limit, all.Token));
        }
        finally
        {
            _stops.TryRemove(row.Id, out _);
            _tasks.TryRemove(row.Id, out _);
            _byHand.TryRemove(row.Id, out _);
            Ended?.Invoke(this, new(task.Name));
        }
    }

    private async Task<RunEnding> WorkAsync(
        PlannedTask task, TaskRun run, TaskRunRecord row, CancellationTokenSource stop, CancellationTokenSource limit, CancellationToken ct)
    {
        try
        {
            var doing = Task.Run(() => work.DoAsync(task, run, row, ct), CancellationToken.None);
            await TellUntilAsync(doing, run, stop, ct);
            var worked = await doing.WaitAsync(Patience, time, CancellationToken.None);
            var outcome = Noted(worked.Outcome, task, row);
            var state = worked.PlanChanged && outcome.End == TaskEnd.NotAvailable ? RunState.Skipped : State(outcome.End);
            return new(state, outcome.Sentence, outcome.Details, run.Output()) { ToApprove = worked.ToApprove, PlanChanged = worked.PlanChanged };
        }
        catch (Exception ended) when (ended is OperationCanceledException or TimeoutException && ct.IsCancellationRequested)
        {
            IReadOnlyList<LocalizedText> wasAt = [.. RunTexts.WasAt(run.Progress), .. run.Found];
            run.WriteSteps();
            if (stop.IsCancellationRequested) return new(RunState.Stopped, RunTexts.StoppedByPerson, wasAt, run.Output());
            return new(RunState.Failed, limit.IsCancellationRequested ? RunTexts.TimedOut(task.Timeout) : RunTexts.Interrupted, wasAt, run.Output());
        }
        catch (Exception failure)
        {
            var id = ErrorId.New();
            Log.Broke(logger, failure, task.Name, id);
            return new(RunState.Failed, RunTexts.Broke(id), run.Found, run.Output());
        }
    }

    // Until the work ends, or is to end: writes how far it is, and looks whether someone wants it stopped. Time passes within a step, too.
    private async Task TellUntilAsync(Task doing, TaskRun run, CancellationTokenSource stop, CancellationToken ct)
    {
        var told = TaskProgress.None;
        var toldAt = time.GetUtcNow();
        while (!ct.IsCancellationRequested && await Task.WhenAny(doing, Task.Delay(TellEvery, time, ct)) != doing)
        {
            try
            {
                var (progress, now) = (run.Progress, time.GetUtcNow());
                var isNews = progress != told || (progress.Steps > 0 && now - toldAt >= TellAgain);
                if (await desk.TellAsync(run.Id, isNews ? progress : null, isNews ? run.Output() : "", ct) is not null) TryCancel(stop);
                if (isNews) (told, toldAt) = (progress, now);
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
    private async Task EndAsync(TaskRunRecord row, RunEnding ending)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await desk.EndAsync(row.Id, ending, CancellationToken.None);
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
