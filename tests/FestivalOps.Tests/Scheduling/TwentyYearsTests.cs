using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>
/// Every task that the bot has, over twenty years, with looks that come late and downtimes: each moment of a table that is computed from the law, and not
/// from the program's schedules, is accounted for exactly once.
/// </summary>
public sealed class TwentyYearsTests
{
    private const int First = 2026, Last = 2045;

    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly JapaneseLaw.HolidaySet Law = JapaneseLaw.Years(First, Last + 1);
    private static readonly BusinessCalendar Calendar = new(Law.List, new(), Tokyo);

    // The table, and the guideline's: what runs on which days, at which time.
    private static readonly Dictionary<string, (string At, Func<IEnumerable<DateOnly>> Days)> Table = new(StringComparer.Ordinal)
    {
        ["morning-check"] = ("09:00", AllDays), ["cache-check"] = ("08:45", AllDays), ["cache-warm-up"] = ("06:00", AllDays),
        ["security-daily"] = ("09:05", AllDays),
        ["backups"] = ("09:30", () => On(DayOfWeek.Monday)), ["performance-analysis"] = ("10:00", () => On(DayOfWeek.Wednesday)),
        ["security-check"] = ("09:30", () => On(DayOfWeek.Friday)), ["database-maintenance"] = ("02:00", () => On(DayOfWeek.Sunday)),
        ["restore-test"] = ("10:30", () => On(DayOfWeek.Monday).Where(d => d.Day <= 7).Select(After)),
        ["system-optimisation"] = ("01:00", () => On(DayOfWeek.Sunday).Where(d => d.Day <= 7)),
        ["system-updates"] = ("10:00", () => BusinessDay(1)), ["capacity"] = ("10:00", () => BusinessDay(2)), ["monitoring-check"] = ("10:00", () => BusinessDay(3)),
        ["security-audit"] = ("10:00", () => BusinessDay(1).Where(d => d.Month is 1 or 4 or 7 or 10)),
        ["checklist-daily"] = ("09:10", () => AllDays().Where(Works)), ["checklist-reminder"] = ("14:00", () => AllDays().Where(Works)),
        ["checklist-weekly"] = ("11:00", () => On(DayOfWeek.Friday).Select(Before)), ["checklist-monthly"] = ("09:20", () => BusinessDay(1)),
        ["report-daily"] = ("09:15", AllDays), ["report-weekly"] = ("09:20", () => On(DayOfWeek.Monday)), ["report-monthly"] = ("09:30", () => BusinessDay(4)),
        ["readiness"] = ("15:00", () => AllDays().Where(d => Works(d) && Enumerable.Range(1, 3).All(n => !Works(d.AddDays(n))))),
    };

    // What has no schedule of its own runs by hand only.
    public static TheoryData<string> Tasks => [.. TestBot.Build().Services.GetServices<IScheduledTask>().Where(t => t.DefaultSchedule is not null).Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Each_moment_of_the_guidelines_table_is_accounted_for_exactly_once(string name)
    {
        Table.ShouldContainKey(name, "a new task stands in the table, too");
        var task = TestBot.Build().Services.GetServices<IScheduledTask>().Single(t => t.Name == name);
        var planned = new PlannedTask(task, task.DefaultSchedule, task.MissedWithin, task.Timeout);
        var (begin, end) = (At(new(First, 1, 1), "00:00"), At(new(Last, 12, 31), "23:59"));
        var clock = new TaskClockRecord { Task = name, Schedule = task.DefaultSchedule!.ToString(), NextDue = task.DefaultSchedule.Next(begin.AddSeconds(-1), Calendar) };
        var (dice, moments, runs) = (new Random(4), new List<DateTimeOffset>(), 0);
        while (clock.NextDue is { } due && due <= end)
        {
            // Most looks come within a minute and a half; one in twenty after a downtime of up to ten days.
            var decision = DueDecision.Of(planned, clock, due + (dice.Next(20) == 0 ? TimeSpan.FromHours(dice.Next(240)) : TimeSpan.FromSeconds(dice.Next(90))), Calendar);
            decision.Moments.Count(m => m.Verdict == DueVerdict.Run).ShouldBeLessThanOrEqualTo(1);
            runs += decision.Moments.Count(m => m.Verdict == DueVerdict.Run);
            moments.AddRange(decision.Moments.Select(m => m.At));
            clock.NextDue = decision.NextDue;
        }
        var (at, days) = Table[name];
        var expected = days().Select(d => At(d, at)).Where(m => m <= end).Order().Distinct().ToList();
        moments.Where(m => m <= end).ShouldBe(expected);
        runs.ShouldBeGreaterThan(expected.Count / 2, "downtimes are seldom");
    }

    private static IEnumerable<DateOnly> AllDays()
    {
        for (var day = new DateOnly(First, 1, 1); day.Year <= Last; day = day.AddDays(1)) yield return day;
    }

    private static IEnumerable<DateOnly> On(DayOfWeek day) => AllDays().Where(d => d.DayOfWeek == day);

    private static IEnumerable<DateOnly> BusinessDay(int nth) =>
        Enumerable.Range(First, Last - First + 1).SelectMany(y => Enumerable.Range(1, 12).Select(m => Law.BusinessDays(y, m)[nth - 1]));

    private static bool Works(DateOnly day) => (int)day.DayOfWeek is >= 1 and <= 5 && !Law.Days.Contains(day);

    private static DateOnly After(DateOnly day)
    {
        while (!Works(day)) day = day.AddDays(1);
        return day;
    }

    private static DateOnly Before(DateOnly day)
    {
        while (!Works(day)) day = day.AddDays(-1);
        return day;
    }

    // Tokyo has no summer time: nine hours, always.
    private static DateTimeOffset At(DateOnly day, string time) => new DateTimeOffset(day.ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromHours(9)).ToUniversalTime();
}
