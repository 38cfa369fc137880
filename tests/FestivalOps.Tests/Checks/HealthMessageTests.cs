using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Slack.Blocks;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class HealthMessageTests
{
    private static readonly CheckResult Well = Result("redis", Measurement.Ok(new("応答あり", "answers")));
    private static readonly CheckResult Bad = Result("up", Measurement.Critical(new("応答なし", "no answer")));
    private static readonly CheckResult NotYet = Result("availability", Measurement.NotJudged(new("まだ判定しません", "not judged yet"), Unit.FinePercent, new(99.5, 99, true)));

    [Fact]
    public void What_is_not_judged_yet_is_not_counted_as_good()
    {
        Card(SpokenLanguage.Ja, Well, NotYet).ShouldBe((":white_check_mark: すべて正常 (1 項目、判定なし 1)", ":white_check_mark: *redis*  応答あり\n:heavy_minus_sign: *availability*  まだ判定しません"));
        Card(SpokenLanguage.En, Well, NotYet).Header.ShouldBe(":white_check_mark: All well (1 check, 1 not judged)");
        Card(SpokenLanguage.Ja, Bad, Well, NotYet).Header.ShouldBe(":rotating_light: 緊急 1・正常 1・判定なし 1");
        Card(SpokenLanguage.En, NotYet).Header.ShouldBe(":white_check_mark: 1 not judged");
    }

    [Fact]
    public void What_is_not_judged_yet_is_told_from_what_is_judged_and_from_what_has_no_limits()
    {
        NotYet.Measurement.IsNotJudged.ShouldBeTrue();
        Well.Measurement.IsNotJudged.ShouldBeFalse();
        Bad.Measurement.IsNotJudged.ShouldBeFalse();
        Measurement.Judged(0, Unit.Percent, new(1, 5, false)).IsNotJudged.ShouldBeFalse();
    }

    private static (string Header, string Calm) Card(SpokenLanguage language, params CheckResult[] results)
    {
        var run = new HealthRun("1", CheckBook.All, DateTimeOffset.UnixEpoch, TimeSpan.Zero, results, [], Kept: true, KeepErrorId: null);
        var card = HealthMessage.Card(run, DateTimeOffset.UnixEpoch, language, TimeZoneInfo.Utc);
        return (((HeaderBlock)card.Blocks[0]).Text!.Text, card.Blocks.OfType<SectionBlock>().Last().Text!.Text);
    }

    private static CheckResult Result(string check, Measurement measurement) =>
        new(check, LocalizedText.Same(check), measurement, TimeSpan.Zero, DateTimeOffset.UnixEpoch);
}
