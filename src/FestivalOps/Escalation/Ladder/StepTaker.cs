using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands.Roles;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Escalation.Paging;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Ladder;

/// <summary>Puts a step of the ladder into an incident's change: level, plan, timeline, and the pages.</summary>
internal sealed class StepTaker(IOptions<EscalationOptions> options, BusinessCalendar calendar, PageRows pages, VacantRoles vacant)
{
    /// <summary>Takes the step that is due.</summary>
    public StepKind Take(IncidentChange change, IReadOnlyDictionary<Role, Duty> duties)
    {
        var incident = change.Incident;
        var step = EscalationLadder.Next(incident, options.Value, calendar, change.Now);
        switch (step.Kind)
        {
            case StepKind.Wait:
                var line = change.Record(IncidentEventKind.NotPaged, "", ("rule", step.Rule), ("until", Utc(step.NextAt!.Value)), ("level", Number(step.Level)));
                Tell(change, pages.Note(incident, line));
                break;
            case StepKind.Page:
                step = Page(change, step, duties);
                break;
        }
        incident.NextStepAt = step.NextAt;
        incident.NextStepRule = step.NextRule;
        incident.Plan = PlannedStep.Write(step.Plan);
        if (step.Kind != StepKind.None) Tell(change, pages.Redraw(incident));
        return step.Kind;
    }

    private LadderStep Page(IncidentChange change, LadderStep step, IReadOnlyDictionary<Role, Duty> duties)
    {
        var incident = change.Incident;
        var rung = options.Value.Of(step.Level);
        var first = incident.Events + 1;
        var isRepeat = incident.Step > 0 && step.Level <= incident.Level;
        if (incident.Step > 0)
        {
            var climbed = change.Record(
                IncidentEventKind.Escalated, "", ("level", Number(step.Level)), ("step", Number(incident.Step + 1)), ("rule", step.Rule), ("from", Number(incident.Level)));
            // The mention is the line in the thread; without one the climb is told by itself.
            if (rung.MentionAfterSeconds == LadderLevel.Off) Tell(change, pages.Note(incident, climbed));
        }
        incident.Level = Math.Max(incident.Level, step.Level);
        incident.Step++;

        IReadOnlyList<string> People(Duty duty) => rung.Everyone ? duty.Everyone : duty.OnCall;
        var asked = rung.ReadRoles()!.Select(r => duties[r]).ToList();
        var users = asked.SelectMany(People).Distinct(StringComparer.Ordinal).Take(PageArgument.MostUsers).ToList();
        var groups = asked.SelectMany(d => d.UnknownGroups).Distinct(StringComparer.Ordinal).Take(10).ToList();
        var passedOver = asked.SelectMany(d => d.PassedOver).Where(p => !users.Contains(p.UserId)).DistinctBy(p => p.UserId, StringComparer.Ordinal).Take(10).ToList();
        var page = new PageArgument(first, step.Level, step.Rule, [.. asked.Where(d => !d.IsEmpty).Select(d => new PageRole(d.Role.ToString(), [.. People(d).Where(u => users.Contains(u, StringComparer.Ordinal))]))], users, groups, passedOver);
        if (users.Count > 0 || groups.Count > 0) pages.Tell(change, rung, page);

        var saidAlready = step.Rule == StepRule.EmptyRole && step.Level > 1 ? options.Value.Of(step.Level - 1).ReadRoles()! : [];
        var empty = asked.Where(d => d.IsEmpty && !vacant.IsByChoice(d.Role)).ToList();
        foreach (var duty in empty)
        {
            var said = change.Record(IncidentEventKind.Unreachable, "", ("role", duty.Role.ToString()), ("level", Number(step.Level)), ("error", "nobody"));
            // Every five minutes, or once more at the level that this role's absence led to, the same would drown the pages.
            if (!isRepeat && !saidAlready.Contains(duty.Role)) Tell(change, pages.Trouble(incident, said));
        }
        if (empty.Count == 0 || step.Level >= EscalationLadder.Top) return step;
        // A role that nobody has can't take it: the next level is told at once.
        return step with
        {
            NextAt = change.Now,
            NextRule = StepRule.EmptyRole,
            Plan = EscalationLadder.Plan(options.Value, calendar, change.Now, step.Level + 1, waits: false),
        };
    }

    private static void Tell(IncidentChange change, Channels.OutboxRow? row)
    {
        if (row is not null) change.Tell(row);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
