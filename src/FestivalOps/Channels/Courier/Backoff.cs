namespace FestivalOps.Channels.Courier;

/// <summary>
/// How long to wait after failures in a row: one second, doubled each time up to half a minute, and of that between half and all, so that
/// what failed together does not come back together.
/// </summary>
/// <param name="random">Where chance comes from; seeded where a run must be repeatable.</param>
internal sealed class Backoff(Random random)
{
    /// <summary>Longest wait: 30 seconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();

    /// <summary>The wait after this many failures in a row, at least 1.</summary>
    public TimeSpan After(int failures)
    {
        var whole = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Clamp(failures - 1, 0, 10)));
        lock (_lock) return TimeSpan.FromSeconds(whole * (0.5 + (random.NextDouble() / 2)));
    }
}
