using FestivalOps.Checks;

namespace FestivalOps.Reports.Operations;

/// <summary>What measurements of <c>/up</c> say of a stretch of time. Unknown is when we could not look: it says nothing. Pure.</summary>
internal sealed record MeasuredStretch
{
    /// <summary>A measurement stands for the time until the next one, but for no longer than this: 5 minutes.</summary>
    public static readonly TimeSpan LongestStand = TimeSpan.FromMinutes(5);

    /// <summary>Measurements that were answered.</summary>
    public required int Answered { get; init; }

    /// <summary>Measurements that were answered or not.</summary>
    public required int Judged { get; init; }

    /// <summary>For how long measurements stand.</summary>
    public required TimeSpan Covered { get; init; }

    /// <summary>For how long of that it was down.</summary>
    public required TimeSpan Down { get; init; }

    /// <summary>When the worst hour began, UTC: the one with the smallest share answered; of several the first.</summary>
    public required DateTimeOffset WorstHour { get; init; }

    /// <summary>Answered in it.</summary>
    public required int WorstAnswered { get; init; }

    /// <summary>Answered or not in it.</summary>
    public required int WorstJudged { get; init; }

    /// <summary>Share answered, 0 to 100.</summary>
    public decimal Percent => 100m * Answered / Judged;

    /// <summary>The same of the worst hour.</summary>
    public decimal WorstPercent => 100m * WorstAnswered / WorstJudged;

    /// <summary>Of measurements in their order until <paramref name="until"/>; null when none was answered or not.</summary>
    public static MeasuredStretch? Of(IReadOnlyList<Measured> measured, DateTimeOffset until, TimeZoneInfo zone)
    {
        var judged = measured.Where(m => m.Status is CheckStatus.Ok or CheckStatus.Critical).ToList();
        if (judged.Count == 0) return null;
        var (covered, down) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var i = 0; i < measured.Count; i++)
        {
            if (measured[i].Status is not (CheckStatus.Ok or CheckStatus.Critical)) continue;
            var stands = (i + 1 < measured.Count ? measured[i + 1].At : until) - measured[i].At;
            if (stands > LongestStand) stands = LongestStand;
            covered += stands;
            if (measured[i].Status == CheckStatus.Critical) down += stands;
        }
        var worst = judged.GroupBy(m => Hour(m.At, zone))
            .Select(h => (h.Key, Answered: h.Count(m => m.Status == CheckStatus.Ok), Judged: h.Count()))
            .OrderBy(h => (double)h.Answered / h.Judged).ThenBy(h => h.Key).First();
        return new()
        {
            Answered = judged.Count(m => m.Status == CheckStatus.Ok), Judged = judged.Count, Covered = covered, Down = down,
            WorstHour = worst.Key, WorstAnswered = worst.Answered, WorstJudged = worst.Judged,
        };
    }

    // Hours of the clock on the wall: a zone may lie half an hour beside UTC.
    private static DateTimeOffset Hour(DateTimeOffset at, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, 0, 0, local.Offset).ToUniversalTime();
    }
}
