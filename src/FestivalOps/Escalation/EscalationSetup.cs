using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Calendar;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Escalation.Paging;
using FestivalOps.Settings;
using FestivalOps.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FestivalOps.Escalation;

/// <summary>Registers the ladder that an incident climbs which nobody took, who is on call, and how a person is reached.</summary>
internal static class EscalationSetup
{
    /// <summary>Adds the ladder.</summary>
    public static IServiceCollection AddEscalation(this IServiceCollection services)
    {
        services.AddSettings<CalendarOptions>("Calendar");
        services.AddSingleton<BusinessCalendar>();

        services.AddSettings<OnCallOptions>("OnCall");
        services.AddSettings<PeopleOptions>("People");
        services.AddSingleton<StaffBook>();
        services.AddSingleton<OnCallBook>();
        services.AddHostedService<StaffCycle>();

        services.AddSettings<EscalationOptions>("Escalation");
        services.Replace(ServiceDescriptor.Singleton<IIncidentPlan, LadderPlan>());
        services.AddSingleton<StepTaker>();
        services.AddSingleton<LadderWork>();
        services.AddSingleton<EscalationMetrics>();
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<EscalationMetrics>());
        services.AddSingleton<EscalationCycle>();
        services.AddHostedService(s => s.GetRequiredService<EscalationCycle>());

        services.TryAddSingleton<IOutwardWays, NoOutwardWays>();
        services.AddSingleton<PageRows>();
        services.AddSingleton<PageOutcome>();
        services.AddPostKind<MentionPage>();
        services.AddPostKind<DirectPage>();
        services.AddPostKind<MailPage>();
        services.AddPostKind<WebhookPage>();
        services.AddPostKind<TroublePost>();
        return services;
    }
}
