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

    /// <summary>The card as it is to be shown now.</summary>
    public static Message Card(IncidentFacts facts, CardTime time, SpokenLanguage language)
    {
        var incident = facts.Incident;
        var notes = AlertNotes.Of(facts.Lead, language);
        List<Block> blocks =
        [
            new HeaderBlock { Text = new(Header(incident, language)) },
            Lines([Standing(facts, time, language), Level(incident, language)]),
        ];
        // Plain text, so that nothing in it is markup.
        if (notes.Description is { Length: > 0 } description && description != Bare(incident, language)) blocks.Add(new SectionBlock { Text = new PlainText(description) { Emoji = false } });
        if (Finding(facts, notes, language) is { Count: > 0 } finding) blocks.Add(Lines(finding));
        if (incident.State != IncidentState.Resolved && Coming(incident, time, language) is { Count: > 0 } coming) blocks.Add(Lines(coming));
        if (Remarks(facts, time, language) is { Count: > 0 } remarks) blocks.Add(new ContextBlock { Elements = [.. remarks] });
        if (IncidentButtons.Of(facts, language) is { } buttons) blocks.Add(buttons);
        return new() { Text = Notification(incident, language), Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>One line for lists: picture, number, title, where it stands.</summary>
    public static Mrkdwn Line(Incident incident, DateTimeOffset since, CardTime time, SpokenLanguage language)
    {
        var line = Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(incident))} *#{incident.Id}* {Title(incident, language)}")
            + Mrkdwn.Of($"\n　{incident.Severity.Name().In(language)} · {CardTexts.Level(incident.Level).In(language)} · ") + Standing(new(incident, [], [], null, Since: since), time, language, bold: false);
        var next = incident.State == IncidentState.Triggered && incident.HiddenBy is null ? PlannedStep.Read(incident.Plan) : [];
        return next.Count == 0
            ? line
            : line + Mrkdwn.Of($"\n　{CardTexts.Next.In(language)}: {CardTexts.Step(time, next[0].At, next[0].Roles, next[0].WaitsForMorning).In(language)}");
    }

    /// <summary>One line in the place of a page that is overtaken: what, and who has it or that it is over.</summary>
    public static Mrkdwn Brief(IncidentFacts facts, CardTime time, SpokenLanguage language)
    {
        var incident = facts.Incident;
        var isOpen = incident is { State: IncidentState.Triggered, HiddenBy: null, SnoozedUntil: null };
        var standing = isOpen ? Mrkdwn.Of($"{CardTexts.OpenAgain.In(language)}") : Standing(facts, time, language, bold: false);
        var mark = incident.Drill ? CardTexts.Drill.In(language) : "";
        return Mrkdwn.Of($"{Mrkdwn.Trusted(Picture(incident))} *{mark}#{incident.Id} {Bare(incident, language)}*  ") + standing;
    }

    /// <summary>The title in a language, with the mark of a drill; one line, cut, not escaped.</summary>
    public static string Title(Incident incident, SpokenLanguage language) =>
        (incident.Drill ? CardTexts.Drill.In(language) : "") + Bare(incident, language);

    /// <summary>A picture whose shape, not only its colour, tells where the incident stands.</summary>
    public static string Picture(Incident incident) => incident switch
    {
        { IsMerged: true } => ":no_bell:",
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

    private static LocalizedText State(Incident incident) => incident switch
    {
        { IsMerged: true } => CardTexts.Merged,
        { State: IncidentState.Resolved } => CardTexts.Resolved,
        { HiddenBy: { } by } => by.StartsWith("silence", StringComparison.Ordinal) ? CardTexts.Silenced : CardTexts.Caused,
        { State: IncidentState.Acknowledged } => CardTexts.Acknowledged,
        { SnoozedUntil: not null } => CardTexts.Snoozed,
        _ => incident.Severity.Name(),
    };

    private static Mrkdwn Standing(IncidentFacts facts, CardTime time, SpokenLanguage language, bool bold = true)
    {
        var incident = facts.Incident;
        var mark = Mrkdwn.Trusted(bold ? "*" : "");
        switch (incident)
        {
            case { IsMerged: true, HiddenBy: { } storm }:
                return Mrkdwn.Of($"{mark}{CardTexts.HiddenBy(storm).In(language)}{mark}");
            case { State: IncidentState.Resolved, ResolvedAt: { } ended }:
                var by = !string.IsNullOrEmpty(incident.ResolvedBy) ? Mrkdwn.User(incident.ResolvedBy)
                    : Mrkdwn.Of($"{(incident.Drill ? CardTexts.DrillOver : CardTexts.BySystem).In(language)}");
                return Mrkdwn.Of($"{mark}{CardTexts.Solved(time.At(facts.Began), time.At(ended), SpokenTime.Span(ended - facts.Began)).In(language)}{mark} · {by}");
            case { HiddenBy: not null } when facts.Silence is { } silence:
                return Mrkdwn.Of(
                    $"{mark}{CardTexts.SilencedUntil(silence.Id, time.At(silence.EndsAt)).In(language)}{mark} · {ForeignText.OneLine(silence.Reason, 200)} · {Mrkdwn.User(silence.Author)}");
            case { HiddenBy: { } what }:
                return Mrkdwn.Of($"{mark}{CardTexts.HiddenBy(ForeignText.OneLine(what, 64)).In(language)}{mark}");
            case { State: IncidentState.Acknowledged, AcknowledgedBy: { } taker, AcknowledgedAt: { } at }:
                var owner = incident.AssignedTo is { Length: > 0 } assigned && assigned != taker
                    ? Mrkdwn.Of($"{mark}{Mrkdwn.User(assigned)}{mark} {CardTexts.AssignedBy(time.At(at)).In(language)}")
                    : Mrkdwn.Of($"{mark}{Mrkdwn.User(taker)}{mark} {CardTexts.IsOnIt(time.At(at)).In(language)}");
                return incident.PromiseUntil is { } until && bold
                    ? owner + Mrkdwn.Of($"\n:alarm_clock: {CardTexts.Promise(time.At(until)).In(language)}")
                    : owner;
            case { SnoozedUntil: { } wake }:
                var line = Mrkdwn.Of($"{mark}{CardTexts.SnoozedUntil(time.At(wake)).In(language)}{mark}");
                return string.IsNullOrEmpty(incident.SnoozedBy) ? line : line + Mrkdwn.Of($" · {Mrkdwn.User(incident.SnoozedBy)}");
            default:
                return Mrkdwn.Of($"{mark}{CardTexts.NobodyYet.In(language)}{mark} · {CardTexts.Since(time.At(facts.Began)).In(language)}");
        }
    }

    private static Mrkdwn Level(Incident incident, SpokenLanguage language)
    {
        var line = Mrkdwn.Of($"#{incident.Id} · {incident.Severity.Name().In(language)} · {CardTexts.Level(incident.Level).In(language)}");
        return incident.State == IncidentState.Resolved ? line : line + Mrkdwn.Of($" · {CardTexts.Time(incident.Level).In(language)}");
    }

    // What was found, the value against its limit, the last hour, and where.
    private static List<Mrkdwn> Finding(IncidentFacts facts, AlertNotes notes, SpokenLanguage language)
    {
        var lines = new List<Mrkdwn>();
        // A value of an incident that is over would read as if it were now.
        if (notes.Value.Length > 0 && facts.Incident.State != IncidentState.Resolved)
        {
            var shown = Mrkdwn.Of($"{CardTexts.Value.In(language)} {Mrkdwn.Code(notes.Value)}");
            lines.Add(notes.Limit.Length > 0 ? Mrkdwn.Of($"{shown}  ({notes.Limit})") : shown);
        }
        if (Sparkline.Draw(facts.LastHour) is { Length: > 0 } picture && Sparkline.Ends(facts.LastHour) is { } ends)
            lines.Add(Mrkdwn.Of($"{Mrkdwn.Code(picture)}  {ends.First} → {ends.Last}  ({CardTexts.LastHour.In(language)})"));
        // The labels of a drill tell nobody where anything is.
        if (!facts.Incident.Drill && IncidentPlaces.Of(facts.Labels) is { Value.Length: > 0 } places) lines.Add(Mrkdwn.Of($":round_pushpin: {places}"));
        if (facts.Incident is { TotalAlerts: > 1 } incident) lines.Add(Alerts(facts, incident, language));
        return lines;
    }

    private static Mrkdwn Alerts(IncidentFacts facts, Incident incident, SpokenLanguage language)
    {
        var count = Mrkdwn.Of($":bell: {CardTexts.Alerts(incident.FiringAlerts, incident.TotalAlerts).In(language)}");
        var named = facts.Alerts.Where(a => a.Firing).DistinctBy(a => a.TitleJa, StringComparer.Ordinal).Take(3).ToList();
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
            var later = steps.Zip(steps.Skip(1)).Take(3).Select(s => (s.Second.Level == s.First.Level
                ? CardTexts.OnceMore(time.At(s.Second.At))
                : CardTexts.Later(time.At(s.Second.At), s.Second.Level, s.Second.Roles)).In(language));
            lines.Add(Mrkdwn.Of($"　{CardTexts.Then.In(language)}  {string.Join(" → ", later)}"));
        }
        return lines;
    }

    private static List<IContextElement> Remarks(IncidentFacts facts, CardTime time, SpokenLanguage language)
    {
        var incident = facts.Incident;
        var remarks = new List<IContextElement>();
        if (facts.MovedFrom is { } lost) remarks.Add((Markdown)Mrkdwn.Of($":warning: {Mrkdwn.Channel(lost)} {CardTexts.Elsewhere.In(language)}"));
        if (facts is { Lead.Source: AlertSource.Alertmanager } && facts.Labels.GetValueOrDefault("severity", "") is var severity && AlertClass.IsUnknown(severity))
            remarks.Add(new PlainText(CardTexts.UnknownSeverity(ForeignText.OneLine(severity, 40)).In(language)) { Emoji = false });
        if (incident.Flapping && incident.State != IncidentState.Resolved) remarks.Add((Markdown)Mrkdwn.Of($":repeat: {CardTexts.Flapping.In(language)}"));
        if (incident.State is IncidentState.Acknowledged) remarks.Add(new PlainText(CardTexts.Opened(CardTexts.Since(time.At(facts.Began))).In(language)));
        remarks.Add(new PlainText(CardTexts.Drawn(time.At(time.Now)).In(language)));
        return remarks;
    }

    // What a locked phone shows.
    private static string Notification(Incident incident, SpokenLanguage language) => Mrkdwn.Of(
        $"{(incident.Drill ? CardTexts.Drill.In(language) : "")}{Mrkdwn.Trusted(Picture(incident))} #{incident.Id} {State(incident).In(language)}: {Bare(incident, language)} ({CardTexts.Level(incident.Level).In(language)})").ToString();

    [GeneratedRegex(":(?<name>[a-z0-9_+'-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmojiName();

    private static SectionBlock Lines(IEnumerable<Mrkdwn> lines) => new() { Text = new Markdown(Mrkdwn.Join("\n", lines).Value) { Verbatim = true } };
}
