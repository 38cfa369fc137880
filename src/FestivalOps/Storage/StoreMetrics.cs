using FestivalOps.Telemetry;
using Prometheus;

namespace FestivalOps.Storage;

/// <summary>Whether the bot's own store can be used.</summary>
internal sealed class StoreMetrics(StoreState store) : IMetricSource
{
    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var ready = metrics.CreateGauge("festivalops_store_ready", "1 when the bot's own store can be used");
        registry.AddBeforeCollectCallback(() => ready.Set(store.IsReachable ? 1 : 0));
    }
}
