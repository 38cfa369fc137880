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

    [Theory]
    [InlineData(70, "▃▃▃")]
    [InlineData(0, "▂▂▂")]
    public void A_steady_value_is_a_steady_line(double value, string line) => Sparkline.Draw([value, value, value]).ShouldBe(line);

    [Fact]
    public void A_ripple_is_no_storm() => Sparkline.Draw([92, 93, 92, 93.5, 92.5]).Distinct().Count().ShouldBeLessThanOrEqualTo(2);

    [Fact]
    public void What_is_near_nothing_is_drawn_near_the_ground() => Sparkline.Draw([0, 0.1, 5]).ShouldBe("▁▁▇");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void One_value_is_no_picture(int values) => Sparkline.Draw([.. Enumerable.Repeat<double?>(1, values), null]).ShouldBe("");

    [Fact]
    public void The_ends_are_the_first_and_last_that_were_measured() => Sparkline.Ends([null, 1.256, 7, 1234.6, null]).ShouldBe(("1.26", "1235"));
}
