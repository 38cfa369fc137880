namespace FestivalOps.ScenarioTests;

/// <summary>What people ask of the ladder. How it climbs is told by the scenarios of incidents.</summary>
public sealed class EscalationScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Anyone_sees_who_is_on_call(Transport transport, Store store)
    {
        var stage = await world.StageAsync(transport, store);

        await stage.Sato.Types("/fops oncall");
        var answer = await stage.Sato.Sees("オンコール担当", $"運用担当者: <@{Seed.Emily}>, <@{Seed.Sato}>", "祝日データは 2027-12-31 まであります");

        answer.IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task The_technical_lead_takes_over_a_duty_and_gives_it_back()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));

        var today = TimeProvider.System.GetUtcNow().AddHours(9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await stage.Suzuki.Types($"/fops oncall override @tanaka operations {today}T00:00 {today}");
        await stage.Suzuki.Sees("が運用担当者を担当します (番号 1)。");
        await stage.Suzuki.Types("/fops oncall cancel 1");
        await stage.Suzuki.Sees("番号 1 を取り消しました。");
    }

    [Fact]
    public async Task Who_may_not_drill_is_told_who_may()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops drill level3");

        await stage.Sato.Sees("実行できるのは技術リード・システム管理者だけです");
    }

    [Fact]
    public async Task Why_of_what_does_not_exist_is_answered()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops why 999999");

        await stage.Sato.Sees("インシデント #999999 はありません");
    }
}
