using System.Text.RegularExpressions;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// The card of an incident: one message, made for a tired person with a phone at night. The first line says how bad and what, the second
/// who is on it, then what was measured and where, then what happens next; buttons last. Everything that comes from outside is cut to size
/// and escaped exactly once.
/// </summary>
internal static partial class IncidentMessage
{
    /// <summary>Longest title on a card: 110 characters, so that the header stays within Slack's 150.</summary>
    public const int MaxTitle = 110;

    /// <summary>Longest description on a card: 600 characters; the rest stands with its source.</summary>
    public const int MaxDescription = 600;

    /// <summary>The card as it is to be shown now.</summary>
    public static Message Card(IncidentFacts facts, CardTime time, SpokenLanguage language)
    {
        var incident = facts.Incident;
        List<Block> blocks =
        [
            new HeaderBlock { Text = new(Header(incident, language)) },
            Lines([Standing(incident, time, language), Level(incident, language)]),
        ];
        if (Description(facts, language) is { Length: > 0 } description) blocks.Add(new SectionBlock { Text = new PlainText(description) { Emoji = false } });
        if (Finding(facts, language) is { Count: > 0 } finding) blocks.Add(Lines(finding));
        if (incident.State != IncidentState.Resolved && Coming(incident, time, language) is { Count: > 0 } coming) blocks.Add(Lines(coming));
        if (Remarks(facts, time, language) is { Count: > 0 } remarks) blocks.Add(new ContextBlock { Elements = [.. remarks] });
        if (IncidentButtons.Of(facts, language) is { } buttons) blocks.Add(buttons);
        return new() { Text = Notification(incident, language), Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>One line for lists: picture, number, title, where it stands.</summary>
    public static Mrkdwn Line(Incident incident, CardTime time, SpokenLanguage language)
    {
        var line = Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(incident))} *#{incident.Id}* {Title(incident, language)}")
            + Mrkdwn.Of($"\n　{incident.Severity.Name().In(language)} · {CardTexts.Level(incident.Level).In(language)} · ") + Standing(incident, time, language, bold: false);
        var next = incident.State == IncidentState.Triggered && incident.HiddenBy is null ? PlannedStep.Read(incident.Plan) : [];
        return next.Count == 0
            ? line
            : line + Mrkdwn.Of($"\n　{CardTexts.Next.In(language)}: {CardTexts.Step(time, next[0].At, next[0].Roles, next[0].WaitsForMorning).In(language)}");
    }

    /// <summary>The title in a language, with the mark of a drill; one line, cut, not escaped.</summary>
    public static string Title(Incident incident, SpokenLanguage language) =>
        (incident.Drill ? CardTexts.Drill.In(language) : "") + Bare(incident, language);

    /// <summary>A picture whose shape, not only its colour, tells where the incident stands.</summary>
    public static string Picture(Incident incident) => incident switch
    {
        { State: IncidentState.Resolved } => ":white_check_mark:",
        { HiddenBy: not null } => ":no_bell:",
        { State: IncidentState.Acknowledged } => ":eyes:",
        { SnoozedUntil: not null } => ":zzz:",
        { Severity: Severity.Critical } => ":rotating_light:",
        { Severity: Severity.Warning } => ":large_orange_circle:",
        _ => ":large_blue_circle:",
    };

    // Plain text: nothing in it is markup, and a name like :fire: in a title must not become a picture either.
    private static string Header(Incident incident, SpokenLanguage language) =>
        $"{Picture(incident)} {(incident.Drill ? CardTexts.Drill.In(language) : "")}{State(incident).In(language)} | {EmojiName().Replace(Bare(incident, language), "：${name}：")}";

    private static string Bare(Incident incident, SpokenLanguage language) =>
        ForeignText.OneLine(language == SpokenLanguage.En ? incident.TitleEn : incident.TitleJa, MaxTitle);

    // Plain text, so that nothing in it is markup.
    private static string Description(IncidentFacts facts, SpokenLanguage language)
    {
        var text = facts.Annotation("description", MaxDescription, language);
        if (text.Length == 0) text = facts.Annotation("summary", MaxDescription, language);
        return text == Bare(facts.Incident, language) ? "" : text;
    }

    private static LocalizedText State(Incident incident) => incident switch
    {
        { State: IncidentState.Resolved } => CardTexts.Resolved,
        { HiddenBy: not null } => CardTexts.Hidden,
        { State: IncidentState.Acknowledged } => CardTexts.Acknowledged,
        { SnoozedUntil: not null } => CardTexts.Snoozed,
        _ => incident.Severity.Name(),
    };

    private static Mrkdwn Standing(Incident incident, CardTime time, SpokenLanguage language, bool bold = true)
    {
        var mark = Mrkdwn.Trusted(bold ? "*" : "");
        switch (incident)
        {
            case { State: IncidentState.Resolved, ResolvedAt: { } ended }:
                var by = string.IsNullOrEmpty(incident.ResolvedBy) ? Mrkdwn.Of($"{CardTexts.BySystem.In(language)}") : Mrkdwn.User(incident.ResolvedBy);
                return Mrkdwn.Of($"{mark}{CardTexts.SolvedAfter(time.At(ended), SpokenTime.Span(ended - incident.OpenedAt)).In(language)}{mark} · {by}");
            case { HiddenBy: { } what }:
                return Mrkdwn.Of($"{mark}{CardTexts.HiddenBy(ForeignText.OneLine(what, 64)).In(language)}{mark}");
            case { State: IncidentState.Acknowledged, AcknowledgedBy: { } taker, AcknowledgedAt: { } at }:
                var owner = incident.AssignedTo is { Length: > 0 } assigned && assigned != taker
                    ? Mrkdwn.Of($"{mark}{Mrkdwn.User(assigned)}{mark} {CardTexts.AssignedBy(time.At(at)).In(language)}")
                    : Mrkdwn.Of($"{mark}{Mrkdwn.User(taker)}{mark} {CardTexts.IsOnIt(time.At(at)).In(language)}");
                return incident.PromiseUntil is { } until && bold
                    ? owner + Mrkdwn.Of($"\n:alarm_clock: {CardTexts.Promise(time.At(until), time.In(until)).In(language)}")
                    : owner;
            case { SnoozedUntil: { } wake }:
                var line = Mrkdwn.Of($"{mark}{CardTexts.SnoozedUntil(time.At(wake), time.In(wake)).In(language)}{mark}");
                return string.IsNullOrEmpty(incident.SnoozedBy) ? line : line + Mrkdwn.Of($" · {Mrkdwn.User(incident.SnoozedBy)}");
            default:
                return Mrkdwn.Of($"{mark}{CardTexts.NobodyYet.In(language)}{mark} · {Since(incident, time, language)}");
        }
    }

    private static string Since(Incident incident, CardTime time, SpokenLanguage language) =>
        CardTexts.Since(time.At(incident.OpenedAt), time.For(incident.OpenedAt)).In(language);

    private static Mrkdwn Level(Incident incident, SpokenLanguage language)
    {
        var line = Mrkdwn.Of($"#{incident.Id} · {incident.Severity.Name().In(language)} · {CardTexts.Level(incident.Level).In(language)}");
        return incident.State == IncidentState.Resolved ? line : line + Mrkdwn.Of($" — {CardTexts.Time(incident.Level).In(language)}");
    }

    // What was found, the value against its limit, the last hour, and where.
    private static List<Mrkdwn> Finding(IncidentFacts facts, SpokenLanguage language)
    {
        var lines = new List<Mrkdwn>();
        var (value, limit) = (facts.Annotation("value", 60, language), facts.Annotation("limit", 60, language));
        // A value of an incident that is over would read as if it were now.
        if (value.Length > 0 && facts.Incident.State != IncidentState.Resolved)
        {
            var shown = Mrkdwn.Of($"{CardTexts.Value.In(language)} {Mrkdwn.Code(value)}");
            // Our own checks name the limit that was passed ("警告 > 80 %"); a bare one is named here.
            var named = limit.Length > 0 && !char.IsLetter(limit[0]) ? $"{CardTexts.Limit.In(language)} {limit}" : limit;
            lines.Add(named.Length > 0 ? Mrkdwn.Of($"{shown}  ({named})") : shown);
        }
        if (Sparkline.Draw(facts.LastHour) is { Length: > 0 } picture && Sparkline.Ends(facts.LastHour) is { } ends)
            lines.Add(Mrkdwn.Of($"{Mrkdwn.Code(picture)}  {ends.First} → {ends.Last}  ({CardTexts.LastHour.In(language)})"));
        if (IncidentPlaces.Of(facts.Labels) is { Value.Length: > 0 } places) lines.Add(Mrkdwn.Of($":round_pushpin: {places}"));
        if (facts.Incident is { TotalAlerts: > 1 } incident) lines.Add(Alerts(facts, incident, language));
        return lines;
    }

    private static Mrkdwn Alerts(IncidentFacts facts, Incident incident, SpokenLanguage language)
    {
        var count = Mrkdwn.Of($":bell: {CardTexts.Alerts(incident.FiringAlerts, incident.TotalAlerts).In(language)}");
        var named = facts.Alerts.Where(a => a.Firing).Take(3).ToList();
        if (named.Count == 0 || incident.FiringAlerts == 0) return count;
        var names = string.Join(language == SpokenLanguage.Ja ? "、" : ", ", named.Select(a => ForeignText.OneLine(language == SpokenLanguage.En ? a.TitleEn : a.TitleJa, 60)));
        var more = incident.FiringAlerts - named.Count;
        return Mrkdwn.Of($"{count}: {names}{(more > 0 ? (language == SpokenLanguage.Ja ? " " : ", ") + CardTexts.More(more).In(language) : "")}");
    }

    private static List<Mrkdwn> Coming(Incident incident, CardTime time, SpokenLanguage language)
    {
        if (incident.State != IncidentState.Triggered || incident.HiddenBy is not null || incident.SnoozedUntil is not null) return [];
        var steps = PlannedStep.Read(incident.Plan);
        if (steps.Count == 0) return [Mrkdwn.Of($":arrow_forward: {CardTexts.Next.In(language)}: {CardTexts.NothingPlanned.In(language)}")];
        List<Mrkdwn> lines =
            [Mrkdwn.Of($":arrow_forward: *{CardTexts.Next.In(language)}*  {CardTexts.Step(time, steps[0].At, steps[0].Roles, steps[0].WaitsForMorning).In(language)}")];
        if (steps.Count > 1)
        {
            var later = steps.Skip(1).Take(3).Select(s => CardTexts.Later(time.At(s.At), s.Level, s.Roles).In(language));
            lines.Add(Mrkdwn.Of($"　{CardTexts.Then.In(language)}  {string.Join(" → ", later)}"));
        }
        return lines;
    }

    private static List<IContextElement> Remarks(IncidentFacts facts, CardTime time, SpokenLanguage language)
    {
        var incident = facts.Incident;
        var remarks = new List<IContextElement>();
        if (facts.MovedFrom is { } lost) remarks.Add((Markdown)Mrkdwn.Of($":warning: {Mrkdwn.Channel(lost)} {CardTexts.Elsewhere.In(language)}"));
        if (incident.Flapping && incident.State != IncidentState.Resolved) remarks.Add((Markdown)Mrkdwn.Of($":repeat: {CardTexts.Flapping.In(language)}"));
        if (incident.State is IncidentState.Acknowledged) remarks.Add(new PlainText(CardTexts.Opened(Since(incident, time, language)).In(language)));
        remarks.Add(new PlainText(CardTexts.Drawn(time.At(time.Now)).In(language)));
        return remarks;
    }

    // What a locked phone shows.
    private static string Notification(Incident incident, SpokenLanguage language) => Mrkdwn.Of(
        $"{Mrkdwn.Trusted(Picture(incident))} #{incident.Id} {State(incident).In(language)}: {Title(incident, language)} ({CardTexts.Level(incident.Level).In(language)})").ToString();

    [GeneratedRegex(":(?<name>[a-z0-9_+'-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmojiName();

    private static SectionBlock Lines(IEnumerable<Mrkdwn> lines) => new() { Text = new Markdown(Mrkdwn.Join("\n", lines).Value) { Verbatim = true } };
}
