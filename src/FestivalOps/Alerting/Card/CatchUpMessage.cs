using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;

namespace FestivalOps.Alerting.Card;

/// <summary>What happened while Slack could not be reached.</summary>
/// <param name="From">Since when, UTC.</param>
/// <param name="Until">When it answered again, UTC.</param>
/// <param name="Opened">Incidents that began meanwhile and are over.</param>
/// <param name="StillOpen">Incidents that are open: those that began meanwhile, then those from before; worst first.</param>
/// <param name="Paged">Who was told on another way meanwhile, oldest first.</param>
/// <param name="Since">Since when something is wrong (<see cref="IncidentSince"/>), by number; who is not in it began when it was opened.</param>
internal sealed record CatchUp(
    DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Incident> Opened, IReadOnlyList<Incident> StillOpen, IReadOnlyList<PagedMeanwhile> Paged,
    IReadOnlyDictionary<long, DateTimeOffset>? Since = null)
{
    /// <summary>From when on an incident counts as new, UTC (<see cref="Channels.Outage.SlackGap.Began"/>). Default: <see cref="From"/>.</summary>
    public DateTimeOffset Began { get; init; } = From;

    /// <summary>Since when something is wrong with one of the incidents, UTC.</summary>
    public DateTimeOffset SinceOf(Incident incident) => Since?.GetValueOrDefault(incident.Id, incident.OpenedAt) ?? incident.OpenedAt;
}

/// <summary>Someone who was told without Slack.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="IncidentId">Of which incident.</param>
/// <param name="Who">Slack id of the person, or the name of the target; foreign text.</param>
/// <param name="Carrier">How.</param>
internal sealed record PagedMeanwhile(DateTimeOffset At, long IncidentId, string Who, Channels.Carrier Carrier);

/// <summary>One card after an outage of Slack instead of a flood: what began, what ended, what is still open, who was told meanwhile.</summary>
internal static class CatchUpMessage
{
    /// <summary>How many lines each part has at most: 8; the rest is counted.</summary>
    public const int MostLines = 8;

    /// <summary>The card.</summary>
    public static Message Of(CatchUp missed, CardTime time, SpokenLanguage language)
    {
        var title = CatchUpTexts.Title(time.At(missed.From), time.At(missed.Until), SpokenTime.Span(missed.Until - missed.From)).In(language);
        List<Block> blocks = [new HeaderBlock { Text = new($":satellite_antenna: {CatchUpTexts.Back.In(language)}") }, Section(Mrkdwn.Escape(title))];
        Add(blocks, CatchUpTexts.StillOpen(missed.StillOpen.Count), missed.StillOpen.Select(i => New(i, missed, language) + IncidentMessage.Line(i, missed.SinceOf(i), time, language)), missed.StillOpen.Count, language);
        Add(blocks, CatchUpTexts.Ended(missed.Opened.Count), missed.Opened.Select(i => IncidentMessage.Line(i, missed.SinceOf(i), time, language)), missed.Opened.Count, language);
        Add(blocks, CatchUpTexts.Paged(missed.Paged.Count), missed.Paged.Select(p => Paged(p, time, language)), missed.Paged.Count, language);
        if (missed.StillOpen.Count + missed.Opened.Count + missed.Paged.Count == 0) blocks.Add(Section(Mrkdwn.Escape(CatchUpTexts.Nothing.In(language))));
        return new() { Text = Mrkdwn.Escape($"{CatchUpTexts.Back.In(language)}: {title}").ToString(), Blocks = blocks, UnfurlMedia = false };
    }

    private static Mrkdwn New(Incident incident, CatchUp missed, SpokenLanguage language) =>
        incident.OpenedAt >= missed.Began ? Mrkdwn.Of($"*{CatchUpTexts.New.In(language)}* ") : Mrkdwn.Empty;

    private static Mrkdwn Paged(PagedMeanwhile page, CardTime time, SpokenLanguage language) => Mrkdwn.Of(
        $"{time.At(page.At).In(language)} #{page.IncidentId} → {Mrkdwn.User(ForeignText.OneLine(page.Who, 80))} ({CatchUpTexts.By(page.Carrier).In(language)})");

    private static void Add(List<Block> blocks, LocalizedText head, IEnumerable<Mrkdwn> lines, int count, SpokenLanguage language)
    {
        if (count == 0) return;
        var shown = lines.Take(MostLines).Prepend(Mrkdwn.Of($"*{head.In(language)}*")).ToList();
        if (count > MostLines) shown.Add(Mrkdwn.Of($"… {CardTexts.More(count - MostLines).In(language)} (`/fops incidents`)"));
        blocks.Add(new DividerBlock());
        blocks.Add(Section(Mrkdwn.Join("\n", shown)));
    }

    private static SectionBlock Section(Mrkdwn text) => new() { Text = new Markdown(text.Value) { Verbatim = true } };
}

/// <summary>What the card after an outage says.</summary>
internal static class CatchUpTexts
{
    public static readonly LocalizedText Back = new("Slack とのやり取りが再開しました", "Slack can be reached again");
    public static readonly LocalizedText New = new("【新規】", "[new]");
    public static readonly LocalizedText Nothing = new("その間、新しいインシデントはありませんでした。", "No incidents meanwhile.");

    public static LocalizedText Title(LocalizedText from, LocalizedText until, LocalizedText span) => new(
        $"{from.Ja} から {until.Ja} まで({span.Ja})投稿できませんでした。その間のまとめです。",
        $"Nothing could be posted from {from.En} to {until.En} ({span.En}). This is what happened meanwhile.");

    public static LocalizedText StillOpen(int count) => new($"続いているインシデント {count} 件", $"Still open: {count}");

    public static LocalizedText Ended(int count) => new($"その間に始まり、終わったインシデント {count} 件", $"Began and ended meanwhile: {count}");

    public static LocalizedText Paged(int count) => new($"Slack 以外で通知した相手 {count} 件", $"Told without Slack: {count}");

    public static LocalizedText By(Channels.Carrier carrier) => carrier switch
    {
        Channels.Carrier.Mail => new("メール", "e-mail"),
        Channels.Carrier.Webhook => new("SMS・音声", "SMS or voice"),
        Channels.Carrier.Channel or Channels.Carrier.Person => LocalizedText.Same("Slack"),
        _ => throw new ArgumentOutOfRangeException(nameof(carrier), carrier, "This carrier has no name"),
    };
}
