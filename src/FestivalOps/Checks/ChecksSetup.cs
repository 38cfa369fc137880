using FestivalOps.Checks.Certificates;
using FestivalOps.Checks.Database;
using FestivalOps.Checks.History;
using FestivalOps.Checks.Host;
using FestivalOps.Checks.Payments;
using FestivalOps.Checks.Redis;
using FestivalOps.Checks.Web;
using FestivalOps.Commands;
using FestivalOps.Settings;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks;

/// <summary>Registers what we measure, and when it is too much.</summary>
internal static class ChecksSetup
{
    /// <summary>Adds the checks, their limits, their history, and <c>/fops health</c>.</summary>
    public static IServiceCollection AddChecks(this IServiceCollection services)
    {
        services.AddSettings<ChecksOptions>("Checks:Run");
        services.AddSettings<ResponseTimeOptions>("Checks:ResponseTime");
        services.AddSettings<ErrorRateOptions>("Checks:ErrorRate");
        services.AddSettings<AvailabilityOptions>("Checks:Availability");
        services.AddSettings<PaymentFailureOptions>("Checks:PaymentFailures");
        services.AddSettings<DatabaseConnectionsOptions>("Checks:DatabaseConnections");
        services.AddSettings<RedisLatencyOptions>("Checks:RedisLatency");
        services.AddSettings<RedisMemoryOptions>("Checks:RedisMemory");
        services.AddSettings<HostMetricsOptions>("Checks:Host");
        services.AddSettings<CpuOptions>("Checks:Cpu");
        services.AddSettings<MemoryOptions>("Checks:Memory");
        services.AddSettings<DiskOptions>("Checks:Disk");
        services.AddSettings<LoadOptions>("Checks:Load");
        services.AddSettings<CertificateOptions>("Checks:Certificate");

        // The order of the card within one status: causes before their symptoms.
        services.AddSingleton<ICheck, UpCheck>();
        services.AddSingleton<ICheck, DatabaseCheck>();
        services.AddSingleton<ICheck, RedisCheck>();
        services.AddSingleton<ICheck, DiskCheck>();
        services.AddSingleton<ICheck, ResponseTimeCheck>();
        services.AddSingleton<ICheck, HealthUrlCheck>();
        services.AddSingleton<ICheck, ErrorRateCheck>();
        services.AddSingleton<ICheck, AvailabilityCheck>();
        services.AddSingleton<ICheck, PaymentFailureCheck>();
        services.AddSingleton<ICheck, DatabaseConnectionsCheck>();
        services.AddSingleton<ICheck, RedisMemoryCheck>();
        services.AddSingleton<ICheck, MemoryCheck>();
        services.AddSingleton<ICheck, CpuCheck>();
        services.AddSingleton<ICheck, LoadCheck>();
        services.AddSingleton<ICheck, CertificateCheck>();

        services.AddSingleton<CpuSampler>();
        services.AddHostedService(s => s.GetRequiredService<CpuSampler>());
        services.AddSingleton<LocalHostMetrics>();
        services.AddSingleton<PrometheusHostMetrics>();
        services.AddSingleton<IHostMetrics>(s => s.GetRequiredService<IOptions<HostMetricsOptions>>().Value.Source == HostSource.Prometheus
            ? s.GetRequiredService<PrometheusHostMetrics>()
            : s.GetRequiredService<LocalHostMetrics>());

        services.AddSingleton<CheckBook>();
        services.AddSingleton<HealthHistory>();
        services.AddSingleton<RecentValues>();
        services.AddSingleton<HealthRunner>();
        services.AddHostedService<HealthTicker>();
        services.AddSingleton<IMetricSource, CheckMetrics>();

        services.AddCommand<HealthCommand>();
        services.AddButton<HealthDetailsAction>();
        services.AddButton<HealthAgainAction>();
        return services;
    }
}
