using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Commands;
using FestivalOps.Alerting.Export;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Inhibition;
using FestivalOps.Alerting.Intake;
using FestivalOps.Alerting.Rules;
using FestivalOps.Alerting.Silences;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Channels;
using FestivalOps.Settings;
using FestivalOps.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting;

/// <summary>Registers what turns a measurement out of bounds into an incident, once.</summary>
internal static class AlertingSetup
{
    /// <summary>Adds incidents and their sources.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services) => services
        .AddIncidents()
        .AddIntake()
        .AddRules()
        .AddSilences()
        .AddAlertmanager();

    /// <summary>Maps our rules for Prometheus, and <c>POST /alerts/alertmanager</c> when the settings say who may use it.</summary>
    public static void MapAlerting(this WebApplication app)
    {
        app.MapRules();
        if (app.Services.GetRequiredService<IOptions<WebhookOptions>>().Value.IsSet)
            app.MapPost(AlertmanagerEndpoint.Path, app.Services.GetRequiredService<AlertmanagerEndpoint>().HandleAsync);
    }

    // What can be done with an incident, and what happens to it with time.
    private static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentSignals>();
        services.AddSingleton<IncidentDesk>();
        services.TryAddSingleton<IIncidentPlan, NoPlan>();
        services.AddIncidentCommands();
        services.AddSingleton<IIncidentActions, IncidentActions>();
        services.AddSingleton<IncidentBook>();
        services.AddSingleton<IncidentClock>();
        services.AddHostedService(s => s.GetRequiredService<IncidentClock>());
        return services;
    }

    // Where all sources meet.
    private static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSettings<AlertingOptions>("Alerting");
        services.AddSettings<StormOptions>("Alerting:Storm");
        services.AddSettings<InhibitionOptions>("Alerting:Inhibition");
        services.AddSingleton<AlertClass>();
        services.AddSingleton<FlapDecision>();
        services.AddSingleton<InhibitionReason>();
        services.AddSingleton<IntakeTools>();
        services.AddSingleton<IncidentIntake>();
        services.AddSingleton<IIncidentIntake>(s => s.GetRequiredService<IncidentIntake>());
        return services;
    }

    private static IServiceCollection AddSilences(this IServiceCollection services)
    {
        services.AddSingleton<SilenceBook>();
        services.AddSingleton<ISilenceDesk>(s => s.GetRequiredService<SilenceBook>());
        services.AddPostKind<SilenceReminderPost>();
        return services;
    }

    // Alertmanager's webhook. The inbox stops after its worker, so that nothing is accepted that nobody hands on.
    private static IServiceCollection AddAlertmanager(this IServiceCollection services)
    {
        services.AddSettings<WebhookOptions>("Alerting:Webhook");
        services.AddSingleton<WebhookKey>();
        services.AddSingleton<AlertmanagerReader>();
        services.AddSingleton<AlertCounter>();
        services.AddSingleton<ShortCut>();
        services.AddSingleton<LeftOutConcern>();
        services.AddSingleton<IConcern>(s => s.GetRequiredService<LeftOutConcern>());
        services.AddSingleton<WrongSecretConcern>();
        services.AddSingleton<IConcern>(s => s.GetRequiredService<WrongSecretConcern>());
        services.AddSingleton<AlertmanagerEndpoint>();
        services.AddSingleton<AlertInbox>();
        services.AddHostedService(s => s.GetRequiredService<AlertInbox>());
        services.AddHostedService<InboxWorker>();
        services.AddSingleton<IMetricSource, AlertingMetrics>();
        return services;
    }

    /// <summary>The plan of a bot without a ladder: nobody is paged. The ladder takes its place.</summary>
    private sealed class NoPlan : IIncidentPlan
    {
        public void Plan(Incident incident, PlanCause cause, DateTimeOffset now) => incident.NextStepAt = null;
    }
}
