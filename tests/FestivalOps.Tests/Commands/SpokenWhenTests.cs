using System.Collections.Immutable;
using System.Globalization;
using FestivalOps.Commands.Grammar;
using FestivalOps.Language;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

/// <summary>Times as people type them, on Monday 23 November 2026 at 13:05 in Tokyo.</summary>
public sealed class SpokenWhenTests
{
    private static readonly IOptions<LanguageOptions> Tokyo = Options.Create(new LanguageOptions());
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 13, 5, 0, TimeSpan.FromHours(9));

    [Theory]
    [InlineData("14:00", "11-23 14:00")]
    [InlineData("13:05", "11-24 13:05")]
    [InlineData("9:00", "11-24 09:00")]
    [InlineData("１４：００", "11-23 14:00")]
    [InlineData("14時", "11-23 14:00")]
    [InlineData("14時半", "11-23 14:30")]
    [InlineData("14時5分", "11-23 14:05")]
    [InlineData("午後3時", "11-23 15:00")]
    [InlineData("3pm", "11-23 15:00")]
    [InlineData("12am", "11-24 00:00")]
    [InlineData("24:00", "11-24 00:00")]
    [InlineData("25:30", "11-24 01:30")]
    [InlineData("until 14:00", "11-23 14:00")]
    [InlineData("14:00まで", "11-23 14:00")]
    [InlineData("30m", "11-23 13:35")]
    [InlineData("30 min", "11-23 13:35")]
    [InlineData("３０分", "11-23 13:35")]
    [InlineData("30分後", "11-23 13:35")]
    [InlineData("2h", "11-23 15:05")]
    [InlineData("for 2h", "11-23 15:05")]
    [InlineData("+2h", "11-23 15:05")]
    [InlineData("1h30m", "11-23 14:35")]
    [InlineData("1.5h", "11-23 14:35")]
    [InlineData("2時間30分", "11-23 15:35")]
    [InlineData("3日", "11-26 13:05")]
    [InlineData("2 DAYS", "11-25 13:05")]
    [InlineData("tomorrow 9:00", "11-24 09:00")]
    [InlineData("明日 9:00", "11-24 09:00")]
    [InlineData("明日9時まで", "11-24 09:00")]
    [InlineData("明日", "11-24 09:00")]
    [InlineData("明日の朝", "11-24 09:00")]
    [InlineData("明後日 18:00", "11-25 18:00")]
    [InlineData("today 18:00", "11-23 18:00")]
    [InlineData("金曜 9:00", "11-27 09:00")]
    [InlineData("月曜日", "11-30 09:00")]
    [InlineData("sunday 10:00", "11-29 10:00")]
    [InlineData("11/24 8:30", "11-24 08:30")]
    [InlineData("11月24日 8時半", "11-24 08:30")]
    [InlineData("2026-11-30 18:00", "11-30 18:00")]
    [InlineData("1/5 9:00", "01-05 09:00")]
    [InlineData("morning", "11-24 09:00")]
    [InlineData("翌営業日", "11-24 09:00")]
    [InlineData("1時間半", "11-23 14:35")]
    [InlineData("朝9時", "11-24 09:00")]
    [InlineData("明日の朝8時半", "11-24 08:30")]
    [InlineData("夕方5時", "11-23 17:00")]
    [InlineData("正午", "11-24 12:00")]
    [InlineData("明日 正午", "11-24 12:00")]
    [InlineData("noon", "11-24 12:00")]
    [InlineData("明朝", "11-24 09:00")]
    [InlineData("来週月曜", "11-30 09:00")]
    [InlineData("来週の金曜 14時", "12-04 14:00")]
    [InlineData("来週日曜", "12-06 09:00")]
    [InlineData("2026-12-01T10:00", "12-01 10:00")]
    public void A_time_is_read(string typed, string expected)
    {
        var read = Read(typed);
        read.Problem.ShouldBeNull();
        read.At.ToOffset(TimeSpan.FromHours(9)).ToString("MM-dd HH:mm", CultureInfo.InvariantCulture).ShouldBe(expected);
        read.At.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("今日 9:00")]
    [InlineData("11/20 9:00")]
    [InlineData("2020-01-01 0:00")]
    [InlineData("0m")]
    public void What_is_over_is_refused_with_a_sentence(string typed)
    {
        var read = Read(typed);
        read.Problem.ShouldNotBeNull().Ja.ShouldContain("もう過ぎています");
        read.Problem!.En.ShouldContain("in the past");
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("14:99")]
    [InlineData("31:00")]
    [InlineData("13pm")]
    [InlineData("2/30 9:00")]
    [InlineData("h")]
    [InlineData("12")]
    [InlineData("9:00 and then some")]
    [InlineData("99999999h")]
    [InlineData("-2h")]
    public void What_is_no_time_is_answered_with_examples(string typed) => Read(typed).Problem.ShouldNotBeNull().En.ShouldContain("tomorrow 9:00");

    [Theory]
    [InlineData("明日", true)]
    [InlineData("Tomorrow", true)]
    [InlineData("11/24", true)]
    [InlineData("金曜", true)]
    [InlineData("3:00", false)]
    [InlineData("2h", false)]
    [InlineData("x", false)]
    public void A_day_is_told_from_a_time_of_day(string word, bool isDay) => SpokenWhen.NamesDay([word], 0).ShouldBe(isDay);

    [Fact]
    public void The_word_that_is_wrong_is_named() => Read("until yesterday").Problem.ShouldNotBeNull().En.ShouldStartWith("`yesterday`");

    [Fact]
    public void Nothing_typed_asks_until_when() => Read("").Problem.ShouldBe(WhenTexts.Missing);

    [Fact]
    public void More_than_a_year_is_too_far() => Read("400d").Problem.ShouldNotBeNull().En.ShouldContain("within a year");

    [Fact]
    public void Markup_in_what_was_typed_is_shown_between_back_ticks_only() =>
        Read("`<!channel>`").Problem.ShouldNotBeNull().Ja.ShouldContain("「`ˋ<!channel>ˋ`」");

    [Theory]
    [InlineData("2h restarting the workers", 1)]
    [InlineData("tomorrow 9:00 moving the database", 2)]
    [InlineData("明日 9:00 DB 移行", 2)]
    [InlineData("until tomorrow 9:00 x", 3)]
    public void What_follows_a_time_is_left_to_others(string typed, int words)
    {
        var read = new SpokenWhen(Tokyo, new WeekdayMorning(Tokyo)).Read([.. typed.Split(' ')], 0, Now);
        read.Problem.ShouldBeNull();
        read.Words.ShouldBe(words);
    }

    [Theory]
    [InlineData("2026-11-23T04:05:00Z", "2026-11-24T00:00:00Z")] // Monday
    [InlineData("2026-11-26T23:59:59Z", "2026-11-27T00:00:00Z")] // Friday, 08:59:59
    [InlineData("2026-11-27T00:00:00Z", "2026-11-30T00:00:00Z")] // Friday, 09:00: after the weekend
    public void A_business_morning_is_never_on_a_weekend(string now, string morning) =>
        new WeekdayMorning(Tokyo).After(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture))
            .ShouldBe(DateTimeOffset.Parse(morning, CultureInfo.InvariantCulture));

    [Fact]
    public void An_hour_that_the_clock_skips_is_moved_behind_the_gap()
    {
        var berlin = Options.Create(new LanguageOptions { TimeZone = "Europe/Berlin" });
        var before = new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.FromHours(1));
        new SpokenWhen(berlin, new WeekdayMorning(berlin)).Read("tomorrow 2:30", before).At.ShouldBe(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero));
    }

    private static ReadWhen Read(string typed) => new SpokenWhen(Tokyo, new WeekdayMorning(Tokyo)).Read(typed, Now);
}
