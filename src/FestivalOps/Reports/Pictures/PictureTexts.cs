using System.Globalization;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Pictures;

/// <summary>What stands on and beside the pictures.</summary>
internal static class PictureTexts
{
    public static readonly LocalizedText NoJapanese = new(
        "日本語フォントが見つからないため、グラフの文字は英語です (apt-get install fonts-noto-cjk、または設定 Reports:FontFile)",
        "There is no Japanese font, so the pictures are labelled in English (apt-get install fonts-noto-cjk, or the setting Reports:FontFile)");

    public static readonly LocalizedText NoFont = new(
        "フォントがないため、グラフを作成できませんでした (apt-get install fonts-noto-cjk、または設定 Reports:FontFile)",
        "There is no font at all, so no pictures were drawn (apt-get install fonts-noto-cjk, or the setting Reports:FontFile)");

    public static readonly LocalizedText Target = new("目標 99.5 %", "target 99.5 %");

    public static LocalizedText Broke(string errorId) => new(
        $"グラフを作成できませんでした (エラーID: {errorId})。数値はすべてあります", $"The pictures could not be drawn (error id: {errorId}). All figures are there");

    public static LocalizedText ByDay(FigureKind kind, Period period) => new($"{kind.Label.Ja} {period.Title.Ja}", $"{kind.Label.En}, {period.Title.En}");

    public static LocalizedText ByStatus(Period period) => new($"決済の状態別件数 {period.Title.Ja}", $"payments by status, {period.Title.En}");

    /// <summary>The highest, the lowest and the sum or the last, in words.</summary>
    public static LocalizedText Alt(FigureKind kind, Report report, IReadOnlyDictionary<DateOnly, decimal> days)
    {
        var (high, low) = (days.MaxBy(d => d.Value), days.MinBy(d => d.Value));
        var whole = report.Figures.Find(kind.Name)?.Says();
        return new(
            $"{ByDay(kind, report.Period).Ja}の日別グラフ。最大は {PeriodTexts.Short(high.Key).Ja} の {kind.Format(high.Value).Ja}、最小は {PeriodTexts.Short(low.Key).Ja} の {kind.Format(low.Value).Ja}。期間全体: {(whole ?? FigureTexts.NotAsked).Ja}。",
            $"Chart by day of {ByDay(kind, report.Period).En}. Highest: {kind.Format(high.Value).En} on {PeriodTexts.Short(high.Key).En}; lowest: {kind.Format(low.Value).En} on {PeriodTexts.Short(low.Key).En}. Whole period: {(whole ?? FigureTexts.NotAsked).En}.");
    }

    /// <summary>Every bar in words.</summary>
    public static LocalizedText Alt(Period period, IReadOnlyList<Figure> statuses) => new(
        $"{ByStatus(period).Ja}の棒グラフ。{string.Join("、", statuses.Select(s => $"{s.Kind.Label.Ja} {s.Says().Ja}"))}。",
        $"Bar chart of {ByStatus(period).En}. {string.Join(", ", statuses.Select(s => $"{s.Kind.Label.En}: {s.Says().En}"))}.");

    /// <summary>"10/1", "Oct 1"; within a week with its day: "10/19 (月)".</summary>
    public static LocalizedText Tick(DateOnly day, ReportKind kind)
    {
        var date = PeriodTexts.Short(day);
        return kind == ReportKind.Weekly ? new($"{date.Ja}\n({"日月火水木金土"[(int)day.DayOfWeek]})", $"{date.En}\n{day.ToString("ddd", CultureInfo.InvariantCulture)}") : date;
    }

    /// <summary>A number for an axis: "1.2M", "120万".</summary>
    public static LocalizedText Axis(FigureUnit unit, double value)
    {
        if (unit == FigureUnit.Percent) return LocalizedText.Same(value.ToString("0.##", CultureInfo.InvariantCulture) + " %");
        var size = Math.Abs(value);
        var plain = value.ToString("#,##0.##", CultureInfo.InvariantCulture);
        return new(
            size >= 1e8 ? $"{Short(value / 1e8)}億" : size >= 1e4 ? $"{Short(value / 1e4)}万" : plain,
            size >= 1e9 ? $"{Short(value / 1e9)}B" : size >= 1e6 ? $"{Short(value / 1e6)}M" : plain);
    }

    private static string Short(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);
}
