using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FestivalOps.Slack.Tests;

/// <summary>What a stand-in for Slack received.</summary>
internal sealed record Received(string Path, string Query, string Body, string? Authorization, string? ContentType)
{
    public Dictionary<string, string> Form => Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')), StringComparer.Ordinal);
}

/// <summary>What it answers.</summary>
internal sealed record Answer(string Body, int Status = 200, string? RetryAfter = null, Task? After = null, string? Location = null);

/// <summary>A stand-in for Slack: raw JSON over a real port, sharing nothing with the library.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<Received, Answer>> _answers = new(StringComparer.Ordinal);

    private StandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.UseWebSockets();
        _app.Run(Handle);
    }

    public ConcurrentQueue<Received> Requests { get; } = new();

    public ConcurrentQueue<SocketPeer> Sockets { get; } = new();

    /// <summary>Called when a socket was accepted, before anything is sent over it.</summary>
    public Func<SocketPeer, Task> OnSocket { get; set; } = peer => peer.Send("""{"type":"hello","num_connections":1,"connection_info":{"app_id":"A1"}}""");

    public string Address { get; private set; } = "";

    public static async Task<StandIn> Start()
    {
        var standIn = new StandIn();
        await standIn._app.StartAsync();
        standIn.Address = standIn._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        standIn.On("/api/apps.connections.open", _ => new Answer($$"""{"ok":true,"url":"{{standIn.Address.Replace("http", "ws", StringComparison.Ordinal)}}/link?ticket=secret-ticket"}"""));
        return standIn;
    }

    public void On(string path, Func<Received, Answer> answer) => _answers[path] = answer;

    public void On(string path, string body) => On(path, _ => new Answer(body));

    public List<Received> To(string path) => [.. Requests.Where(request => request.Path == path)];

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in Sockets)
            socket.Abort();
        await _app.DisposeAsync();
    }

    private async Task Handle(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            var peer = new SocketPeer(await context.WebSockets.AcceptWebSocketAsync());
            Sockets.Enqueue(peer);
            await OnSocket(peer);
            await peer.Run();
            return;
        }
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var received = new Received(
            context.Request.Path, context.Request.QueryString.Value ?? "", await reader.ReadToEndAsync(), context.Request.Headers.Authorization, context.Request.ContentType);
        Requests.Enqueue(received);
        var answer = _answers.TryGetValue(received.Path, out var make) ? make(received) : new Answer("""{"ok":true}""");
        if (answer.After is { } after)
            await after;
        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = wait;
        if (answer.Location is { } location)
            context.Response.Headers.Location = location;
        await context.Response.WriteAsync(answer.Body);
    }
}

/// <summary>Slack's end of one socket.</summary>
internal sealed class SocketPeer(WebSocket socket)
{
    public ConcurrentQueue<string> Messages { get; } = new();

    public bool Closed { get; private set; }

    public Task Send(string message) => SendBytes(Encoding.UTF8.GetBytes(message));

    public Task SendBytes(byte[] message) => socket.SendAsync(message, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    /// <summary>One message in several parts that never ends; stops when the other end goes away.</summary>
    public async Task SendPart(string part, int times)
    {
        try
        {
            for (var time = 0; time < times; time++)
                await socket.SendAsync(Encoding.UTF8.GetBytes(part), WebSocketMessageType.Text, endOfMessage: false, TestContext.Current.CancellationToken);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or OperationCanceledException)
        {
            // That is what the test expects.
        }
    }

    public void Abort()
    {
        try
        {
            socket.Abort();
        }
        catch (ObjectDisposedException)
        {
            // The request behind the socket has ended already, which is all that an abort would do.
        }
    }

    public async Task Run()
    {
        var buffer = new byte[256 * 1024];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    break;
                }
                Messages.Enqueue(Encoding.UTF8.GetString(buffer, 0, got.Count));
            }
        }
        catch (WebSocketException)
        {
            // The other end went away: what tests of broken connections do.
        }
        Closed = true;
    }
}
