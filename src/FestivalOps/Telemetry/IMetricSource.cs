using Prometheus;

namespace FestivalOps.Telemetry;

/// <summary>Something that Prometheus is told about. Figures are read when it asks; what was not measured has no series.</summary>
internal interface IMetricSource
{
    /// <summary>Makes its metrics and hooks itself to the moment before they are read.</summary>
    void Register(MetricFactory metrics, CollectorRegistry registry);
}
