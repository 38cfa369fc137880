using System.Net;
using System.Text.Json.Nodes;
using CsCheck;

namespace FestivalOps.Slack.Tests;

public sealed class HostilePayloadTests
{
    private static readonly string[] Samples =
    [
        """{"type":"block_actions","trigger_id":"T","user":{"id":"U1"},"container":{"type":"message","attachment_id":1},"channel":{"id":"C1"},"message":{"type":"message","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"x"},"accessory":{"type":"button","text":{"type":"plain_text","text":"y"}}},{"type":"table","rows":[[{"type":"raw_text","text":"c"}]],"column_settings":[null]}]},"state":{"values":{"b":{"a":{"type":"plain_text_input","value":"v"}}}},"actions":[{"type":"button","action_id":"a","value":"v"},{"type":"multi_static_select","action_id":"m","selected_options":[{"text":{"type":"plain_text","text":"z"},"value":"z"}]}]}""",
        """{"type":"view_submission","trigger_id":"T","user":{"id":"U1"},"response_urls":[{"block_id":"b","response_url":""}],"view":{"type":"modal","id":"V1","callback_id":"v","title":{"type":"plain_text","text":"t"},"blocks":[{"type":"input","block_id":"b","element":{"type":"static_select","options":[{"text":{"type":"plain_text","text":"o"},"value":"o"}]}},{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"r"}]}]}],"state":{"values":{"b":{"a":{"type":"checkboxes","selected_options":[]}}}}}}""",
        """{"type":"view_closed","user":{"id":"U1"},"is_cleared":false,"view":{"type":"modal","callback_id":"v","blocks":[]}}""",
        """{"type":"block_suggestion","action_id":"o","block_id":"b","value":"x","user":{"id":"U1"},"container":{"type":"view"}}""",
        """{"type":"message_action","callback_id":"m","trigger_id":"T","user":{"id":"U1"},"message":{"type":"message","ts":"1.2","attachments":[{"fields":[{"title":"t"}]}]}}""",
        """{"type":"shortcut","callback_id":"g","trigger_id":"T","user":{"id":"U1"}}""",
        """{"type":"event_callback","event_id":"T","authorizations":[{"user_id":"U1"}],"event":{"type":"message","text":"x","files":[{"id":"F1"}],"reactions":[{"name":"r","users":["U1"]}],"blocks":[{"type":"context","elements":[{"type":"mrkdwn","text":"x"}]}]}}""",
    ];

    private static readonly string[] Strange = ["null", "[null]", "[[null]]", "{}", "[]", "17", "-1e999", "true", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "{\"type\":null}", "{\"a\":null}"];

    [Theory]
    [InlineData("""{"type":"block_actions","trigger_id":"1","user":{"id":"U1"},"actions":[null,{"type":"button","action_id":"a"},null]}""", "a")]
    [InlineData("""{"type":"view_submission","trigger_id":"1","user":{"id":"U1"},"response_urls":[null],"view":{"type":"modal","callback_id":"v","blocks":[null],"state":{"values":{"x":null,"b":{"n":null}}}}}""", "v")]
    public async Task Nulls_in_lists_are_skipped_and_the_rest_is_handled(string payload, string handled)
    {
        var seen = new List<string>();
        await using var bot = await Start(seen);
        (await bot.Post("/slack/events", Bot.Payload(payload))).ShouldBe((HttpStatusCode.OK, ""));
        seen.ShouldBe([handled]);
        bot.Logs.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_payload_with_something_strange_in_it_is_answered_with_an_error_of_ours()
    {
        await using var bot = await Start([]);
        var mutated = Gen.Select(Gen.Int[0, Samples.Length - 1].Select(at => Samples[at]), Gen.Select(Gen.Int[0, 1000], Gen.Int[0, Strange.Length - 1].Select(at => Strange[at])).Array[1, 3], Gen.Long, Gen.Bool);
        await mutated.SampleAsync(async (sample, changes, unique, bare) =>
        {
            var payload = Change(sample.Replace("\"T\"", $"\"{unique}\"", StringComparison.Ordinal), changes);
            var (status, body) = await bot.Post("/slack/events", bare ? payload : Bot.Payload(payload));
            if (status is not HttpStatusCode.OK)
                (status, body.Contains("E-", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), payload);
            bot.Logs.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal), payload);
            bot.Logs.Lines.Clear();
        }, iter: 1500, threads: 1);
    }

    [Theory]
    [InlineData("\u0000")]
    [InlineData("\n")]
    [InlineData("long")]
    public async Task A_response_url_that_cannot_be_kept_is_taken_as_absent(string end)
    {
        var url = "https://hooks.slack.com/commands/T1/" + (end == "long" ? new string('x', 2000) : $"1{end}2");
        string? given = "none";
        string? pressed = "none";
        string? chosen = "none";
        await using var bot = await Bot.Start(c => c
            .RegisterSlashCommandHandler("/fops", new OnCommand(command =>
            {
                given = command.ResponseUrl;
                return Task.FromResult<SlashCommandResponse?>(null);
            }))
            .RegisterBlockActionHandler("a", new OnAction<ButtonAction>((_, request) =>
            {
                pressed = request.ResponseUrl;
                return Task.CompletedTask;
            }))
            .RegisterViewSubmissionHandler("v", new OnView(submission =>
            {
                chosen = submission.ResponseUrls[0].ResponseUrl;
                return Task.FromResult(ViewSubmissionResponse.Null);
            })));
        var quoted = JsonValue.Create(url).ToJsonString();

        (await bot.Post("/slack/commands", $"command=%2Ffops&user_id=U1&channel_id=C1&response_url={Uri.EscapeDataString(url)}")).Status.ShouldBe(HttpStatusCode.OK);
        await bot.Post("/slack/events", Bot.Payload($$"""{"type":"block_actions","response_url":{{quoted}},"user":{"id":"U1"},"actions":[{"type":"button","action_id":"a"}]}"""));
        await bot.Post("/slack/events", Bot.Payload($$"""{"type":"view_submission","response_urls":[{"response_url":{{quoted}}}],"user":{"id":"U1"},"view":{"type":"modal","callback_id":"v"} }"""));

        (given, pressed, chosen).ShouldBe(("", null, null));
        bot.Logs.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("response_url")).ShouldBe(3);
        bot.Logs.Lines.ShouldNotContain(line => line.Contains("/commands/T1"));
    }

    [Fact]
    public async Task What_nobody_expected_is_answered_with_an_error_id_that_is_in_the_log()
    {
        await using var bot = await Bot.Start(
            c => c.RegisterSlashCommandHandler("/fops", OnCommand.Says("fine")), services: services => services.AddSingleton<TimeProvider>(new BreaksOnDemand()));
        ((BreaksOnDemand)bot.Service<TimeProvider>()).Broken = true;
        var (status, body) = await bot.Post("/slack/commands", bot.Command("health"));
        status.ShouldBe(HttpStatusCode.InternalServerError);
        body.ShouldNotContain("Exception");
        var errorId = body[body.IndexOf("E-", StringComparison.Ordinal)..].TrimEnd(')', '\n');
        errorId.Length.ShouldBe(10);
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains(errorId) && line.Contains("the clock broke"));
    }

    private static Task<Bot> Start(List<string> seen) => Bot.Start(c => c
        .RegisterBlockActionHandler("a", new OnAction<ButtonAction>((action, _) =>
        {
            seen.Add(action.ActionId);
            return Task.CompletedTask;
        }))
        .RegisterEventHandler(new OnEvent<MessageEvent>(_ => Task.CompletedTask))
        .RegisterViewSubmissionHandler("v", new OnView(submission =>
        {
            submission.View.State?.GetValue<PlainTextInputValue>("b", "a");
            submission.View.State?.GetValue<PlainTextInputValue>("a");
            seen.Add("v");
            return Task.FromResult(ViewSubmissionResponse.Null);
        })));

    private static string Change(string json, (int Place, string What)[] changes)
    {
        // The strange things go in as marks first: no JSON tree can hold half a character.
        var root = JsonNode.Parse(json)!;
        for (var number = 0; number < changes.Length; number++)
        {
            var places = new List<Action>();
            Collect(root, $"MARK{number}", places);
            places[changes[number].Place % places.Count]();
        }
        var text = root.ToJsonString();
        for (var number = 0; number < changes.Length; number++)
            text = text.Replace($"\"MARK{number}\"", changes[number].What, StringComparison.Ordinal);
        return text;
    }

    private static void Collect(JsonNode? node, string mark, List<Action> places)
    {
        if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.ToList())
            {
                places.Add(() => fields[name] = mark);
                Collect(value, mark, places);
            }
        }
        else if (node is JsonArray items)
        {
            for (var at = 0; at < items.Count; at++)
            {
                var index = at;
                places.Add(() => items[index] = mark);
                Collect(items[at], mark, places);
            }
        }
    }

    private sealed class BreaksOnDemand : TimeProvider
    {
        public bool Broken { get; set; }

        public override DateTimeOffset GetUtcNow() => Broken ? throw new InvalidTimeZoneException("the clock broke") : base.GetUtcNow();
    }
}
