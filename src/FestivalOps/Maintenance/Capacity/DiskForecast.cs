namespace FestivalOps.Maintenance.Capacity;

/// <summary>When a disk fills, by the straight line through its kept figures. Pure.</summary>
/// <param name="BytesPerDay">By how much it grows; negative: it empties. Null: unknown.</param>
/// <param name="FillsAt">When it is full, UTC; null when it does not fill within ten years or nobody can tell.</param>
/// <param name="Figures">How many figures there were.</param>
internal sealed record DiskForecast(double? BytesPerDay, DateTimeOffset? FillsAt, int Figures)
{
    /// <summary>Of fewer figures nothing is forecast: 4.</summary>
    public const int Fewest = 4;

    /// <summary>From figures of a shorter time nothing is forecast: 14 days.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromDays(14);

    /// <summary>Makes it.</summary>
    /// <param name="used">Bytes in use, oldest first.</param>
    /// <param name="total">Size of the disk. Unit: bytes.</param>
    public static DiskForecast Of(IReadOnlyList<(DateTimeOffset At, double Value)> used, double total)
    {
        if (used.Count < Fewest || used[^1].At - used[0].At < Shortest) return new(null, null, used.Count);
        var slope = StraightLine.Through(used).PerDay;
        if (slope <= 0) return new(slope, null, used.Count);
        // From what is in use now, not from the line: a disk that was just tidied up begins anew.
        var days = Math.Max(0, total - used[^1].Value) / slope;
        return new(slope, days <= 3650 ? used[^1].At.AddDays(days) : null, used.Count);
    }
}
