using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class SocketModeTests
{
    private static Task<Running> StartAsync() => Running.StartAsync(o => o.DeliveryMode = DeliveryMode.Socket);

    [Fact]
    public async Task Hello_comes_first_then_envelopes_whose_acknowledgement_may_answer()
    {
        await using var slack = await StartAsync();
        await using var bot = await SocketBot.ConnectAsync(slack);
        var hello = (await bot.ReadAsync())!;
        ((string?)hello["type"]).ShouldBe("hello");
        ((int?)hello["num_connections"]).ShouldBe(1);
        var typing = slack.TypeAsync("/fops health");
        var envelope = (await bot.ReadAsync())!;
        ((string?)envelope["type"]).ShouldBe("slash_commands");
        ((bool)envelope["accepts_response_payload"]!).ShouldBeTrue();
        ((string?)envelope["payload"]!["text"]).ShouldBe("health");
        await bot.SendAsync(new { envelope_id = (string?)envelope["envelope_id"], payload = new { text = "on it" } });
        ((bool)(await typing)["ok"]!).ShouldBeTrue();
        slack.Workspace.Messages(Seed.Ops, Seed.Sato)[0].Text.ShouldBe("on it");
        slack.Bot.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_envelope_without_an_acknowledgement_is_a_timeout()
    {
        await using var slack = await StartAsync();
        await using var bot = await SocketBot.ConnectAsync(slack);
        await bot.ReadAsync();
        var typing = slack.TypeAsync("/fops health");
        await bot.ReadAsync();
        await Running.EventuallyAsync(() =>
        {
            slack.Clock.Advance(TimeSpan.FromSeconds(3));
            return typing.IsCompleted;
        });
        ((string?)(await typing)["error"]).ShouldBe("operation_timeout");
    }

    [Fact]
    public async Task Without_a_socket_nothing_can_be_dispatched()
    {
        await using var slack = await StartAsync();
        ((string?)(await slack.TypeAsync("/fops health"))["error"]).ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task Ten_connections_are_allowed_and_an_address_works_once()
    {
        await using var slack = await StartAsync();
        var bots = new List<SocketBot>();
        for (var i = 0; i < 10; i++)
        {
            bots.Add(await SocketBot.ConnectAsync(slack));
            ((string?)(await bots[i].ReadAsync())!["type"]).ShouldBe("hello");
        }
        await using var eleventh = await SocketBot.ConnectAsync(slack);
        ((string?)(await eleventh.ReadAsync())!["reason"]).ShouldBe("too_many_websockets");
        var url = (string)(await slack.CallAsync("apps.connections.open"))["url"]!;
        using var plain = await slack.Http.GetAsync(url.Replace("ws://", "http://", StringComparison.Ordinal));
        ((int)plain.StatusCode).ShouldBe(400);
        foreach (var bot in bots)
            await bot.DisposeAsync();
    }

    [Theory]
    [InlineData("warning", true)]
    [InlineData("refresh_requested", false)]
    [InlineData("link_disabled", false)]
    public async Task A_disconnect_gives_its_reason_and_only_a_warning_leaves_the_socket_open(string reason, bool staysOpen)
    {
        await using var slack = await StartAsync();
        await using var bot = await SocketBot.ConnectAsync(slack);
        await bot.ReadAsync();
        await slack.ControlAsync("faults/sockets", new { action = reason });
        var frame = (await bot.ReadAsync())!;
        ((string?)frame["type"]).ShouldBe("disconnect");
        ((string?)frame["reason"]).ShouldBe(reason);
        if (!staysOpen)
        {
            (await bot.ReadAsync()).ShouldBeNull();
            return;
        }
        var typing = slack.TypeAsync("/fops health");
        await bot.SendAsync(new { envelope_id = (string?)(await bot.ReadAsync())!["envelope_id"] });
        ((bool)(await typing)["ok"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Dropped_sockets_end_without_a_word()
    {
        await using var slack = await StartAsync();
        await using var bot = await SocketBot.ConnectAsync(slack);
        await bot.ReadAsync();
        await slack.ControlAsync("faults/sockets", new { action = "drop" });
        (await bot.ReadAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_socket_can_be_cut_after_an_envelope_and_the_person_sees_the_failure()
    {
        await using var slack = await StartAsync();
        await using var bot = await SocketBot.ConnectAsync(slack);
        await bot.ReadAsync();
        await slack.ControlAsync("faults", new { drop_socket_after_send = 1 });
        ((string?)(await slack.TypeAsync("/fops health"))["error"]).ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task With_socket_mode_off_no_socket_is_given_out()
    {
        await using var slack = await Running.StartAsync();
        ((string?)(await slack.CallAsync("apps.connections.open"))["error"]).ShouldBe("forbidden_team");
    }
}
