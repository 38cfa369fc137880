using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;

namespace FestivalOps.Reports.Commands;

/// <summary>Two months side by side: each figure that both have, and what became of it. Pure.</summary>
internal static class ComparisonMessage
{
    private const int SectionLength = 2_800;

    /// <summary>The message.</summary>
    public static Message Of(Report report, SpokenLanguage language)
    {
        var title = ReportCommandTexts.Compared(report.Before, report.Period).In(language);
        List<Block> blocks = [new SectionBlock { Text = Mrkdwn.Of($":bar_chart: *{title}*") }];
        foreach (var chapter in Enum.GetValues<Chapter>())
        {
            var part = new List<Mrkdwn> { Mrkdwn.Of($"*{FigureTexts.ChapterTitle(chapter).In(language)}*") };
            foreach (var line in report.Whole.Where(f => f.Kind.Chapter == chapter).Select(f => Line(report, f, language)))
            {
                if (part.Sum(l => l.Value.Length + 1) + line.Value.Length > SectionLength)
                {
                    blocks.Add(new SectionBlock { Text = Mrkdwn.Join("\n", part) });
                    part = [];
                }
                part.Add(line);
            }
            if (part.Count > 1) blocks.Add(new SectionBlock { Text = Mrkdwn.Join("\n", part) });
        }
        if (report.Remarks.Count > 0) blocks.Add(new SectionBlock { Text = Mrkdwn.Join("\n", report.Remarks.Take(5).Select(r => Mrkdwn.Of($":information_source: {ForeignText.OneLine(r.In(language), 500)}"))) });
        return new() { Text = title, Blocks = blocks, UnfurlMedia = false };
    }

    // A missing side says why, in place of a number.
    private static Mrkdwn Line(Report report, Figure now, SpokenLanguage language)
    {
        var then = report.Earlier.Find(now.Kind.Name);
        var change = report.Since(now) is { } since ? $" ({since.Text.In(language)})" : "";
        return Mrkdwn.Of($"{now.Kind.Label.In(language)}: {ForeignText.OneLine((then?.Says() ?? FigureTexts.NotAsked).In(language), 200)} → *{ForeignText.OneLine(now.Says().In(language), 200)}*{change}");
    }
}
