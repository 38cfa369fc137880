using FestivalOps.Checks;

namespace FestivalOps.Alerting.Rules;

/// <summary>When the results of one check become an alert.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Alert">What the alert is called, as in Prometheus: <c>HighCpuUsage</c>.</param>
/// <param name="Together">Alerts of the same word are one incident: a web application that is down is also slow.</param>
/// <param name="CriticalLevel">The guideline's level when it is critical: 2, or 3 where the service itself is down or security is concerned.</param>
/// <param name="Times">How patient it is.</param>
/// <param name="Common">What all rules share.</param>
internal sealed record AlertRule(string Check, string Alert, string Together, int CriticalLevel, RuleTimes Times, RulesOptions Common)
{
    /// <summary>How long a result of this status must last before the alert fires.</summary>
    public TimeSpan For(CheckStatus status) => TimeSpan.FromSeconds(status switch
    {
        CheckStatus.Critical => Times.CriticalForSeconds,
        CheckStatus.Warning => Times.WarningForSeconds,
        CheckStatus.Unknown => Times.UnknownForSeconds,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Only what is bad is waited for"),
    });

    /// <summary>How long it must be well before the alert ends.</summary>
    public TimeSpan ClearFor => TimeSpan.FromSeconds(Times.ClearForSeconds);

    /// <summary>See <see cref="RulesOptions.GapSeconds"/>.</summary>
    public TimeSpan Gap => TimeSpan.FromSeconds(Common.GapSeconds);

    /// <summary>The guideline's level of an alert of this status: 1 to 3.</summary>
    public int Level(CheckStatus status) => status == CheckStatus.Critical ? CriticalLevel : 1;

    /// <summary>
    /// The status that counts for ending an alert that fires as <paramref name="fired"/>: a value between the limit and the limit less
    /// <see cref="RuleTimes.ClearMargin"/> still counts as beyond it.
    /// </summary>
    public CheckStatus Held(CheckStatus fired, Measurement measurement)
    {
        var status = measurement.Status;
        if (status == CheckStatus.Unknown || measurement is not { Value: { } value, Threshold: { } threshold, Unit: { } unit }) return status;
        if (fired == CheckStatus.Critical && status < CheckStatus.Critical && !IsInside(value, threshold.Critical, threshold.LowIsBad, unit)) return CheckStatus.Critical;
        return fired >= CheckStatus.Warning && status == CheckStatus.Ok && !IsInside(value, threshold.Warning, threshold.LowIsBad, unit) ? CheckStatus.Warning : status;
    }

    private bool IsInside(double value, double limit, bool lowIsBad, Unit unit)
    {
        if (!lowIsBad) return value <= Math.Max(limit - Times.ClearMargin, limit / 2);
        var most = unit is Unit.Percent or Unit.FinePercent ? 100 : double.MaxValue;
        return value >= Math.Min(limit + Times.ClearMargin, most);
    }
}
