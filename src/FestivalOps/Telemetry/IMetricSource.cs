using FestivalOps.Storage;
using Prometheus;

namespace FestivalOps.Telemetry;

/// <summary>Something that Prometheus is told about. Figures are read when it asks; what was not measured has no series.</summary>
internal interface IMetricSource
{
    /// <summary>Makes its metrics and hooks itself to the moment before they are read.</summary>
    void Register(MetricFactory metrics, CollectorRegistry registry);
}

/// <summary>Whether the bot's own store can be used.</summary>
internal sealed class StoreMetrics(StoreState store) : IMetricSource
{
    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var ready = metrics.CreateGauge("festivalops_store_ready", "1 when the bot's own store can be used");
        registry.AddBeforeCollectCallback(() => ready.Set(store.IsReady ? 1 : 0));
    }
}
