namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>Tasks by <c>/fops run</c> on a bot whose platform is the real host.</summary>
public sealed class TasksOnRealHost(StandingHost real, World world) : OnRealHost(real)
{
    [Fact]
    public async Task The_morning_check_measures_the_hosts_own_servers()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Settings = Real.BotSettings() });
        await stage.Sato.Types("/fops run morning-check", @in: Seed.Ops);
        var post = await stage.Emily.Sees("*morning-check*", "○ PostgreSQL: ", "朝のシステムチェック", "手動実行", "所要");
        post.Text.ShouldContain("Redis");
    }
}
