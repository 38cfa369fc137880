using FestivalOps.Alerting.Incidents;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Storage;
using FestivalOps.Telemetry;

namespace FestivalOps.Escalation.Ladder;

/// <summary>Waits for the next step of any incident and takes it; an incident that changes wakes it, and it looks at least once a second.</summary>
internal sealed partial class EscalationCycle(
    LadderWork work, IncidentSignals signals, StaffBook staff, StoreState store, TimeProvider time, ILogger<EscalationCycle> logger) : BackgroundService
{
    /// <summary>Longest time between two looks: 1 second; another instance may have changed something.</summary>
    public static readonly TimeSpan AtLeastEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long an incident whose step can't be written is left alone, so that it keeps nobody else waiting: 1 minute.</summary>
    public static readonly TimeSpan HoldBackFor = TimeSpan.FromMinutes(1);

    // How long the first look waits for Slack to say who is there.
    private static readonly TimeSpan PatienceForStaff = TimeSpan.FromSeconds(3);
    // When everything due is locked by another instance.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<long, DateTimeOffset> _heldBack = [];
    private bool _careful;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        await Task.WhenAny(staff.Asked, Task.Delay(PatienceForStaff, time, stoppingToken));
        try
        {
            await work.WarmUpAsync(stoppingToken);
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.StepFailed(logger, failure, ErrorId.New());
        }
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = AtLeastEvery;
            try
            {
                pause = await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                await FailedAsync(failure, stoppingToken);
            }
            if (pause > TimeSpan.Zero) await signals.WaitAsync(pause, stoppingToken);
        }
    }

    /// <summary>Takes what is due.</summary>
    /// <returns>How long nothing more will be due, at most <see cref="AtLeastEvery"/>.</returns>
    public async Task<TimeSpan> LookAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        foreach (var (id, until) in _heldBack)
        {
            if (until <= now) _heldBack.Remove(id);
        }
        var taken = await work.TakeAsync(_careful ? 1 : LadderWork.Batch, _heldBack.Keys, ct);
        if (taken == 0) _careful = false;
        if (taken > 0) return TimeSpan.Zero;
        if (await work.NextAsync(_heldBack.Keys, ct) is not { } next) return AtLeastEvery;
        var left = next - time.GetUtcNow();
        return left < Breath ? (left <= TimeSpan.Zero ? Breath : left) : left > AtLeastEvery ? AtLeastEvery : left;
    }

    private async Task FailedAsync(Exception failure, CancellationToken ct)
    {
        Log.StepFailed(logger, failure, ErrorId.New());
        if (!StoreFailure.IsAboutTheRows(failure)) return;
        // One of them can't be written: one at a time from now on, and the one that fails alone is left aside.
        try
        {
            if (_careful && await work.OldestAsync(_heldBack.Keys, ct) is { } id)
            {
                _heldBack[id] = time.GetUtcNow() + HoldBackFor;
                Log.HeldBack(logger, id, HoldBackFor.TotalSeconds);
            }
            _careful = true;
        }
        catch (Exception again) when (!ct.IsCancellationRequested)
        {
            Log.StepFailed(logger, again, ErrorId.New());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The ladder could not take its steps; it tries again in a second. Error id {ErrorId}")]
        public static partial void StepFailed(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Critical, "The step of incident {Incident} can't be written; the ladder leaves it aside for {Seconds} s so that the others climb")]
        public static partial void HeldBack(ILogger logger, long incident, double seconds);
    }
}
