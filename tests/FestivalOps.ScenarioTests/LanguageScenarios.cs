namespace FestivalOps.ScenarioTests;

/// <summary>Who reads which language where.</summary>
public sealed class LanguageScenarios(World world)
{
    [Fact]
    public async Task A_channel_reads_Japanese_whoever_asks()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);

        await stage.Emily.Types("/fops health redis", @in: Seed.Ops);

        (await stage.Emily.Sees("すべて正常 (2 項目)", "詳細を見る")).IsForOneOnly.ShouldBeFalse();
    }

    [Fact]
    public async Task What_only_one_person_sees_is_in_their_language()
    {
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);

        await stage.Emily.Types("/fops helth", @in: Seed.Ops);
        await stage.Sato.Types("/fops helth", @in: Seed.Ops);

        await stage.Emily.Sees("There is no command", "Did you mean `/fops health`?");
        await stage.Sato.Sees("というコマンドはありません");
    }

    [Fact]
    public async Task A_direct_message_is_in_the_language_of_its_reader()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);

        await stage.Emily.Types("/fops health redis", @in: stage.Emily.Direct);
        await stage.Sato.Types("/fops health redis", @in: stage.Sato.Direct);

        await stage.Emily.Sees("All well (2 checks)", "Details", "Check again");
        await stage.Sato.Sees("すべて正常 (2 項目)");
    }

    [Fact]
    public async Task When_Slack_does_not_tell_the_language_the_teams_is_spoken()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite));
        await stage.Slack.FaultAsync(new { error_calls = 100, error_status = 500, error_method = "users.info" });

        await stage.Emily.Types("/fops helth");

        await stage.Emily.Sees("というコマンドはありません");
    }
}
