using FestivalOps.Telemetry;
using Prometheus;

namespace FestivalOps.Commands.Queue;

/// <summary>How many acknowledged commands wait.</summary>
internal sealed class QueueMetrics(WorkQueue queue) : IMetricSource
{
    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var waiting = metrics.CreateGauge("festivalops_work_waiting", "Acknowledged commands that wait to be done");
        registry.AddBeforeCollectCallback(() => waiting.Set(queue.Waiting));
    }
}
