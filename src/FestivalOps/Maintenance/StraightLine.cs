namespace FestivalOps.Maintenance;

/// <summary>The straight line that lies closest to figures over time (least squares). Pure.</summary>
/// <param name="PerDay">By how much it rises in a day.</param>
/// <param name="AtNewest">Where it is at the newest figure.</param>
internal sealed record StraightLine(double PerDay, double AtNewest)
{
    /// <summary>Through these figures, oldest first; there must be two of different times.</summary>
    public static StraightLine Through(IReadOnlyList<(DateTimeOffset At, double Value)> figures)
    {
        // Counted from the newest, so that the line's height there is its constant.
        var points = figures.Select(f => (X: (f.At - figures[^1].At).TotalDays, Y: f.Value)).ToList();
        var (x, y) = (points.Average(p => p.X), points.Average(p => p.Y));
        var perDay = points.Sum(p => (p.X - x) * (p.Y - y)) / points.Sum(p => (p.X - x) * (p.X - x));
        return new(perDay, y - perDay * x);
    }
}
