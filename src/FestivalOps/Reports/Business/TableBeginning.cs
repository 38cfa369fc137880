using FestivalOps.Language;
using FestivalOps.Reports.Periods;

namespace FestivalOps.Reports.Business;

/// <summary>Since when a table of the platform has rows. Of a time without any, 0 would be a guess. Pure.</summary>
/// <param name="Table">The table.</param>
/// <param name="IsKnown">False when it could not be asked; then nothing is said of it.</param>
/// <param name="First">When its first row was created, in the team's zone; null when it has none.</param>
internal sealed record TableBeginning(string Table, bool IsKnown, DateTimeOffset? First)
{
    /// <summary>Why a count of 0 says nothing of the span; null when it does.</summary>
    public MissingBecause? NoWitness(PeriodSpan span) => (IsKnown, First) switch
    {
        (true, null) => new(MissingTexts.NoRows(Table), MayCome: false),
        (true, { } first) when first >= span.End => new(MissingTexts.BeforeData(DateOnly.FromDateTime(first.DateTime)), MayCome: false),
        _ => null,
    };

    /// <summary>Since when there is anything, when that is not all of the span.</summary>
    public LocalizedText? Partly(PeriodSpan span) => First > span.Begin ? MissingTexts.DataFrom(First.Value) : null;
}
