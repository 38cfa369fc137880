using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

public sealed class DispatchTests
{
    private static string Actions(Bot bot, string trigger = "9.9.z", string type = "button") => Bot.Payload(
        $$"""
        {"type":"block_actions","user":{"id":"U1","username":"hana"},"team":null,"api_app_id":"A1","trigger_id":"{{trigger}}","response_url":"{{bot.ResponseUrl}}",
         "container":{"type":"message","message_ts":"1.2","channel_id":"C1","is_ephemeral":false},"channel":{"id":"C1","name":"ops"},
         "message":{"type":"message","ts":"1.2","blocks":[{"type":"hologram","block_id":"h"}]},
         "actions":[{"type":"{{type}}","block_id":"b","action_id":"take","action_ts":"1.3","value":"INC-1"}]}
        """);

    [Fact]
    public async Task A_button_reaches_its_handler_with_everything_around_it()
    {
        (string?, string?, string?, Block?) seen = default;
        await using var bot = await Bot.Start(c => c.RegisterBlockActionHandler("take", new OnAction<ButtonAction>((action, request) =>
        {
            seen = (action.Value, request.Channel?.Id, request.Message?.Ts, request.Message?.Blocks[0]);
            return Task.CompletedTask;
        })));
        (await bot.Post("/slack/interactions", Actions(bot))).ShouldBe((HttpStatusCode.OK, ""));
        (seen.Item1, seen.Item2, seen.Item3).ShouldBe(("INC-1", "C1", "1.2"));
        seen.Item4.ShouldBeOfType<UnknownBlock>().Raw.GetProperty("block_id").GetString().ShouldBe("h");
    }

    [Fact]
    public async Task An_element_of_an_unknown_type_still_reaches_whoever_takes_everything()
    {
        BlockAction? seen = null;
        await using var bot = await Bot.Start(c => c.RegisterBlockActionHandler<BlockAction>("take", new OnAction<BlockAction>((action, _) =>
        {
            seen = action;
            return Task.CompletedTask;
        })));
        await bot.Post("/slack/action", Actions(bot, type: "lever"));
        seen.ShouldBeOfType<UnknownAction>().ActionId.ShouldBe("take");
    }

    [Fact]
    public async Task A_handler_that_throws_is_answered_with_an_error_id_that_is_in_the_log()
    {
        await using var bot = await Bot.Start(c => c
            .RegisterSlashCommandHandler("/fops", new OnCommand(_ => throw new InvalidOperationException($"broken with {Bot.Token}")))
            .RegisterBlockActionHandler("take", new OnAction<ButtonAction>((_, _) => throw new InvalidOperationException("broken"))));

        var (status, body) = await bot.Post("/slack/commands", bot.Command("health"));
        status.ShouldBe(HttpStatusCode.OK);
        var text = JsonDocument.Parse(body).RootElement.GetProperty("text").GetString()!;
        text.ShouldContain("うまくいきませんでした");
        text.ShouldContain("Something went wrong");
        LoggedId(bot, text);

        await bot.Post("/slack/interactions", Actions(bot));
        await Bot.Until(() => bot.Slack.To("/commands/T1/1/secretpath").Count == 1, "the person was told");
        var told = JsonDocument.Parse(bot.Slack.To("/commands/T1/1/secretpath")[0].Body).RootElement;
        told.GetProperty("response_type").GetString().ShouldBe("ephemeral");
        told.GetProperty("replace_original").GetBoolean().ShouldBeFalse();
        LoggedId(bot, told.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task A_slow_handler_is_acknowledged_in_time_and_its_answer_follows()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var entered = new TaskCompletionSource();
        var finish = new TaskCompletionSource<SlashCommandResponse?>();
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(_ =>
        {
            entered.SetResult();
            return finish.Task;
        })), time);

        var acknowledging = bot.Post("/slack/commands", bot.Command("health"));
        await entered.Task;
        await Bot.Until(() => acknowledging.IsCompleted, "the acknowledgement", () => time.Advance(TimeSpan.FromSeconds(0.5)));
        (await acknowledging).ShouldBe((HttpStatusCode.OK, ""));
        bot.Slack.Requests.ShouldBeEmpty();

        finish.SetResult(new SlashCommandResponse { Message = new Message { Text = "done" }, ResponseType = ResponseType.InChannel });
        await Bot.Until(() => bot.Slack.Requests.Count == 1, "the answer");
        var answer = JsonDocument.Parse(bot.Slack.Requests.First().Body).RootElement;
        (answer.GetProperty("text").GetString(), answer.GetProperty("response_type").GetString()).ShouldBe(("done", "in_channel"));
    }

    [Fact]
    public async Task What_was_acknowledged_is_finished_before_the_host_stops()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var finish = new TaskCompletionSource<SlashCommandResponse?>();
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(_ => finish.Task)), time);
        var acknowledging = bot.Post("/slack/commands", bot.Command("health"));
        await Bot.Until(() => acknowledging.IsCompleted, "the acknowledgement", () => time.Advance(TimeSpan.FromSeconds(0.5)));

        var stopping = bot.Stop();
        stopping.IsCompleted.ShouldBeFalse();
        finish.SetResult(new SlashCommandResponse { Message = new Message { Text = "done" } });
        await stopping;
        bot.Slack.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_nobody_registered_gets_a_sentence_in_both_languages()
    {
        await using var bot = await Bot.Start();
        var (_, body) = await bot.Post("/slack/commands", bot.Command("x", command: "/nope<!channel>"));
        var text = JsonDocument.Parse(body).RootElement.GetProperty("text").GetString()!;
        text.ShouldContain("is not available here");
        text.ShouldContain("まだ使えません");
        text.ShouldNotContain("<!channel>");
    }

    [Fact]
    public async Task Views_answer_with_what_happens_next()
    {
        var view = new OnView(submission => Task.FromResult<ViewSubmissionResponse>(
            submission.View.State!.GetValue<PlainTextInputValue>("b", "a")?.Value is null
                ? new ViewErrorsResponse { Errors = { ["b"] = "必須です" } }
                : new UpdateViewResponse { View = new ModalViewDefinition { Title = "A title that is much too long for Slack", CallbackId = "v" } }));
        await using var bot = await Bot.Start(c => c.RegisterViewSubmissionHandler("v", view));

        (await bot.Post("/slack/interactions", Submission("null", "1"))).Body.ShouldBe("""{"response_action":"errors","errors":{"b":"必須です"}}""");
        var updated = JsonDocument.Parse((await bot.Post("/slack/interactions", Submission("\"x\"", "2"))).Body).RootElement;
        updated.GetProperty("response_action").GetString().ShouldBe("update");
        updated.GetProperty("view").GetProperty("title").GetProperty("text").GetString()!.Length.ShouldBeLessThanOrEqualTo(24);
        await bot.Post("/slack/interactions", Bot.Payload("""{"type":"view_closed","user":{"id":"U1"},"view":{"type":"modal","id":"V1","callback_id":"v"},"is_cleared":true}"""));
        view.Closed.ShouldHaveSingleItem().IsCleared.ShouldBeTrue();

        static string Submission(string value, string trigger) => Bot.Payload(
            """{"type":"view_submission","trigger_id":"TRIGGER","user":{"id":"U1"},"view":{"type":"modal","id":"V1","callback_id":"v","blocks":[],"state":{"values":{"b":{"a":{"type":"plain_text_input","value":VALUE}}}}}}"""
                .Replace("TRIGGER", trigger, StringComparison.Ordinal).Replace("VALUE", value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_view_whose_handler_throws_keeps_what_was_typed()
    {
        await using var bot = await Bot.Start(c => c.RegisterViewSubmissionHandler("v", new OnView(_ => throw new InvalidOperationException("broken"))));
        var (_, body) = await bot.Post("/slack/interactions", Bot.Payload(
            """{"type":"view_submission","user":{"id":"U1"},"view":{"type":"modal","id":"V1","callback_id":"v","blocks":[{"type":"input","block_id":"reason","element":{"type":"plain_text_input","action_id":"a"}}]}}"""));
        var answer = JsonDocument.Parse(body).RootElement;
        answer.GetProperty("response_action").GetString().ShouldBe("errors");
        LoggedId(bot, answer.GetProperty("errors").GetProperty("reason").GetString()!);
    }

    [Fact]
    public async Task A_menu_gets_at_most_a_hundred_choices()
    {
        await using var bot = await Bot.Start(c => c.RegisterBlockOptionProvider("pick", new Many()));
        const string Ask = """{"type":"block_suggestion","user":{"id":"U1"},"action_id":"pick","block_id":"b","value":"fe"}""";
        var (_, body) = await bot.Post("/slack/options", Bot.Payload(Ask));
        body.ShouldStartWith("""{"options":[""", customMessage: string.Join('\n', bot.Logs.Lines));
        JsonDocument.Parse(body).RootElement.GetProperty("options").GetArrayLength().ShouldBe(100);
        (await bot.Post("/slack/options", Bot.Payload(Ask.Replace("pick", "other", StringComparison.Ordinal)))).Body.ShouldBe("""{"options":[]}""");
    }

    [Fact]
    public async Task Shortcuts_reach_their_handlers()
    {
        var seen = new List<string>();
        await using var bot = await Bot.Start(c => c
            .RegisterGlobalShortcutHandler("g", new Shortcuts(seen)).RegisterMessageShortcutHandler("m", new Shortcuts(seen)));
        await bot.Post("/slack/interactions", Bot.Payload("""{"type":"shortcut","callback_id":"g","trigger_id":"1","user":{"id":"U1"},"team":{"id":"T1"}}"""));
        await bot.Post("/slack/interactions", Bot.Payload("""{"type":"message_action","callback_id":"m","trigger_id":"2","user":{"id":"U1"},"message":{"ts":"5.6","text":"x"},"channel":{"id":"C1"}}"""));
        seen.ShouldBe(["g", "m 5.6"]);
    }

    [Fact]
    public async Task Handlers_are_made_in_a_scope_per_request_and_disposed_of()
    {
        ScopedHandler.Disposed = 0;
        await using var bot = await Bot.Start(c => c.RegisterSlashCommandHandler<ScopedHandler>("/fops"));
        await bot.Post("/slack/commands", bot.Command("a", trigger: "1"));
        await bot.Post("/slack/commands", bot.Command("b", trigger: "2"));
        ScopedHandler.Disposed.ShouldBe(2);
    }

    [Fact]
    public async Task One_event_handler_that_fails_takes_nothing_from_the_others()
    {
        var calls = 0;
        await using var bot = await Bot.Start(c => c
            .RegisterEventHandler(new OnEvent<Event>(_ => throw new InvalidOperationException("broken")))
            .RegisterEventHandler(new OnEvent<UnknownEvent>(_ => { calls++; return Task.CompletedTask; })));
        (await bot.Post("/slack/events", """{"type":"event_callback","event_id":"E1","event":{"type":"brand_new","user":{"id":"U1"}}}""")).Status.ShouldBe(HttpStatusCode.OK);
        calls.ShouldBe(1);
    }

    private static void LoggedId(Bot bot, string text)
    {
        var at = text.IndexOf("E-", StringComparison.Ordinal);
        var id = text.Substring(at, 10);
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(id));
    }

    private sealed class Many : IBlockOptionProvider
    {
        public Task<BlockOptionsResponse> GetOptions(BlockOptionsRequest request) => Task.FromResult(new BlockOptionsResponse
        {
            Options = [.. Enumerable.Range(0, 150).Select(number => new Option { Text = $"{request.Value}{number}", Value = $"{number}" })],
        });
    }

    private sealed class Shortcuts(List<string> seen) : IGlobalShortcutHandler, IMessageShortcutHandler
    {
        public Task Handle(GlobalShortcut shortcut)
        {
            seen.Add(shortcut.CallbackId);
            return Task.CompletedTask;
        }

        public Task Handle(MessageShortcut request)
        {
            seen.Add($"{request.CallbackId} {request.Message?.Ts}");
            return Task.CompletedTask;
        }
    }

    private sealed class ScopedHandler(IServiceProvider services) : ISlashCommandHandler, IDisposable
    {
        public static int Disposed { get; set; }

        public Task<SlashCommandResponse?> Handle(SlashCommand command)
        {
            services.GetService<ISlackApiClient>().ShouldNotBeNull();
            return Task.FromResult<SlashCommandResponse?>(null);
        }

        public void Dispose() => Disposed++;
    }
}
