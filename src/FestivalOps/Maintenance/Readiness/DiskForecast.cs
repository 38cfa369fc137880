namespace FestivalOps.Maintenance.Readiness;

/// <summary>A straight line through hourly means of a disk's use (least squares). Pure.</summary>
/// <param name="Now">Where the line is at the newest point, percent.</param>
/// <param name="PerDay">How much it grows, percentage points a day; negative when it shrinks.</param>
/// <param name="Newest">When the newest figure is from, UTC.</param>
internal sealed record DiskForecast(double Now, double PerDay, DateTimeOffset Newest)
{
    /// <summary>Fewer hours than this with a figure are too few: 24.</summary>
    public const int FewestHours = 24;

    /// <summary>A shorter time than this is too short: 2 days. A day alone holds the nightly backup and no trend.</summary>
    public static readonly TimeSpan ShortestSpan = TimeSpan.FromDays(2);

    /// <summary>Computes it; null when there are too few figures.</summary>
    /// <param name="hours">Means of single hours, oldest first.</param>
    public static DiskForecast? Of(IReadOnlyList<(DateTimeOffset At, double Percent)> hours)
    {
        if (hours.Count < FewestHours || hours[^1].At - hours[0].At < ShortestSpan) return null;
        var line = StraightLine.Through(hours);
        return new(Math.Clamp(line.AtNewest, 0, 100), line.PerDay, hours[^1].At);
    }

    /// <summary>When the line reaches <paramref name="limit"/>; null when it does not within a year. Never before <see cref="Newest"/>.</summary>
    public DateTimeOffset? Reaches(double limit)
    {
        if (Now >= limit) return Newest;
        if (PerDay <= 0) return null;
        var days = (limit - Now) / PerDay;
        return days > 365 ? null : Newest + TimeSpan.FromDays(days);
    }
}
