namespace FestivalOps.Maintenance;

/// <summary>How a disk fills: the straight line through figures of its use, in whatever unit they have. Pure.</summary>
/// <param name="AtNewest">How full the line says that it is at the newest figure.</param>
/// <param name="PerDay">By how much it grows in a day; negative when it empties.</param>
/// <param name="Newest">When the newest figure is from, UTC.</param>
internal sealed record DiskForecast(double AtNewest, double PerDay, DateTimeOffset Newest)
{
    /// <summary>Makes it; null when there are too few figures, or they are of too short a time.</summary>
    /// <param name="figures">Oldest first.</param>
    /// <param name="fewest">So many are needed; at least 2.</param>
    /// <param name="shortest">Over so long a time.</param>
    public static DiskForecast? Of(IReadOnlyList<(DateTimeOffset At, double Value)> figures, int fewest, TimeSpan shortest)
    {
        if (figures.Count < fewest || figures[^1].At - figures[0].At < shortest) return null;
        var line = StraightLine.Through(figures);
        return new(line.AtNewest, line.PerDay, figures[^1].At);
    }

    /// <summary>When it is as full as <paramref name="limit"/>, if it is <paramref name="now"/> full at the newest figure; null when not within <paramref name="days"/> days.</summary>
    public DateTimeOffset? Reaches(double limit, double now, int days)
    {
        if (now >= limit) return Newest;
        if (PerDay <= 0) return null;
        var until = (limit - now) / PerDay;
        return until > days ? null : Newest + TimeSpan.FromDays(until);
    }
}
