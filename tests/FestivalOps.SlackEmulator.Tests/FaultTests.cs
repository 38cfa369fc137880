using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class FaultTests
{
    private static async Task<int> StatusAsync(Running slack, string method = "chat.postMessage")
    {
        using var response = await slack.SendAsync(method, ("channel", Seed.Ops), ("text", "x"), ("user", Seed.Sato));
        return (int)response.StatusCode;
    }

    [Fact]
    public async Task A_storm_of_429_lasts_for_so_many_posts_and_touches_nothing_else()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { rate_limit_calls = 2, retry_after = 7 });
        using (var first = await slack.SendAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x")))
        {
            ((int)first.StatusCode).ShouldBe(429);
            first.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        }
        (await StatusAsync(slack, "users.info")).ShouldBe(200);
        (await StatusAsync(slack)).ShouldBe(429);
        (await StatusAsync(slack)).ShouldBe(200);
        slack.Workspace.Messages(Seed.Ops).Count.ShouldBe(1);
        (await slack.ListAsync("refusals")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_storm_may_last_for_a_time()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { rate_limit_seconds = 30 });
        (await StatusAsync(slack)).ShouldBe(429);
        slack.Clock.Advance(TimeSpan.FromSeconds(30));
        (await StatusAsync(slack)).ShouldBe(200);
    }

    [Fact]
    public async Task Server_errors_come_as_often_as_asked()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { error_calls = 2, error_status = 502 });
        (await StatusAsync(slack)).ShouldBe(502);
        (await StatusAsync(slack, "users.info")).ShouldBe(502);
        (await StatusAsync(slack)).ShouldBe(200);
    }

    [Fact]
    public async Task A_post_may_take_effect_and_answer_500()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { after_effect_calls = 1, after_effect_status = 500 });
        (await StatusAsync(slack)).ShouldBe(500);
        slack.Workspace.Messages(Seed.Ops).Count.ShouldBe(1);
        (await StatusAsync(slack)).ShouldBe(200);
    }

    [Fact]
    public async Task A_post_may_take_effect_and_never_answer()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { after_effect_calls = 1 });
        var call = slack.SendAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x"));
        await Running.EventuallyAsync(() => slack.Workspace.Messages(Seed.Ops).Count == 1);
        call.IsCompleted.ShouldBeFalse();
        await Running.EventuallyAsync(() =>
        {
            slack.Clock.Advance(TimeSpan.FromMinutes(1));
            return call.IsCompleted;
        });
        await Should.ThrowAsync<HttpRequestException>(() => call);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Slack_can_be_down_for_minutes(bool aborts)
    {
        await using var slack = await Running.StartAsync();
        await slack.TypeAsync("/fops health");
        var url = (await slack.Bot.NextAsync()).Form["response_url"]!;
        await slack.ControlAsync("faults", new { down_seconds = 120, down_aborts = aborts });
        if (aborts)
        {
            await Should.ThrowAsync<HttpRequestException>(() => StatusAsync(slack));
            await Should.ThrowAsync<HttpRequestException>(() => slack.RespondAsync(url, new { text = "x" }));
        }
        else
        {
            (await StatusAsync(slack)).ShouldBe(503);
            (await slack.RespondAsync(url, new { text = "x" })).Status.ShouldBe(503);
        }
        slack.Workspace.Messages(Seed.Ops).ShouldBeEmpty();
        slack.Clock.Advance(TimeSpan.FromMinutes(2));
        (await StatusAsync(slack)).ShouldBe(200);
        (await slack.RespondAsync(url, new { text = "x" })).Status.ShouldBe(200);
    }

    [Fact]
    public async Task While_slack_is_down_sockets_are_cut_and_none_can_be_opened()
    {
        await using var slack = await Running.StartAsync(o => o.DeliveryMode = DeliveryMode.Socket);
        await using var bot = await SocketBot.ConnectAsync(slack);
        await bot.ReadAsync();
        await slack.ControlAsync("faults", new { down_seconds = 60 });
        (await bot.ReadAsync()).ShouldBeNull();
        (await StatusAsync(slack, "apps.connections.open")).ShouldBe(503);
    }

    [Fact]
    public async Task A_duplicate_delivery_carries_the_same_trigger()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { duplicate_deliveries = 1 });
        await slack.TypeAsync("/fops health");
        var (first, second) = (await slack.Bot.NextAsync(), await slack.Bot.NextAsync());
        second.Form["trigger_id"].ShouldBe(first.Form["trigger_id"]);
        second.IsSigned.ShouldBeTrue();
        second.RetryNumber.ShouldBe("1");
        await slack.TypeAsync("/fops help");
        (await slack.Bot.NextAsync()).Form["text"].ShouldBe("help");
    }

    [Fact]
    public async Task A_late_delivery_arrives_with_a_dead_trigger()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { late_deliveries = 1, late_seconds = 5 });
        var typing = slack.TypeAsync("/fops block-ip");
        await Running.EventuallyAsync(() =>
        {
            slack.Clock.Advance(TimeSpan.FromSeconds(5));
            return slack.Bot.All.Count > 0;
        });
        await typing;
        var view = """{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[]}""";
        ((string?)(await slack.CallAsync("views.open", ("trigger_id", slack.Bot.All[0].Form["trigger_id"]!), ("view", view)))["error"]).ShouldBe("expired_trigger_id");
    }

    [Fact]
    public async Task Clearing_and_resetting_switch_every_fault_off()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("faults", new { down_seconds = 600, error_calls = 9 });
        await slack.ControlAsync("faults/clear", new { });
        (await StatusAsync(slack)).ShouldBe(200);
        await slack.ControlAsync("faults", new { error_calls = 9 });
        await slack.ControlAsync("reset", new { });
        (await StatusAsync(slack)).ShouldBe(200);
        (await slack.ListAsync("calls")).Count.ShouldBe(1);
        slack.Workspace.Messages(Seed.Ops).Count.ShouldBe(1);
    }
}
