using System.Globalization;

namespace FestivalOps.Scheduling.Calendar;

/// <summary>
/// Days as the settings write them: one (<c>2026-08-13</c>), a range (<c>2026-08-13..2026-08-15</c>), or either without a year for every
/// year (<c>12-29..01-03</c>, which reaches over the new year).
/// </summary>
internal sealed class CompanyDays
{
    /// <summary>Longest range: 60 days. A longer one is a slip of the finger.</summary>
    public const int LongestRange = 60;

    private readonly Func<DateOnly, bool> _holds;

    private CompanyDays(Func<DateOnly, bool> holds) => _holds = holds;

    /// <summary>True when <paramref name="date"/> is one of the days.</summary>
    public bool Contains(DateOnly date) => _holds(date);

    /// <summary>Reads one entry; null when it is none.</summary>
    public static CompanyDays? Read(string text)
    {
        var ends = text.Split("..", StringSplitOptions.TrimEntries);
        if (ends.Length > 2) return null;
        var (from, to) = (ends[0], ends[^1]);
        if (Dated(from) is { } first && Dated(to) is { } last)
            return last < first || last.DayNumber - first.DayNumber >= LongestRange ? null : new(d => d >= first && d <= last);
        if (Yearly(from) is not { } begin || Yearly(to) is not { } end) return null;
        var length = (end - begin + 366) % 366 + 1;
        if (length > LongestRange) return null;
        return new(d => begin <= end ? Ordinal(d) >= begin && Ordinal(d) <= end : Ordinal(d) >= begin || Ordinal(d) <= end);
    }

    private static DateOnly? Dated(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    // Counted in a leap year, so that February 29 has its place.
    private static int? Yearly(string text) => Dated("2024-" + text)?.DayOfYear;

    private static int Ordinal(DateOnly date) => new DateOnly(2024, date.Month, date.Day).DayOfYear;
}
