using FestivalOps.Storage;
using FestivalOps.Telemetry;

namespace FestivalOps.Blocking.Simulation;

/// <summary>Ends alerts about addresses whose time is over, every 30 seconds.</summary>
internal sealed partial class AttackClock(AttackBook attacks, StoreState store, TimeProvider time, ILogger<AttackClock> logger) : BackgroundService
{
    /// <summary>Pause between two looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private bool _failing;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            try
            {
                while (await attacks.ExpireAsync(stoppingToken) > 0)
                {
                    // A storm ends in several goes.
                }
                _failing = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_failing) Log.Failed(logger, failure, ErrorId.New());
                _failing = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Alerts about attackers could not be ended; the next look is in 30 seconds. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string errorId);
    }
}
