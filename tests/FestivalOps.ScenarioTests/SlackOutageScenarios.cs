using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.ScenarioTests;

/// <summary>Slack is away for minutes. Played with a held clock that runs on quickly.</summary>
public sealed class SlackOutageScenarios(World world)
{
    [Theory]
    [InlineData(2, false)]
    [InlineData(20, false)]
    [InlineData(20, true)]
    public async Task The_answer_comes_when_Slack_is_back(int minutes, bool cutsConnections)
    {
        var clock = Clock();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Clock = clock });
        await stage.Slack.FaultAsync(new { down_seconds = minutes * 60, down_aborts = cutsConnections });

        await stage.Sato.Types("/fops version");
        await stage.WaitsAsync(
            async () => (await stage.Slack.CallsAsync("response_url")).Count > 0 ? "tried" : null, "the bot tries to answer", () => "");
        stage.Sato.Messages.ShouldBeEmpty();
        await stage.PassesAsync(TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(5));
        await stage.Sato.Sees("*FestivalOps");

        clock.GetUtcNow().ShouldBeGreaterThan(stage.StartedAt + TimeSpan.FromMinutes(minutes));
        stage.Sato.Messages.Count.ShouldBe(1);
        await stage.AuditRowsOfAsync("version", 2);
    }

    [Fact]
    public async Task Ready_says_that_Slack_is_away_though_nothing_is_to_be_sent()
    {
        var clock = Clock();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Clock = clock });
        async Task<string?> ReadyIs(HttpStatusCode status)
        {
            using var answer = await stage.Http.GetAsync("/ready");
            return answer.StatusCode == status ? await answer.Content.ReadAsStringAsync() : null;
        }
        (await ReadyIs(HttpStatusCode.OK)).ShouldNotBeNull();

        await stage.Slack.FaultAsync(new { down_seconds = 180 });
        await stage.PassesAsync(TimeSpan.FromSeconds(70), TimeSpan.FromSeconds(5));
        var why = await stage.WaitsAsync(() => ReadyIs(HttpStatusCode.ServiceUnavailable), "/ready says so", () => "");
        why.ShouldContain("Slack can't be reached");

        await stage.PassesAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(5));
        await stage.WaitsAsync(() => ReadyIs(HttpStatusCode.OK), "and that it is back", () => "");
    }

    [Fact]
    public async Task A_card_that_was_running_when_Slack_went_is_finished_when_it_is_back()
    {
        world.NeedsPlatform();
        var clock = Clock();
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite) { Clock = clock });
        await world.Platform.Redis!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health redis");
            var running = await stage.Sato.Sees("2 項目を確認しています…");
            await stage.Slack.FaultAsync(new { down_seconds = 300 });
            await stage.PassesAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(5));

            var card = await stage.Sato.Sees("詳細を見る");

            card.Ts.ShouldBe(running.Ts);
            stage.Sato.Messages.Count.ShouldBe(1);
            await stage.WaitsAsync(async () => await stage.Slack.SocketCountAsync() > 0 ? "connected" : null, "the bot is connected again", () => "");
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Redis);
        }
        await stage.Emily.Types("/fops version");
        await stage.Emily.Sees("*FestivalOps");
    }

    [Fact]
    public async Task An_answer_that_arrives_while_Slack_never_confirms_it_is_recorded_as_answered_in_the_end()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Clock = Clock() });
        await stage.Slack.FaultAsync(new { after_effect_calls = 1, after_effect_status = 0, after_effect_method = "response_url" });

        await stage.Sato.Types("/fops version");
        await stage.Sato.Sees("*FestivalOps");

        (await stage.AuditRowsOfAsync("version", 2)).Count.ShouldBe(2);
        // It can't know that the first one arrived; an answer twice is better than none.
        stage.Sato.Messages.Count.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task An_outage_longer_than_the_answer_may_wait_is_recorded_and_hurts_nobody_after_it()
    {
        var clock = Clock();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Clock = clock });
        await stage.Slack.FaultAsync(new { down_seconds = 3600 });
        await stage.Sato.Types("/fops version");
        await stage.PassesAsync(TimeSpan.FromMinutes(32), TimeSpan.FromSeconds(15));
        await stage.WaitsAsync(
            () => stage.Log.Lines.FirstOrDefault(l => l.Contains("could not be delivered or recorded", StringComparison.Ordinal)),
            "the log says that the answer was not delivered", () => string.Join('\n', stage.Log.Lines.TakeLast(5)));

        await stage.Slack.HealAsync();
        await stage.Emily.Types("/fops version");

        await stage.Emily.Sees("FestivalOps");
        await stage.AuditShouldBeWholeAsync();
    }

    // Not before the sample platform's own data and the machine's clock.
    private static FakeTimeProvider Clock() => new(TimeProvider.System.GetUtcNow());
}
