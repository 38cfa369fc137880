using System.Globalization;
using System.Text;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Files;

/// <summary>A report as a table for other programs: every figure, those of days too, with its source and the moment it was asked. Pure.</summary>
internal static class ReportCsv
{
    /// <summary>Its text.</summary>
    public static string Of(Report report, TimeZoneInfo zone, SpokenLanguage language)
    {
        var text = new StringBuilder(CsvText.Mark);
        CsvText.Row(text, FileTexts.Columns(report).Select(c => c.In(language)));
        foreach (var figure in report.Figures) CsvText.Row(text, Cells(report, figure, zone, language));
        return text.ToString();
    }

    private static IEnumerable<string> Cells(Report report, Figure figure, TimeZoneInfo zone, SpokenLanguage language)
    {
        var whole = figure.Day is null;
        yield return FigureTexts.ChapterTitle(figure.Kind.Chapter).In(language);
        yield return figure.Kind.Name;
        yield return figure.Kind.Label.In(language);
        yield return figure.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? report.Period.Name;
        yield return FigureText.Plain(figure.Value);
        yield return figure.Kind.Unit == FigureUnit.Money ? figure.Kind.Currency : FileTexts.Unit(figure.Kind.Unit).In(language);
        yield return whole ? FigureText.Plain(report.Earlier.Comparable(figure.Kind.Name)?.Value) : "";
        yield return whole ? FigureText.Plain(report.YearEarlier.Comparable(figure.Kind.Name)?.Value) : "";
        yield return figure.Value is null ? figure.Says().In(language) : "";
        yield return string.Join(" / ", new[] { figure.Value is null ? null : figure.Partly, figure.Note }.OfType<LocalizedText>().Select(n => n.In(language)));
        yield return figure.Source.In(language);
        yield return SpokenTime.Stamp(figure.AskedAt, zone);
    }
}

/// <summary>The words of a report's files.</summary>
internal static class FileTexts
{
    public static readonly LocalizedText Value = new("値", "value");

    public static readonly LocalizedText Figure = new("数値", "figure");

    public static readonly LocalizedText Note = new("備考", "note");

    public static readonly LocalizedText Source = new("出典", "source");

    public static readonly LocalizedText Asked = new("取得時刻", "asked at");

    public static readonly LocalizedText Remarks = new("このレポートについて", "About this report");

    public static readonly LocalizedText Pictures = new("グラフ", "Pictures");

    public static IReadOnlyList<LocalizedText> Columns(Report report) =>
    [
        new("区分", "chapter"), new("名前", "name"), Figure, new("期間・日", "period or day"), Value, new("単位", "unit"), Before(report),
        YearBefore(report), new("データ欠損の理由", "why it is missing"), Note, Source, Asked,
    ];

    /// <summary>The head of the period before.</summary>
    public static LocalizedText Before(Report report) => report.IsSamePart ? PeriodTexts.SamePart(report.BeforeName) : report.BeforeName;

    /// <summary>The head of the year before.</summary>
    public static LocalizedText YearBefore(Report report) =>
        report.IsSamePart ? PeriodTexts.SamePart(PeriodTexts.YearBeforeName(report.Period.Kind)) : PeriodTexts.YearBeforeName(report.Period.Kind);

    public static LocalizedText Unit(FigureUnit unit) => unit switch
    {
        FigureUnit.Count => new("件", "count"),
        FigureUnit.Percent => LocalizedText.Same("%"),
        FigureUnit.Milliseconds => LocalizedText.Same("ms"),
        FigureUnit.Seconds => new("秒", "s"),
        FigureUnit.Bytes => LocalizedText.Same("B"),
        FigureUnit.Days => new("日", "days"),
        _ => LocalizedText.Same("-"),
    };
}
