namespace FestivalOps.ScenarioTests;

/// <summary>The monthly check of the monitoring: a test post really arrives.</summary>
public sealed class MonitoringScenarios(World world)
{
    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task A_test_post_is_made_and_read_back(Transport transport)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Channels:Reports"] = Seed.Ops };
        await using var stage = await world.NewStageAsync(new(transport, Store.Sqlite) { Settings = settings });

        await stage.Sato.Types("/fops run monitoring-check", @in: Seed.Ops);
        await stage.Emily.Sees("通知テストです。対応は不要です(実行 ");
        var post = await stage.Emily.Sees("*monitoring-check*", $"○ テスト投稿: チャンネル {Seed.Ops} に届き、読み返せました", "テストメール: 利用できません", "所要");
        post.Channel.ShouldBe(Seed.Ops);
    }
}
