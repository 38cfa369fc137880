using System.Globalization;

namespace FestivalOps.Alerting.Rules;

/// <summary>When an alert last began and ended, as it is kept: milliseconds since 1970, comma-separated, oldest first; empty when it did not.</summary>
internal static class FlapTimes
{
    /// <summary>So many are kept at most.</summary>
    public const int Most = 50;

    /// <summary>Adds a beginning or an end; what is older than <paramref name="window"/> is forgotten.</summary>
    public static string Add(string? kept, DateTimeOffset now, TimeSpan window) =>
        Write(Read(kept).Where(at => now - at < window).Append(now).TakeLast(Most));

    /// <summary>How many are kept.</summary>
    public static int Count(string? kept) => Read(kept).Count();

    /// <summary>The newest; the beginning of time when there is none.</summary>
    public static DateTimeOffset Newest(string? kept) => Read(kept).LastOrDefault();

    /// <summary>All of them, moved: for a clock that was set.</summary>
    public static string Move(string? kept, TimeSpan by) => Write(Read(kept).Select(at => at + by));

    /// <summary>One, as it is kept.</summary>
    public static string Write(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static string Write(IEnumerable<DateTimeOffset> times) => string.Join(',', times.Select(Write));

    private static IEnumerable<DateTimeOffset> Read(string? kept) => (kept ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(at => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)));
}
