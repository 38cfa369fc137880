using FestivalOps.Alerting.Commands;
using FestivalOps.Alerting.Incidents;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FestivalOps.Alerting;

/// <summary>Registers what turns a measurement out of bounds into an incident, once.</summary>
internal static class AlertingSetup
{
    /// <summary>Adds incidents and their sources.</summary>
    public static IServiceCollection AddAlerting(this IServiceCollection services)
    {
        services.AddSingleton<IncidentSignals>();
        services.AddSingleton<IncidentDesk>();
        services.TryAddSingleton<IIncidentPlan, NoPlan>();
        services.AddIncidentCommands();
        return services;
    }

    /// <summary>The plan of a bot without a ladder: nobody is paged. The ladder takes its place.</summary>
    private sealed class NoPlan : IIncidentPlan
    {
        public void Plan(Incident incident, PlanCause cause, DateTimeOffset now) => incident.NextStepAt = null;
    }
}
