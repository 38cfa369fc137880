using FestivalOps.Telemetry;
using Prometheus;

namespace FestivalOps.Checks;

/// <summary>The newest result of each check.</summary>
internal sealed class CheckMetrics(HealthRunner health) : IMetricSource
{
    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var status = metrics.CreateGauge("festivalops_check_status", "0 Ok, 1 Unknown, 2 Warning, 3 Critical", "check");
        var value = metrics.CreateGauge("festivalops_check_value", "The measured value, in the unit of the check", "check", "unit");
        var took = metrics.CreateGauge("festivalops_check_duration_seconds", "How long the newest measurement took", "check");
        registry.AddBeforeCollectCallback(() =>
        {
            foreach (var (name, result) in health.Last)
            {
                status.WithLabels(name).Set((int)result.Status);
                took.WithLabels(name).Set(result.Took.TotalSeconds);
                // A value that can't be had now must not stand there as if it were new.
                foreach (var labels in value.GetAllLabelValues().Where(l => l[0] == name).ToList()) value.RemoveLabelled(labels);
                if (result.Measurement is { Value: { } number, Unit: { } unit }) value.WithLabels(name, $"{unit}").Set(number);
            }
        });
    }
}
