using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Host;

/// <summary>node_exporter's figures, through the platform's Prometheus. Of several hosts the worst counts.</summary>
internal sealed class PrometheusHostMetrics(FestivalPrometheus prometheus, IOptions<HostMetricsOptions> options) : IHostMetrics
{
    /// <inheritdoc/>
    public LocalizedText? NotSetUp => prometheus.IsSetUp ? null : HostTexts.NoPrometheus;

    /// <inheritdoc/>
    public string Source => options.Value.Instance is { Length: > 0 } instance ? $"Prometheus, {instance}" : "Prometheus";

    /// <inheritdoc/>
    public async Task<(double Percent, TimeSpan Over)> CpuAsync(CancellationToken ct)
    {
        var idle = Where("mode=\"idle\"");
        var used = await OneAsync($"max(100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{idle}[2m]))))", "node_cpu_seconds_total", ct);
        return (used, TimeSpan.FromMinutes(2));
    }

    /// <inheritdoc/>
    public async Task<MemoryUse> MemoryAsync(CancellationToken ct)
    {
        var worst = $"bottomk(1, node_memory_MemAvailable_bytes{Where()} / node_memory_MemTotal_bytes{Where()})";
        var total = await OneAsync($"node_memory_MemTotal_bytes{Where()} and on (instance) {worst}", "node_memory_MemTotal_bytes", ct);
        var available = await OneAsync($"node_memory_MemAvailable_bytes{Where()} and on (instance) {worst}", "node_memory_MemAvailable_bytes", ct);
        return new(total, available);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiskUse>> DisksAsync(CancellationToken ct)
    {
        var real = Where("fstype!~\"tmpfs|ramfs|squashfs|overlay|devtmpfs|fuse.*\"");
        var free = await prometheus.QueryAsync($"node_filesystem_avail_bytes{real}", ct);
        var used = await prometheus.QueryAsync($"node_filesystem_size_bytes{real} - node_filesystem_free_bytes{real}", ct);
        var freeOf = free.ToDictionary(Key, s => s.Value);
        var disks = used.Where(u => freeOf.ContainsKey(Key(u)) && u.Value + freeOf[Key(u)] > 0)
            .Select(u => new DiskUse(Mount(u), 100 * u.Value / (u.Value + freeOf[Key(u)]), freeOf[Key(u)]))
            .OrderByDescending(d => d.UsedPercent).ToList();
        return disks.Count > 0 ? disks : throw new NoFigureException(HostTexts.NoSeries("node_filesystem_avail_bytes"));
    }

    /// <inheritdoc/>
    public async Task<LoadAverage> LoadAsync(CancellationToken ct)
    {
        var worst = $"topk(1, node_load5{Where()})";
        var five = await OneAsync(worst, "node_load5", ct);
        var one = await OneAsync($"node_load1{Where()} and on (instance) {worst}", "node_load1", ct);
        var cores = await OneAsync(
            $"count by (instance) (node_cpu_seconds_total{Where("mode=\"idle\"")}) and on (instance) {worst}", "node_cpu_seconds_total", ct);
        return new(one, five, (int)cores);
    }

    private async Task<double> OneAsync(string query, string series, CancellationToken ct)
    {
        var samples = await prometheus.QueryAsync(query, ct);
        return samples.Count > 0 && !double.IsNaN(samples[0].Value) ? samples[0].Value : throw new NoFigureException(HostTexts.NoSeries(series));
    }

    private string Where(string? more = null)
    {
        var instance = options.Value.Instance is { Length: > 0 } name ? $"instance=\"{name}\"" : null;
        return "{" + string.Join(",", new[] { instance, more }.Where(m => m is not null)) + "}";
    }

    private static (string, string) Key(PrometheusSample s) => (s.Labels.GetValueOrDefault("instance", ""), Mount(s));

    private static string Mount(PrometheusSample s) => ForeignText.OneLine(s.Labels.GetValueOrDefault("mountpoint", "?"), 80);
}
