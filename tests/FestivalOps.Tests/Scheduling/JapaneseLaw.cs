using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Tests.Scheduling;

/// <summary>
/// Japan's public holidays for any years, computed from the law as it stands since 2022 (国民の祝日に関する法律) and the usual approximation of
/// the equinoxes: independent of the list that the program carries, and longer.
/// </summary>
internal static class JapaneseLaw
{
    public static HolidaySet Years(int first, int last)
    {
        var named = new SortedSet<DateOnly>();
        for (var year = first; year <= last; year++)
        {
            foreach (var (month, day) in new[] { (1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23) }) named.Add(new(year, month, day));
            foreach (var (month, nth) in new[] { (1, 2), (7, 3), (9, 3), (10, 2) }) named.Add(Monday(year, month, nth));
            named.Add(new(year, 3, (int)(20.8431 + 0.242194 * (year - 1980)) - (year - 1980) / 4));
            named.Add(new(year, 9, (int)(23.2488 + 0.242194 * (year - 1980)) - (year - 1980) / 4));
        }
        var off = new SortedSet<DateOnly>(named);
        foreach (var sunday in named.Where(d => d.DayOfWeek == DayOfWeek.Sunday))
        {
            var day = sunday.AddDays(1);
            while (named.Contains(day)) day = day.AddDays(1);
            off.Add(day); // 振替休日
        }
        foreach (var day in named.Select(d => d.AddDays(1)).Where(d => !named.Contains(d) && named.Contains(d.AddDays(1)))) off.Add(day); // 国民の休日
        return new(off, new(first, 1, 1), new(last, 12, 31));
    }

    private static DateOnly Monday(int year, int month, int nth)
    {
        var day = new DateOnly(year, month, 1);
        while (day.DayOfWeek != DayOfWeek.Monday) day = day.AddDays(1);
        return day.AddDays(7 * (nth - 1));
    }

    public sealed record HolidaySet(SortedSet<DateOnly> Days, DateOnly First, DateOnly Last)
    {
        /// <summary>As the program's own list.</summary>
        public HolidayList List => HolidayList.Parse(
            $"# source: the law\n# range: {First:yyyy-MM-dd}..{Last:yyyy-MM-dd}\n" + string.Join('\n', Days.Select(d => $"{d:yyyy-MM-dd},休日")));

        /// <summary>The business days of a month, in order.</summary>
        public List<DateOnly> BusinessDays(int year, int month) =>
            [.. Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(d => new DateOnly(year, month, d))
                .Where(d => (int)d.DayOfWeek is >= 1 and <= 5 && !Days.Contains(d))];
    }
}
