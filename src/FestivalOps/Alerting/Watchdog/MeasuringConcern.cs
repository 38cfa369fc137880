using FestivalOps.Alerting.Rules;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>Are the checks still measured and their rules evaluated? When measuring is switched off by choice, the log says so at the start.</summary>
internal sealed class MeasuringConcern(RuleClock clock, TimeProvider time) : IConcern
{
    /// <inheritdoc/>
    public string Alert => "ChecksNotMeasured";

    /// <inheritdoc/>
    public Task<Finding?> LookAsync(CancellationToken ct)
    {
        if (!clock.IsRunning) return Task.FromResult<Finding?>(null);
        var silent = clock.SinceLast;
        var finding = silent > clock.Patience
            ? new Finding(true, time.GetUtcNow() - silent, WatchdogTexts.NotMeasuredTitle, WatchdogTexts.NotMeasured(silent))
            : new Finding(false, time.GetUtcNow(), WatchdogTexts.NotMeasuredTitle, WatchdogTexts.Measured);
        // Until the first evaluation it is not known to be well.
        return Task.FromResult(finding.IsTrouble || clock.IsFresh ? finding : null);
    }
}
