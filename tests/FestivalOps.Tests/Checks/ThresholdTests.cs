using CsCheck;
using FestivalOps.Checks;
using FestivalOps.Language;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class ThresholdTests
{
    private static readonly Threshold Cpu = new(80, 90);
    private static readonly Threshold Days = new(30, 7, LowIsBad: true);

    [Theory]
    [InlineData(0, "Ok")]
    [InlineData(80, "Ok")]
    [InlineData(80.01, "Warning")]
    [InlineData(90, "Warning")]
    [InlineData(90.01, "Critical")]
    [InlineData(double.NaN, "Unknown")]
    [InlineData(double.PositiveInfinity, "Critical")]
    public void A_value_on_the_limit_is_still_inside_it(double value, string status) => Cpu.Judge(value).ToString().ShouldBe(status);

    [Theory]
    [InlineData(90, "Ok")]
    [InlineData(30, "Ok")]
    [InlineData(29.9, "Warning")]
    [InlineData(6.9, "Critical")]
    [InlineData(-3, "Critical")]
    public void Fewer_days_are_worse(double days, string status) => Days.Judge(days).ToString().ShouldBe(status);

    [Fact]
    public void More_is_never_judged_milder() =>
        Gen.Double[0, 200].Select(Gen.Double[0, 200]).Sample((a, b) => Cpu.Judge(Math.Min(a, b)) <= Cpu.Judge(Math.Max(a, b)));

    [Fact]
    public void The_limit_that_was_passed_is_said_in_both_languages()
    {
        var limit = Cpu.Passed(CheckStatus.Critical, Unit.Percent).ShouldNotBeNull();
        limit.Ja.ShouldBe("緊急 > 90 %");
        limit.En.ShouldBe("critical > 90 %");
        Cpu.Passed(CheckStatus.Ok, Unit.Percent).ShouldBeNull();
        Days.Both(Unit.Days).Ja.ShouldBe("警告 < 30 日、緊急 < 7 日");
        Days.Both(Unit.Days).En.ShouldBe("warning < 30 days, critical < 7 days");
    }

    [Theory]
    [InlineData(9.54, "9.5 %")]
    [InlineData(84.4, "84 %")]
    [InlineData(0, "0 %")]
    public void Numbers_are_as_long_as_a_person_needs_them(double value, string text) => Unit.Percent.Format(value).En.ShouldBe(text);

    [Theory]
    [InlineData(1023, "1023 B")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(5.0 * 1024 * 1024 * 1024, "5 GiB")]
    public void Bytes_are_shown_in_the_unit_that_keeps_them_short(double bytes, string text) => UnitText.Bytes(bytes).ShouldBe(text);

    [Theory]
    [InlineData(0.4, "400 ms")]
    [InlineData(1.25, "1.3 s")]
    [InlineData(60, "1 min")]
    [InlineData(3900, "1 h 5 min")]
    [InlineData(86400, "1 day")]
    [InlineData(-5, "0 ms")]
    public void Spans_are_said_in_their_largest_units(double seconds, string text) =>
        SpokenTime.Span(TimeSpan.FromSeconds(seconds)).En.ShouldBe(text);

    [Theory]
    [InlineData(2.04, "2.04 / コア")]
    [InlineData(2.4, "2.4 / コア")]
    [InlineData(2, "2 / コア")]
    public void A_value_beyond_its_limit_never_reads_as_the_limit_itself(double load, string says) =>
        Measurement.Judged(load, Unit.PerCore, new(2, 10)).Says.Ja.ShouldBe(says);
}
