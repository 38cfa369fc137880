using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Escalation.Ladder;

/// <summary>What the ladder does now.</summary>
internal enum StepKind
{
    /// <summary>Nothing: it is taken, over, put off, hidden, or for information only.</summary>
    None,

    /// <summary>It waits for business hours.</summary>
    Wait,

    /// <summary>The people of <see cref="LadderStep.Level"/> are told.</summary>
    Page,
}

/// <summary>A step of the ladder, with its reason.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Level">The level it is done at: 1 to 3.</param>
/// <param name="Rule">Why (<see cref="StepRule"/>).</param>
/// <param name="NextAt">When the next step is due, UTC; null when none is.</param>
/// <param name="NextRule">Why the next step will be due.</param>
/// <param name="Plan">The steps to come, for people.</param>
internal sealed record LadderStep(StepKind Kind, int Level, string Rule, DateTimeOffset? NextAt, string NextRule, IReadOnlyList<PlannedStep> Plan);

/// <summary>The guideline's ladder as a pure function: incident, settings, calendar and clock in, a step with its reason out.</summary>
internal static class EscalationLadder
{
    /// <summary>The highest level.</summary>
    public const int Top = 3;

    /// <summary>True when someone is to be told of the incident, now or later. Information pages nobody until a person raises its level.</summary>
    public static bool Climbs(Incident incident, DateTimeOffset now) =>
        incident is { State: IncidentState.Triggered, HiddenBy: null } && (incident.Severity > Severity.Information || incident.Level > 1)
        && (incident.SnoozedUntil is not { } until || until <= now);

    /// <summary>
    /// The step that is due. Nothing was done yet since it was opened or came back: its own level is told. Otherwise nobody took it in the
    /// level's time (or could be reached): the next level is told; at the top, the top again.
    /// </summary>
    public static LadderStep Next(Incident incident, EscalationOptions options, BusinessCalendar calendar, DateTimeOffset now)
    {
        var own = Math.Clamp(incident.Level, 1, Top);
        if (!Climbs(incident, now)) return new(StepKind.None, own, "", null, "", []);
        var level = incident.Step == 0 ? own : Math.Min(own + 1, Top);
        var rule = incident.NextStepRule.Length > 0 ? incident.NextStepRule : incident.Step == 0 ? StepRule.Opened : StepRule.NotAcknowledged;
        if (options.Of(level).BusinessHoursOnly && !calendar.IsOpen(now))
        {
            var morning = calendar.NextOpening(now);
            return new(StepKind.Wait, level, StepRule.BusinessHours, morning, rule, Plan(options, calendar, morning, level, waits: true));
        }
        var next = After(options, calendar, now, level);
        return new(StepKind.Page, level, rule, next, StepRule.NotAcknowledged, Plan(options, calendar, next, Math.Min(level + 1, Top), waits: false));
    }

    /// <summary>The steps to come when the next one is at <paramref name="at"/> for <paramref name="level"/>: up to the top, and the top once more.</summary>
    public static IReadOnlyList<PlannedStep> Plan(EscalationOptions options, BusinessCalendar calendar, DateTimeOffset at, int level, bool waits)
    {
        var steps = new List<PlannedStep>();
        for (; ; level++)
        {
            var rung = options.Of(level);
            var shifted = rung.BusinessHoursOnly ? calendar.NextOpening(at) : at;
            steps.Add(new(shifted, Math.Min(level, Top), [.. rung.ReadRoles()!.Select(r => r.ToString())], waits || shifted != at));
            if (level > Top) return steps;
            at = After(options, calendar, shifted, level);
            waits = false;
        }
    }

    /// <summary>When the time that someone has to take it at <paramref name="level"/> is over.</summary>
    private static DateTimeOffset After(EscalationOptions options, BusinessCalendar calendar, DateTimeOffset now, int level)
    {
        var rung = options.Of(level);
        return rung.BusinessHoursOnly ? calendar.Add(now, rung.AcknowledgeWithin) : now.ToUniversalTime() + rung.AcknowledgeWithin;
    }
}
