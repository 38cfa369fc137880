using System.Text.Json.Serialization;
using FestivalOps.Language;

namespace FestivalOps.Reports.Figures;

/// <summary>What a figure is counted in.</summary>
internal enum FigureUnit
{
    /// <summary>Things.</summary>
    Count,

    /// <summary>0 to 100.</summary>
    Percent,

    /// <summary>Milliseconds.</summary>
    Milliseconds,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Days.</summary>
    Days,

    /// <summary>Money of one currency; never added to money of another.</summary>
    Money,
}

/// <summary>Which direction is good news.</summary>
internal enum Better
{
    /// <summary>Neither by itself.</summary>
    Neither,

    /// <summary>More is better.</summary>
    More,

    /// <summary>Less is better.</summary>
    Less,
}

/// <summary>The chapters of a report.</summary>
internal enum Chapter
{
    /// <summary>Festivals, payments, revenue, users.</summary>
    Business,

    /// <summary>How well the platform ran.</summary>
    Operations,

    /// <summary>How safe it is.</summary>
    Security,

    /// <summary>What was done to keep it so.</summary>
    Upkeep,
}

/// <summary>What a figure is, apart from its value.</summary>
/// <param name="Name">Never changes, whatever the label says: <c>payments</c>, <c>payments:status:failed</c>, <c>revenue:JPY</c>. At most 120 characters.</param>
/// <param name="Chapter">Where it stands.</param>
/// <param name="Label">What people read; may hold foreign text that was made one line.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Better">Which direction is good news.</param>
/// <param name="Currency">Of money: ISO 4217 or what stands in its place; empty otherwise.</param>
internal sealed record FigureKind(string Name, Chapter Chapter, LocalizedText Label, FigureUnit Unit, Better Better = Better.Neither, string Currency = "")
{
    /// <summary>With a value that was found.</summary>
    public Figure Of(decimal value, LocalizedText source, DateTimeOffset askedAt, LocalizedText? note = null, DateOnly? day = null) =>
        new(this, value, null, note, source, askedAt, day);

    /// <summary>Without a value.</summary>
    /// <param name="why">Why there is none, for people.</param>
    /// <param name="source">Where it would come from.</param>
    /// <param name="askedAt">When it was asked for, UTC.</param>
    /// <param name="mayCome">True when asking again later may bring it: a database that is down, a right that is missing.</param>
    public Figure Missing(LocalizedText why, LocalizedText source, DateTimeOffset askedAt, bool mayCome) =>
        new(this, null, why, null, source, askedAt) { MayCome = mayCome };
}

/// <summary>One figure of one period: its value or why there is none, where it came from, and when it was asked. Never 0 for what is missing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The value; null when it is missing.</param>
/// <param name="Why">Why it is missing; null when it is there.</param>
/// <param name="Note">What a reader must know of it: how far it is covered, how it is defined; null when nothing.</param>
/// <param name="Source">Where it came from, and how it was asked.</param>
/// <param name="AskedAt">When, UTC.</param>
/// <param name="Day">The day that it is of; null for the whole period. Figures of days are for the pictures.</param>
internal sealed record Figure(FigureKind Kind, decimal? Value, LocalizedText? Why, LocalizedText? Note, LocalizedText Source, DateTimeOffset AskedAt, DateOnly? Day = null)
{
    /// <summary>True of a missing figure that a later question may bring.</summary>
    public bool MayCome { get; init; }

    /// <summary>True of a missing figure whose source was not reached, or not in time: the report is not final until it was.</summary>
    public bool IsAway { get; init; }

    /// <summary>
    /// Why it does not stand for its whole period, for people: since when there are records, how much was measured. It is told wherever the
    /// value is, and the value is compared with nothing. Null: it stands for all of it.
    /// </summary>
    public LocalizedText? Partly { get; init; }

    /// <summary>What tells it from the others of its period.</summary>
    [JsonIgnore]
    public (string Name, DateOnly? Day) Key => (Kind.Name, Day);
}

/// <summary>Finds figures.</summary>
internal static class FigureLists
{
    /// <summary>The figure of the whole period, or null.</summary>
    public static Figure? Find(this IEnumerable<Figure> figures, string name) => figures.FirstOrDefault(f => f.Day is null && f.Kind.Name == name);

    /// <summary>The same, when it stands for its whole period.</summary>
    public static Figure? Comparable(this IEnumerable<Figure> figures, string name) => figures.Find(name) is { Partly: null } found ? found : null;

    /// <summary>Its values by day, those that are there.</summary>
    public static IReadOnlyDictionary<DateOnly, decimal> Days(this IEnumerable<Figure> figures, string name) =>
        figures.Where(f => f.Kind.Name == name && f is { Day: not null, Value: not null }).DistinctBy(f => f.Day).ToDictionary(f => f.Day!.Value, f => f.Value!.Value);
}
