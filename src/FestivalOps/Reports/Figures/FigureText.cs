using System.Globalization;
using FestivalOps.Checks;
using FestivalOps.Language;

namespace FestivalOps.Reports.Figures;

/// <summary>Values as people read them.</summary>
internal static class FigureText
{
    private const string Numbers = "#,##0";

    /// <summary>The value with its unit: "12,340", "¥1,200,000", "99.52 %", "310 ms".</summary>
    public static LocalizedText Format(this FigureKind kind, decimal value) => kind.Unit switch
    {
        FigureUnit.Count => LocalizedText.Same(value.ToString(Numbers, CultureInfo.InvariantCulture)),
        FigureUnit.Money => LocalizedText.Same(Money(kind.Currency, value)),
        // Rounded down: 99.996 % is not yet "100 %"; and what is not 0 does not read as 0.
        FigureUnit.Percent => LocalizedText.Same(value is > 0 and < 0.01m ? "<0.01 %" : (Math.Floor(value * 100) / 100).ToString("0.##", CultureInfo.InvariantCulture) + " %"),
        FigureUnit.Milliseconds => LocalizedText.Same(value is > 0 and < 1 ? "<1 ms" : value.ToString(Numbers, CultureInfo.InvariantCulture) + " ms"),
        FigureUnit.Seconds => value == 0 ? new("0 秒", "0 s") : SpokenTime.Span(TimeSpan.FromSeconds((double)Math.Clamp(value, 0, 1_000_000_000))),
        FigureUnit.Bytes => LocalizedText.Same(UnitText.Bytes((double)value)),
        FigureUnit.Days => Unit.Days.Format((double)value),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind.Unit, "This unit has no text"),
    };

    /// <summary>The value, or why there is none.</summary>
    public static LocalizedText Says(this Figure figure) => figure.Value is { } value ? figure.Kind.Format(value) : figure.Why ?? FigureTexts.NotAsked;

    /// <summary>The same, with why the value does not stand for its whole period.</summary>
    public static LocalizedText SaysWhole(this Figure figure) => figure is { Value: not null, Partly: { } part } ? FigureTexts.WithPart(figure.Says(), part) : figure.Says();

    /// <summary>The value for tables of other programs: a plain number with a point; empty when it is missing.</summary>
    public static string Plain(decimal? value) => value is { } number ? number.ToString("0.####", CultureInfo.InvariantCulture) : "";

    private static string Money(string currency, decimal value)
    {
        var sign = value < 0 ? "-" : "";
        var number = Math.Abs(value).ToString(value == Math.Floor(value) ? Numbers : "#,##0.00", CultureInfo.InvariantCulture);
        return currency switch
        {
            "JPY" => $"{sign}¥{number}",
            "USD" => $"{sign}${number}",
            "EUR" => $"{sign}€{number}",
            _ => $"{currency} {sign}{number}",
        };
    }
}

/// <summary>What is said of figures.</summary>
internal static class FigureTexts
{
    public static readonly LocalizedText NotAsked = new("データ欠損: 記録がありません", "missing data: there is no record");

    /// <summary>The source of a figure whose source is not set up: nothing was sent.</summary>
    public static LocalizedText NotSent(string setting) => new($"問い合わせていません (設定 {setting} がありません)", $"not asked ({setting} is not set)");

    /// <summary>True of such a source.</summary>
    public static bool IsNotSent(LocalizedText source) => source.En.StartsWith("not asked (", StringComparison.Ordinal);

    /// <summary>The value with why it does not stand for its whole period: "6 (データは 11/29 22:39 から)".</summary>
    public static LocalizedText WithPart(LocalizedText says, LocalizedText part) => new($"{says.Ja} ({part.Ja})", $"{says.En} ({part.En})");

    public static LocalizedText ChapterTitle(Chapter chapter) => chapter switch
    {
        Chapter.Business => new("ビジネス", "Business"),
        Chapter.Operations => new("運用", "Operations"),
        Chapter.Security => new("セキュリティ", "Security"),
        _ => new("保守", "Maintenance"),
    };
}
