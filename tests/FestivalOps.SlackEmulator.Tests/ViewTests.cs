using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class ViewTests
{
    private static JsonNode Modal(string title = "Block", string external = "", bool notify = false) => JsonNode.Parse($$$"""
        {"type":"modal","callback_id":"block","private_metadata":"secret-note","external_id":"{{{external}}}","notify_on_close":{{{(notify ? "true" : "false")}}},
         "title":{"type":"plain_text","text":"{{{title}}}"},"submit":{"type":"plain_text","text":"OK"},
         "blocks":[{"type":"input","block_id":"ip","label":{"type":"plain_text","text":"Address"},"element":{"type":"plain_text_input","action_id":"v","min_length":3}},
                   {"type":"input","block_id":"why","optional":true,"label":{"type":"plain_text","text":"Why"},"element":{"type":"plain_text_input","action_id":"v"}},
                   {"type":"actions","elements":[{"type":"button","action_id":"more","text":{"type":"plain_text","text":"More"}}]}]}
        """)!;

    private static async Task<string> TriggerAsync(Running slack)
    {
        await slack.TypeAsync("/fops block-ip");
        return (await slack.Bot.NextAsync()).Form["trigger_id"]!;
    }

    private static async Task<JsonNode> OpenAsync(Running slack, JsonNode? view = null) =>
        (await slack.CallAsync("views.open", ("trigger_id", await TriggerAsync(slack)), ("view", view ?? Modal())))["view"]!;

    private static async Task<JsonNode> SubmitAsync(Running slack, string answer)
    {
        await slack.ControlAsync("press", new { user = Seed.Sato, action_id = "v", block_id = "ip", value = "203.0.113.9" });
        slack.Bot.Replies(answer);
        return await slack.ControlAsync("submit", new { user = Seed.Sato });
    }

    [Fact]
    public async Task A_trigger_opens_one_view_only()
    {
        await using var slack = await Running.StartAsync();
        var trigger = await TriggerAsync(slack);
        ((bool)(await slack.CallAsync("views.open", ("trigger_id", trigger), ("view", Modal())))["ok"]!).ShouldBeTrue();
        ((string?)(await slack.CallAsync("views.open", ("trigger_id", trigger), ("view", Modal())))["error"]).ShouldBe("exchanged_trigger_id");
        ((string?)(await slack.CallAsync("views.open", ("trigger_id", "1.2.3"), ("view", Modal())))["error"]).ShouldBe("invalid_trigger_id");
    }

    [Fact]
    public async Task A_trigger_lives_for_three_seconds()
    {
        await using var slack = await Running.StartAsync();
        var trigger = await TriggerAsync(slack);
        slack.Clock.Advance(TimeSpan.FromSeconds(3.1));
        ((string?)(await slack.CallAsync("views.open", ("trigger_id", trigger), ("view", Modal())))["error"]).ShouldBe("expired_trigger_id");
    }

    [Fact]
    public async Task A_submission_carries_values_metadata_and_nulls()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        await SubmitAsync(slack, "");
        var payload = (await slack.Bot.NextAsync()).Payload;
        ((string?)payload["type"]).ShouldBe("view_submission");
        ((string?)payload["view"]!["private_metadata"]).ShouldBe("secret-note");
        ((string?)payload["view"]!["callback_id"]).ShouldBe("block");
        ((string?)payload["view"]!["state"]!["values"]!["ip"]!["v"]!["value"]).ShouldBe("203.0.113.9");
        payload["view"]!["state"]!["values"]!["why"]!["v"]!["value"].ShouldBeNull();
        slack.Workspace.Top(Seed.Sato).ShouldBeNull();
    }

    [Fact]
    public async Task A_required_input_left_empty_never_reaches_the_bot()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        ((string?)(await slack.ControlAsync("submit", new { user = Seed.Sato }))["error"]).ShouldBe("invalid_input");
        slack.Workspace.Top(Seed.Sato)!.Errors["ip"].ShouldBe("この項目は必須です。");
        slack.Bot.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Errors_are_shown_under_their_inputs_and_the_view_stays()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        await SubmitAsync(slack, """{"response_action":"errors","errors":{"ip":"Not an address"}}""");
        slack.Workspace.Top(Seed.Sato)!.Errors["ip"].ShouldBe("Not an address");
    }

    [Fact]
    public async Task Errors_for_a_block_that_is_no_input_are_refused()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        var outcome = await SubmitAsync(slack, """{"response_action":"errors","errors":{"nope":"x"}}""");
        ((bool)outcome["ok"]!).ShouldBeFalse();
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe("invalid_response");
    }

    [Fact]
    public async Task Update_push_and_clear_do_what_they_say()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        await SubmitAsync(slack, $$"""{"response_action":"update","view":{{Modal("Second").ToJsonString()}} }""");
        slack.Workspace.Top(Seed.Sato)!.Source.GetProperty("title").GetProperty("text").GetString().ShouldBe("Second");
        await SubmitAsync(slack, $$"""{"response_action":"push","view":{{Modal("Third").ToJsonString()}} }""");
        slack.Workspace.Stack(Seed.Sato).Count.ShouldBe(2);
        await SubmitAsync(slack, """{"response_action":"clear"}""");
        slack.Workspace.Stack(Seed.Sato).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_stack_is_three_deep()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        for (var depth = 2; depth <= 4; depth++)
        {
            await slack.ControlAsync("press", new { user = Seed.Sato, action_id = "more" });
            var trigger = (string)(await slack.Bot.NextAsync()).Payload["trigger_id"]!;
            var answer = await slack.CallAsync("views.push", ("trigger_id", trigger), ("view", Modal()));
            ((string?)answer["error"]).ShouldBe(depth <= 3 ? null : "push_limit_reached");
        }
    }

    [Fact]
    public async Task An_old_hash_is_a_conflict()
    {
        await using var slack = await Running.StartAsync();
        var view = await OpenAsync(slack);
        var (id, hash) = ((string)view["id"]!, (string)view["hash"]!);
        ((bool)(await slack.CallAsync("views.update", ("view_id", id), ("hash", hash), ("view", Modal("A"))))["ok"]!).ShouldBeTrue();
        ((string?)(await slack.CallAsync("views.update", ("view_id", id), ("hash", hash), ("view", Modal("B"))))["error"]).ShouldBe("hash_conflict");
        ((string?)(await slack.CallAsync("views.update", ("view_id", "V1"), ("view", Modal("B"))))["error"]).ShouldBe("not_found");
    }

    [Fact]
    public async Task An_external_id_is_unique_and_finds_its_view()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack, Modal(external: "one"));
        ((string?)(await slack.CallAsync("views.open", ("trigger_id", await TriggerAsync(slack)), ("view", Modal(external: "one"))))["error"]).ShouldBe("duplicate_external_id");
        ((bool)(await slack.CallAsync("views.update", ("external_id", "one"), ("view", Modal("A", "one"))))["ok"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task Titles_metadata_and_a_missing_submit_are_checked()
    {
        await using var slack = await Running.StartAsync();
        var view = Modal(new string('x', 25));
        view["private_metadata"] = new string('x', 3001);
        view.AsObject().Remove("submit");
        var answer = await slack.CallAsync("views.open", ("trigger_id", await TriggerAsync(slack)), ("view", view));
        ((string?)answer["error"]).ShouldBe("invalid_arguments");
        var messages = answer["response_metadata"]!["messages"]!.ToJsonString();
        messages.ShouldContain("/view/title/text");
        messages.ShouldContain("/view/private_metadata");
        messages.ShouldContain("missing required field: submit");
    }

    [Fact]
    public async Task A_view_beyond_250_kilobytes_is_too_large()
    {
        await using var slack = await Running.StartAsync();
        var view = Modal();
        view["callback_id"] = new string('x', 260 * 1024);
        ((string?)(await slack.CallAsync("views.open", ("trigger_id", await TriggerAsync(slack)), ("view", view)))["error"]).ShouldBe("view_too_large");
    }

    [Fact]
    public async Task Closing_is_told_only_to_a_bot_that_asked_for_it()
    {
        await using var slack = await Running.StartAsync();
        await OpenAsync(slack);
        await slack.ControlAsync("close", new { user = Seed.Sato });
        slack.Bot.All.Count.ShouldBe(1);
        await OpenAsync(slack, Modal(notify: true));
        await slack.ControlAsync("close", new { user = Seed.Sato, all = true });
        var payload = (await slack.Bot.NextAsync()).Payload;
        ((string?)payload["type"]).ShouldBe("view_closed");
        ((bool)payload["is_cleared"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task The_home_tab_is_published_for_one_person()
    {
        await using var slack = await Running.StartAsync();
        var home = JsonNode.Parse("""{"type":"home","blocks":[{"type":"header","text":{"type":"plain_text","text":"Welcome"}}]}""")!;
        var view = (await slack.CallAsync("views.publish", ("user_id", Seed.Sato), ("view", home)))["view"]!;
        slack.Workspace.Home(Seed.Sato).ShouldNotBeNull();
        slack.Workspace.Home(Seed.Emily).ShouldBeNull();
        await slack.CallAsync("views.publish", ("user_id", Seed.Sato), ("view", home));
        ((string?)(await slack.CallAsync("views.publish", ("user_id", Seed.Sato), ("view", home), ("hash", (string)view["hash"]!)))["error"]).ShouldBe("hash_conflict");
    }
}
