using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

/// <summary>What a call says to Slack, and what becomes of each kind of answer.</summary>
public sealed class WebApiTests
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1700000000.000100","message":{"type":"message","text":"x","blocks":null}}""";

    private static readonly FakeTimeProvider Clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_post_carries_the_token_in_the_header_and_everything_else_in_the_form()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/chat.postMessage", Posted);
        var answer = await bot.Client.Chat.PostMessage(
            new Message
            {
                Channel = "C1", Text = "a & b", ThreadTs = "1.2", UnfurlMedia = false,
                Blocks = [new SectionBlock { BlockId = "s", Text = Mrkdwn.Of($"*{"<b>"}*") }, new DividerBlock()],
                MetadataJson = new MessageMetadata { EventType = "card", EventPayload = new System.Text.Json.Nodes.JsonObject { ["key"] = "k1" } },
            },
            Token);

        (answer.Ts, answer.Channel).ShouldBe(("1700000000.000100", "C1"));
        var request = bot.Slack.To("/api/chat.postMessage").ShouldHaveSingleItem();
        request.Authorization.ShouldBe($"Bearer {Bot.Token}");
        request.Query.ShouldBe("");
        request.Body.ShouldNotContain("xoxb");
        request.ContentType.ShouldStartWith("application/x-www-form-urlencoded");
        request.Form["text"].ShouldBe("a & b");
        request.Form["thread_ts"].ShouldBe("1.2");
        (request.Form["unfurl_links"], request.Form["unfurl_media"]).ShouldBe(("false", "false"));
        request.Form["blocks"].ShouldBe("""[{"text":{"type":"mrkdwn","text":"*&lt;b&gt;*"},"type":"section","block_id":"s"},{"type":"divider"}]""");
        request.Form["metadata"].ShouldBe("""{"event_type":"card","event_payload":{"key":"k1"}}""");
    }

    [Fact]
    public async Task Reads_are_form_posts_without_arguments_in_the_address()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/users.lookupByEmail", """{"ok":true,"user":{"id":"U7","tz_offset":"32400","is_bot":null,"profile":null,"locale":"ja-JP","has_2fa":true}}""");
        var user = await bot.Client.Users.LookupByEmail("hana@example.com", Token);
        (user.Id, user.TzOffset, user.IsBot, user.Locale, user.Has2FA).ShouldBe(("U7", 32400, false, "ja-JP", true));
        var request = bot.Slack.Requests.ShouldHaveSingleItem();
        request.Query.ShouldBe("");
        request.Form["email"].ShouldBe("hana@example.com");
    }

    [Fact]
    public async Task A_refusal_carries_Slacks_words_even_when_nobody_knows_them()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/chat.postMessage", """{"ok":false,"error":"brand_new_error","needed":"chat:write","provided":"commands","response_metadata":{"messages":["[ERROR] no more than 50 items allowed [json-pointer:/blocks]"]}}""");
        var refusal = await Should.ThrowAsync<SlackException>(() => bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "x" }, Token));
        refusal.ErrorCode.ShouldBe("brand_new_error");
        refusal.ErrorMessages.ShouldHaveSingleItem().ShouldContain("/blocks");
        (refusal.ErrorInfo["needed"], refusal.ErrorInfo["provided"]).ShouldBe(("chat:write", "commands"));
        bot.Slack.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(429, "1", "")]
    [InlineData(429, null, "")]
    [InlineData(429, "0", "not json")]
    [InlineData(200, null, """{"ok":false,"error":"ratelimited"}""")]
    [InlineData(200, "1", """{"ok":false,"error":"rate_limited"}""")]
    public async Task A_rate_limit_is_waited_for_and_the_post_arrives_once(int status, string? retryAfter, string body)
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(time: time);
        var tries = 0;
        bot.Slack.On("/api/chat.postMessage", _ => ++tries == 1 ? new Answer(body, status, retryAfter) : new Answer(Posted));
        await While(time, bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "x" }, Token));
        tries.ShouldBe(2);
    }

    [Fact]
    public async Task A_wait_longer_than_the_limit_is_given_to_the_caller()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/users.info", _ => new Answer("", 429, "3600"));
        (await Should.ThrowAsync<SlackRateLimitException>(() => bot.Client.Users.Info("U1", cancellationToken: Token))).RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        bot.Slack.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(502, "<html>")]
    [InlineData(200, "<html>")]
    [InlineData(200, """{"ok":false,"error":"internal_error"}""")]
    [InlineData(200, """{"ok":false,"error":"fatal_error"}""")]
    public async Task A_post_with_unknown_outcome_is_never_repeated_and_says_so(int status, string body)
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/chat.postMessage", _ => new Answer(body, status));
        (await Should.ThrowAsync<SlackUnclearException>(() => bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "x" }, Token))).Method.ShouldBe("chat.postMessage");
        bot.Slack.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_that_is_not_answered_in_time_is_unclear()
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(time: time);
        var never = new TaskCompletionSource();
        bot.Slack.On("/api/chat.postMessage", _ => new Answer(Posted, After: never.Task));
        var posting = bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "x" }, Token);
        await Bot.Until(() => !bot.Slack.Requests.IsEmpty, "the post was sent");
        await Should.ThrowAsync<SlackUnclearException>(() => While(time, posting));
        bot.Slack.Requests.Count.ShouldBe(1);
        never.SetResult();
    }

    [Fact]
    public async Task What_is_harmless_to_repeat_is_repeated_after_a_server_error()
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(time: time);
        var tries = 0;
        bot.Slack.On("/api/users.info", _ => ++tries < 3 ? new Answer("", 503) : new Answer("""{"ok":true,"user":{"id":"U1"}}"""));
        (await While(time, bot.Client.Users.Info("U1", cancellationToken: Token))).Id.ShouldBe("U1");
        tries.ShouldBe(3);
    }

    [Fact]
    public async Task When_nothing_was_reached_nothing_took_effect_and_that_is_said()
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(c => c.UseApiBaseUrl(new Uri("http://127.0.0.1:9/api/")), time);
        await Should.ThrowAsync<SlackUnavailableException>(() => While(time, bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "x" }, Token)));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/auth.test", _ => new Answer("", 302, Location: $"{bot.Slack.Address}/elsewhere"));
        (await Should.ThrowAsync<SlackException>(() => bot.Client.Auth.Test(Token))).ErrorCode.ShouldBe("http_302");
        bot.Slack.To("/elsewhere").ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_token_is_used_where_asked_for_and_what_is_so_already_counts_as_done()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/reactions.add", """{"ok":false,"error":"already_reacted"}""");
        await bot.Client.WithAccessToken("xoxb-other").Reactions.AddToMessage(":eyes:", "C1", "1.2", Token);
        var request = bot.Slack.Requests.ShouldHaveSingleItem();
        (request.Authorization, request.Form["name"]).ShouldBe(("Bearer xoxb-other", "eyes"));
    }

    private static async Task<T> While<T>(FakeTimeProvider time, Task<T> task)
    {
        await Bot.Until(() => task.IsCompleted, "the call", () => time.Advance(TimeSpan.FromSeconds(1)));
        return await task;
    }

    [Fact]
    public async Task A_client_without_repeats_tries_once_and_does_not_wait_for_a_limit()
    {
        await using var bot = await Bot.Start();
        var client = bot.Client.WithoutRepeats();
        bot.Slack.On("/api/chat.postMessage", _ => new Answer("""{"ok":false,"error":"ratelimited"}""") { Status = 429, RetryAfter = "30" });
        var message = new Message { Channel = "C1", Text = "x" };
        (await Should.ThrowAsync<SlackRateLimitException>(() => client.Chat.PostMessage(message, Token))).RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        // The second is not even sent: the limit is known.
        (await Should.ThrowAsync<SlackRateLimitException>(() => client.Chat.PostMessage(message, Token))).RetryAfter!.Value.ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        bot.Slack.To("/api/chat.postMessage").Count.ShouldBe(1);

        bot.Slack.On("/api/users.info", _ => new Answer("""{"ok":false,"error":"internal_error"}""") { Status = 500 });
        await Should.ThrowAsync<SlackUnclearException>(() => client.Users.Info("U1", cancellationToken: Token));
        bot.Slack.To("/api/users.info").Count.ShouldBe(1);
    }
}
