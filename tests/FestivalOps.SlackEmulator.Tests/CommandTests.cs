using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class CommandTests
{
    [Fact]
    public void The_signature_is_the_one_of_slacks_own_example() => HttpLine.Sign(
        "8f742231b10e8888abcd99yyyzzz85a5", "1531420618",
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"u8.ToArray())
        .ShouldBe("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");

    [Fact]
    public async Task A_command_arrives_signed_with_every_field()
    {
        await using var slack = await Running.StartAsync();
        var outcome = await slack.TypeAsync("/fops health disk");
        ((bool)outcome["ok"]!).ShouldBeTrue();
        var request = await slack.Bot.NextAsync();
        request.IsSigned.ShouldBeTrue();
        request.ContentType.ShouldBe("application/x-www-form-urlencoded");
        request.Form["command"].ShouldBe("/fops");
        request.Form["text"].ShouldBe("health disk");
        request.Form["user_id"].ShouldBe(Seed.Sato);
        request.Form["channel_id"].ShouldBe(Seed.Ops);
        request.Form["channel_name"].ShouldBe("ops");
        request.Form["team_id"].ShouldBe(Seed.Team);
        request.Form["api_app_id"].ShouldBe(Seed.App);
        request.Form["is_enterprise_install"].ShouldBe("false");
        request.Form["trigger_id"].ShouldNotBeNullOrEmpty();
        request.Form["response_url"]!.ShouldStartWith(slack.Url + "/commands/");
    }

    [Fact]
    public async Task Nothing_behind_the_command_is_an_empty_text_field()
    {
        await using var slack = await Running.StartAsync();
        await slack.TypeAsync("/fops");
        (await slack.Bot.NextAsync()).Form["text"].ShouldBe("");
    }

    [Fact]
    public async Task Escaping_turns_names_into_ids_and_forged_ids_into_text()
    {
        await using var slack = await Running.StartAsync();
        await slack.TypeAsync("/fops ack @suzuki @ops-team #security https://example.com/?a=1&b=2 <@U0TAKA0001> a&b");
        (await slack.Bot.NextAsync()).Form["text"].ShouldBe(
            "ack <@U0SUZU0001|suzuki> <!subteam^S0OPS00001|@ops-team> <#C0SECUR001|security> <https://example.com/?a=1&amp;b=2> &lt;@U0TAKA0001&gt; a&amp;b");
    }

    [Fact]
    public async Task Without_escaping_the_text_arrives_as_typed()
    {
        await using var slack = await Running.StartAsync(o => o.SlashCommands = [new SlashCommand("/fops", "x", "", ShouldEscape: false)]);
        await slack.TypeAsync("/fops ack @suzuki <b>");
        (await slack.Bot.NextAsync()).Form["text"].ShouldBe("ack @suzuki <b>");
    }

    [Fact]
    public async Task In_a_direct_message_the_channel_is_called_directmessage()
    {
        await using var slack = await Running.StartAsync();
        await slack.TypeAsync("/fops", channel: slack.Workspace.OpenDirect([Seed.Sato, Seed.BotUser]).Channel.Id);
        (await slack.Bot.NextAsync()).Form["channel_name"].ShouldBe("directmessage");
    }

    [Fact]
    public async Task An_answer_in_the_acknowledgement_is_seen_by_the_person_alone()
    {
        await using var slack = await Running.StartAsync();
        slack.Bot.Replies("""{"text":"working on it"}""");
        await slack.TypeAsync("/fops health");
        slack.Workspace.Messages(Seed.Ops, Seed.Sato)[0].Text.ShouldBe("working on it");
        slack.Workspace.Messages(Seed.Ops, Seed.Emily).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_in_channel_answer_shows_the_typed_command_too()
    {
        await using var slack = await Running.StartAsync();
        slack.Bot.Replies("""{"response_type":"in_channel","text":"all well"}""");
        await slack.TypeAsync("/fops health");
        slack.Workspace.Messages(Seed.Ops, Seed.Emily).Select(m => m.Text).ShouldBe(["/fops health", "all well"]);
    }

    [Fact]
    public async Task A_bad_block_in_the_acknowledgement_is_shown_as_a_refusal()
    {
        await using var slack = await Running.StartAsync();
        slack.Bot.Replies("""{"text":"x","blocks":[{"type":"section"}]}""");
        await slack.TypeAsync("/fops health");
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe("invalid_blocks");
    }

    [Fact]
    public async Task Three_seconds_without_an_acknowledgement_are_an_operation_timeout()
    {
        await using var slack = await Running.StartAsync();
        var release = new TaskCompletionSource<BotReply>();
        slack.Bot.Answer = _ => release.Task;
        var typing = slack.TypeAsync("/fops health");
        await slack.Bot.NextAsync();
        typing.IsCompleted.ShouldBeFalse();
        slack.Clock.Advance(TimeSpan.FromSeconds(3));
        var outcome = await typing;
        release.SetResult(new BotReply());
        ((string?)outcome["error"]).ShouldBe("operation_timeout");
        slack.Workspace.Messages(Seed.Ops, Seed.Sato)[0].Text.ShouldContain("operation_timeout");
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe("operation_timeout");
    }

    [Theory]
    [InlineData(500, "http_service_error_500")]
    [InlineData(401, "dispatch_failed")]
    public async Task An_error_status_is_shown_to_the_person(int status, string error)
    {
        await using var slack = await Running.StartAsync();
        slack.Bot.Answer = _ => Task.FromResult(new BotReply(status));
        var outcome = await slack.TypeAsync("/fops health");
        ((string?)outcome["shown"])!.ShouldContain(error);
        ((int?)outcome["ack_status"]).ShouldBe(status);
    }

    [Fact]
    public async Task A_bot_that_is_not_there_is_dispatch_failed()
    {
        await using var slack = await Running.StartAsync();
        slack.Options.RequestUrl = "http://127.0.0.1:1/slack/events";
        ((string?)(await slack.TypeAsync("/fops health"))["error"]).ShouldBe("dispatch_failed");
    }

    [Fact]
    public async Task Unknown_commands_and_commands_in_threads_never_reach_the_bot()
    {
        await using var slack = await Running.StartAsync();
        ((string?)(await slack.TypeAsync("/deploy now"))["error"]).ShouldBe("invalid_command");
        var ts = await slack.PostAsync(Seed.Ops, "x");
        var inThread = await slack.ControlAsync("type", new { user = Seed.Sato, channel = "ops", text = "/fops health", thread_ts = ts });
        ((string?)inThread["error"]).ShouldBe("not_supported_in_threads");
        slack.Bot.All.ShouldBeEmpty();
    }
}
