using FestivalOps.Telemetry;
using Prometheus;

namespace FestivalOps.Escalation.Ladder;

/// <summary>How late the ladder is.</summary>
internal sealed class EscalationMetrics : IMetricSource
{
    private Histogram? _lateness;

    /// <summary>For whoever measures: called with the lateness of each step.</summary>
    public Action<TimeSpan>? Listener { get; set; }

    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry) => _lateness = metrics.CreateHistogram(
        "festivalops_ladder_lateness_seconds", "From when a step of the escalation ladder was due to when it was durable",
        new HistogramConfiguration { Buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60] });

    /// <summary>A step was taken this late.</summary>
    public void Taken(TimeSpan late)
    {
        _lateness?.Observe(Math.Max(0, late.TotalSeconds));
        Listener?.Invoke(late);
    }
}
