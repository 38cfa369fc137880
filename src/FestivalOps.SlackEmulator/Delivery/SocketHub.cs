using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Faults;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Socket Mode: the bot's open connections, of which each payload goes to any one.</summary>
internal sealed class SocketHub(Workspace workspace, FaultKnobs faults, TimeProvider time)
{
    /// <summary>Slack limit: 10 connections an app.</summary>
    public const int MaxConnections = 10;
    private static readonly TimeSpan TicketLife = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> tickets = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly List<SocketConnection> connections = [];
    private int next;

    public int Count
    {
        get
        {
            lock (gate)
                return connections.Count;
        }
    }

    /// <summary>An address for one connection.</summary>
    public string NewAddress()
    {
        var ticket = Ids.Secret();
        foreach (var old in tickets.Where(t => time.GetUtcNow() - t.Value > TicketLife))
            tickets.TryRemove(old.Key, out _);
        tickets[ticket] = time.GetUtcNow();
        return $"{workspace.BaseUrl.Replace("http://", "ws://", StringComparison.Ordinal)}/link/?ticket={ticket}&app_id={Seed.App}";
    }

    /// <summary>Serves <c>/link/</c> until the connection ends.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var known = tickets.TryRemove(context.Request.Query["ticket"].ToString(), out var issued) && time.GetUtcNow() - issued <= TicketLife;
        if (!context.WebSockets.IsWebSocketRequest || !known || faults.IsDown)
        {
            context.Response.StatusCode = faults.IsDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        using var connection = new SocketConnection(socket, context.Abort, time);
        int open;
        lock (gate)
        {
            open = connections.Count + 1;
            if (open <= MaxConnections)
                connections.Add(connection);
        }
        workspace.Notify();
        try
        {
            if (open > MaxConnections)
                await connection.DisconnectAsync("too_many_websockets");
            else
                await connection.RunAsync(open, context.RequestAborted);
        }
        finally
        {
            lock (gate)
                connections.Remove(connection);
            workspace.Notify();
        }
    }

    /// <summary>Sends an envelope over one of the connections and waits for its acknowledgement.</summary>
    public async Task<BotAnswer> SendAsync(DeliveryKind kind, JsonObject payload, Retry? retry, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        SocketConnection? connection;
        lock (gate)
            connection = connections.Count == 0 ? null : connections[next++ % connections.Count];
        if (connection is null)
            return new BotAnswer(AckResult.Unreachable, 0, "", false, TimeSpan.Zero);
        var envelope = new JsonObject
        {
            ["envelope_id"] = Guid.NewGuid().ToString(),
            ["type"] = kind switch { DeliveryKind.Command => "slash_commands", DeliveryKind.Event => "events_api", _ => "interactive" },
            ["payload"] = payload.DeepClone(),
            ["accepts_response_payload"] = kind != DeliveryKind.Event,
        };
        if (kind == DeliveryKind.Event)
            (envelope["retry_attempt"], envelope["retry_reason"]) = (retry?.Number ?? 0, retry?.Reason ?? "");
        var (result, answer) = await connection.SendAsync(envelope, faults.TakeSocketDrop(), cancel);
        return new BotAnswer(result, result == AckResult.Acknowledged ? 200 : 0, answer is null ? "" : answer.Value.GetRawText(), answer is not null, time.GetElapsedTime(started));
    }

    /// <summary>Cuts every connection without a closing handshake.</summary>
    public void DropAll()
    {
        foreach (var connection in All())
            connection.Drop();
    }

    /// <summary>Tells every connection to go, as Slack does before it closes one.</summary>
    /// <param name="reason"><c>warning</c>, <c>refresh_requested</c> or <c>link_disabled</c>; only a warning leaves the socket open.</param>
    public async Task DisconnectAsync(string reason)
    {
        foreach (var connection in All())
            await connection.DisconnectAsync(reason);
    }

    private List<SocketConnection> All()
    {
        lock (gate)
            return [.. connections];
    }
}

/// <summary>One web socket.</summary>
internal sealed class SocketConnection(WebSocket socket, Action abort, TimeProvider time) : IDisposable
{
    private const int MaxFrame = 1024 * 1024;
    private readonly SemaphoreSlim sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement?>> waiting = new(StringComparer.Ordinal);

    public async Task RunAsync(int number, CancellationToken cancel)
    {
        try
        {
            await WriteAsync(new JsonObject
            {
                ["type"] = "hello",
                ["num_connections"] = number,
                ["connection_info"] = new JsonObject { ["app_id"] = Seed.App },
                ["debug_info"] = new JsonObject { ["host"] = "applink-local", ["started"] = time.GetUtcNow().ToString("O"), ["build_number"] = 1, ["approximate_connection_time"] = 18_060 },
            }, cancel);
            while (await ReadAsync(cancel) is { } frame)
                Acknowledge(frame);
        }
        catch (WebSocketException)
        {
            // The other side vanished: the same as a close.
        }
        catch (OperationCanceledException)
        {
            // The same, seen from the server.
        }
        finally
        {
            foreach (var one in waiting.Values)
                one.TrySetException(new IOException("The socket went away before the acknowledgement."));
        }
    }

    public async Task<(AckResult Ack, JsonElement? Answer)> SendAsync(JsonObject envelope, bool thenDrop, CancellationToken cancel)
    {
        var id = (string)envelope["envelope_id"]!;
        var done = waiting[id] = new TaskCompletionSource<JsonElement?>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await WriteAsync(envelope, cancel);
            if (thenDrop)
                Drop();
            return (AckResult.Acknowledged, await done.Task.WaitAsync(HttpLine.Patience, time, cancel));
        }
        catch (TimeoutException)
        {
            return (AckResult.TimedOut, null);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return (AckResult.Unreachable, null);
        }
        finally
        {
            waiting.TryRemove(id, out _);
        }
    }

    public async Task DisconnectAsync(string reason)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
            await WriteAsync(new JsonObject { ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-local" } }, limit.Token);
            if (reason != "warning")
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, reason, limit.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Drop();
        }
    }

    public void Drop() => abort();

    public void Dispose() => sending.Dispose();

    private void Acknowledge(JsonElement frame)
    {
        if (frame.ValueKind == JsonValueKind.Object && frame.TryGetProperty("envelope_id", out var id) && id.ValueKind == JsonValueKind.String && waiting.TryGetValue(id.GetString()!, out var done))
            done.TrySetResult(frame.TryGetProperty("payload", out var payload) ? payload : null);
    }

    private async Task WriteAsync(JsonObject json, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel);
        try
        {
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(json), WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
        finally
        {
            sending.Release();
        }
    }

    private async Task<JsonElement?> ReadAsync(CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[8 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(piece, cancel);
            if (read.MessageType == WebSocketMessageType.Close || buffer.Length > MaxFrame)
                return null;
            buffer.Write(piece, 0, read.Count);
            if (!read.EndOfMessage)
                continue;
            try
            {
                using var document = JsonDocument.Parse(buffer.ToArray());
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                buffer.SetLength(0);
            }
        }
    }
}
