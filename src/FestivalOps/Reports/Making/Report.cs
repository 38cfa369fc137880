using System.Text.Json.Serialization;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Making;

/// <summary>A report as it was made: complete, in both languages.</summary>
/// <param name="Period">What it speaks for.</param>
/// <param name="Before">The period that it is compared with.</param>
/// <param name="YearBefore">The same period of the year before; null when there is none, or it is not asked for.</param>
/// <param name="MadeAt">When, UTC.</param>
/// <param name="IsClosed">True when nothing of the period changes any more, so that the figures are kept.</param>
/// <param name="Figures">Of the period.</param>
/// <param name="Earlier">Of <paramref name="Before"/>.</param>
/// <param name="YearEarlier">Of <paramref name="YearBefore"/>.</param>
/// <param name="Remarks">What the reader must know of it all.</param>
internal sealed record Report(
    Period Period, Period Before, Period? YearBefore, DateTimeOffset MadeAt, bool IsClosed,
    IReadOnlyList<Figure> Figures, IReadOnlyList<Figure> Earlier, IReadOnlyList<Figure> YearEarlier, IReadOnlyList<LocalizedText> Remarks)
{
    /// <summary>True when the periods that it is compared with are only taken as far as its own has come.</summary>
    public bool IsSamePart { get; init; }

    /// <summary>True when a part broke, or the store was away: what is missing or not kept then is asked again.</summary>
    public bool HasGaps { get; init; }

    /// <summary>True when someone wanted to see two periods side by side.</summary>
    public bool IsComparison { get; init; }

    /// <summary>The figures of the whole period.</summary>
    [JsonIgnore]
    public IEnumerable<Figure> Whole => Figures.Where(f => f.Day is null);

    /// <summary>How <see cref="Before"/> is called: 前月, or by its own name when it is not the one right before.</summary>
    [JsonIgnore]
    public LocalizedText BeforeName => Before == Period.Before ? PeriodTexts.BeforeName(Period.Kind) : Before.Title;

    /// <summary>Those that are missing.</summary>
    [JsonIgnore]
    public IEnumerable<Figure> Missing => Whole.Where(f => f.Value is null);

    /// <summary>What changed since the period before; null when that can't be said.</summary>
    public Change? Since(Figure figure) => Change.Of(figure, Earlier.Find(figure.Kind.Name));

    /// <summary>What changed since the year before; null when that can't be said.</summary>
    public Change? SinceYear(Figure figure) => Change.Of(figure, YearEarlier.Find(figure.Kind.Name));

    /// <summary>The most remarkable change since the period before; null when there is none.</summary>
    [JsonIgnore]
    public Change? Greatest => Whole.Select(Since).OfType<Change>().Where(c => c.Weight > 0).MaxBy(c => c.Weight);

    /// <summary>Five figures for the card: the guideline's four and whether the platform was there.</summary>
    [JsonIgnore]
    public IReadOnlyList<(FigureKind Kind, Figure? Figure)> Headline =>
        [.. new[] { FigureKinds.Festivals, FigureKinds.Payments, FigureKinds.Revenue("JPY"), FigureKinds.ActiveUsers, FigureKinds.Availability }.Select(k => (k, Figures.Find(k.Name)))];
}
