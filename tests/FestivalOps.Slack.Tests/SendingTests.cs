using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

/// <summary>Posts, updates and files on their way: order, pace, what is cut and what goes on.</summary>
public sealed class SendingTests
{
    private const string Posted = """{"ok":true,"channel":"C1","ts":"1700000000.000100","message":{"type":"message","text":"x","blocks":null}}""";

    private static readonly FakeTimeProvider Clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Posts_to_a_channel_leave_in_order_at_about_one_a_second_and_other_channels_do_not_wait()
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(time: time);
        bot.Slack.On("/api/chat.postMessage", Posted);
        var posts = Enumerable.Range(0, 5).Select(number => bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = $"{number}" }, Token)).ToList();
        await Task.WhenAll(posts[0], posts[1]);
        await bot.Client.Chat.PostMessage(new Message { Channel = "C2", Text = "other" }, Token);
        posts[2].IsCompleted.ShouldBeFalse();
        bot.Slack.Requests.Count.ShouldBe(3);
        for (var number = 2; number < 5; number++)
        {
            time.Advance(TimeSpan.FromSeconds(0.9));
            posts[number].IsCompleted.ShouldBeFalse();
            await Bot.Until(() => posts[number].IsCompleted, "the next post", () => time.Advance(TimeSpan.FromSeconds(0.1)));
        }
        bot.Slack.Requests.Select(request => request.Form["text"]).Where(text => text != "other").ShouldBe(["0", "1", "2", "3", "4"]);
    }

    [Fact]
    public async Task A_caller_that_gives_up_waiting_does_not_hold_the_others_up()
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(c => c.UsePostingPace(TimeSpan.FromSeconds(1), 1), time);
        bot.Slack.On("/api/chat.postMessage", Posted);
        await bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "1" }, Token);
        using var impatient = new CancellationTokenSource();
        var given = bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "2" }, impatient.Token);
        var patient = bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = "3" }, Token);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);
        await While(time, patient);
        bot.Slack.Requests.Select(request => request.Form["text"]).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task Of_updates_that_wait_only_the_newest_is_sent()
    {
        var time = new FakeTimeProvider(Clock.GetUtcNow());
        await using var bot = await Bot.Start(c => c.UsePostingPace(TimeSpan.FromSeconds(1), 1), time);
        bot.Slack.On("/api/chat.update", """{"ok":true,"channel":"C1","ts":"1.2","text":"x"}""");
        await bot.Client.Chat.Update(Change("0"), Token);
        var waiting = Enumerable.Range(1, 5).Select(number => bot.Client.Chat.Update(Change($"{number}"), Token)).ToList();
        await While(time, Task.WhenAll(waiting));
        bot.Slack.Requests.Select(request => request.Form["text"]).ShouldBe(["0", "5"]);

        static MessageUpdate Change(string text) => new() { ChannelId = "C1", Ts = "1.2", Text = text };
    }

    [Fact]
    public async Task An_update_is_cut_to_what_Slack_takes()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/chat.update", """{"ok":true,"channel":"C1","ts":"1.2"}""");
        await bot.Client.Chat.Update(new MessageUpdate { ChannelId = "C1", Ts = "1.2", Text = new string('x', 5000) }, Token);
        var text = bot.Slack.Requests.First().Form["text"];
        text.Length.ShouldBeLessThanOrEqualTo(4000);
        text.ShouldEndWith(")");
        text.ShouldContain("… (+");
    }

    [Fact]
    public async Task A_card_that_is_too_long_goes_on_in_its_thread()
    {
        await using var bot = await Bot.Start(c => c.UsePostingPace(TimeSpan.Zero, 1));
        bot.Slack.On("/api/chat.postMessage", Posted);
        await bot.Client.Chat.PostMessage(
            new Message { Channel = "C1", Blocks = [.. Enumerable.Range(0, 120).Select(number => new SectionBlock { Text = $"line {number}" })] }, Token);
        var sent = bot.Slack.To("/api/chat.postMessage");
        sent.Count.ShouldBe(3);
        sent[0].Form.ContainsKey("thread_ts").ShouldBeFalse();
        sent[0].Form["text"].ShouldBe("line 0");
        sent[1].Form["thread_ts"].ShouldBe("1700000000.000100");
        sent.Sum(request => JsonDocument.Parse(request.Form["blocks"]).RootElement.GetArrayLength()).ShouldBe(120);
    }

    [Fact]
    public async Task When_only_the_continuation_fails_the_message_counts_as_posted_and_the_log_says_what_is_missing()
    {
        await using var bot = await Bot.Start(c => c.UsePostingPace(TimeSpan.Zero, 1));
        var posts = 0;
        bot.Slack.On("/api/chat.postMessage", _ => ++posts == 1 ? new Answer(Posted) : new Answer("""{"ok":false,"error":"is_archived"}"""));
        var answer = await bot.Client.Chat.PostMessage(new Message { Channel = "C1", Text = new string('x', 9000) }, Token);
        answer.Ts.ShouldBe("1700000000.000100");
        posts.ShouldBe(2);
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("last 2 of 3 parts") && line.Contains("is_archived"));
    }

    [Fact]
    public async Task Files_go_up_in_three_steps_and_the_token_stays_with_Slacks_api()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/files.getUploadURLExternal", $$"""{"ok":true,"upload_url":"{{bot.Slack.Address}}/upload/v1/abc","file_id":"F1"}""");
        bot.Slack.On("/upload/v1/abc", "OK - 5");
        bot.Slack.On("/api/files.completeUploadExternal", """{"ok":true,"files":[{"id":"F1","title":"report"}]}""");
        var file = await bot.Client.Files.Upload(new FileUpload("r.txt", "hello") { Title = "report" }, "C1", initialComment: "here", cancellationToken: Token);
        file.Id.ShouldBe("F1");
        bot.Slack.To("/api/files.getUploadURLExternal")[0].Form["length"].ShouldBe("5");
        var upload = bot.Slack.To("/upload/v1/abc").ShouldHaveSingleItem();
        (upload.Body, upload.Authorization).ShouldBe(("hello", null));
        bot.Slack.To("/api/files.completeUploadExternal")[0].Form["files"].ShouldBe("""[{"id":"F1","title":"report"}]""");
    }

    [Fact]
    public async Task A_file_is_not_sent_to_a_foreign_host()
    {
        await using var bot = await Bot.Start();
        bot.Slack.On("/api/files.getUploadURLExternal", """{"ok":true,"upload_url":"https://slack.com.evil.example/x","file_id":"F1"}""");
        (await Should.ThrowAsync<SlackException>(() => bot.Client.Files.Upload(new FileUpload("r.txt", "hello"), cancellationToken: Token))).ErrorCode.ShouldBe("upload_url_refused");
    }

    private static async Task<T> While<T>(FakeTimeProvider time, Task<T> task)
    {
        await Bot.Until(() => task.IsCompleted, "the call", () => time.Advance(TimeSpan.FromSeconds(1)));
        return await task;
    }
}
