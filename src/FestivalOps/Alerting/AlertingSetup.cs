using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Commands;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Inhibition;
using FestivalOps.Alerting.Intake;
using FestivalOps.Alerting.Rules;
using FestivalOps.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FestivalOps.Alerting;

/// <summary>Registers what turns a measurement out of bounds into an incident, once.</summary>
internal static class AlertingSetup
{
    /// <summary>Adds incidents and their sources.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services) => services
        .AddIncidents()
        .AddIntake()
        .AddRules();

    // What can be done with an incident, and what happens to it with time.
    private static IServiceCollection AddIncidents(this IServiceCollection services)
    {
        services.AddSingleton<IncidentSignals>();
        services.AddSingleton<IncidentDesk>();
        services.TryAddSingleton<IIncidentPlan, NoPlan>();
        services.AddIncidentCommands();
        return services;
    }

    // Where all sources meet.
    private static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddSettings<AlertingOptions>("Alerting");
        services.AddSettings<StormOptions>("Alerting:Storm");
        services.AddSettings<InhibitionOptions>("Alerting:Inhibition");
        services.AddSingleton<AlertClass>();
        services.AddSingleton<IntakeTools>();
        services.AddSingleton<IncidentIntake>();
        services.AddSingleton<IIncidentIntake>(s => s.GetRequiredService<IncidentIntake>());
        return services;
    }

    /// <summary>The plan of a bot without a ladder: nobody is paged. The ladder takes its place.</summary>
    private sealed class NoPlan : IIncidentPlan
    {
        public void Plan(Incident incident, PlanCause cause, DateTimeOffset now) => incident.NextStepAt = null;
    }
}
