using FestivalOps.Commands.Audit;

namespace FestivalOps.ScenarioTests;

/// <summary>Slack refuses, is slow, sends twice, or cuts the line: the answer comes, and it comes once.</summary>
public sealed class SlackFaultScenarios(World world)
{
    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task Too_many_requests_are_waited_for(Transport transport)
    {
        var stage = await world.StageAsync(transport, Store.Sqlite);
        await stage.Slack.FaultAsync(new { rate_limit_calls = 2, retry_after = 1 });

        await stage.Sato.Types("/fops health cpu");

        await OneCard(stage, "health cpu");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_error_of_Slack_is_outlasted(int status)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Slack.FaultAsync(new { error_calls = 2, error_status = status, error_method = "response_url" });

        await stage.Sato.Types("/fops health cpu");

        await OneCard(stage, "health cpu");
    }

    [Theory]
    [InlineData("chat.postMessage")]
    [InlineData("chat.update")]
    public async Task A_limited_card_is_replaced_by_the_result_all_the_same(string method)
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Slack.FaultAsync(new { rate_limit_calls = 1, retry_after = 1, rate_limit_method = method });
        await world.Platform.Redis!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health redis");

            await OneCard(stage, "health redis");
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Redis);
        }
    }

    [Fact]
    public async Task A_card_that_was_posted_but_not_confirmed_leaves_no_running_card_behind_for_ever()
    {
        world.NeedsPlatform();
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Slack.FaultAsync(new { after_effect_calls = 1, after_effect_status = 500, after_effect_method = "chat.postMessage" });
        await world.Platform.Redis!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health redis");
            await stage.Sato.Sees("詳細を見る");

            stage.Sato.Messages.Count(m => m.Text.Contains("詳細を見る", StringComparison.Ordinal)).ShouldBe(1);
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Redis);
        }
    }

    [Fact]
    public async Task An_answer_that_took_effect_but_was_not_confirmed_is_still_recorded_as_answered()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Slack.FaultAsync(new { after_effect_calls = 1, after_effect_status = 500, after_effect_method = "response_url" });

        await stage.Sato.Types("/fops version");
        await stage.Sato.Sees("*FestivalOps");

        (await NewRows(stage, "version")).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task A_command_that_is_delivered_twice_is_done_once(Transport transport)
    {
        var stage = await world.StageAsync(transport, Store.Sqlite);
        await stage.Slack.FaultAsync(new { duplicate_deliveries = 1 });

        await stage.Sato.Types("/fops health memory");

        await OneCard(stage, "health memory");
        (await stage.Slack.DeliveriesAsync()).Count(d => d.GetProperty("what").GetString()!.Contains("health memory", StringComparison.Ordinal))
            .ShouldBe(2, "the workspace did deliver it twice");
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task A_press_that_is_delivered_twice_is_done_once(Transport transport)
    {
        var stage = await world.StageAsync(transport, Store.Sqlite);
        await stage.Sato.Types("/fops health load");
        await stage.Sato.Sees("詳細を見る");
        await stage.Slack.FaultAsync(new { duplicate_deliveries = 1 });

        await stage.Sato.Presses("詳細を見る");
        await stage.Sato.Sees("の詳細*");
        await stage.Sato.Types("/fops version");
        await stage.Sato.Sees("*FestivalOps");

        stage.Sato.Messages.Count.ShouldBe(1);
        (await stage.Slack.CallsAsync("response_url")).Count.ShouldBe(3, "card, details, version");
    }

    [Fact]
    public async Task A_late_delivery_is_answered()
    {
        var stage = await world.StageAsync(Transport.Socket, Store.Sqlite);
        await stage.Slack.FaultAsync(new { late_deliveries = 1, late_seconds = 1.5 });

        await stage.Sato.Types("/fops version");

        await stage.Sato.Sees("*FestivalOps");
    }

    [Fact]
    public async Task Commands_before_and_after_a_cut_are_answered_once_each()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        // A busy machine may still be cutting when the second command comes; whether it was acknowledged or not, it is answered once.
        stage.Expects("dispatch_failed");
        await stage.Sato.Types("/fops health cpu");
        await stage.Slack.SocketsAsync("drop");
        await Soon.TrueAsync(async () => await stage.Slack.SocketCountAsync() > 0, "the bot is connected again");
        await stage.Emily.Types("/fops health memory", @in: Seed.Security);

        await stage.Sato.Sees("CPU", "詳細を見る");
        await stage.Emily.Sees("メモリ", "詳細を見る");

        stage.Sato.Messages.Count.ShouldBe(1);
        stage.Emily.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_envelope_that_was_cut_before_its_acknowledgement_is_still_done()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        stage.Expects("dispatch_failed");
        await stage.Slack.FaultAsync(new { drop_socket_after_send = 1 });

        var outcome = await stage.Sato.TriesToType("/fops version");
        await Soon.TrueAsync(async () => await stage.Slack.SocketCountAsync() > 0, "the bot is connected again");
        await stage.Sato.Types("/fops version");
        await stage.Sato.Sees("*FestivalOps");

        (outcome.Ok || outcome.Error == "dispatch_failed").ShouldBeTrue(outcome.Error);
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task When_Slack_announces_the_end_of_a_connection_nothing_is_missed()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        await stage.Slack.SocketsAsync("warning");

        // No waiting: the promise is that there is always a connection that takes it.
        for (var i = 0; i < 5; i++)
        {
            await stage.Sato.Types("/fops version");
            await stage.Sato.Sees("*FestivalOps");
        }
    }

    [Fact]
    public async Task When_Slack_closes_every_connection_at_once_the_bot_is_back_in_no_time()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        stage.Expects("dispatch_failed");
        await stage.Slack.SocketsAsync("refresh_requested");

        await Soon.TrueAsync(async () => (await stage.Sato.TriesToType("/fops version")).Ok, "a command gets through", limit: TimeSpan.FromSeconds(10));

        await stage.Sato.Sees("*FestivalOps");
        stage.Sato.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Commands_at_the_same_moment_are_all_answered()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite));
        PersonOnStage[] people = [stage.Sato, stage.Suzuki, stage.Tanaka, stage.Takahashi, stage.Emily];

        await Task.WhenAll(people.Select(p => p.Types("/fops version")));

        foreach (var person in people) await person.Sees("*FestivalOps");
        (await stage.AuditRowsOfAsync("version", 10)).Count.ShouldBe(10);
        await stage.AuditShouldBeWholeAsync();
    }

    /// <summary>One finished card, and no more, and one pair of audit rows.</summary>
    private static async Task OneCard(Stage stage, string text)
    {
        await stage.Sato.Sees("詳細を見る");
        (await NewRows(stage, text)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
        stage.Sato.Messages.Count.ShouldBe(1, string.Join('\n', stage.Sato.Messages));
    }

    private static async Task<List<AuditEntry>> NewRows(Stage stage, string text)
    {
        // Whatever was queued behind the command has been written when a later one has.
        await stage.Tanaka.Types("/fops help version", @in: Seed.Security);
        await stage.Tanaka.Sees("`/fops version`");
        return await stage.AuditRowsOfAsync(text, 2);
    }
}
