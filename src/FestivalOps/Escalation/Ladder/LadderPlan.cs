using FestivalOps.Alerting.Incidents;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Ladder;

/// <summary>
/// Puts an incident on the ladder, or takes it off, within the change that makes it so. The first step is due at once; the cycle takes it
/// a moment later (<see cref="EscalationCycle"/>), and what people see until then is already the plan of that step.
/// </summary>
internal sealed class LadderPlan(IOptions<EscalationOptions> options, BusinessCalendar calendar) : IIncidentPlan
{
    /// <inheritdoc/>
    public void Plan(Incident incident, PlanCause cause, DateTimeOffset now)
    {
        incident.Step = 0;
        incident.NextStepAt = null;
        incident.NextStepRule = "";
        incident.Plan = "[]";
        if (cause == PlanCause.Quiet || !EscalationLadder.Climbs(incident, now)) return;

        incident.NextStepAt = now;
        incident.NextStepRule = Rule(cause);
        var level = Math.Clamp(incident.Level, 1, EscalationLadder.Top);
        var waits = options.Value.Of(level).BusinessHoursOnly && !calendar.IsOpen(now);
        var first = waits ? calendar.NextOpening(now) : now;
        incident.Plan = PlannedStep.Write(EscalationLadder.Plan(options.Value, calendar, first, level, waits));
    }

    private static string Rule(PlanCause cause) => cause switch
    {
        PlanCause.Opened => StepRule.Opened,
        PlanCause.Worsened => StepRule.Worsened,
        PlanCause.CameBack => StepRule.CameBack,
        PlanCause.ByHand => StepRule.ByHand,
        _ => "",
    };
}
