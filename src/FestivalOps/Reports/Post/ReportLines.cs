using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Post;

/// <summary>The figures of a report in words: the same on the card, in the thread, in the mail and in the HTML. Pure; not escaped.</summary>
internal static class ReportLines
{
    /// <summary>The value with its changes, or why it is missing: "¥1,200,000 · 前月比 ▲ 12 % · 前年同月比 ▼ 3 %".</summary>
    public static LocalizedText Value(Report report, Figure figure)
    {
        var says = figure.SaysWhole();
        var (ja, en) = (says.Ja, says.En);
        foreach (var (change, name) in new[] { (report.Since(figure), report.BeforeName), (report.SinceYear(figure), PeriodTexts.YearBeforeName(report.Period.Kind)) })
        {
            if (change is null) continue;
            var since = ReportTexts.Since(change.Text, name);
            (ja, en) = ($"{ja} · {since.Ja}", $"{en} · {since.En}");
        }
        return new(ja, en);
    }

    /// <summary>The same for one of the card's five, with what belongs to it: other currencies beside the revenue, users of the API where active users are missing.</summary>
    public static LocalizedText Headline(Report report, FigureKind kind, Figure? figure)
    {
        if (report.IsComparison) return SideBySide(report, kind);
        var says = figure is null ? FigureTexts.NotAsked : Value(report, figure);
        if (kind.Unit == FigureUnit.Money)
        {
            var others = report.Whole.Where(f => f.Kind.Unit == FigureUnit.Money && f.Kind.Name != kind.Name && f.Value is not null).Take(5).Select(f => f.Says().En).ToList();
            if (others.Count > 0) says = new($"{says.Ja} / {string.Join(" / ", others)}", $"{says.En} / {string.Join(" / ", others)}");
        }
        if (kind == FigureKinds.ActiveUsers && figure?.Value is null && report.Figures.Find(FigureKinds.ApiUsers.Name) is { Value: not null } api)
            says = new($"{says.Ja} ({api.Kind.Label.Ja}: {api.Says().Ja})", $"{says.En} ({api.Kind.Label.En}: {api.Says().En})");
        return says;
    }

    /// <summary>The sentence on what changed most.</summary>
    public static LocalizedText Sentence(Report report) => report.Greatest is { } change ? ReportTexts.Greatest(change, report)
        : report.Whole.Any(f => f.Value is not null && (f.Partly is not null || report.Earlier.Find(f.Kind.Name) is { Value: not null, Partly: not null })) ? ReportTexts.OnlyPartly
        : ReportTexts.NothingToCompare;

    /// <summary>A figure of two months side by side, and what became of it; a missing side says why, in place of a number.</summary>
    public static LocalizedText SideBySide(Report report, FigureKind kind)
    {
        var (then, now) = (report.Earlier.Find(kind.Name), report.Figures.Find(kind.Name));
        var (old, own) = (then?.SaysWhole() ?? FigureTexts.NotAsked, now?.SaysWhole() ?? FigureTexts.NotAsked);
        if (then?.Value is null && now?.Value is null) return own;
        var change = Change.Of(now, then)?.Text;
        return new($"{old.Ja} → {own.Ja}{(change is null ? "" : $" ({change.Ja})")}", $"{old.En} → {own.En}{(change is null ? "" : $" ({change.En})")}");
    }
}
