using FestivalOps.Festival;
using FestivalOps.Language;

namespace FestivalOps.Maintenance.RestoreTest;

/// <summary>Holds the rows of a restored backup against those of the platform, which has gone on since. Pure.</summary>
internal static class RowComparison
{
    /// <summary>The part that it makes: how many tables are as they should be, and each that is not.</summary>
    public static TaskPart Compare(DatabaseRows restored, DatabaseRows platform, RestoreTestOptions options)
    {
        var (wrong, unknown) = (new List<LocalizedText>(), 0);
        foreach (var there in platform.Tables.Values)
        {
            if (!restored.Tables.TryGetValue(there.Table, out var here)) wrong.Add(RestoreTexts.MissingTable(there.Table));
            else if (there.Rows is not { } expected || here.Rows is not { } found) unknown++;
            else if (Math.Abs(expected - found) > Allowed(expected, options)) wrong.Add(RestoreTexts.Differs(there.Table, found, expected, there.IsEstimate));
        }
        var compared = platform.Tables.Count - unknown;
        var estimated = platform.Tables.Values.Count(t => t is { IsEstimate: true, Rows: not null });
        if (compared == 0) return TaskPart.NotAvailable(RestoreTexts.NothingCompared);
        var says = RestoreTexts.Compared(compared, wrong.Count, estimated, unknown);
        return wrong.Count == 0 ? TaskPart.Ok(says) : TaskPart.Failed(says, wrong);
    }

    /// <summary>So much may a table of <paramref name="rows"/> rows differ.</summary>
    public static long Allowed(long rows, RestoreTestOptions options) => Math.Max(options.GrowthRows, rows * options.GrowthPercent / 100);
}
