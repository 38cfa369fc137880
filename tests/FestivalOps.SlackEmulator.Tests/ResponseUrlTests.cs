using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class ResponseUrlTests
{
    private static async Task<string> CommandUrlAsync(Running slack)
    {
        await slack.TypeAsync("/fops health");
        return (await slack.Bot.NextAsync()).Form["response_url"]!;
    }

    private static async Task<string> ButtonUrlAsync(Running slack, string ts, string user = Seed.Sato)
    {
        await slack.ControlAsync("press", new { user, channel = Seed.Ops, ts, action_id = "go" });
        return (string)(await slack.Bot.NextAsync()).Payload["response_url"]!;
    }

    private static JsonNode Button() => JsonNode.Parse("""[{"type":"actions","elements":[{"type":"button","action_id":"go","text":{"type":"plain_text","text":"Go"}}]}]""")!;

    [Fact]
    public async Task It_works_five_times_and_then_no_more()
    {
        await using var slack = await Running.StartAsync();
        var url = await CommandUrlAsync(slack);
        for (var i = 0; i < 5; i++)
            (await slack.RespondAsync(url, new { text = "x" })).ShouldBe((200, "ok"));
        (await slack.RespondAsync(url, new { text = "x" })).Status.ShouldBe(404);
        slack.Workspace.Messages(Seed.Ops).Count.ShouldBe(5);
    }

    [Fact]
    public async Task It_ends_after_thirty_minutes()
    {
        await using var slack = await Running.StartAsync();
        var url = await CommandUrlAsync(slack);
        slack.Clock.Advance(TimeSpan.FromMinutes(30));
        (await slack.RespondAsync(url, new { text = "in time" })).Status.ShouldBe(200);
        slack.Clock.Advance(TimeSpan.FromSeconds(1));
        (await slack.RespondAsync(url, new { text = "late" })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task It_works_where_the_bot_is_no_member_and_is_ephemeral_unless_said_otherwise()
    {
        await using var slack = await Running.StartAsync();
        await slack.TypeAsync("/fops health", channel: Seed.General);
        var url = (await slack.Bot.NextAsync()).Form["response_url"]!;
        await slack.RespondAsync(url, new { text = "for you" });
        await slack.RespondAsync(url, new { text = "for all", response_type = "in_channel" });
        slack.Workspace.Messages(Seed.General, Seed.Emily).Select(m => m.Text).ShouldBe(["for all"]);
    }

    [Fact]
    public async Task For_a_command_replace_original_posts_anew()
    {
        await using var slack = await Running.StartAsync();
        var url = await CommandUrlAsync(slack);
        await slack.RespondAsync(url, new { text = "running" });
        await slack.RespondAsync(url, new { text = "done", replace_original = true });
        slack.Workspace.Messages(Seed.Ops, Seed.Sato).Select(m => m.Text).ShouldBe(["running", "done"]);
    }

    [Fact]
    public async Task For_a_button_replace_original_changes_the_message_that_held_it()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Button());
        await slack.RespondAsync(await ButtonUrlAsync(slack, ts), new { text = "acknowledged", replace_original = true });
        slack.Workspace.Messages(Seed.Ops, Seed.Emily).Select(m => m.Text).ShouldBe(["acknowledged"]);
    }

    [Fact]
    public async Task Without_replace_original_the_answer_to_a_button_is_a_new_ephemeral_message()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Button());
        await slack.RespondAsync(await ButtonUrlAsync(slack, ts), new { text = "too late" });
        slack.Workspace.Messages(Seed.Ops, Seed.Emily).Select(m => m.Text).ShouldBe(["card"]);
        slack.Workspace.Messages(Seed.Ops, Seed.Sato).Select(m => m.Text).ShouldBe(["card", "too late"]);
    }

    [Fact]
    public async Task A_replaced_ephemeral_message_stays_ephemeral()
    {
        await using var slack = await Running.StartAsync();
        var url = await CommandUrlAsync(slack);
        await slack.RespondAsync(url, new { text = "sure?", blocks = Button() });
        var ts = slack.Workspace.Messages(Seed.Ops)[0].Ts;
        await slack.RespondAsync(await ButtonUrlAsync(slack, ts), new { text = "done", replace_original = true, response_type = "in_channel" });
        slack.Workspace.Messages(Seed.Ops, Seed.Emily).ShouldBeEmpty();
        slack.Workspace.Messages(Seed.Ops, Seed.Sato).Select(m => m.Text).ShouldBe(["done"]);
    }

    [Fact]
    public async Task Delete_original_removes_it()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "card", Button());
        await slack.RespondAsync(await ButtonUrlAsync(slack, ts), new { delete_original = true });
        slack.Workspace.Messages(Seed.Ops).ShouldBeEmpty();
    }

    [Fact]
    public async Task Bad_blocks_are_refused_and_recorded()
    {
        await using var slack = await Running.StartAsync();
        var url = await CommandUrlAsync(slack);
        (await slack.RespondAsync(url, new { text = "x", blocks = new[] { new { type = "section" } } })).Status.ShouldBe(400);
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe("invalid_blocks");
    }
}
