using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Commands.Roles;
using FestivalOps.Escalation.Drills;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Escalation.Paging;
using FestivalOps.Escalation.Why;
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
        services.AddSettings<OnCallOptions>("OnCall");
        services.AddSettings<PeopleOptions>("People");
        services.AddSingleton<StaffBook>();
        services.AddSingleton<OnCallBook>();
        services.AddSingleton<IStandIns, StandIns>();
        services.AddSingleton<VacantRoles>();
        services.AddHostedService(s => s.GetRequiredService<VacantRoles>());
        services.AddHostedService<StaffCycle>();
        services.AddSingleton<UserGroupSync>();
        services.AddSingleton<DutyCycle>();
        services.AddHostedService(s => s.GetRequiredService<DutyCycle>());
        services.AddSingleton<ReachabilityCheck>();
        services.AddHostedService(s => s.GetRequiredService<ReachabilityCheck>());
        services.AddPostKind<HandOverPost>();
        services.AddPostKind<SaidOncePost>();
        services.AddCommand<OnCallCommand>();

        services.AddSettings<EscalationOptions>("Escalation");
        services.Replace(ServiceDescriptor.Singleton<IIncidentPlan, LadderPlan>());
        services.AddSingleton<StepTaker>();
        services.AddSingleton<LadderWork>();
        services.AddSingleton<EscalationMetrics>();
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<EscalationMetrics>());
        services.AddSingleton<EscalationCycle>();
        services.AddHostedService(s => s.GetRequiredService<EscalationCycle>());

        services.AddSingleton<IOutwardWays, OutwardWays>();
        services.AddSingleton<PageRows>();
        services.AddSingleton<PageOutcome>();
        services.AddPostKind<MentionPage>();
        services.AddPostKind<DirectPage>();
        services.AddPostKind<MailPage>();
        services.AddPostKind<WebhookPage>();
        services.AddPostKind<TroublePost>();
        services.AddSingleton<PageRedraws>();
        services.AddSingleton<IShownElsewhere>(s => s.GetRequiredService<PageRedraws>());
        services.AddPostKind<PageRedrawPost>();
        services.AddSingleton<ISlackDown, SlackDown>();
        services.AddSingleton<OutagePages>();
        services.AddHostedService(s => s.GetRequiredService<OutagePages>());

        services.AddCommand<WhyCommand>();
        services.AddCommand<DrillCommand>();
        services.AddPostKind<DrillReport>();
        services.AddSingleton<DrillWatch>();
        services.AddHostedService(s => s.GetRequiredService<DrillWatch>());
        return services;
    }
}
