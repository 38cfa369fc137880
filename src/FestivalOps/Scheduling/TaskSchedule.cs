using System.Globalization;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Scheduling;

/// <summary>What happens to a run whose day is no business day.</summary>
internal enum OnHoliday
{
    /// <summary>It runs all the same.</summary>
    Run,

    /// <summary>It runs on the last business day before.</summary>
    Before,

    /// <summary>It runs on the first business day after.</summary>
    After,

    /// <summary>It doesn't run that time.</summary>
    Skip,
}

/// <summary>
/// When a task runs, in the team's zone: days by a rule, at one time of day. Pure: the same question has the same answer, so what was due
/// during a downtime can be counted afterwards.
/// </summary>
internal sealed record TaskSchedule
{
    // Longest way from a day to the business day before or after it: longer than the longest range of company days (60).
    private const int LongestShift = 70;

    /// <summary>
    /// So far it is looked ahead: 800 days, enough for a rule of once a quarter whose days are off a few times in a row. A schedule without a day
    /// in that time ("Sunday 02:00, holiday skip", "before holidays 12 15:00") is said to have none (<see cref="Waking.TaskClock"/>), and looked at again each minute.
    /// </summary>
    public const int LookAhead = 800;

    private TaskSchedule(DayRule rule, TimeOnly at, OnHoliday onHoliday) => (Rule, At, Holiday) = (rule, at, onHoliday);

    /// <summary>On which days.</summary>
    public DayRule Rule { get; }

    /// <summary>Time of day in the team's zone.</summary>
    public TimeOnly At { get; }

    /// <summary>What happens when the day is no business day.</summary>
    public OnHoliday Holiday { get; }

    /// <summary>True when holidays decide its days: it is only sure as far as the list of holidays reaches.</summary>
    public bool UsesCalendar => Holiday != OnHoliday.Run || Rule is DayRule.BusinessDay or DayRule.QuarterBusinessDay or DayRule.BeforeHolidays;

    /// <summary>Every day.</summary>
    public static TaskSchedule Daily(TimeOnly at, OnHoliday onHoliday = OnHoliday.Run) => new(new DayRule.Daily(), at, onHoliday);

    /// <summary>On one day of the week.</summary>
    public static TaskSchedule Weekly(DayOfWeek day, TimeOnly at, OnHoliday onHoliday = OnHoliday.Run) => new(new DayRule.Weekly(day), at, onHoliday);

    /// <summary>On the first such day of the week in each month (第1日曜日).</summary>
    public static TaskSchedule First(DayOfWeek day, TimeOnly at, OnHoliday onHoliday = OnHoliday.Run) => new(new DayRule.First(day), at, onHoliday);

    /// <summary>On the n-th business day of each month (第2営業日). A month with fewer has no run. Range: 1 to 23.</summary>
    public static TaskSchedule BusinessDay(int nth, TimeOnly at) => new(new DayRule.BusinessDay(nth), at, OnHoliday.Run);

    /// <summary>On the n-th business day of January, April, July and October. Range: 1 to 60.</summary>
    public static TaskSchedule QuarterBusinessDay(int nth, TimeOnly at) => new(new DayRule.QuarterBusinessDay(nth), at, OnHoliday.Run);

    /// <summary>On the last business day before a stretch of at least so many days off. Range: 1 to 30.</summary>
    public static TaskSchedule BeforeHolidays(int days, TimeOnly at) => new(new DayRule.BeforeHolidays(days), at, OnHoliday.Run);

    /// <summary>The first moment after <paramref name="after"/>, UTC; null when there is none within <see cref="LookAhead"/> days.</summary>
    public DateTimeOffset? Next(DateTimeOffset after, BusinessCalendar calendar)
    {
        var today = calendar.Day(after);
        DateTimeOffset? best = null;
        // A day that is moved may come from a day before today, or from one far ahead.
        for (var offset = Holiday is OnHoliday.Before or OnHoliday.After ? -LongestShift : -1; offset <= LookAhead; offset++)
        {
            var nominal = today.AddDays(offset);
            if (best is { } found && nominal.DayNumber > calendar.Day(found).DayNumber + (Holiday == OnHoliday.Before ? LongestShift : 0)) return best;
            if (!Rule.Holds(nominal, calendar) || Moved(nominal, calendar) is not { } day) continue;
            var moment = Moment(day, calendar.Zone);
            if (moment > after && (best is null || moment < best)) best = moment;
        }
        return best;
    }

    /// <summary>
    /// Reads what a setting says: <c>daily 09:00</c>, <c>Monday 10:00</c>, <c>first Sunday 01:00</c>, <c>business day 2 09:00</c>,
    /// <c>quarter business day 1 09:00</c>, <c>before holidays 3 15:00</c>, each but the last three possibly with <c>, holiday before</c>
    /// (<c>after</c>, <c>skip</c>). Null when it can't be read.
    /// </summary>
    public static TaskSchedule? Read(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 2 || words.Length < 2 || !TimeOnly.TryParseExact(words[^1], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)) return null;
        var holiday = OnHoliday.Run;
        if (parts.Length == 2)
        {
            var tail = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (tail.Length != 2 || !Is(tail[0], "holiday") || !Enum.TryParse(tail[1], ignoreCase: true, out holiday) || char.IsAsciiDigit(tail[1][0])) return null;
        }
        var rule = DayRule.Read(words[..^1]);
        return rule is null || (rule is DayRule.BusinessDay or DayRule.QuarterBusinessDay or DayRule.BeforeHolidays && holiday != OnHoliday.Run) ? null : new(rule, at, holiday);
    }

    /// <summary>As <see cref="Read"/> reads it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Rule.Words} {At:HH:mm}") + (Holiday == OnHoliday.Run ? "" : $", holiday {Holiday.ToString().ToLowerInvariant()}");

    /// <summary>
    /// The moment of a local time, UTC. A time that a change of the clocks leaves out is taken an hour later; of one that comes twice, the
    /// first. So each day has exactly one.
    /// </summary>
    private DateTimeOffset Moment(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(At);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private DateOnly? Moved(DateOnly day, BusinessCalendar calendar)
    {
        if (Holiday == OnHoliday.Run || calendar.IsBusinessDay(day)) return day;
        if (Holiday == OnHoliday.Skip) return null;
        var step = Holiday == OnHoliday.Before ? -1 : 1;
        for (var shift = 1; shift <= LongestShift; shift++)
        {
            if (calendar.IsBusinessDay(day.AddDays(shift * step))) return day.AddDays(shift * step);
        }
        return null;
    }

    private static bool Is(string word, string expected) => string.Equals(word, expected, StringComparison.OrdinalIgnoreCase);
}
