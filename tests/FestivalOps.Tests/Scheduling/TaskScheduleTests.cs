using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

public sealed class TaskScheduleTests
{
    private const int First = 2026, Last = 2045;

    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
    private static readonly JapaneseLaw.HolidaySet Law = JapaneseLaw.Years(First, Last);
    private static readonly BusinessCalendar TwentyYears = new(Law.List, new(), Tokyo);

    [Fact]
    public void The_law_and_the_list_of_the_program_agree_where_both_speak()
    {
        var law = JapaneseLaw.Years(2024, 2027);
        HolidayList.Japan.Days.Select(d => d.Date).ShouldBe(law.Days);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(17)]
    public void The_nth_business_day_of_240_months(int nth)
    {
        var expected = Months().Select(m => Law.BusinessDays(m.Year, m.Month)).Where(days => days.Count >= nth).Select(days => days[nth - 1]);
        Days(TaskSchedule.BusinessDay(nth, new(9, 0)), TwentyYears).ShouldBe(expected);
    }

    [Fact]
    public void First_Sundays_of_240_months()
    {
        var expected = Months().Select(m => Enumerable.Range(1, 7).Select(d => new DateOnly(m.Year, m.Month, d)).Single(d => d.DayOfWeek == DayOfWeek.Sunday));
        Days(TaskSchedule.First(DayOfWeek.Sunday, new(1, 0)), TwentyYears).ShouldBe(expected);
    }

    [Fact]
    public void The_first_business_day_of_80_quarters()
    {
        var expected = Months().Where(m => m.Month is 1 or 4 or 7 or 10).Select(m => Law.BusinessDays(m.Year, m.Month)[0]);
        Days(TaskSchedule.QuarterBusinessDay(1, new(10, 0)), TwentyYears).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Sunday 02:00, holiday skip")]
    [InlineData("before holidays 30 15:00")]
    [InlineData("first Saturday 09:00, holiday skip")]
    public void A_legal_schedule_may_have_no_day_for_years(string text) =>
        TaskSchedule.Read(text)!.Next(new(2028, 1, 5, 0, 0, 0, TimeSpan.Zero), TwentyYears).ShouldBeNull();

    [Fact]
    public void Mondays_of_20_years_before_after_and_without_holidays()
    {
        var mondays = AllDays().Where(d => d.DayOfWeek == DayOfWeek.Monday).ToList();
        bool IsOff(DateOnly d) => Law.Days.Contains(d) || d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        DateOnly Walk(DateOnly d, int step) => IsOff(d) ? Walk(d.AddDays(step), step) : d;
        DateOnly[] InRange(IEnumerable<DateOnly> days) => [.. days.Where(d => d.Year >= First && d.Year <= Last)];

        Days(TaskSchedule.Weekly(DayOfWeek.Monday, new(10, 0)), TwentyYears).ShouldBe(mondays);
        Days(TaskSchedule.Weekly(DayOfWeek.Monday, new(10, 0), OnHoliday.Skip), TwentyYears).ShouldBe(mondays.Where(d => !IsOff(d)));
        InRange(Days(TaskSchedule.Weekly(DayOfWeek.Monday, new(10, 0), OnHoliday.After), TwentyYears)).ShouldBe(InRange(mondays.Select(d => Walk(d, 1)).Distinct().Order()));
        InRange(Days(TaskSchedule.Weekly(DayOfWeek.Monday, new(10, 0), OnHoliday.Before), TwentyYears)).ShouldBe(InRange(mondays.Select(d => Walk(d, -1)).Distinct().Order()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void The_last_business_days_before_so_many_days_off_of_20_years(int days)
    {
        // Year-end, and a summer break that begins on a Thursday in some years.
        var calendar = new BusinessCalendar(Law.List, new CalendarOptions { DaysOff = ["12-29..01-03", "08-13..08-15"] }, Tokyo);
        bool IsOff(DateOnly d) => Law.Days.Contains(d) || d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            || d is { Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 } or { Month: 8, Day: >= 13 and <= 15 };
        // Another way than the program's: runs of days off by their length, and the day before each.
        var expected = new List<DateOnly>();
        var length = 0;
        for (var day = new DateOnly(Last, 12, 28); day >= new DateOnly(First, 1, 1); day = day.AddDays(-1))
        {
            // The last run of the range ends beyond it: December 29 to January 3.
            if (day == new DateOnly(Last, 12, 28)) length = 6;
            if (IsOff(day))
            {
                length++;
                continue;
            }
            if (length >= days) expected.Insert(0, day);
            length = 0;
        }
        Days(TaskSchedule.BeforeHolidays(days, new(15, 0)), calendar).ShouldBe(expected);
        expected.Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Days_before_holidays_that_everyone_knows()
    {
        var calendar = new BusinessCalendar(HolidayList.Japan, new CalendarOptions { DaysOff = ["12-29..01-03"] }, Tokyo);
        var days = Moments(TaskSchedule.BeforeHolidays(3, new(15, 0)), calendar, new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 10, 0, 0, 0, TimeSpan.Zero)).Select(calendar.Day);
        // Golden Week, Marine Day, Respect for the Aged Day with the citizens' holiday (five days), Sports Day, year-end. No ordinary weekend; Mountain Day
        // 2026 is a Tuesday, Culture Day another.
        days.ShouldBe([new(2026, 5, 1), new(2026, 7, 17), new(2026, 9, 18), new(2026, 10, 9), new(2026, 11, 20), new(2026, 12, 28), new(2027, 1, 8)]);
    }

    [Fact]
    public void Company_days_count_and_two_runs_that_meet_on_one_day_are_one()
    {
        var calendar = new BusinessCalendar(Law.List, new CalendarOptions { DaysOff = ["12-29..01-03"] }, Tokyo);
        Next(TaskSchedule.BusinessDay(1, new(9, 0)), calendar, "2027-01-01 00:00").ShouldBe("2027-01-04 09:00");
        Next(TaskSchedule.Daily(new(9, 0), OnHoliday.After), calendar, "2026-12-28 09:00").ShouldBe("2027-01-04 09:00");
        Next(TaskSchedule.Daily(new(9, 0), OnHoliday.After), calendar, "2027-01-04 09:00").ShouldBe("2027-01-05 09:00");
    }

    [Theory]
    [InlineData("Europe/Berlin", "02:30", "2027-03-27 12:00", "2027-03-28 03:30")] // 02:30 does not exist on March 28
    [InlineData("Europe/Berlin", "02:30", "2027-10-30 12:00", "2027-10-31 02:30")] // 02:30 exists twice on October 31
    public void A_time_that_does_not_exist_or_exists_twice_has_one_run(string zone, string at, string after, string expected)
    {
        var berlin = new BusinessCalendar(Law.List, new(), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var schedule = TaskSchedule.Read($"daily {at}")!;
        Next(schedule, berlin, after).ShouldBe(expected);
        var runs = Moments(schedule, berlin, new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero));
        runs.Count.ShouldBe(365);
        runs.Select(berlin.Day).Distinct().Count().ShouldBe(365);
        runs.Zip(runs.Skip(1)).ShouldAllBe(p => p.Second > p.First);
    }

    [Theory]
    [InlineData("daily 09:00")]
    [InlineData("Monday 10:00, holiday after")]
    [InlineData("first Sunday 01:00")]
    [InlineData("business day 2 09:00")]
    [InlineData("quarter business day 1 09:00")]
    [InlineData("before holidays 3 15:00")]
    public void What_is_written_is_read(string text) => TaskSchedule.Read(text)!.ToString().ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("09:00")]
    [InlineData("daily 9")]
    [InlineData("daily 25:00")]
    [InlineData("Funday 09:00")]
    [InlineData("1 09:00")]
    [InlineData("business day 0 09:00")]
    [InlineData("business day 24 09:00")]
    [InlineData("business day 2 09:00, holiday after")]
    [InlineData("before holidays 0 15:00")]
    [InlineData("before holidays 31 15:00")]
    [InlineData("before holidays 15:00")]
    [InlineData("before holidays 3 15:00, holiday skip")]
    [InlineData("daily 09:00, holiday 1")]
    [InlineData("daily 09:00, holiday after, holiday before")]
    public void What_is_no_schedule_is_refused(string text) => TaskSchedule.Read(text).ShouldBeNull();

    [Theory]
    [InlineData("daily 09:00", false)]
    [InlineData("first Sunday 01:00", false)]
    [InlineData("daily 09:00, holiday skip", true)]
    [InlineData("business day 1 09:00", true)]
    [InlineData("quarter business day 1 09:00", true)]
    [InlineData("before holidays 3 15:00", true)]
    public void It_is_known_which_schedules_need_the_holidays(string text, bool uses) => TaskSchedule.Read(text)!.UsesCalendar.ShouldBe(uses);

    private static IEnumerable<(int Year, int Month)> Months() => Enumerable.Range(First, Last - First + 1).SelectMany(y => Enumerable.Range(1, 12).Select(m => (y, m)));

    private static IEnumerable<DateOnly> AllDays()
    {
        for (var day = new DateOnly(First, 1, 1); day.Year <= Last; day = day.AddDays(1)) yield return day;
    }

    private static DateOnly[] Days(TaskSchedule schedule, BusinessCalendar calendar) =>
        [.. Moments(schedule, calendar, new(First - 1, 12, 31, 14, 59, 0, TimeSpan.Zero), new(Last, 12, 31, 15, 0, 0, TimeSpan.Zero)).Select(calendar.Day)];

    private static List<DateTimeOffset> Moments(TaskSchedule schedule, BusinessCalendar calendar, DateTimeOffset from, DateTimeOffset until)
    {
        var moments = new List<DateTimeOffset>();
        for (var at = schedule.Next(from, calendar); at < until; at = schedule.Next(at.Value, calendar)) moments.Add(at.Value);
        return moments;
    }

    private static string Next(TaskSchedule schedule, BusinessCalendar calendar, string after)
    {
        var local = DateTime.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        var next = schedule.Next(new DateTimeOffset(local, calendar.Zone.GetUtcOffset(local)), calendar)!.Value;
        return $"{TimeZoneInfo.ConvertTime(next, calendar.Zone):yyyy-MM-dd HH:mm}";
    }
}
