using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Manifest;

public sealed class WebApiCallsTests
{
    [Theory]
    [InlineData("await slack.Chat.PostMessage(message, ct);", "Chat.PostMessage")]
    [InlineData("await slack\n    .Users\n    .Info(id, true, ct);", "Users.Info")]
    [InlineData("await this.client.WithAccessToken(t).UserGroupUsers.List(g, false, ct)", "UserGroupUsers.List")]
    [InlineData("await slack.Post<JsonNode>(\"reminders.add\", args, ct)", "reminders.add")]
    public void A_call_is_found_however_it_is_written(string source, string call) => WebApiCalls.FindInText(source).ShouldBe([call]);

    [Theory]
    [InlineData("options.Users.Where(u => u.Length > 3)")]
    [InlineData("role.Users.Contains(userId)")]
    [InlineData("using FestivalOps.Slack.Views;")]
    public void Lists_and_namespaces_of_the_same_name_are_no_calls(string source) => WebApiCalls.FindInText(source).ShouldBeEmpty();

    [Fact]
    public void A_call_that_the_table_does_not_know_is_named() =>
        Should.Throw<KeyNotFoundException>(() => WebApiCalls.ScopesOf("Bots.Info")).Message.ShouldContain("Bots.Info");
}
