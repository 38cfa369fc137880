using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Escalation.Paging;
using FestivalOps.Language;

namespace FestivalOps.Escalation.Why;

/// <summary>Tells from an incident's timeline who was or was not paged, and by which rule. Pure.</summary>
internal static class WhyReport
{
    /// <summary>Most lines of the timeline that are told: 40, the newest.</summary>
    public const int MostLines = 40;

    /// <summary>The report, one finished piece of mrkdwn a line.</summary>
    public static IReadOnlyList<Mrkdwn> Lines(
        Incident incident, IReadOnlyList<IncidentEvent> events, IReadOnlyList<OutboxRow> pages, TimeZoneInfo zone, SpokenLanguage language)
    {
        var lines = new List<Mrkdwn> { Mrkdwn.Of($"*{PageTexts.Title(incident).In(language)}*") };
        if (events.Count > MostLines) lines.Add(Mrkdwn.Of($"{WhyTexts.More(events.Count - MostLines).In(language)}"));
        lines.AddRange(events.OrderBy(e => e.Number).TakeLast(MostLines).Select(e =>
            Mrkdwn.Of($"`{Mrkdwn.Trusted(Clock(e.At, zone))}` {Mrkdwn.Trusted(EventTexts.Line(e, zone).In(language))}")));
        lines.AddRange(Pages(pages, OutboxState.Dropped, WhyTexts.NotSent, language));
        lines.AddRange(Pages(pages, OutboxState.Waiting, WhyTexts.Waiting, language));
        lines.Add(Mrkdwn.Of($"{Next(incident, zone, language)}"));
        return lines;
    }

    private static IEnumerable<Mrkdwn> Pages(IReadOnlyList<OutboxRow> pages, OutboxState state, LocalizedText title, SpokenLanguage language) => pages
        .Where(p => p.State == state)
        .GroupBy(p => (p.Carrier, Reason: p.Reason ?? ""))
        .OrderBy(g => g.Key.Carrier).Take(10)
        .Select(g =>
        {
            var people = g.SelectMany(p => PageArgument.Read(p.Argument).Users).Distinct(StringComparer.Ordinal).Take(20).Select(Mrkdwn.User);
            var why = g.Key.Reason.Length == 0 ? "" : $" — {WhyTexts.Why(g.Key.Reason).In(language)}";
            return Mrkdwn.Of($"{title.In(language)}: {EventTexts.Way(g.Key.Carrier.ToString()).In(language)} {Mrkdwn.Join(" ", people)}{why}");
        });

    private static string Next(Incident incident, TimeZoneInfo zone, SpokenLanguage language)
    {
        if (incident.Severity == Severity.Information && incident.State != IncidentState.Resolved) return WhyTexts.Information.In(language);
        var plan = PlannedStep.Read(incident.Plan);
        if (incident.NextStepAt is null || plan.Count == 0) return WhyTexts.NoNext(incident.State != IncidentState.Resolved).In(language);
        var roles = plan[0].Roles.Select(r => Enum.TryParse<Role>(r, out var role) ? role.Name().In(language) : r);
        return WhyTexts.Next(Clock(plan[0].At, zone), string.Join(language == SpokenLanguage.En ? ", " : "、", roles), plan[0].Level).In(language);
    }

    private static string Clock(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
}
