using FestivalOps.Alerting.Incidents;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Prometheus;

namespace FestivalOps.Alerting.Webhook;

/// <summary>Counts what the webhook brings; each count may be added to from any thread.</summary>
internal sealed class AlertCounter
{
    private readonly long[] _refused = new long[600];
    private long _accepted;
    private long _unreadable;

    /// <summary>Accepted alerts since the start.</summary>
    public long AcceptedAlerts => Interlocked.Read(ref _accepted);

    /// <summary>Counts accepted alerts.</summary>
    public void Accepted(int alerts) => Interlocked.Add(ref _accepted, alerts);

    /// <summary>Alerts since the start that could not be read in webhooks that were taken.</summary>
    public long UnreadableAlerts => Interlocked.Read(ref _unreadable);

    /// <summary>Counts alerts that could not be read.</summary>
    public void Unreadable(int alerts) => Interlocked.Add(ref _unreadable, alerts);

    /// <summary>Counts a refused webhook.</summary>
    public void Refused(int status) => Interlocked.Increment(ref _refused[status]);

    /// <summary>Refused webhooks by HTTP status.</summary>
    public IEnumerable<(int Status, long Count)> RefusedWebhooks =>
        Enumerable.Range(0, _refused.Length).Select(s => (s, Interlocked.Read(ref _refused[s]))).Where(r => r.Item2 > 0);
}

/// <summary>What Prometheus is told of alerts and incidents.</summary>
internal sealed partial class AlertingMetrics(
    AlertCounter counter, AlertInbox inbox, IDbContextFactory<OpsDbContext> store, StoreState state, ILogger<AlertingMetrics> logger) : IMetricSource
{
    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var accepted = metrics.CreateCounter("festivalops_alerts_accepted_total", "Alerts accepted by the webhook");
        var refused = metrics.CreateCounter("festivalops_alert_webhooks_refused_total", "Webhooks refused, by HTTP status", "status");
        var unreadable = metrics.CreateCounter("festivalops_alerts_unreadable_total", "Alerts that could not be read in webhooks that were accepted");
        var waiting = metrics.CreateGauge("festivalops_alert_inbox_alerts", "Accepted alerts that are not incidents yet");
        var open = metrics.CreateGauge("festivalops_incidents_open", "Open incidents by state and severity", "state", "severity");
        registry.AddBeforeCollectCallback(async ct =>
        {
            accepted.IncTo(counter.AcceptedAlerts);
            unreadable.IncTo(counter.UnreadableAlerts);
            foreach (var (status, count) in counter.RefusedWebhooks) refused.WithLabels($"{status}").IncTo(count);
            waiting.Set(inbox.WaitingAlerts);
            await CountAsync(open, ct);
        });
    }

    // What can't be counted has no series, which is not the same as none.
    private async Task CountAsync(Gauge open, CancellationToken ct)
    {
        foreach (var labels in open.GetAllLabelValues().ToList()) open.RemoveLabelled(labels);
        if (!state.IsReachable) return;
        try
        {
            await using var db = store.CreateDbContext();
            var counts = await db.Set<Incident>().Where(i => i.OpenKey != null).GroupBy(i => new { i.State, i.Severity })
                .Select(g => new { g.Key.State, g.Key.Severity, Count = g.Count() }).ToListAsync(ct);
            foreach (var stated in new[] { IncidentState.Triggered, IncidentState.Acknowledged })
            {
                foreach (var severity in Enum.GetValues<Alerts.Severity>())
                    open.WithLabels($"{stated}", $"{severity}").Set(counts.Find(c => c.State == stated && c.Severity == severity)?.Count ?? 0);
            }
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotCounted(logger, failure, ErrorId.New());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Open incidents could not be counted for /metrics. Error id {ErrorId}")]
        public static partial void NotCounted(ILogger logger, Exception failure, string errorId);
    }
}
