using System.Globalization;
using FestivalOps.Checks;

namespace FestivalOps.Alerting.Export;

/// <summary>What one check is in Prometheus' words.</summary>
/// <param name="Check">Name of the check.</param>
/// <param name="Expression">PromQL whose value is held against the limits, in the unit of the check; for what is just up or down, the whole condition.</param>
/// <param name="Limits">The limits; null for what is up or down, which is critical.</param>
/// <param name="Unit">What is appended to the value for people.</param>
/// <param name="Summary">What is wrong, English.</param>
/// <param name="SummaryJa">What is wrong, Japanese.</param>
/// <param name="Besides">A condition that must hold besides, or null.</param>
internal sealed record PrometheusRule(string Check, string Expression, Threshold? Limits, string Unit, string Summary, string SummaryJa, string? Besides = null)
{
    /// <summary>The condition under which it is of that severity; null when there is none.</summary>
    public string? Condition(bool critical)
    {
        if (Limits is null) return critical ? Expression : null;
        var limit = critical ? Limits.Critical : Limits.Warning;
        var condition = string.Create(CultureInfo.InvariantCulture, $"{Expression} {(Limits.LowIsBad ? "<" : ">")} {limit}");
        return Besides is null ? condition : $"({condition}) and {Besides}";
    }
}
