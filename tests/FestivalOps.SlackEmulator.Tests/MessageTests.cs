using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class MessageTests
{
    private static string? Error(JsonNode answer) => (string?)answer["error"];

    [Theory]
    [InlineData(Seed.General, "not_in_channel")]
    [InlineData("C0NOWHERE1", "channel_not_found")]
    [InlineData("D0NOBODY00", "channel_not_found")]
    public async Task Posting_where_the_bot_cannot_is_refused(string channel, string error)
    {
        await using var slack = await Running.StartAsync();
        Error(await slack.CallAsync("chat.postMessage", ("channel", channel), ("text", "x"))).ShouldBe(error);
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe(error);
    }

    [Fact]
    public async Task Chat_write_public_reaches_channels_that_the_bot_never_joined()
    {
        await using var slack = await Running.StartAsync(o => o.BotScopes = ["chat:write", "chat:write.public"]);
        Error(await slack.CallAsync("chat.postMessage", ("channel", Seed.General), ("text", "x"))).ShouldBeNull();
    }

    [Fact]
    public async Task A_private_channel_without_the_bot_does_not_exist_for_it()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("channels", new { id = "C0SECRET01", name = "secret", is_private = true, members = new[] { Seed.Sato } });
        Error(await slack.CallAsync("chat.postMessage", ("channel", "C0SECRET01"), ("text", "x"))).ShouldBe("channel_not_found");
    }

    [Fact]
    public async Task An_archived_channel_takes_no_posts_and_keeps_its_name()
    {
        await using var slack = await Running.StartAsync();
        await slack.ControlAsync("archive", new { channel = "reports" });
        Error(await slack.CallAsync("chat.postMessage", ("channel", Seed.Reports), ("text", "x"))).ShouldBe("is_archived");
        Error(await slack.CallAsync("conversations.create", ("name", "reports"))).ShouldBe("name_taken");
    }

    [Fact]
    public async Task Posting_to_a_user_id_opens_the_direct_message()
    {
        await using var slack = await Running.StartAsync();
        var answer = await slack.CallAsync("chat.postMessage", ("channel", Seed.Emily), ("text", "hi"));
        ((string?)answer["channel"])!.ShouldStartWith("D");
        slack.Workspace.Unread((string)answer["channel"]!, Seed.Emily).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_burst_is_tolerated_then_one_post_a_second_and_channel()
    {
        await using var slack = await Running.StartAsync(o => o.PostBurst = 3);
        for (var i = 0; i < 3; i++)
            await slack.PostAsync(Seed.Ops, "x");
        using (var refused = await slack.SendAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x")))
        {
            ((int)refused.StatusCode).ShouldBe(429);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
            (await refused.Content.ReadAsStringAsync()).ShouldContain("ratelimited");
        }
        await slack.PostAsync(Seed.Alerts, "another channel has its own pace");
        slack.Clock.Advance(TimeSpan.FromSeconds(1));
        await slack.PostAsync(Seed.Ops, "x");
        slack.Workspace.Messages(Seed.Ops).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Pacing_can_be_switched_off()
    {
        await using var slack = await Running.StartAsync(o => o.StrictPacing = false);
        for (var i = 0; i < 20; i++)
            await slack.PostAsync(Seed.Ops, "x");
    }

    [Fact]
    public async Task Method_tiers_limit_reading_too()
    {
        await using var slack = await Running.StartAsync();
        for (var i = 0; i < 20; i++)
            Error(await slack.CallAsync("users.list")).ShouldBeNull();
        Error(await slack.CallAsync("users.list")).ShouldBe("ratelimited");
    }

    [Fact]
    public async Task Metadata_comes_back_from_history_only_when_asked_for()
    {
        await using var slack = await Running.StartAsync();
        await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x"), ("metadata", new { event_type = "incident", event_payload = new { key = "abc" } }));
        var with = await slack.CallAsync("conversations.history", ("channel", Seed.Ops), ("include_all_metadata", "true"));
        ((string?)with["messages"]![0]!["metadata"]!["event_payload"]!["key"]).ShouldBe("abc");
        (await slack.CallAsync("conversations.history", ("channel", Seed.Ops)))["messages"]![0]!["metadata"].ShouldBeNull();
    }

    [Fact]
    public async Task Half_metadata_is_refused()
    {
        await using var slack = await Running.StartAsync();
        Error(await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x"), ("metadata", new { event_type = "x" }))).ShouldBe("invalid_metadata_format");
    }

    [Fact]
    public async Task History_of_a_channel_without_the_bot_is_refused()
    {
        await using var slack = await Running.StartAsync();
        Error(await slack.CallAsync("conversations.history", ("channel", Seed.General))).ShouldBe("not_in_channel");
    }

    [Fact]
    public async Task History_pages_newest_first_and_leaves_out_replies()
    {
        await using var slack = await Running.StartAsync(o => o.StrictPacing = false);
        var first = await slack.PostAsync(Seed.Ops, "1");
        await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "reply"), ("thread_ts", first));
        await slack.PostAsync(Seed.Ops, "2");
        var page = await slack.CallAsync("conversations.history", ("channel", Seed.Ops), ("limit", "1"));
        ((string?)page["messages"]![0]!["text"]).ShouldBe("2");
        var cursor = (string)page["response_metadata"]!["next_cursor"]!;
        var next = await slack.CallAsync("conversations.history", ("channel", Seed.Ops), ("limit", "1"), ("cursor", cursor));
        ((string?)next["messages"]![0]!["text"]).ShouldBe("1");
        ((string?)next["response_metadata"]!["next_cursor"]).ShouldBe("");
        var replies = await slack.CallAsync("conversations.replies", ("channel", Seed.Ops), ("ts", first));
        replies["messages"]!.AsArray().Select(m => (string?)m!["text"]).ShouldBe(["1", "reply"]);
    }

    [Fact]
    public async Task An_update_refuses_text_that_a_post_takes()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, new string('x', 4001));
        Error(await slack.CallAsync("chat.update", ("channel", Seed.Ops), ("ts", ts), ("text", new string('x', 4001)))).ShouldBe("msg_too_long");
    }

    [Fact]
    public async Task Text_beyond_forty_thousand_characters_is_cut()
    {
        await using var slack = await Running.StartAsync();
        await slack.PostAsync(Seed.Ops, new string('x', 40_001));
        slack.Workspace.Messages(Seed.Ops)[0].Text.Length.ShouldBe(40_000);
    }

    [Fact]
    public async Task An_update_with_text_alone_removes_the_blocks_and_marks_the_message_edited()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "x", new[] { new { type = "divider" } });
        await slack.CallAsync("chat.update", ("channel", Seed.Ops), ("ts", ts), ("text", "y"));
        var message = slack.Workspace.FindMessage(Seed.Ops, ts)!;
        message.Blocks.ShouldBeNull();
        message.EditedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Only_its_own_messages_can_be_changed_and_a_missing_one_not_at_all()
    {
        await using var slack = await Running.StartAsync();
        var ts = (string)(await slack.TypeAsync("mine"))["ts"]!;
        Error(await slack.CallAsync("chat.update", ("channel", Seed.Ops), ("ts", ts), ("text", "y"))).ShouldBe("cant_update_message");
        Error(await slack.CallAsync("chat.delete", ("channel", Seed.Ops), ("ts", ts))).ShouldBe("cant_delete_message");
        Error(await slack.CallAsync("chat.update", ("channel", Seed.Ops), ("ts", "1.000001"), ("text", "y"))).ShouldBe("message_not_found");
    }

    [Fact]
    public async Task A_deleted_message_can_no_longer_be_updated()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "x");
        await slack.ControlAsync("delete-message", new { channel = "ops", ts });
        Error(await slack.CallAsync("chat.update", ("channel", Seed.Ops), ("ts", ts), ("text", "y"))).ShouldBe("message_not_found");
    }

    [Fact]
    public async Task An_ephemeral_message_is_seen_by_one_person_and_cannot_be_updated()
    {
        await using var slack = await Running.StartAsync();
        var ts = (string)(await slack.CallAsync("chat.postEphemeral", ("channel", Seed.Ops), ("user", Seed.Sato), ("text", "psst")))["message_ts"]!;
        (await slack.ListAsync($"messages?channel=ops&user={Seed.Sato}")).Count.ShouldBe(1);
        (await slack.ListAsync($"messages?channel=ops&user={Seed.Emily}")).Count.ShouldBe(0);
        Error(await slack.CallAsync("chat.update", ("channel", Seed.Ops), ("ts", ts), ("text", "y"))).ShouldBe("message_not_found");
        Error(await slack.CallAsync("chat.postEphemeral", ("channel", Seed.Ops), ("user", Seed.Guest), ("text", "psst"))).ShouldBe("user_not_in_channel");
    }

    [Fact]
    public async Task Nothing_at_all_is_no_text_and_markdown_stands_alone()
    {
        await using var slack = await Running.StartAsync();
        Error(await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops))).ShouldBe("no_text");
        Error(await slack.CallAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x"), ("markdown_text", "y"))).ShouldBe("markdown_text_conflict");
    }

    [Fact]
    public async Task A_scheduled_message_appears_when_its_time_comes()
    {
        await using var slack = await Running.StartAsync();
        var at = slack.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeSeconds();
        await slack.CallAsync("chat.scheduleMessage", ("channel", Seed.Ops), ("text", "later"), ("post_at", at));
        slack.Clock.Advance(TimeSpan.FromMinutes(9));
        slack.Workspace.Messages(Seed.Ops).ShouldBeEmpty();
        slack.Clock.Advance(TimeSpan.FromMinutes(1));
        slack.Workspace.Messages(Seed.Ops)[0].Text.ShouldBe("later");
    }

    [Fact]
    public async Task Scheduling_knows_past_far_and_forgotten()
    {
        await using var slack = await Running.StartAsync();
        var now = slack.Clock.GetUtcNow().ToUnixTimeSeconds();
        Error(await slack.CallAsync("chat.scheduleMessage", ("channel", Seed.Ops), ("text", "x"), ("post_at", now - 1))).ShouldBe("time_in_past");
        Error(await slack.CallAsync("chat.scheduleMessage", ("channel", Seed.Ops), ("text", "x"), ("post_at", now + (121 * 86_400)))).ShouldBe("time_too_far");
        Error(await slack.CallAsync("chat.deleteScheduledMessage", ("channel", Seed.Ops), ("scheduled_message_id", "Q1"))).ShouldBe("invalid_scheduled_message_id");
    }

    [Fact]
    public async Task Repeated_pins_and_reactions_say_already()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "x");
        Error(await slack.CallAsync("pins.add", ("channel", Seed.Ops), ("timestamp", ts))).ShouldBeNull();
        Error(await slack.CallAsync("pins.add", ("channel", Seed.Ops), ("timestamp", ts))).ShouldBe("already_pinned");
        Error(await slack.CallAsync("reactions.add", ("channel", Seed.Ops), ("timestamp", ts), ("name", "eyes"))).ShouldBeNull();
        Error(await slack.CallAsync("reactions.add", ("channel", Seed.Ops), ("timestamp", ts), ("name", "eyes"))).ShouldBe("already_reacted");
    }

    [Fact]
    public async Task A_permalink_leads_to_the_message_in_the_page()
    {
        await using var slack = await Running.StartAsync();
        var ts = await slack.PostAsync(Seed.Ops, "find me");
        var link = (string)(await slack.CallAsync("chat.getPermalink", ("channel", Seed.Ops), ("message_ts", ts)))["permalink"]!;
        (await slack.Http.GetStringAsync(link)).ShouldContain("find me");
    }
}
