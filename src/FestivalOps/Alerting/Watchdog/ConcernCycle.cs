using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Rules;
using FestivalOps.Storage;
using FestivalOps.Telemetry;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>Asks each <see cref="IConcern"/> and makes an incident of what is wrong. The ticker of the checks has no part in it: it may be what is wrong.</summary>
internal sealed partial class ConcernCycle(
    IEnumerable<IConcern> concerns, IServiceProvider services, StoreState store, TimeProvider time, ILogger<ConcernCycle> logger) : BackgroundService
{
    /// <summary>Pause between two looks: 30 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    // What was said last in this process; at the first look it is said that all is well, too, since a former process may have said otherwise.
    private readonly Dictionary<string, bool> _said = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);

    /// <summary>Looks once at everything.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var concern in concerns)
        {
            try
            {
                if (await concern.LookAsync(ct) is { } finding) await TellAsync(concern, finding, ct);
                if (_failing.Remove(concern.Alert)) Log.Back(logger, concern.Alert);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                if (_failing.Add(concern.Alert)) Log.Failed(logger, failure, concern.Alert, ErrorId.New());
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        do await LookAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TellAsync(IConcern concern, Finding finding, CancellationToken ct)
    {
        if (!finding.IsTrouble && _said.TryGetValue(concern.Alert, out var trouble) && !trouble) return;
        var alert = RuleAlerts.OfBot(concern.Alert, finding.IsTrouble, finding.Since, finding.Title, finding.Description, finding.CanWait);
        await services.GetRequiredService<IIncidentIntake>().RaiseAsync([alert], ct);
        _said[concern.Alert] = finding.IsTrouble;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Alert} could not be looked at or told; the next look is in 30 seconds. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string alert, string errorId);

        [LoggerMessage(LogLevel.Information, "{Alert} is looked at again")]
        public static partial void Back(ILogger logger, string alert);
    }
}
