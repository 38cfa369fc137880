using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Escalation.Paging;
using FestivalOps.Language;

namespace FestivalOps.Escalation.Why;

/// <summary>Tells from an incident's timeline who was or was not paged, and by which rule. Pure.</summary>
internal static class WhyReport
{
    /// <summary>Most lines of the timeline that are read: 300, the newest.</summary>
    public const int MostRead = 300;

    /// <summary>Most lines that are told of what happened: 60, the newest.</summary>
    public const int MostLines = 60;

    /// <summary>Most people that are named on one line: 10.</summary>
    public const int MostNames = 10;

    /// <summary>The report, one finished piece of mrkdwn a line: what happened, step by step; who was not told; what comes next.</summary>
    public static IReadOnlyList<Mrkdwn> Lines(
        Incident incident, IReadOnlyList<IncidentEvent> events, IReadOnlyList<OutboxRow> pages, CardTime time, SpokenLanguage language)
    {
        var ordered = events.OrderBy(e => e.Number).ToList();
        var told = Told(ordered, time, language).ToList();
        var lines = new List<Mrkdwn> { Mrkdwn.Of($"*{PageTexts.Title(incident).In(language)}*") };
        if (incident.Events > ordered.Count || told.Count > MostLines) lines.Add(Mrkdwn.Of($"{WhyTexts.Earlier.In(language)}"));
        lines.AddRange(told.TakeLast(MostLines));
        lines.AddRange(NotTold(ordered, time, language));
        lines.AddRange(Pages(pages, OutboxState.Dropped, WhyTexts.NotSent, language));
        lines.AddRange(Pages(pages, OutboxState.Waiting, WhyTexts.Waiting, language));
        lines.Add(Mrkdwn.Of($"{Next(incident, time, language)}"));
        return lines;
    }

    // A step stands where its first line stood; what arrived stands with it, and so does that the ladder climbed to it.
    private static IEnumerable<Mrkdwn> Told(IReadOnlyList<IncidentEvent> events, CardTime time, SpokenLanguage language)
    {
        var steps = PagedStep.Of(events);
        var climbs = steps.Select(s => s.At).ToHashSet();
        foreach (var line in events)
        {
            if (line.Kind is IncidentEventKind.PageArrived or IncidentEventKind.Unreachable) continue;
            if (line is { Kind: IncidentEventKind.Escalated, Actor.Length: 0 } && climbs.Contains(line.At)) continue;
            if (line.Kind != IncidentEventKind.Paged)
                yield return Mrkdwn.Of($"`{time.At(line.At).In(language)}` {Mrkdwn.Trusted(EventTexts.Line(line, time.Zone).In(language))}");
            else if (steps.FirstOrDefault(s => s.Number == line.Number) is { } step)
                foreach (var part in Step(step, steps.LastOrDefault(s => s.Number < step.Number), time, language)) yield return part;
        }
    }

    private static IEnumerable<Mrkdwn> Step(PagedStep step, PagedStep? before, CardTime time, SpokenLanguage language)
    {
        var rule = step.Rule == StepRule.NotAcknowledged && before is not null
            ? WhyTexts.NobodyFor(SpokenTime.Span(step.At - before.At), before.Level)
            : EventTexts.Rule(step.Rule);
        yield return Mrkdwn.Of($"`{time.At(step.At).In(language)}` {Mrkdwn.Trusted(WhyTexts.Step(step.Level, Names(step.Users).Value, rule).In(language))}");
        foreach (var way in step.Ways)
        {
            var isChannel = way.Carrier == nameof(Carrier.Channel);
            var name = (isChannel ? WhyTexts.InChannel : EventTexts.Way(way.Carrier)).In(language);
            var plan = way.Due > step.At ? $" ({WhyTexts.PlannedFor(time.At(way.Due)).In(language)})" : "";
            var arrived = way.People.Where(p => p.At is not null).ToList();
            var missing = way.People.Where(p => p.At is null).Select(p => p.User).ToList();
            var parts = new List<Mrkdwn>();
            // A channel shows it to everyone at once.
            if (isChannel && arrived.Count > 0) parts.Add(Mrkdwn.Of($"{time.At(arrived[0].At!.Value).In(language)}"));
            else parts.AddRange(arrived.Take(MostNames).Select(p => Mrkdwn.Of($"{Mrkdwn.User(p.User)} {time.At(p.At!.Value).In(language)}")));
            if (missing.Count > 0) parts.Add(isChannel ? Mrkdwn.Of($"{WhyTexts.NotShown.In(language)}") : Mrkdwn.Of($"{Names(missing)} {WhyTexts.NotArrived.In(language)}"));
            yield return Mrkdwn.Of($"　• {name}{plan}: ") + Mrkdwn.Join(" · ", parts);
        }
    }

    // Who was passed over, and who could not be reached.
    private static IEnumerable<Mrkdwn> NotTold(IReadOnlyList<IncidentEvent> events, CardTime time, SpokenLanguage language)
    {
        var passed = events.Where(e => e.Kind == IncidentEventKind.Paged).SelectMany(e => EventData.Of(e).Words("passed")).Distinct(StringComparer.Ordinal)
            .Select(p => p.Split(':')).Where(p => p.Length == 2).Take(MostNames).Select(p => Mrkdwn.Of($"{Mrkdwn.User(p[0])} ({EventTexts.Passed(p[1]).In(language)})")).ToList();
        if (passed.Count > 0) yield return Mrkdwn.Of($"{WhyTexts.NotTold.In(language)}: ") + Mrkdwn.Join(" · ", passed);
        foreach (var line in events.Where(e => e.Kind == IncidentEventKind.Unreachable).Select(e => EventTexts.Line(e, time.Zone).In(language)).Distinct(StringComparer.Ordinal).TakeLast(MostNames))
            yield return Mrkdwn.Of($":warning: {Mrkdwn.Trusted(line)}");
    }

    private static Mrkdwn Names(IReadOnlyList<string> users)
    {
        var names = Mrkdwn.Join(" ", users.Take(MostNames).Select(Mrkdwn.User));
        return users.Count > MostNames ? names + Mrkdwn.Of($" (+{users.Count - MostNames})") : names;
    }

    private static IEnumerable<Mrkdwn> Pages(IReadOnlyList<OutboxRow> pages, OutboxState state, LocalizedText title, SpokenLanguage language) => pages
        .Where(p => p.State == state)
        .GroupBy(p => (p.Carrier, Reason: p.Reason ?? ""))
        .OrderBy(g => g.Key.Carrier).Take(10)
        .Select(g =>
        {
            var people = g.SelectMany(p => PageArgument.Read(p.Argument).Users).Distinct(StringComparer.Ordinal).ToList();
            var why = g.Key.Reason.Length == 0 ? "" : $" — {WhyTexts.Why(g.Key.Reason).In(language)}";
            return Mrkdwn.Of($"{title.In(language)}: {EventTexts.Way(g.Key.Carrier.ToString()).In(language)} {Names(people)}{why}");
        });

    private static string Next(Incident incident, CardTime time, SpokenLanguage language)
    {
        if (incident.Severity == Severity.Information && incident.State != IncidentState.Resolved) return WhyTexts.Information.In(language);
        if (incident is { State: not IncidentState.Resolved, SnoozedUntil: { } snoozed }) return CardTexts.SnoozedUntil(time.At(snoozed)).In(language);
        if (incident is { State: IncidentState.Acknowledged, PromiseUntil: { } promise }) return CardTexts.Promise(time.At(promise)).In(language);
        var plan = PlannedStep.Read(incident.Plan);
        if (incident.NextStepAt is null || plan.Count == 0) return WhyTexts.NoNext(incident.State != IncidentState.Resolved).In(language);
        var roles = plan[0].Roles.Select(r => Enum.TryParse<Role>(r, out var role) ? role.Name() : LocalizedText.Same(r));
        return WhyTexts.Next(time.At(plan[0].At), WhyTexts.Roles(roles), plan[0].Level).In(language);
    }
}
