using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Making;

/// <summary>
/// One source of figures. What it can't have it gives as <see cref="FigureKind.Missing"/>; an exception costs its own figures and
/// nothing else.
/// </summary>
internal interface IReportPart
{
    /// <summary>Names it in the store: lower case. Unique.</summary>
    string Name { get; }

    /// <summary>What people read when it failed, or while it is asked.</summary>
    LocalizedText Title { get; }

    /// <summary>Asks for all periods at once, so that one look at a source can serve them all.</summary>
    /// <param name="spans">The period of the report first, then those that it is compared with.</param>
    /// <param name="ct">Gives up.</param>
    Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct);
}

/// <summary>What a part found.</summary>
/// <param name="Figures">By <see cref="Period.Key"/>.</param>
/// <param name="Remarks">What the reader of the report must know: how far it is covered, which index is missing.</param>
internal sealed record PartAnswer(IReadOnlyDictionary<string, IReadOnlyList<Figure>> Figures, IReadOnlyList<LocalizedText> Remarks)
{
    /// <summary>The same question for each period.</summary>
    public static async Task<PartAnswer> EachAsync(IReadOnlyList<PeriodSpan> spans, Func<PeriodSpan, Task<IReadOnlyList<Figure>>> ask)
    {
        var all = new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal);
        foreach (var span in spans) all[span.Period.Key] = await ask(span);
        return new(all, []);
    }
}
