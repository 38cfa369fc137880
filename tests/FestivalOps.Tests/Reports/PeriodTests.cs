using FestivalOps.Reports.Periods;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>Periods as people type them, on Friday, November 27, 2026.</summary>
public sealed class PeriodTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Theory]
    [InlineData("monthly", "", "monthly:2026-10")]
    [InlineData("monthly", "2026-10", "monthly:2026-10")]
    [InlineData("monthly", "2026/10", "monthly:2026-10")]
    [InlineData("monthly", "２０２６年１０月", "monthly:2026-10")]
    [InlineData("monthly", "10月", "monthly:2026-10")]
    [InlineData("monthly", "12月", "monthly:2025-12")]
    [InlineData("monthly", "11月", "monthly:2026-11")]
    [InlineData("monthly", "October", "monthly:2026-10")]
    [InlineData("monthly", "oct 2025", "monthly:2025-10")]
    [InlineData("monthly", "dec", "monthly:2025-12")]
    [InlineData("monthly", "先月", "monthly:2026-10")]
    [InlineData("monthly", "last month", "monthly:2026-10")]
    [InlineData("monthly", "先々月", "monthly:2026-09")]
    [InlineData("monthly", "今月", "monthly:2026-11")]
    [InlineData("monthly", "2026-10-31", "monthly:2026-10")]
    [InlineData("weekly", "", "weekly:2026-W47")]
    [InlineData("weekly", "2026-W43", "weekly:2026-W43")]
    [InlineData("weekly", "w43", "weekly:2026-W43")]
    [InlineData("weekly", "第43週", "weekly:2026-W43")]
    [InlineData("weekly", "W50", "weekly:2025-W50")]
    [InlineData("weekly", "W53", "weekly:2020-W53")]
    [InlineData("weekly", "先週", "weekly:2026-W47")]
    [InlineData("weekly", "last week", "weekly:2026-W47")]
    [InlineData("weekly", "2026-10-21", "weekly:2026-W43")]
    [InlineData("daily", "", "daily:2026-11-26")]
    [InlineData("daily", "yesterday", "daily:2026-11-26")]
    [InlineData("daily", "昨日", "daily:2026-11-26")]
    [InlineData("daily", "今日", "daily:2026-11-27")]
    [InlineData("daily", "2026-2-28", "daily:2026-02-28")]
    [InlineData("daily", "2/29", "daily:2024-02-29")]
    [InlineData("daily", "12/31", "daily:2025-12-31")]
    [InlineData("daily", "11月3日", "daily:2026-11-03")]
    public void A_period_is_read(string kind, string typed, string key)
    {
        var read = PeriodReading.Read(ReportKinds.Read(kind)!.Value, typed, Today);
        read.Problem?.En.ShouldBeNull();
        read.Period!.Key.ShouldBe(key);
    }

    [Theory]
    [InlineData("monthly", "13月", "There is no month 13.")]
    [InlineData("monthly", "2026-00", "There is no month 0.")]
    [InlineData("monthly", "2026-12", "December 2026 has not begun yet.")]
    [InlineData("monthly", "2026-W43", "`2026-W43` is not a month.")]
    [InlineData("monthly", "2206-10", "`2206-10` is not a period that I can read.")]
    [InlineData("monthly", "mon", "`mon` is not a period that I can read.")]
    [InlineData("monthly", "１１月３１日", "There is no day 31 in November 2026: it has 30 days.")]
    [InlineData("weekly", "2026-W54", "There is no week 54 in 2026: it has 53 weeks.")]
    [InlineData("weekly", "2025-W53", "There is no week 53 in 2025: it has 52 weeks.")]
    [InlineData("weekly", "2026-W49", "Week 49 of 2026 (Nov 30 – Dec 6) has not begun yet.")]
    [InlineData("weekly", "2026-10", "`2026-10` is not a week.")]
    [InlineData("daily", "2026-2-30", "There is no day 30 in February 2026: it has 28 days.")]
    [InlineData("daily", "2026-11-28", "Saturday, November 28, 2026 has not begun yet.")]
    [InlineData("daily", "明日", "Saturday, November 28, 2026 has not begun yet.")]
    [InlineData("daily", "tomorrow", "Saturday, November 28, 2026 has not begun yet.")]
    [InlineData("weekly", "来週", "Week 49 of 2026 (Nov 30 – Dec 6) has not begun yet.")]
    [InlineData("monthly", "来月", "December 2026 has not begun yet.")]
    [InlineData("monthly", "next month", "December 2026 has not begun yet.")]
    [InlineData("daily", "2026-10", "`2026-10` is not a day.")]
    [InlineData("daily", "<!channel> `x`", "`<!channel> ˋxˋ` is not a period that I can read.")]
    [InlineData("daily", "٢٠٢٦-١١-١١", "`٢٠٢٦-١١-١١` is not a period that I can read.")]
    public void What_can_not_be_used_is_refused_with_a_sentence(string kind, string typed, string says)
    {
        var read = PeriodReading.Read(ReportKinds.Read(kind)!.Value, typed, Today);
        read.Period.ShouldBeNull();
        read.Problem!.En.ShouldStartWith(says);
    }

    [Fact]
    public void A_very_long_text_is_refused_at_once() => PeriodReading.Read(ReportKind.Daily, new string('1', 4_000), Today).Problem.ShouldNotBeNull();

    [Theory]
    [InlineData("monthly:2026-03", "monthly:2026-02", "monthly:2025-03")]
    [InlineData("weekly:2026-W01", "weekly:2025-W52", "weekly:2025-W01")]
    [InlineData("weekly:2026-W53", "weekly:2026-W52", null)]
    [InlineData("daily:2024-02-29", "daily:2024-02-28", "daily:2023-02-28")]
    [InlineData("daily:2026-03-01", "daily:2026-02-28", "daily:2025-03-01")]
    public void Each_has_the_one_before_and_the_same_of_last_year(string key, string before, string? year)
    {
        var parts = key.Split(':');
        var period = PeriodReading.Read(ReportKinds.Read(parts[0])!.Value, parts[1], new(2027, 6, 1)).Period!;
        period.Key.ShouldBe(key);
        period.Before.Key.ShouldBe(before);
        period.YearBefore?.Key.ShouldBe(year);
        (period.YearBefore is null).ShouldBe(year is null);
    }

    [Fact]
    public void Days_are_those_of_the_team_s_zone_also_when_its_clocks_change()
    {
        var october = Period.Of(ReportKind.Monthly, new(2026, 10, 5)).In(Tokyo);
        october.Begin.ShouldBe(new(2026, 9, 30, 15, 0, 0, TimeSpan.Zero));
        october.End.ShouldBe(new(2026, 10, 31, 15, 0, 0, TimeSpan.Zero));
        october.Day(new(2026, 10, 31, 14, 59, 59, TimeSpan.Zero)).ShouldBe(new(2026, 10, 31));
        october.Day(new(2026, 9, 30, 15, 0, 0, TimeSpan.Zero)).ShouldBe(new(2026, 10, 1));

        // 25 hours on the day on which the clocks go back, 23 on the other.
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var back = Period.Of(ReportKind.Daily, new(2026, 10, 25)).In(berlin);
        (back.End - back.Begin).ShouldBe(TimeSpan.FromHours(25));
        var forth = Period.Of(ReportKind.Daily, new(2026, 3, 29)).In(berlin);
        (forth.End - forth.Begin).ShouldBe(TimeSpan.FromHours(23));
    }

    [Fact]
    public void A_period_is_closed_an_hour_after_its_end()
    {
        var day = Period.Of(ReportKind.Daily, new(2026, 11, 26)).In(Tokyo);
        day.IsClosed(day.End + TimeSpan.FromMinutes(59)).ShouldBeFalse();
        day.IsClosed(day.End + TimeSpan.FromMinutes(60)).ShouldBeTrue();
    }
}
