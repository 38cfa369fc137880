using FestivalOps.Checks.Certificates;
using FestivalOps.Checks.Database;
using FestivalOps.Checks.Host;
using FestivalOps.Checks.Payments;
using FestivalOps.Checks.Redis;
using FestivalOps.Checks.Web;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Export;

/// <summary>
/// Our checks in PromQL, with the limits that our own checks use. The metrics are node_exporter's, postgres_exporter's, redis_exporter's,
/// blackbox_exporter's and those of the platform's own <c>alert.rules.yml</c>.
/// </summary>
internal sealed class PrometheusRules(
    IOptions<ExportOptions> export,
    IOptions<CpuOptions> cpu,
    IOptions<MemoryOptions> memory,
    IOptions<DiskOptions> disk,
    IOptions<LoadOptions> load,
    IOptions<ErrorRateOptions> errors,
    IOptions<ResponseTimeOptions> response,
    IOptions<AvailabilityOptions> availability,
    IOptions<PaymentFailureOptions> payments,
    IOptions<DatabaseConnectionsOptions> connections,
    IOptions<RedisMemoryOptions> redisMemory,
    IOptions<CertificateOptions> certificate)
{
    private const string Disks = "{fstype!~\"tmpfs|ramfs|squashfs|overlay|devtmpfs|fuse.*\"}";
    private const string UsedOfDisk = $"(node_filesystem_size_bytes{Disks} - node_filesystem_free_bytes{Disks})";

    /// <summary>Checks that no exporter has a metric for: they stay with the bot.</summary>
    public static readonly IReadOnlyList<string> NotExported = ["health-url", "redis (its latency)"];

    /// <summary>All of them, causes before their symptoms.</summary>
    public IEnumerable<PrometheusRule> All()
    {
        var jobs = export.Value;
        yield return Rule("up", $"up{{job=\"{jobs.AppJob}\"}} == 0", null, "", new("Web アプリが停止しています", "The web application is down"));
        // The exporter's own up says that the exporter runs; what it sees stands in pg_up and redis_up.
        yield return Rule(
            "postgresql", $"up{{job=\"{jobs.DatabaseJob}\"}} == 0 or pg_up{{job=\"{jobs.DatabaseJob}\"}} == 0", null, "",
            new("PostgreSQL に接続できません", "PostgreSQL can't be reached"));
        yield return Rule(
            "redis", $"up{{job=\"{jobs.RedisJob}\"}} == 0 or redis_up{{job=\"{jobs.RedisJob}\"}} == 0", null, "",
            new("Redis に接続できません", "Redis can't be reached"));
        yield return Rule(
            "disk", $"100 * {UsedOfDisk} / ({UsedOfDisk} + node_filesystem_avail_bytes{Disks})", disk.Value.Threshold, " %",
            new("ディスクの空きが少なくなっています", "A disk is filling up"));
        yield return Rule(
            "response-time", "1000 * http_request_duration_seconds{quantile=\"0.95\"}", response.Value.Threshold, " ms",
            new("応答が遅くなっています", "Answers are slow"));
        yield return Rule("error-rate", $"({errors.Value.Query})", errors.Value.Threshold, " %", new("エラー率が高くなっています", "Many requests end in 5xx"));
        yield return Availability(jobs, availability.Value);
        yield return Payments(payments.Value);
        yield return Rule(
            "db-connections", "100 * sum by (instance) (pg_stat_database_numbackends) / on (instance) pg_settings_max_connections",
            connections.Value.Threshold, " %", new("データベースの接続数が上限に近づいています", "Database connections are running out"));
        yield return Rule(
            "redis-memory", "100 * redis_memory_used_bytes / (redis_memory_max_bytes > 0)", redisMemory.Value.Threshold, " %",
            new("Redis のメモリが上限に近づいています", "Redis is running out of memory"));
        yield return Rule(
            "memory", "100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)", memory.Value.Threshold, " %",
            new("メモリ使用率が高くなっています", "Memory use is high"));
        yield return Rule(
            "cpu", "100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[2m])))", cpu.Value.Threshold, " %",
            new("CPU 使用率が高くなっています", "Processor use is high"));
        yield return Rule(
            "load", "node_load5 / on (instance) count by (instance) (node_cpu_seconds_total{mode=\"idle\"})", load.Value.Threshold, " per core",
            new("負荷が高くなっています", "Load is high"));
        yield return Rule(
            "certificate", "(probe_ssl_earliest_cert_expiry - time()) / 86400", certificate.Value.Threshold, " days",
            new("TLS 証明書の期限が近づいています", "The TLS certificate ends soon"));
    }

    private static PrometheusRule Availability(ExportOptions jobs, AvailabilityOptions options)
    {
        var window = $"up{{job=\"{jobs.AppJob}\"}}[{options.WindowHours}h]";
        return Rule(
            "availability", $"100 * avg_over_time({window})", options.Threshold, " %",
            new("API 稼働率が下がっています", "API availability is low"), $"count_over_time({window}) >= {options.MinMeasurements}");
    }

    private static PrometheusRule Payments(PaymentFailureOptions options)
    {
        var attempts = $"sum(increase(payment_attempts_total[{options.WindowHours}h]))";
        return Rule(
            "payment-failures", $"100 * sum(increase(payment_failures_total[{options.WindowHours}h])) / {attempts}", options.Threshold, " %",
            new("決済の失敗が増えています", "Many payments fail"), $"{attempts} >= {options.MinPayments}");
    }

    private static PrometheusRule Rule(string check, string expression, Checks.Threshold? limits, string unit, LocalizedText summary, string? besides = null) =>
        new(check, expression, limits, unit, summary.En, summary.Ja, besides);
}
