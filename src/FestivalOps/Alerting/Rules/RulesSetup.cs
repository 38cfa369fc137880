using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Export;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Checks;
using FestivalOps.Settings;
using FestivalOps.Telemetry;

namespace FestivalOps.Alerting.Rules;

/// <summary>Registers what makes alerts of our own checks, and what notices silence.</summary>
internal static class RulesSetup
{
    /// <summary>Adds the rules, their export, the watchdog and the sign of life.</summary>
    public static IServiceCollection AddRules(this IServiceCollection services)
    {
        services.AddSettings<RulesOptions>("Alerting:Rules");
        services.AddSingleton<RuleBook>();
        services.AddSingleton<RuleClock>();
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<RuleClock>());
        services.AddSingleton<RuleCycle>();
        services.AddSingleton<IHealthListener>(s => s.GetRequiredService<RuleCycle>());

        services.AddSettings<ExportOptions>("Alerting:Export");
        services.AddSingleton<PrometheusRules>();
        services.AddSingleton<RuleFile>();

        services.AddSettings<WatchdogOptions>("Alerting:Watchdog");
        services.AddSingleton<WatchdogEar>();
        services.AddSingleton<IAlertFilter>(s => s.GetRequiredService<WatchdogEar>());
        services.AddSingleton<IConcern>(s => s.GetRequiredService<WatchdogEar>());
        services.AddSingleton<IConcern, MeasuringConcern>();
        services.AddSingleton<ConcernCycle>();
        services.AddHostedService(s => s.GetRequiredService<ConcernCycle>());
        services.AddSingleton<TaskTrouble>();
        services.AddHostedService(s => s.GetRequiredService<TaskTrouble>());

        services.AddSettings<DeadManOptions>("Alerting:DeadMan");
        services.AddHttpClient(DeadManPing.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            // Its log lines would hold the address, which is a secret.
            .RemoveAllLoggers();
        services.AddSingleton<DeadManPing>();
        services.AddHostedService(s => s.GetRequiredService<DeadManPing>());
        return services;
    }
}
