using System.Diagnostics;

namespace FestivalOps.ScenarioTests;

/// <summary>Something that is watched hangs.</summary>
public sealed class HangingTargetScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task The_card_says_running_within_a_second_and_the_result_within_five(Transport transport, Store store)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(transport, store);
        await world.Platform.Postgres!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            var begin = Stopwatch.GetTimestamp();
            await stage.Sato.Types("/fops health");
            var running = await stage.Sato.Sees("13 項目を確認しています…");
            var shown = Stopwatch.GetElapsedTime(begin);
            var card = await stage.Sato.Sees("正常", "詳細を見る");
            var done = Stopwatch.GetElapsedTime(begin);

            shown.ShouldBeLessThan(TimeSpan.FromSeconds(1));
            done.ShouldBeLessThan(TimeSpan.FromSeconds(5));
            card.Ts.ShouldBe(running.Ts, "the result replaces the running card");
            stage.Sato.Messages.Count.ShouldBe(1);
            card.Lines.ShouldContain(l => l.StartsWith(":rotating_light: *PostgreSQL*  4 秒以内に応答がありません", StringComparison.Ordinal));
            card.Lines.ShouldContain(l => l.StartsWith(":question: *DB 接続数*", StringComparison.Ordinal));
            card.Lines.ShouldContain(l => l.StartsWith(":white_check_mark: *Redis*", StringComparison.Ordinal), "what hangs delays nobody");
            card.Lines.ShouldContain(l => l.StartsWith(":white_check_mark: *Web アプリ*", StringComparison.Ordinal));
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Postgres);
        }
    }

    [Fact]
    public async Task Others_are_answered_meanwhile()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await world.Platform.Postgres!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health");
            await stage.Emily.Types("/fops health redis", @in: Seed.Security);
            await stage.Emily.Sees(TimeSpan.FromSeconds(3), "すべて正常 (2 項目)");

            stage.Sato.Messages.ShouldNotContain(m => m.Text.Contains("詳細を見る", StringComparison.Ordinal));
            await stage.Sato.Sees("詳細を見る");
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Postgres);
        }
    }

    [Fact]
    public async Task Where_the_bot_is_no_member_the_answer_still_comes()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);
        stage.Expects("chat.postMessage: not_in_channel");
        await world.Platform.Postgres!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health database", @in: Seed.Random);

            var progress = await stage.Sato.Sees("2 項目を確認しています…");
            var card = await stage.Sato.Sees("緊急 1・不明 1", "詳細を見る");

            progress.IsForOneOnly.ShouldBeTrue();
            card.IsForOneOnly.ShouldBeFalse();
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Postgres);
        }
    }

    [Fact]
    public async Task A_web_application_that_hangs_is_critical_and_the_database_is_still_fine()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);
        await stage.Sato.Types("/fops health web");
        await stage.Sato.Sees("すべて正常 (3 項目)");
        world.Platform.App.Hanging = true;
        try
        {
            await stage.Sato.Types("/fops health");
            var card = await stage.Sato.Sees("緊急 3", "詳細を見る");

            card.Lines.ShouldContain(l => l.StartsWith(":white_check_mark: *PostgreSQL*", StringComparison.Ordinal));
            await stage.Sato.Presses("詳細を見る");
            var details = await stage.Sato.Sees("の詳細*");
            details.Text.ShouldContain("最後に正常だった値: /up は 200");
        }
        finally
        {
            world.Platform.App.Hanging = false;
        }
    }
}
