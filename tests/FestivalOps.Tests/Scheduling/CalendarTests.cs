using System.Globalization;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Tests.House;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

public sealed class CalendarTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Fact]
    public void The_list_says_where_it_is_from_and_how_far_it_reaches()
    {
        HolidayList.Japan.Source.ShouldContain("cao.go.jp");
        HolidayList.Japan.First.ShouldBe(new(2024, 1, 1));
        HolidayList.Japan.Last.ShouldBe(new(2027, 12, 31));
        HolidayList.Japan.Days.Count().ShouldBe(75);
    }

    [Theory]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void The_list_agrees_with_the_law(int year)
    {
        var fixedDays = new (int Month, int Day)[]
        {
            (1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23),
        }.Select(d => new DateOnly(year, d.Month, d.Day));
        var mondays = new (int Month, int Nth)[] { (1, 2), (7, 3), (9, 3), (10, 2) }.Select(m => Monday(year, m.Month, m.Nth));
        var equinoxes = Listed(year).Where(h => h.Name.En.Contains("Equinox", StringComparison.Ordinal)).Select(h => h.Date).ToList();
        equinoxes.Count.ShouldBe(2);
        equinoxes[0].ShouldBeOneOf(new DateOnly(year, 3, 20), new DateOnly(year, 3, 21));
        equinoxes[1].ShouldBeOneOf(new DateOnly(year, 9, 22), new DateOnly(year, 9, 23));
        var named = fixedDays.Concat(mondays).Concat(equinoxes).ToHashSet();
        // Article 3, 2: a holiday on a Sunday makes the next day off that is no holiday itself. Article 3, 3: so does a day between two holidays.
        var substitutes = named.Where(d => d.DayOfWeek == DayOfWeek.Sunday).Select(d => NextFree(d, named)).ToHashSet();
        var between = named.Select(d => d.AddDays(1)).Where(d => !named.Contains(d) && named.Contains(d.AddDays(1)) && !substitutes.Contains(d));

        Listed(year).Select(h => h.Date).ShouldBe(named.Concat(substitutes).Concat(between).Order());
        Listed(year).Where(h => h.Name.Ja == "振替休日").Select(h => h.Date).ShouldBe(substitutes.Order());
        Listed(year).Where(h => h.Name.Ja == "国民の休日").Select(h => h.Date).ShouldBe(between.Order());
        Listed(year).ShouldAllBe(h => h.Name.Ja != h.Name.En);
    }

    [Theory]
    [InlineData("2025-05-06", "振替休日")] // Constitution, Greenery and Children's Day stand between it and its Sunday
    [InlineData("2026-09-22", "国民の休日")]
    [InlineData("2027-03-22", "振替休日")]
    [InlineData("2026-11-23", "勤労感謝の日")]
    public void Days_in_lieu_have_their_own_names(string date, string name) => HolidayList.Japan.On(Date(date))!.Name.Ja.ShouldBe(name);

    [Theory]
    [InlineData("2026-11-24 08:59:59", "2026-11-24 09:00:00")] // Tuesday morning
    [InlineData("2026-11-24 09:00:00", "2026-11-24 09:00:00")]
    [InlineData("2026-11-24 17:59:59", "2026-11-24 17:59:59")]
    [InlineData("2026-11-24 18:00:00", "2026-11-25 09:00:00")]
    [InlineData("2026-11-20 23:00:00", "2026-11-24 09:00:00")] // Friday night; Monday is a holiday
    [InlineData("2026-05-02 12:00:00", "2026-05-07 09:00:00")] // Golden Week
    [InlineData("2026-12-28 19:00:00", "2027-01-04 09:00:00")] // the company's new year
    [InlineData("2026-09-19 03:00:00", "2026-09-24 09:00:00")] // Silver Week with a citizens' holiday
    public void It_opens_when_the_team_comes(string from, string opening) =>
        Calendar(o => o.DaysOff = ["12-29..01-03"]).NextOpening(At(from)).ShouldBe(At(opening));

    [Theory]
    [InlineData("2026-11-24 08:00:00", "2026-11-24 09:00:00")]
    [InlineData("2026-11-24 09:00:00", "2026-11-25 09:00:00")]
    [InlineData("2026-11-27 10:00:00", "2026-11-30 09:00:00")]
    public void The_next_morning_is_never_this_moment(string from, string morning) => Calendar().NextMorning(At(from)).ShouldBe(At(morning));

    [Theory]
    [InlineData("2026-11-24 10:00:00", 120, "2026-11-24 12:00:00")]
    [InlineData("2026-11-24 17:00:00", 120, "2026-11-25 10:00:00")]
    [InlineData("2026-11-20 17:30:00", 120, "2026-11-24 10:30:00")]
    [InlineData("2026-11-21 03:00:00", 60, "2026-11-24 10:00:00")]
    [InlineData("2026-11-24 09:00:00", 9 * 60, "2026-11-24 18:00:00")]
    [InlineData("2026-11-24 09:00:00", 18 * 60 + 1, "2026-11-26 09:01:00")]
    public void Business_time_passes_in_business_hours_only(string from, int minutes, string then) =>
        Calendar().Add(At(from), TimeSpan.FromMinutes(minutes)).ShouldBe(At(then));

    [Fact]
    public void Company_days_are_off_and_extra_days_win_over_everything()
    {
        var calendar = Calendar(o =>
        {
            o.DaysOff = ["2026-08-13..2026-08-15", "12-29..01-03", "06-01"];
            o.ExtraWorkDays = ["2026-11-23", "2026-08-14"];
        });
        calendar.WhyOff(Date("2026-08-13"))!.En.ShouldBe("company day off");
        calendar.WhyOff(Date("2031-01-02"))!.Ja.ShouldBe("会社の休業日");
        calendar.WhyOff(Date("2026-06-01")).ShouldNotBeNull();
        calendar.IsBusinessDay(Date("2026-08-14")).ShouldBeTrue();
        calendar.IsBusinessDay(Date("2026-11-23")).ShouldBeTrue();
        calendar.WhyOff(Date("2026-11-22"))!.Ja.ShouldBe("休業日 (日曜日)");
        calendar.WhyOff(Date("2026-11-21"))!.ShouldBe(new("休業日 (土曜日)", "Saturday, not a working day"));
        calendar.WhyOff(Date("2027-01-01"))!.Ja.ShouldBe("元日");
    }

    [Fact]
    public void It_warns_sixty_days_before_its_holidays_end()
    {
        Calendar().RunsOut(At("2027-11-01 12:00:00")).ShouldBeFalse();
        Calendar().RunsOut(At("2027-11-02 00:00:00")).ShouldBeTrue();
        Calendar().RunsOut(At("2029-01-01 00:00:00")).ShouldBeTrue();
        Calendar(o => o.PublicHolidays = false).RunsOut(At("2029-01-01 00:00:00")).ShouldBeFalse();
    }

    [Fact]
    public void A_change_of_the_clocks_neither_loses_nor_doubles_a_morning()
    {
        var berlin = new BusinessCalendar(HolidayList.Japan, new() { PublicHolidays = false, Opens = "02:30", WorkDays = "Sunday" }, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        // On 2026-03-29 the clocks go from 02:00 to 03:00.
        berlin.NextOpening(new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero)).ShouldBe(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("Calendar:Opens", "9", "Calendar: Opens and Closes must be times like 09:00 and 18:00")]
    [InlineData("Calendar:Closes", "08:00", "Calendar: Opens and Closes must be times like 09:00 and 18:00")]
    [InlineData("Calendar:WorkDays", "Mon", "Calendar: WorkDays must name days of the week")]
    [InlineData("Calendar:WorkDays", "1,2", "Calendar: WorkDays must name days of the week")]
    [InlineData("Calendar:DaysOff:0", "new year", "Calendar: DaysOff must hold days like 2026-08-13")]
    [InlineData("Calendar:DaysOff:0", "01-01..12-31", "Calendar: DaysOff must hold days like 2026-08-13")]
    [InlineData("Calendar:ExtraWorkDays:0", "2026-13-01", "Calendar: ExtraWorkDays must hold days like 2026-08-13")]
    [InlineData("Calendar:WarnDaysBeforeEnd", "0", "Calendar: The field WarnDaysBeforeEnd must be between 1 and 300.")]
    public void A_wrong_setting_is_refused(string key, string value, string sentence) => TestBot.Complaint((key, value)).ShouldStartWith(sentence);

    private static IEnumerable<Holiday> Listed(int year) => HolidayList.Japan.Days.Where(d => d.Date.Year == year);

    private static DateOnly Monday(int year, int month, int nth) =>
        Enumerable.Range(1, 28).Select(d => new DateOnly(year, month, d)).Where(d => d.DayOfWeek == DayOfWeek.Monday).ElementAt(nth - 1);

    private static DateOnly NextFree(DateOnly date, HashSet<DateOnly> holidays)
    {
        do date = date.AddDays(1);
        while (holidays.Contains(date));
        return date;
    }

    private static BusinessCalendar Calendar(Action<CalendarOptions>? with = null)
    {
        var options = new CalendarOptions();
        with?.Invoke(options);
        return new(HolidayList.Japan, options, Tokyo);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(string local) =>
        new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), TimeSpan.FromHours(9));
}
