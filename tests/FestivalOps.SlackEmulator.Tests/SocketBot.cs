using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Tests;

/// <summary>One socket of a bot in Socket Mode.</summary>
internal sealed class SocketBot : IAsyncDisposable
{
    private readonly ClientWebSocket socket = new();

    public static async Task<SocketBot> ConnectAsync(Running slack)
    {
        var bot = new SocketBot();
        var url = (string)(await slack.CallAsync("apps.connections.open"))["url"]!;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await bot.socket.ConnectAsync(new Uri(url), limit.Token);
        return bot;
    }

    /// <summary>The next frame; null when the connection has ended, politely or not.</summary>
    public async Task<JsonNode?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[64 * 1024];
        try
        {
            var read = await socket.ReceiveAsync(buffer, limit.Token);
            return read.MessageType == WebSocketMessageType.Close ? null : JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, read.Count));
        }
        catch (WebSocketException)
        {
            return null;
        }
    }

    public Task SendAsync(object json) => socket.SendAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(json), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
