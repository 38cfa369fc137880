using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Slack.Tests;

public sealed class SocketReconnectTests
{
    private const string Pause = "lived less than";

    private static Task<Bot> Start(FakeTimeProvider time, Action<IServiceCollection>? services = null) => Bot.Start(
        c => c.UseSocketMode(new SocketMode.SocketModeConnectionOptions { NumberOfConnections = 1, ConnectionDelay = TimeSpan.Zero }), time, services);

    private static int Opened(Bot bot) => bot.Slack.To("/api/apps.connections.open").Count;

    private static List<string> Pauses(Bot bot) => [.. bot.Logs.Lines.Where(line => line.Contains(Pause))];

    private static double Seconds(string line)
    {
        var words = line.Split(" in ")[^1];
        return double.Parse(words[..words.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    [InlineData("too_many_websockets")]
    public async Task A_server_that_ends_each_connection_at_once_is_asked_for_the_next_after_growing_pauses(string reason)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bot = await Start(time);
        await Bot.Until(() => bot.Service<ISlackConnectionState>().ReadyConnections == 1, "connected");
        bot.Slack.OnSocket = async peer =>
        {
            await peer.Send("""{"type":"hello"}""");
            await peer.Send($$"""{"type":"disconnect","reason":"{{reason}}"}""");
        };
        await bot.Slack.Sockets.First().Send($$"""{"type":"disconnect","reason":"{{reason}}"}""");
        for (var times = 1; times <= 6; times++)
        {
            await Bot.Until(() => Pauses(bot).Count == times, "a pause");
            Opened(bot).ShouldBe(times);
            Seconds(Pauses(bot)[^1]).ShouldBeInRange(Math.Min(15, Math.Pow(2, times - 1)), 30);
            await Bot.Until(() => Opened(bot) == times + 1, "the next connection", () => time.Advance(TimeSpan.FromSeconds(0.5)));
        }
    }

    [Fact]
    public async Task A_connection_that_lived_a_while_is_replaced_without_a_pause()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bot = await Start(time);
        await Bot.Until(() => bot.Logs.Lines.Any(line => line.Contains("a connection is ready")), "connected");
        time.Advance(SocketMode.SlackSocketModeClient.SettledAfter);
        await bot.Slack.Sockets.First().Send("""{"type":"disconnect","reason":"warning"}""");
        await Bot.Until(() => bot.Service<ISlackConnectionState>().ReadyConnections == 2, "both are open");
        Pauses(bot).ShouldBeEmpty();
    }

    [Fact]
    public async Task Whatever_exception_ends_a_connection_is_logged_and_another_is_opened()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bot = await Start(time, services =>
        {
            var real = services.Last(service => service.ServiceType == typeof(ISlackApiClient)).ImplementationFactory!;
            services.AddSingleton(provider => FailsOnce.Around((ISlackApiClient)real(provider)));
        });
        await Bot.Until(
            () => bot.Service<ISlackConnectionState>().ReadyConnections == 1, "connected in spite of it", () => time.Advance(TimeSpan.FromSeconds(0.5)));
        bot.Logs.Lines.ShouldContain(line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("nobody thought of this") && line.Contains("E-"));
    }

    [Fact]
    public async Task A_frame_that_ends_a_connection_against_the_protocol_does_not_end_the_reconnecting()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var bot = await Start(time);
        await Bot.Until(() => bot.Service<ISlackConnectionState>().ReadyConnections == 1, "connected");
        await bot.Slack.Sockets.First().SendBytes([0x22, 0xff, 0xfe, 0x22]);
        await Bot.Until(
            () => bot.Slack.Sockets.Count == 2 && bot.Service<ISlackConnectionState>().ReadyConnections == 1, "another connection",
            () => time.Advance(TimeSpan.FromSeconds(0.5)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("99999999")]
    public async Task A_nonsensical_waiting_time_neither_makes_a_storm_nor_ends_the_reconnecting(string retryAfter)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var refused = 0;
        await using var bot = await Start(time);
        await Bot.Until(() => bot.Service<ISlackConnectionState>().ReadyConnections == 1, "connected");
        var address = bot.Slack.Address.Replace("http", "ws", StringComparison.Ordinal);
        bot.Slack.On("/api/apps.connections.open", _ => Interlocked.Increment(ref refused) <= 5
            ? new Answer("{}", 429, retryAfter)
            : new Answer($$"""{"ok":true,"url":"{{address}}/link?ticket=secret-ticket"}"""));
        bot.Slack.Sockets.First().Abort();
        await Bot.Until(() => bot.Slack.Sockets.Count == 2, "another connection", () => time.Advance(TimeSpan.FromMinutes(2)));
    }

    /// <summary>Breaks at its first use as no code expects, then is the real one.</summary>
    public class FailsOnce : DispatchProxy
    {
        private ISlackApiClient? _real;
        private int _uses;

        public static ISlackApiClient Around(ISlackApiClient real)
        {
            var proxy = Create<ISlackApiClient, FailsOnce>();
            ((FailsOnce)(object)proxy)._real = real;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Interlocked.Increment(ref _uses) == 1
            ? throw new NotSupportedException("nobody thought of this")
            : targetMethod!.Invoke(_real, args);
    }
}
