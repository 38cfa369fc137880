using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class PeopleAndFilesTests
{
    private static string? Error(JsonNode answer) => (string?)answer["error"];

    [Fact]
    public async Task A_user_has_a_locale_when_it_is_asked_for()
    {
        await using var slack = await Running.StartAsync();
        ((string?)(await slack.CallAsync("users.info", ("user", Seed.Emily), ("include_locale", "true")))["user"]!["locale"]).ShouldBe("en-US");
        (await slack.CallAsync("users.info", ("user", Seed.Emily)))["user"]!["locale"].ShouldBeNull();
        Error(await slack.CallAsync("users.info", ("user", "U1"))).ShouldBe("user_not_found");
    }

    [Fact]
    public async Task People_are_found_by_email()
    {
        await using var slack = await Running.StartAsync();
        ((string?)(await slack.CallAsync("users.lookupByEmail", ("email", "tanaka@festival-planner.example")))["user"]!["id"]).ShouldBe(Seed.Tanaka);
        Error(await slack.CallAsync("users.lookupByEmail", ("email", "nobody@example.com"))).ShouldBe("users_not_found");
    }

    [Fact]
    public async Task Groups_can_be_read_and_changed()
    {
        await using var slack = await Running.StartAsync();
        (await slack.CallAsync("usergroups.users.list", ("usergroup", Seed.OpsGroup)))["users"]!.AsArray().Select(u => (string?)u).ShouldBe([Seed.Sato, Seed.Emily]);
        await slack.CallAsync("usergroups.users.update", ("usergroup", Seed.OpsGroup), ("users", Seed.Suzuki));
        slack.Workspace.FindGroup(Seed.OpsGroup)!.Users.ShouldBe([Seed.Suzuki]);
        Error(await slack.CallAsync("usergroups.users.update", ("usergroup", Seed.OpsGroup), ("users", "U1"))).ShouldBe("invalid_users");
        Error(await slack.CallAsync("usergroups.users.list", ("usergroup", "S1"))).ShouldBe("no_such_subteam");
    }

    [Theory]
    [InlineData("Incident", "invalid_name_specials")]
    [InlineData("incident.1", "invalid_name_punctuation")]
    [InlineData("ops", "name_taken")]
    public async Task Channel_names_have_rules(string name, string error)
    {
        await using var slack = await Running.StartAsync();
        Error(await slack.CallAsync("conversations.create", ("name", name))).ShouldBe(error);
        Error(await slack.CallAsync("conversations.create", ("name", new string('a', 81)))).ShouldBe("invalid_name_maxlength");
        Error(await slack.CallAsync("conversations.create")).ShouldBe("invalid_name_required");
    }

    [Fact]
    public async Task A_war_room_can_be_made_filled_and_titled()
    {
        await using var slack = await Running.StartAsync();
        var id = (string)(await slack.CallAsync("conversations.create", ("name", "incident-7")))["channel"]!["id"]!;
        Error(await slack.CallAsync("conversations.invite", ("channel", id), ("users", $"{Seed.Sato},{Seed.Suzuki}"))).ShouldBeNull();
        Error(await slack.CallAsync("conversations.invite", ("channel", id), ("users", Seed.Sato))).ShouldBe("already_in_channel");
        Error(await slack.CallAsync("conversations.invite", ("channel", id), ("users", Seed.BotUser))).ShouldBe("cant_invite_self");
        Error(await slack.CallAsync("conversations.setTopic", ("channel", id), ("topic", new string('x', 251)))).ShouldBe("too_long");
        Error(await slack.CallAsync("conversations.setTopic", ("channel", id), ("topic", "disk"))).ShouldBeNull();
        slack.Workspace.ChannelsOf(Seed.Suzuki).ShouldContain(c => c.Name == "incident-7" && c.Topic == "disk");
    }

    [Fact]
    public async Task Joining_makes_posting_possible()
    {
        await using var slack = await Running.StartAsync();
        await slack.CallAsync("conversations.join", ("channel", Seed.General));
        await slack.PostAsync(Seed.General, "hello");
        ((string?)(await slack.CallAsync("conversations.join", ("channel", Seed.General)))["warning"]).ShouldBe("already_in_channel");
    }

    [Fact]
    public async Task Opening_a_direct_message_twice_gives_the_same_one()
    {
        await using var slack = await Running.StartAsync();
        var first = await slack.CallAsync("conversations.open", ("users", Seed.Takahashi));
        var second = await slack.CallAsync("conversations.open", ("users", Seed.Takahashi));
        ((string?)first["channel"]!["id"]).ShouldBe((string?)second["channel"]!["id"]);
        first["channel"]!.AsObject().Count.ShouldBe(1);
        Error(await slack.CallAsync("conversations.open", ("users", "U1"))).ShouldBe("user_not_found");
    }

    [Fact]
    public async Task Lists_are_paged_with_cursors()
    {
        await using var slack = await Running.StartAsync();
        var names = new List<string>();
        var cursor = "";
        do
        {
            var page = await slack.CallAsync("conversations.list", ("limit", "3"), ("cursor", cursor));
            names.AddRange(page["channels"]!.AsArray().Select(c => (string)c!["name"]!));
            cursor = (string)page["response_metadata"]!["next_cursor"]!;
        }
        while (cursor.Length > 0);
        names.Count.ShouldBe(7);
        Error(await slack.CallAsync("conversations.list", ("cursor", "garbage"))).ShouldBe("invalid_cursor");
    }

    [Fact]
    public async Task An_uploaded_picture_is_shown_in_the_channel()
    {
        await using var slack = await Running.StartAsync();
        byte[] bytes = [0x89, 0x50, 0x4e, 0x47];
        var ticket = await slack.CallAsync("files.getUploadURLExternal", ("filename", "graph.png"), ("length", "4"));
        var id = (string)ticket["file_id"]!;
        Error(await slack.CallAsync("files.completeUploadExternal", ("files", new[] { new { id } }), ("channel_id", Seed.Reports))).ShouldBe("file_not_found");
        using (var sent = await slack.Http.PostAsync((string)ticket["upload_url"]!, new ByteArrayContent(bytes)))
            sent.EnsureSuccessStatusCode();
        Error(await slack.CallAsync("files.completeUploadExternal", ("files", new[] { new { id, title = "Graph" } }), ("channel_id", Seed.Reports))).ShouldBeNull();
        var page = await slack.Http.GetStringAsync($"{slack.Url}/?channel={Seed.Reports}");
        page.ShouldContain($"<img src=\"/files/{id}/graph.png\"");
        (await slack.Http.GetByteArrayAsync($"{slack.Url}/files/{id}/graph.png")).ShouldBe(bytes);
    }

    [Fact]
    public async Task An_upload_of_another_length_is_refused()
    {
        await using var slack = await Running.StartAsync();
        var ticket = await slack.CallAsync("files.getUploadURLExternal", ("filename", "a.csv"), ("length", "4"));
        using var sent = await slack.Http.PostAsync((string)ticket["upload_url"]!, new ByteArrayContent([1]));
        ((int)sent.StatusCode).ShouldBe(400);
    }

    [Fact]
    public async Task Bookmarks_and_canvases_are_kept_with_the_channel()
    {
        await using var slack = await Running.StartAsync();
        await slack.CallAsync("bookmarks.add", ("channel_id", Seed.Ops), ("title", "Runbook"), ("type", "link"), ("link", "https://example.com/"));
        Error(await slack.CallAsync("bookmarks.add", ("channel_id", Seed.Ops), ("title", "Bad"), ("type", "link"), ("link", "javascript:alert(1)"))).ShouldBe("invalid_link");
        Error(await slack.CallAsync("canvases.create", ("title", "Timeline"), ("channel_id", Seed.Ops), ("document_content", new { type = "markdown", markdown = "# x" }))).ShouldBeNull();
        slack.Workspace.FindChannel(Seed.Ops)!.Bookmarks.Select(b => b.Title).ShouldBe(["Runbook", "Timeline"]);
    }

    [Fact]
    public async Task Unread_marks_count_mentions_of_people_and_their_groups()
    {
        await using var slack = await Running.StartAsync();
        await slack.PostAsync(Seed.Ops, "<!subteam^S0OPS00001> look");
        slack.Workspace.Unread(Seed.Ops, Seed.Sato).ShouldBe((1, 1));
        slack.Workspace.Unread(Seed.Ops, Seed.Suzuki).ShouldBe((1, 0));
        slack.Workspace.MarkRead(Seed.Ops, Seed.Sato);
        slack.Workspace.Unread(Seed.Ops, Seed.Sato).ShouldBe((0, 0));
    }
}
