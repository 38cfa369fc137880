using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>Days off in a row, between two business days.</summary>
/// <param name="First">The first day off.</param>
/// <param name="Last">The last day off.</param>
/// <param name="From">When the team leaves: now, UTC.</param>
/// <param name="Until">When the next business hours begin, UTC.</param>
internal sealed record Stretch(DateOnly First, DateOnly Last, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The time of day from which on nobody begins anything more: 15:00.</summary>
    public static readonly TimeOnly LeavesAt = new(15, 0);

    /// <summary>So many days ahead a stretch is looked for: 200. Between two long ones lie some ten weeks at the most.</summary>
    public const int LookAhead = 200;

    /// <summary>When the last business hours before it are as good as over, UTC: 15:00 of the day before, or now when that is later.</summary>
    public DateTimeOffset Leaves { get; init; } = From;

    /// <summary>How many days off.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>
    /// The days off that begin tomorrow, however few; when tomorrow is a business day, the next stretch of at least <paramref name="days"/> days off.
    /// Null when there is none in sight.
    /// </summary>
    public static Stretch? Next(DateTimeOffset now, int days, BusinessCalendar calendar)
    {
        var today = calendar.Day(now);
        DateOnly? first = null;
        for (var day = today.AddDays(1); day.DayNumber - today.DayNumber <= LookAhead; day = day.AddDays(1))
        {
            if (!calendar.IsBusinessDay(day))
            {
                first ??= day;
                continue;
            }
            // Noon of the last day off, in any zone: the opening after it is the one of this business day.
            if (first is { } begin && (day.DayNumber - begin.DayNumber >= days || begin == today.AddDays(1)))
            {
                var leaves = InZone(begin.AddDays(-1), LeavesAt, calendar.Zone);
                return new(begin, day.AddDays(-1), now, calendar.NextMorning(InZone(day.AddDays(-1), new(12, 0), calendar.Zone))) { Leaves = leaves > now ? leaves : now };
            }
            first = null;
        }
        return null;
    }

    /// <summary>True when <paramref name="at"/> lies between leaving and the next business hours.</summary>
    public bool Holds(DateTimeOffset at) => at > Leaves && at <= Until;

    private static DateTimeOffset InZone(DateOnly day, TimeOnly at, TimeZoneInfo zone)
    {
        var moment = day.ToDateTime(at);
        return new DateTimeOffset(moment, zone.GetUtcOffset(moment)).ToUniversalTime();
    }
}
