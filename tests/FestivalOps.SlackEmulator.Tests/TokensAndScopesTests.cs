using FestivalOps.SlackEmulator.Team;
using Shouldly;
using Xunit;

namespace FestivalOps.SlackEmulator.Tests;

public sealed class TokensAndScopesTests
{
    [Fact]
    public async Task A_good_token_says_who_the_bot_is()
    {
        await using var slack = await Running.StartAsync();
        var answer = await slack.CallAsync("auth.test");
        ((bool)answer["ok"]!).ShouldBeTrue();
        ((string?)answer["user_id"]).ShouldBe(Seed.BotUser);
    }

    [Theory]
    [InlineData(null, "not_authed")]
    [InlineData("xoxb-wrong", "invalid_auth")]
    [InlineData("xapp-local-workspace", "not_allowed_token_type")]
    public async Task A_missing_wrong_or_foreign_token_is_refused(string? token, string error)
    {
        await using var slack = await Running.StartAsync();
        using var response = await slack.SendAsync("chat.postMessage", new FormUrlEncodedContent([KeyValuePair.Create("channel", Seed.Ops), KeyValuePair.Create("text", "x")]), token);
        ((string?)(await response.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!["error"]).ShouldBe(error);
        slack.Workspace.Messages(Seed.Ops).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_bot_token_does_not_open_sockets()
    {
        await using var slack = await Running.StartAsync(o => o.DeliveryMode = DeliveryMode.Socket);
        using var response = await slack.SendAsync("apps.connections.open", new FormUrlEncodedContent([]), slack.Options.BotToken);
        (await response.Content.ReadAsStringAsync()).ShouldContain("not_allowed_token_type");
    }

    [Fact]
    public async Task A_token_in_the_url_is_refused_aloud_and_kept_out_of_the_record()
    {
        await using var slack = await Running.StartAsync();
        using var response = await slack.Http.GetAsync($"{slack.Url}/api/auth.test?token={slack.Options.BotToken}");
        (await response.Content.ReadAsStringAsync()).ShouldContain("never stand in a URL");
        (await slack.ListAsync("calls")).ToJsonString().ShouldNotContain(slack.Options.BotToken);
        ((string?)(await slack.ListAsync("refusals"))[0]!["error"]).ShouldBe("invalid_auth");
    }

    [Fact]
    public async Task A_missing_scope_names_what_is_needed_and_what_was_given()
    {
        await using var slack = await Running.StartAsync(o => o.BotScopes = ["commands", "users:read"]);
        using var response = await slack.SendAsync("chat.postMessage", ("channel", Seed.Ops), ("text", "x"));
        var answer = (await response.Content.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>())!;
        ((string?)answer["error"]).ShouldBe("missing_scope");
        ((string?)answer["needed"]).ShouldBe("chat:write");
        ((string?)answer["provided"]).ShouldBe("commands,users:read");
        response.Headers.GetValues("X-Accepted-OAuth-Scopes").ShouldBe(["chat:write"]);
        response.Headers.GetValues("X-OAuth-Scopes").ShouldBe(["commands,users:read"]);
    }

    [Fact]
    public async Task A_private_channel_needs_the_groups_scopes()
    {
        await using var slack = await Running.StartAsync(o => o.BotScopes = ["channels:manage", "channels:read"]);
        ((string?)(await slack.CallAsync("conversations.create", ("name", "incident-1"), ("is_private", "true")))["needed"]).ShouldBe("groups:write");
        ((bool)(await slack.CallAsync("conversations.create", ("name", "incident-1")))["ok"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_method_is_an_unknown_method()
    {
        await using var slack = await Running.StartAsync();
        ((string?)(await slack.CallAsync("files.upload"))["error"]).ShouldBe("unknown_method");
    }

    [Theory]
    [InlineData("conversations.info", "{\"channel\":\"C0OPS00001\"}")]
    [InlineData("users.info", "{\"user\":\"U0SATO0001\"}")]
    [InlineData("files.getUploadURLExternal", "{\"filename\":\"a.png\",\"length\":3}")]
    public async Task Reading_methods_do_not_see_json_bodies(string method, string json)
    {
        await using var slack = await Running.StartAsync();
        var answer = await slack.JsonAsync(method, json);
        ((string?)answer["error"]).ShouldBe("invalid_arguments");
        answer["response_metadata"]!["messages"]!.ToJsonString().ShouldContain("missing required field");
    }

    [Fact]
    public async Task Json_without_a_charset_earns_a_warning_and_still_works()
    {
        await using var slack = await Running.StartAsync();
        var answer = await slack.JsonAsync("chat.postMessage", """{"channel":"C0OPS00001","text":"x"}""", "application/json");
        ((bool)answer["ok"]!).ShouldBeTrue();
        ((string?)answer["warning"]).ShouldBe("missing_charset");
    }

    [Fact]
    public async Task Broken_json_and_foreign_body_types_are_refused()
    {
        await using var slack = await Running.StartAsync();
        ((string?)(await slack.JsonAsync("chat.postMessage", "{"))["error"]).ShouldBe("invalid_json");
        ((string?)(await slack.JsonAsync("chat.postMessage", "x", "text/plain"))["error"]).ShouldBe("invalid_post_type");
    }

    [Fact]
    public async Task Other_host_names_get_nothing()
    {
        await using var slack = await Running.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, slack.Url + "/control/state");
        request.Headers.Host = "evil.example";
        using var response = await slack.Http.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(421);
    }
}
