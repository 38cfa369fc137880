namespace FestivalOps.Slack.Tests;

/// <summary>Answers through a <c>response_url</c>.</summary>
public sealed class ResponseUrlTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://hooks.slack.com.evil.example/x")]
    [InlineData("https://hooks.slack.com@evil.example/x")]
    [InlineData("https://evil.example/hooks.slack.com")]
    [InlineData("https://user:pw@hooks.slack.com/x")]
    [InlineData("https://hooks.slack.com:8443/x")]
    [InlineData("http://hooks.slack.com/x")]
    [InlineData("https://slack.com/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://10.0.0.1/x")]
    [InlineData("http://127.0.0.1.evil.example/x")]
    [InlineData("/x")]
    [InlineData("")]
    public async Task An_answer_is_not_sent_to_a_foreign_address(string address)
    {
        await using var bot = await Bot.Start();
        var refusal = await Should.ThrowAsync<SlackException>(() => bot.Client.Respond(address, new Message { Text = "x" }, Token));
        refusal.ErrorCode.ShouldBe("response_url_refused");
    }

    [Fact]
    public async Task Answers_say_who_sees_them_and_what_they_replace()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/commands/T1/1/secretpath", "ok");
        var request = new BlockActionRequest { ResponseUrl = bot.ResponseUrl };
        await bot.Client.Respond(request, new MessageResponse { ReplaceOriginal = true, Message = new Message { Text = "new" } }, Token);
        await bot.Client.Respond(request, new MessageResponse { DeleteOriginal = true }, Token);
        await bot.Client.Respond(bot.ResponseUrl, new Message { Text = "plain" }, Token);
        bot.Slack.Requests.Select(sent => sent.Body).ShouldBe([
            """{"response_type":"ephemeral","replace_original":true,"text":"new","unfurl_links":false,"unfurl_media":true}""",
            """{"delete_original":true}""",
            """{"response_type":"ephemeral","replace_original":false,"text":"plain","unfurl_links":false,"unfurl_media":true}""",
        ]);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_used_up_response_url_is_said_to_be_so_without_being_shown(int status)
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/commands/T1/1/secretpath", _ => new Answer("used_url", status));
        var refusal = await Should.ThrowAsync<SlackException>(() => bot.Client.Respond(bot.ResponseUrl, new Message { Text = "x" }, Token));
        refusal.ErrorCode.ShouldBe("expired_url");
        refusal.ToString().ShouldNotContain("secretpath");
    }

    [Fact]
    public async Task A_response_url_that_redirects_is_not_followed()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/commands/T1/1/secretpath", _ => new Answer("", 307, Location: $"{bot.Slack.Address}/elsewhere"));
        await Should.ThrowAsync<SlackException>(() => bot.Client.Respond(bot.ResponseUrl, new Message { Text = "x" }, Token));
        bot.Slack.To("/elsewhere").ShouldBeEmpty();
    }
}
