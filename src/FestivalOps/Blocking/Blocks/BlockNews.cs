using System.Collections.Concurrent;
using FestivalOps.Alerting.Card;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;
using Prometheus;

namespace FestivalOps.Blocking.Blocks;

/// <summary>What others learn of blocks: that something changed, how many there are, and times as people read them.</summary>
internal sealed class BlockNews(IOptions<LanguageOptions> languages, TimeProvider time) : IMetricSource
{
    private readonly Bell _bell = new(time);
    private readonly ConcurrentDictionary<string, int> _made = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (bool IsAway, int Drift)> _firewalls = new(StringComparer.Ordinal);
    private int _open = -1;

    /// <summary>Times in the team's zone.</summary>
    public CardTime When => new(time.GetUtcNow(), languages.Value.GetZone());

    /// <summary>Says that there is something to be written into the audit trail.</summary>
    public void Ring() => _bell.Ring();

    /// <summary>Waits for it.</summary>
    public Task WaitAsync(TimeSpan patience, CancellationToken ct) => _bell.WaitAsync(patience, ct);

    /// <summary>Blocks were made.</summary>
    public void Count(string source, int blocks) => _made.AddOrUpdate(source, blocks, (_, known) => known + blocks);

    /// <summary>So many are open.</summary>
    public void Open(int blocks) => Volatile.Write(ref _open, blocks);

    /// <summary>How a firewall was found.</summary>
    public void Found(string firewall, bool isAway, int drift) => _firewalls[firewall] = (isAway, drift);

    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var open = metrics.CreateGauge("festivalops_blocks_open", "Blocks that hold", new GaugeConfiguration { SuppressInitialValue = true });
        var made = metrics.CreateCounter("festivalops_blocks_total", "Blocks made since the start, by the log or manual", "source");
        var away = metrics.CreateGauge("festivalops_firewall_away", "1: this firewall can't be told what is blocked", "firewall");
        var drift = metrics.CreateGauge("festivalops_firewall_drift", "Ranges in which this firewall differed at the last look without our doing", "firewall");
        registry.AddBeforeCollectCallback(() =>
        {
            if (Volatile.Read(ref _open) is >= 0 and var now) open.Set(now);
            foreach (var (source, count) in _made) made.WithLabels(source).IncTo(count);
            foreach (var (firewall, found) in _firewalls)
            {
                away.WithLabels(firewall).Set(found.IsAway ? 1 : 0);
                drift.WithLabels(firewall).Set(found.Drift);
            }
        });
    }
}
