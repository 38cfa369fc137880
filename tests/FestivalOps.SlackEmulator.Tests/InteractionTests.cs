using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class InteractionTests
{
    private static readonly JsonNode Card = JsonNode.Parse("""
        [{"type":"actions","block_id":"b","elements":[
          {"type":"button","action_id":"ack","value":"42","text":{"type":"plain_text","text":"Take it"}},
          {"type":"static_select","action_id":"snooze","options":[{"text":{"type":"plain_text","text":"30 min"},"value":"30"},{"text":{"type":"plain_text","text":"2 h"},"value":"120"}]},
          {"type":"users_select","action_id":"who"},
          {"type":"external_select","action_id":"host","min_query_length":0}]}]
        """)!;

    private static async Task<JsonNode> PressedAsync(Running slack, object body)
    {
        await slack.ControlAsync("press", body);
        return (await slack.Bot.NextAsync()).Payload;
    }

    [Fact]
    public async Task A_press_carries_who_where_and_what()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Card);
        var payload = await PressedAsync(slack, new { user = Seed.Emily, channel = "ops", ts, action_id = "ack" });
        slack.Bot.All[0].IsSigned.ShouldBeTrue();
        ((string?)payload["type"]).ShouldBe("block_actions");
        ((string?)payload["user"]!["id"]).ShouldBe(Seed.Emily);
        ((string?)payload["container"]!["message_ts"]).ShouldBe(ts);
        ((string?)payload["channel"]!["id"]).ShouldBe(Seed.Ops);
        ((string?)payload["message"]!["text"]).ShouldBe("card");
        ((string?)payload["actions"]![0]!["action_id"]).ShouldBe("ack");
        ((string?)payload["actions"]![0]!["block_id"]).ShouldBe("b");
        ((string?)payload["actions"]![0]!["value"]).ShouldBe("42");
        payload["response_url"].ShouldNotBeNull();
        payload["trigger_id"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_choice_is_in_the_action_and_stays_in_the_state()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Card);
        var chosen = await PressedAsync(slack, new { user = Seed.Sato, channel = "ops", ts, action_id = "snooze", value = "120" });
        ((string?)chosen["actions"]![0]!["selected_option"]!["value"]).ShouldBe("120");
        var later = await PressedAsync(slack, new { user = Seed.Sato, channel = "ops", ts, action_id = "who", value = Seed.Suzuki });
        ((string?)later["actions"]![0]!["selected_user"]).ShouldBe(Seed.Suzuki);
        ((string?)later["state"]!["values"]!["b"]!["snooze"]!["selected_option"]!["value"]).ShouldBe("120");
    }

    [Fact]
    public async Task What_is_not_there_cannot_be_pressed()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Card);
        ((string?)(await slack.ControlAsync("press", new { user = Seed.Sato, channel = "ops", ts, action_id = "nope" }))["error"]).ShouldBe("no_such_element");
        ((string?)(await slack.ControlAsync("press", new { user = Seed.Sato, channel = "ops", ts, action_id = "snooze", value = "7" }))["error"]).ShouldBe("no_such_option");
        ((string?)(await slack.ControlAsync("press", new { user = Seed.Guest, channel = "ops", ts, action_id = "ack" }))["error"]).ShouldBe("not_in_channel");
        slack.Bot.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_press_in_an_ephemeral_message_comes_without_the_message()
    {
        await using var slack = await Running.StartAsync();
        var ts = (string)(await slack.CallAsync("chat.postEphemeral", ("channel", Seed.Ops), ("user", Seed.Sato), ("text", "x"), ("blocks", Card)))["message_ts"]!;
        var payload = await PressedAsync(slack, new { user = Seed.Sato, channel = "ops", ts, action_id = "ack" });
        payload["message"].ShouldBeNull();
        ((bool)payload["container"]!["is_ephemeral"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_in_the_acknowledgement_of_a_press_is_ignored()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Card);
        slack.Bot.Replies("""{"text":"ignored"}""");
        await slack.ControlAsync("press", new { user = Seed.Sato, channel = "ops", ts, action_id = "ack" });
        slack.Workspace.Messages(Seed.Ops).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_external_select_asks_the_bot_for_its_options()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Card);
        slack.Bot.Replies("""{"options":[{"text":{"type":"plain_text","text":"app01"},"value":"app01"}]}""");
        var outcome = await slack.ControlAsync("suggest", new { user = Seed.Sato, channel = "ops", ts, action_id = "host", text = "app" });
        ((string?)outcome["options"]!["options"]![0]!["value"]).ShouldBe("app01");
        var payload = (await slack.Bot.NextAsync()).Payload;
        ((string?)payload["type"]).ShouldBe("block_suggestion");
        ((string?)payload["value"]).ShouldBe("app");
    }

    [Fact]
    public async Task Bad_options_are_refused()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Card);
        slack.Bot.Replies($$"""{"options":[{"text":{"type":"plain_text","text":"{{new string('x', 76)}}"},"value":"a"}]}""");
        await slack.ControlAsync("suggest", new { user = Seed.Sato, channel = "ops", ts, action_id = "host", text = "app" });
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe("invalid_options");
    }
}
