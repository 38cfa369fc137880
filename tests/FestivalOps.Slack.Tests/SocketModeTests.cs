using System.Text.Json;

namespace FestivalOps.Slack.Tests;

public sealed class SocketModeTests
{
    private static Task<Bot> Start(Action<AspNetSlackServiceConfiguration>? more = null, int connections = 1) => Bot.Start(c =>
    {
        c.UseSocketMode(new SocketMode.SocketModeConnectionOptions { NumberOfConnections = connections, ConnectionDelay = TimeSpan.Zero });
        more?.Invoke(c);
    });

    private static string Envelope(Bot bot, string id, string trigger, string text = "health") =>
        $$"""
        {"envelope_id":"{{id}}","type":"slash_commands","accepts_response_payload":true,
         "payload":{"command":"/fops","text":"{{text}}","user_id":"U1","channel_id":"C1","team_id":"T1","trigger_id":"{{trigger}}","response_url":"{{bot.ResponseUrl}}","is_enterprise_install":"false"}
        }
        """;

    private static ISlackConnectionState State(Bot bot) => bot.Service<ISlackConnectionState>();

    [Fact]
    public async Task A_command_is_acknowledged_with_its_answer()
    {
        await using var bot = await Start(c => c.RegisterSlashCommandHandler("/fops", OnCommand.Says("fine")));
        await Bot.Until(() => bot.Service<ISlackSocketModeClient>().Connected, "connected");
        bot.Slack.To("/api/apps.connections.open")[0].Authorization.ShouldBe($"Bearer {Bot.AppToken}");
        var socket = bot.Slack.Sockets.First();
        await socket.Send(Envelope(bot, "e1", "1"));
        await Bot.Until(() => !socket.Messages.IsEmpty, "acknowledged");
        socket.Messages.First().ShouldBe("""{"envelope_id":"e1","payload":{"response_type":"ephemeral","text":"fine","unfurl_links":false,"unfurl_media":true}}""");
    }

    [Fact]
    public async Task It_is_connected_only_after_hello()
    {
        var hello = new TaskCompletionSource();
        var slackStarted = false;
        await using var bot = await Start();
        await Bot.Until(() => State(bot).Status == SlackConnectionStatus.Connected, "connected");
        bot.Slack.OnSocket = async peer =>
        {
            slackStarted = true;
            await hello.Task;
            await peer.Send("""{"type":"hello"}""");
        };
        bot.Slack.Sockets.First().Abort();
        await Bot.Until(() => slackStarted, "the next connection");
        bot.Service<ISlackSocketModeClient>().Connected.ShouldBeFalse();
        State(bot).Status.ShouldBe(SlackConnectionStatus.Connecting);
        hello.SetResult();
        await Bot.Until(() => State(bot).Status == SlackConnectionStatus.Connected, "connected again");
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task On_a_warning_the_new_connection_is_ready_before_the_old_one_ends_and_nothing_is_lost(string reason)
    {
        var handled = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var bot = await Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(command =>
        {
            handled.Enqueue(command.Text);
            return Task.FromResult<SlashCommandResponse?>(null);
        })));
        await Bot.Until(() => State(bot).ReadyConnections == 1, "connected");
        var old = bot.Slack.Sockets.First();
        await old.Send($$"""{"type":"disconnect","reason":"{{reason}}","debug_info":{"host":"h"} }""");
        await Bot.Until(() => State(bot).ReadyConnections == 2, "both are open");
        await old.Send(Envelope(bot, "e1", "1", "on the old one"));
        await bot.Slack.Sockets.Last().Send(Envelope(bot, "e2", "2", "on the new one"));
        await Bot.Until(() => old.Messages.Count == 1 && bot.Slack.Sockets.Last().Messages.Count == 1, "both acknowledged");
        handled.Order(StringComparer.Ordinal).ShouldBe(["on the new one", "on the old one"]);
        old.Abort();
        await Bot.Until(() => State(bot).ReadyConnections == 1, "one is left");
        State(bot).Status.ShouldBe(SlackConnectionStatus.Connected);
    }

    [Fact]
    public async Task What_Slack_sends_again_over_another_connection_is_acknowledged_but_handled_once()
    {
        var calls = 0;
        await using var bot = await Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(_ =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult<SlashCommandResponse?>(null);
        })), connections: 2);
        await Bot.Until(() => State(bot).ReadyConnections == 2, "both connected");
        foreach (var socket in bot.Slack.Sockets)
        {
            await socket.Send(Envelope(bot, $"e{socket.GetHashCode()}", "same"));
            await Bot.Until(() => socket.Messages.Count == 1, "acknowledged");
        }
        calls.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_whose_socket_broke_goes_to_the_response_url()
    {
        var entered = new TaskCompletionSource();
        var finish = new TaskCompletionSource<SlashCommandResponse?>();
        await using var bot = await Start(c => c.RegisterSlashCommandHandler("/fops", new OnCommand(_ =>
        {
            entered.SetResult();
            return finish.Task;
        })));
        await Bot.Until(() => State(bot).ReadyConnections == 1, "connected");
        var socket = bot.Slack.Sockets.First();
        await socket.Send(Envelope(bot, "e1", "1"));
        await entered.Task;
        socket.Abort();
        await Bot.Until(() => State(bot).ReadyConnections == 0 || bot.Slack.Sockets.Count == 2, "noticed");
        finish.SetResult(new SlashCommandResponse { Message = new Message { Text = "not lost" } });
        await Bot.Until(() => bot.Slack.To("/commands/T1/1/secretpath").Count == 1, "the answer");
    }

    [Fact]
    public async Task Socket_Mode_switched_off_stops_for_good_with_a_critical_line_and_a_state()
    {
        await using var bot = await Start();
        await Bot.Until(() => State(bot).ReadyConnections == 1, "connected");
        await bot.Slack.Sockets.First().Send("""{"type":"disconnect","reason":"link_disabled"}""");
        await Bot.Until(() => State(bot).Status == SlackConnectionStatus.Stopped, "stopped");
        State(bot).Reason.ShouldBe("link_disabled");
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("link_disabled"));
        bot.Slack.To("/api/apps.connections.open").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("invalid_auth")]
    [InlineData("not_allowed_token_type")]
    public async Task A_token_that_is_refused_stops_for_good(string error)
    {
        await using var bot = await Start();
        bot.Slack.On("/api/apps.connections.open", _ => new Answer($$"""{"ok":false,"error":"{{error}}"}"""));
        await Bot.Until(() => State(bot).ReadyConnections == 1 || State(bot).Status == SlackConnectionStatus.Stopped, "first connection");
        foreach (var socket in bot.Slack.Sockets)
            socket.Abort();
        await Bot.Until(() => State(bot).Status == SlackConnectionStatus.Stopped, "stopped");
        State(bot).Reason.ShouldBe(error);
    }

    [Theory]
    [InlineData("{not json")]
    [InlineData("""{"type":"brand_new"}""")]
    [InlineData("""{"envelope_id":"x1","type":"brand_new","payload":{}}""")]
    [InlineData("""{"envelope_id":"x2","type":"slash_commands","payload":null}""")]
    [InlineData("""{"envelope_id":"x3","type":"interactive","payload":{"type":17}}""")]
    [InlineData("""{"envelope_id":"x4","type":"events_api","payload":{"type":"event_callback","event":null}}""")]
    [InlineData("[1,2]")]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"\ud800":1,"type":"brand_new"}""")]
    [InlineData("""{"envelope_id":"\ud800","type":"slash_commands","payload":{"command":"/fops","user_id":"U1"}}""")]
    [InlineData("""{"envelope_id":"x5","type":"slash_commands","payload":{"command":"/fops","text":"\ud800","user_id":"U1"}}""")]
    [InlineData("""{"envelope_id":"x6","type":"interactive","accepts_response_payload":"\udc00","payload":{"type":"block_actions","trigger_id":"\ud800","actions":[null]}}""")]
    [InlineData("""{"envelope_id":"x7","type":"interactive","payload":{"type":"view_submission","response_urls":[null],"view":{"type":"modal","callback_id":"\ud800"}}}""")]
    [InlineData("""{"envelope_id":"x8","type":"events_api","payload":{"type":"event_callback","event":{"type":"\ud800"}}}""")]
    public async Task Strange_messages_do_not_end_the_connection(string message)
    {
        await using var bot = await Start(c => c.RegisterSlashCommandHandler("/fops", OnCommand.Says("fine")));
        await Bot.Until(() => State(bot).ReadyConnections == 1, "connected");
        var socket = bot.Slack.Sockets.First();
        await socket.Send(message);
        await socket.Send(Envelope(bot, "e1", "1"));
        await Bot.Until(() => socket.Messages.Any(sent => sent.Contains("\"e1\"")), "the command after it");
        bot.Slack.Sockets.Count.ShouldBe(1);
        // Each envelope is handled beside the next: the word about the first may come after the answer to the second.
        await Bot.Until(() => bot.Logs.Lines.Any(line => line.StartsWith("Warning", StringComparison.Ordinal)), "a warning about the strange message");
        foreach (var sent in socket.Messages)
            JsonDocument.Parse(sent).RootElement.TryGetProperty("envelope_id", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task On_shutdown_the_sockets_are_closed_in_order()
    {
        await using var bot = await Start(connections: 2);
        await Bot.Until(() => State(bot).ReadyConnections == 2, "both connected");
        await bot.Stop();
        await Bot.Until(() => bot.Slack.Sockets.All(socket => socket.Closed), "closed");
        bot.Logs.Lines.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_Socket_Mode_the_http_endpoints_are_not_there()
    {
        await using var bot = await Start();
        (await bot.Post("/slack/commands", bot.Command("x"))).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_message_that_is_too_long_ends_the_connection_and_another_is_opened()
    {
        await using var bot = await Start();
        await Bot.Until(() => State(bot).ReadyConnections == 1, "connected");
        var part = new string('x', 1024 * 1024);
        await bot.Slack.Sockets.First().SendPart(part, 5);
        await Bot.Until(() => bot.Slack.Sockets.Count == 2 && State(bot).ReadyConnections == 1, "another connection");
        bot.Logs.Lines.ShouldContain(line => line.Contains("in one socket message"));
    }
}
