using System.Globalization;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Scheduling;

/// <summary>Which days a schedule means.</summary>
internal abstract partial record DayRule
{
    private DayRule()
    {
    }

    /// <summary>As a setting writes it.</summary>
    public abstract string Words { get; }

    /// <summary>Is <paramref name="day"/> one of them?</summary>
    public abstract bool Holds(DateOnly day, BusinessCalendar calendar);

    /// <summary>Reads <see cref="Words"/>; null when they are none.</summary>
    public static DayRule? Read(string[] words)
    {
        var text = string.Join(' ', words).ToLowerInvariant();
        if (text == "daily") return new Daily();
        if (words is [var first, var weekday] && first.Equals("first", StringComparison.OrdinalIgnoreCase)) return Weekday(weekday) is { } day ? new First(day) : null;
        if (words is [var only]) return Weekday(only) is { } day ? new Weekly(day) : null;
        if (BeforeHolidays.Of(text) is { } stretch) return stretch;
        const string quarter = "quarter business day ", month = "business day ";
        if (text.StartsWith(quarter, StringComparison.Ordinal)) return Number(text[quarter.Length..], 60) is { } nth ? new QuarterBusinessDay(nth) : null;
        return text.StartsWith(month, StringComparison.Ordinal) && Number(text[month.Length..], 23) is { } n ? new BusinessDay(n) : null;
    }

    private static DayOfWeek? Weekday(string word) =>
        !char.IsAsciiDigit(word[0]) && Enum.TryParse<DayOfWeek>(word, ignoreCase: true, out var day) ? day : null;

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;

    private static int BusinessDays(DateOnly from, DateOnly to, BusinessCalendar calendar)
    {
        var count = 0;
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (calendar.IsBusinessDay(day)) count++;
        }
        return count;
    }

    /// <summary>Every day.</summary>
    internal sealed record Daily : DayRule
    {
        /// <inheritdoc/>
        public override string Words => "daily";

        /// <inheritdoc/>
        public override bool Holds(DateOnly day, BusinessCalendar calendar) => true;
    }

    /// <summary>One day of the week.</summary>
    internal sealed record Weekly(DayOfWeek Day) : DayRule
    {
        /// <inheritdoc/>
        public override string Words => Day.ToString();

        /// <inheritdoc/>
        public override bool Holds(DateOnly day, BusinessCalendar calendar) => day.DayOfWeek == Day;
    }

    /// <summary>The first such day of the week in a month.</summary>
    internal sealed record First(DayOfWeek Day) : DayRule
    {
        /// <inheritdoc/>
        public override string Words => $"first {Day}";

        /// <inheritdoc/>
        public override bool Holds(DateOnly day, BusinessCalendar calendar) => day.DayOfWeek == Day && day.Day <= 7;
    }

    /// <summary>The n-th business day of a month.</summary>
    internal sealed record BusinessDay(int Nth) : DayRule
    {
        /// <inheritdoc/>
        public override string Words => string.Create(CultureInfo.InvariantCulture, $"business day {Nth}");

        /// <inheritdoc/>
        public override bool Holds(DateOnly day, BusinessCalendar calendar) =>
            day.Day >= Nth && calendar.IsBusinessDay(day) && BusinessDays(new(day.Year, day.Month, 1), day, calendar) == Nth;
    }

    /// <summary>The n-th business day of a quarter, counted from its first month on.</summary>
    internal sealed record QuarterBusinessDay(int Nth) : DayRule
    {
        /// <inheritdoc/>
        public override string Words => string.Create(CultureInfo.InvariantCulture, $"quarter business day {Nth}");

        /// <inheritdoc/>
        public override bool Holds(DateOnly day, BusinessCalendar calendar)
        {
            var begin = new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1);
            var passed = day.DayNumber - begin.DayNumber + 1;
            // Most days are out of question without counting: a business week has at most seven days.
            return passed >= Nth && passed <= Nth * 3 + 40 && calendar.IsBusinessDay(day) && BusinessDays(begin, day, calendar) == Nth;
        }
    }
}
