using FestivalOps.Language;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.House;

public sealed class SpokenTimeTests
{
    [Theory]
    [InlineData(0.75, "45 分", "45 min")]
    [InlineData(2, "2 時間", "2 h")]
    [InlineData(24, "1 日", "1 day")]
    [InlineData(34, "1 日 10 時間", "1 day 10 h")]
    [InlineData(50.5, "2 日 2 時間", "2 days 2 h")]
    public void A_span_is_told_in_its_two_largest_units(double hours, string ja, string en) =>
        SpokenTime.Span(TimeSpan.FromHours(hours)).ShouldBe(new LocalizedText(ja, en));
}
