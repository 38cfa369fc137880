using FestivalOps.Alerting.Card;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

public sealed class SparklineTests
{
    [Fact]
    public void A_rise_is_drawn_as_one() => Sparkline.Draw([0, 25, 50, 75, 100]).ShouldBe("▁▂▃▅▇");

    [Fact]
    public void A_gap_is_a_dot_and_never_the_lowest_bar() => Sparkline.Draw([5, null, double.NaN, 10]).ShouldBe("▁··▇");

    [Fact]
    public void A_steady_value_is_a_steady_line() => Sparkline.Draw([70, 70, 70]).ShouldBe("▂▂▂");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_value_is_no_picture(int values) => Sparkline.Draw([.. Enumerable.Repeat<double?>(1, values), null]).ShouldBe("");

    [Fact]
    public void The_ends_are_the_first_and_last_that_were_measured() => Sparkline.Ends([null, 1.256, 7, 1234.6, null]).ShouldBe(("1.26", "1235"));
}
