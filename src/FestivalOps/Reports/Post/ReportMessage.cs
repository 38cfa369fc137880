using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Scheduling.Post;

namespace FestivalOps.Reports.Post;

/// <summary>A report in Slack: a short card, and a chapter for each reply in its thread.</summary>
internal static class ReportMessage
{
    private const int MostRemarks = 5;

    // A section takes 3,000 characters (Slack limit).
    private const int SectionLength = 2_800;

    /// <summary>The card: five figures, what changed most, how sure it is.</summary>
    public static Message Card(Report report, string postId, TimeZoneInfo zone, SpokenLanguage language)
    {
        var title = ReportTexts.Title(report).In(language);
        var lines = report.Headline.Select(h => Mrkdwn.Of($"• *{h.Kind.Label.In(language)}*: {ReportLines.Headline(report, h.Kind, h.Figure).In(language)}"));
        List<Block> blocks =
        [
            new SectionBlock { Text = Mrkdwn.Of($":bar_chart: *{title}*\n") + Mrkdwn.Join("\n", lines) },
            new SectionBlock { Text = Mrkdwn.Of($"{ReportLines.Sentence(report).In(language)}") },
        ];
        var remarks = report.Remarks.Take(MostRemarks).Select(r => Mrkdwn.Of($":information_source: {ForeignText.OneLine(r.In(language), 500)}")).ToList();
        if (remarks.Count > 0) blocks.Add(new SectionBlock { Text = Mrkdwn.Join("\n", remarks) });
        var missing = report.Missing.Count();
        List<IContextElement> footer =
        [
            new PlainText(ReportTexts.MadeAt(RunMessage.Stamp(report.MadeAt, zone)).In(language)), new PlainText(ReportTexts.State(report).In(language)),
        ];
        if (missing > 0) footer.Add(new PlainText(ReportTexts.MissingCount(missing).In(language)));
        blocks.Add(new ContextBlock { Elements = footer });
        blocks.Add(new ActionsBlock { Elements = [new Button { ActionId = SourcesAction.Id, Value = postId, Text = new(ReportTexts.SourcesButton.In(language)) }] });
        return new() { Text = title, Blocks = blocks, UnfurlMedia = false };
    }

    /// <summary>One chapter with every figure of it; null when it has none.</summary>
    public static Message? Details(Report report, Chapter chapter, SpokenLanguage language)
    {
        // A comparison also tells what only the other month has: a currency that nobody paid with since.
        var figures = (report.IsComparison ? report.Whole.Concat(report.Earlier.Where(f => f.Day is null)).DistinctBy(f => f.Kind.Name, StringComparer.Ordinal) : report.Whole).Where(f => f.Kind.Chapter == chapter).ToList();
        if (figures.Count == 0) return null;
        var title = FigureTexts.ChapterTitle(chapter).In(language);
        var lines = (report.IsComparison ? SideBySide(report, figures, language) : figures.Select(f => Line(report, f, language))).Prepend(Mrkdwn.Of($"*{title}*"));
        return new() { Text = title, Blocks = [.. Sections(lines)], UnfurlMedia = false };
    }

    /// <summary>Where the figures came from and when they were asked: what has the same source stands together.</summary>
    public static Message Sources(Report report, TimeZoneInfo zone, SpokenLanguage language)
    {
        var title = ReportTexts.SourcesTitle.In(language);
        var groups = report.Whole.GroupBy(f => (f.Source, At: f.AskedAt.ToUnixTimeSeconds())).Select(g =>
        {
            var names = string.Join(language == SpokenLanguage.Ja ? "、" : ", ", g.Select(f => f.Kind.Label.In(language)));
            var from = Mrkdwn.Of($"*{ForeignText.OneLine(names, 600)}*\n　{ForeignText.OneLine(g.Key.Source.In(language), 600)}");
            return FigureTexts.IsNotSent(g.Key.Source) ? from : from + Mrkdwn.Of($" · {ReportTexts.AskedAt(SpokenTime.Stamp(DateTimeOffset.FromUnixTimeSeconds(g.Key.At), zone)).In(language)}");
        });
        return new() { Text = title, Blocks = [.. Sections(groups.Prepend(Mrkdwn.Of($"*{title}*: {ReportTexts.Title(report).In(language)}")))], UnfurlMedia = false };
    }

    private static Mrkdwn Line(Report report, Figure figure, SpokenLanguage language)
    {
        var line = Mrkdwn.Of($"{figure.Kind.Label.In(language)}: *{ForeignText.OneLine(ReportLines.Value(report, figure).In(language), 400)}*");
        return figure.Note is { } note ? line + Mrkdwn.Of($" _({ForeignText.OneLine(note.In(language), 300)})_") : line;
    }

    private static IEnumerable<Mrkdwn> SideBySide(Report report, List<Figure> figures, SpokenLanguage language)
    {
        var lacking = figures.Where(f => report.Figures.Find(f.Kind.Name)?.Value is null && report.Earlier.Find(f.Kind.Name)?.Value is null).ToList();
        foreach (var figure in figures.Except(lacking))
            yield return Mrkdwn.Of($"{figure.Kind.Label.In(language)}: *{ForeignText.OneLine(ReportLines.SideBySide(report, figure.Kind).In(language), 400)}*");
        if (lacking.Count > 0) yield return Mrkdwn.Of($"_{ForeignText.OneLine(ReportTexts.BothMissing([.. lacking.Select(f => f.Kind.Label)]).In(language), 1_000)}_");
    }

    private static IEnumerable<Block> Sections(IEnumerable<Mrkdwn> lines)
    {
        var part = new List<Mrkdwn>();
        var length = 0;
        foreach (var line in lines)
        {
            if (part.Count > 0 && length + line.Value.Length > SectionLength)
            {
                yield return new SectionBlock { Text = Mrkdwn.Join("\n", part) };
                (part, length) = ([], 0);
            }
            part.Add(line);
            length += line.Value.Length + 1;
        }
        if (part.Count > 0) yield return new SectionBlock { Text = Mrkdwn.Join("\n", part) };
    }
}
