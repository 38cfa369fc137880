using FestivalOps.Checks.History;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks;

/// <summary>Measures everything on its own, so that "since when" is true, and forgets results that are older than the settings keep.</summary>
internal sealed partial class HealthTicker(
    HealthRunner runner,
    CheckBook book,
    HealthHistory history,
    StoreState store,
    IOptions<ChecksOptions> options,
    IOptions<StorageOptions> storage,
    IEnumerable<IHealthListener> listeners,
    TimeProvider time,
    ILogger<HealthTicker> logger) : BackgroundService
{
    private static readonly TimeSpan WaitForStore = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.EverySeconds == 0)
        {
            Log.SwitchedOff(logger);
            return;
        }
        // The store opens within a second or two; a store that doesn't must not keep us from measuring.
        await Task.WhenAny(store.Ready, Task.Delay(WaitForStore, time, stoppingToken));
        var forgotten = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.EverySeconds), time);
        do
        {
            await MeasureAsync(stoppingToken);
            if (time.GetUtcNow() - forgotten < ForgetEvery || !store.IsReady) continue;
            forgotten = time.GetUtcNow();
            await ForgetAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MeasureAsync(CancellationToken ct)
    {
        try
        {
            var run = await runner.RunAsync(new(CheckBook.Unasked, book.Checks), ct);
            foreach (var listener in listeners) await TellAsync(listener, run, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotMeasured(logger, failure, ErrorId.New());
        }
    }

    private async Task TellAsync(IHealthListener listener, HealthRun run, CancellationToken ct)
    {
        try
        {
            await listener.MeasuredAsync(run, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.ListenerBroke(logger, failure, listener.GetType().Name, ErrorId.New());
        }
    }

    private async Task ForgetAsync(CancellationToken ct)
    {
        try
        {
            await history.ForgetAsync(time.GetUtcNow() - TimeSpan.FromDays(storage.Value.KeepResultsDays), ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotForgotten(logger, failure, ErrorId.New());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Nothing is measured unasked (Checks:Run:EverySeconds is 0): no check can raise an alert")]
        public static partial void SwitchedOff(ILogger logger);

        [LoggerMessage(LogLevel.Error, "{Listener} could not take a round of checks; it gets the next one. Error id {ErrorId}")]
        public static partial void ListenerBroke(ILogger logger, Exception failure, string listener, string errorId);

        [LoggerMessage(LogLevel.Error, "A round of checks broke; the next one begins at its time. Error id {ErrorId}")]
        public static partial void NotMeasured(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Warning, "Old results could not be removed; the next attempt is in an hour. Error id {ErrorId}")]
        public static partial void NotForgotten(ILogger logger, Exception failure, string errorId);
    }
}
