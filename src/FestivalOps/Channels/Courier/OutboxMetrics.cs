using FestivalOps.Telemetry;
using Prometheus;

namespace FestivalOps.Channels.Courier;

/// <summary>Counts what the courier does.</summary>
internal sealed class OutboxMetrics : IMetricSource
{
    private Counter? _sent;
    private Counter? _dropped;
    private Counter? _failed;

    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        _sent = metrics.CreateCounter("festivalops_outbox_sent_total", "Outbox rows that arrived", "carrier");
        _dropped = metrics.CreateCounter("festivalops_outbox_dropped_total", "Outbox rows that were not wanted any more or can never arrive", "carrier");
        _failed = metrics.CreateCounter("festivalops_outbox_failed_total", "Tries that did not succeed, or of which nobody knows", "carrier");
    }

    /// <summary>A row arrived.</summary>
    public void Sent(Carrier carrier) => _sent?.WithLabels($"{carrier}").Inc();

    /// <summary>A row was dropped.</summary>
    public void Dropped(Carrier carrier) => _dropped?.WithLabels($"{carrier}").Inc();

    /// <summary>A try did not succeed.</summary>
    public void Failed(Carrier carrier) => _failed?.WithLabels($"{carrier}").Inc();
}
