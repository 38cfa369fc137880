using System.Buffers;
using System.Collections.Concurrent;
using System.Net.WebSockets;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Receiving;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.SocketMode;

/// <summary>One WebSocket: says when it is ready, when it should be replaced and when it has ended.</summary>
internal sealed partial class SocketConnection : IAsyncDisposable
{
    /// <summary>Slack's frames are far smaller: a view is at most 250 KB.</summary>
    internal const int FrameLimit = 4 * 1024 * 1024;

    internal static readonly TimeSpan HelloTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly EnvelopeHandling _envelopes;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentDictionary<Task, bool> _handling = new();
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _replace = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _receiving = Task.CompletedTask;

    private SocketConnection(EnvelopeHandling envelopes, TimeProvider time, ILogger logger) => (_envelopes, _time, _logger) = (envelopes, time, logger);

    /// <summary>Completes with Slack's reason when this connection will end soon.</summary>
    public Task<string> ReplaceRequested => _replace.Task;

    /// <summary>Completes when the connection has ended, however.</summary>
    public Task Ended => _receiving;

    /// <summary>Connects and waits for hello: only then is the connection ready.</summary>
    public static async Task<SocketConnection> Open(
        Uri address, (TimeSpan Interval, TimeSpan Timeout) pings, EnvelopeHandling envelopes, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        var connection = new SocketConnection(envelopes, time, logger);
        try
        {
            connection._socket.Options.KeepAliveInterval = pings.Interval;
            connection._socket.Options.KeepAliveTimeout = pings.Timeout;
            using var deadline = new CancellationTokenSource(HelloTime, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            await connection._socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
            connection._receiving = connection.Receive();
            // A link_disabled or too_many_websockets may come instead of hello.
            var first = await Task.WhenAny(connection._hello.Task, connection._replace.Task, connection._receiving).WaitAsync(either.Token).ConfigureAwait(false);
            if (first == connection._receiving && !connection._replace.Task.IsCompleted && !connection._hello.Task.IsCompleted)
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether hello came.</summary>
    public bool IsReady => _hello.Task.IsCompleted;

    /// <summary>Goes on acknowledging until Slack closes or the time is over, then closes.</summary>
    public async Task Drain(TimeSpan grace, CancellationToken stop)
    {
        try
        {
            await Ended.WaitAsync(grace, _time, stop).ConfigureAwait(false);
        }
        catch (Exception end) when (end is TimeoutException or OperationCanceledException)
        {
            Log.Closing(_logger);
        }
        await Close().ConfigureAwait(false);
    }

    /// <summary>Acknowledges what is being handled, says goodbye and ends.</summary>
    public async Task Close()
    {
        await Task.WhenAll(_handling.Keys).ConfigureAwait(false);
        try
        {
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var deadline = new CancellationTokenSource(SendTime, _time);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token).ConfigureAwait(false);
                await _receiving.WaitAsync(deadline.Token).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            Log.Ended(_logger, end.GetType().Name);
        }
        catch (Exception failure)
        {
            Log.Broke(_logger, ErrorId.New(), SlackRedaction.Redact(failure.ToString()));
        }
        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving.ConfigureAwait(false);
        await Task.WhenAll(_handling.Keys).ConfigureAwait(false);
        _socket.Dispose();
        _sending.Dispose();
    }

    /// <summary>Sends an acknowledgement; false when the connection is gone.</summary>
    public async Task<bool> Send(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var deadline = new CancellationTokenSource(SendTime, _time);
            await _sending.WaitAsync(deadline.Token).ConfigureAwait(false);
            try
            {
                await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, deadline.Token).ConfigureAwait(false);
                return true;
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            Log.Ended(_logger, gone.GetType().Name);
            return false;
        }
    }

    private async Task Receive()
    {
        var frame = new ArrayBufferWriter<byte>(16 * 1024);
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(frame.GetMemory(8 * 1024), CancellationToken.None).ConfigureAwait(false);
                if (part.MessageType == WebSocketMessageType.Close)
                    return;
                frame.Advance(part.Count);
                if (frame.WrittenCount > FrameLimit)
                {
                    Log.TooLong(_logger, FrameLimit);
                    _socket.Abort();
                    return;
                }
                if (!part.EndOfMessage)
                    continue;
                UnderstandOrPassOver(frame.WrittenSpan);
                frame.ResetWrittenCount();
            }
        }
        catch (Exception end) when (end is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Includes a ping that was not answered in time: the socket aborts itself then.
            Log.Ended(_logger, end.GetType().Name);
        }
        catch (Exception failure)
        {
            // Whoever waits for the end opens another one.
            Log.Broke(_logger, ErrorId.New(), SlackRedaction.Redact(failure.ToString()));
            _socket.Abort();
        }
    }

    private void UnderstandOrPassOver(ReadOnlySpan<byte> frame)
    {
        try
        {
            Understand(frame);
        }
        catch (Exception failure)
        {
            Log.NotUnderstood(_logger, ErrorId.New(), SlackRedaction.Redact(failure.ToString()));
        }
    }

    private void Understand(ReadOnlySpan<byte> frame)
    {
        JsonElement message;
        try
        {
            message = JsonElement.Parse(frame);
        }
        catch (JsonException)
        {
            Log.NotJson(_logger, frame.Length);
            return;
        }
        switch (RawJson.Text(message, "type"))
        {
            case "hello":
                _hello.TrySetResult();
                break;
            case "disconnect":
                _replace.TrySetResult(RawJson.Text(message, "reason") ?? "unknown");
                break;
            default:
                var handling = _envelopes.Handle(message, Send);
                _handling[handling] = true;
                _ = handling.ContinueWith(done => _handling.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(60, LogLevel.Debug, "A Slack socket ended ({Cause})")]
        public static partial void Ended(ILogger logger, string cause);

        [LoggerMessage(61, LogLevel.Warning, "Slack sent more than {Limit} bytes in one socket message; reconnecting")]
        public static partial void TooLong(ILogger logger, int limit);

        [LoggerMessage(62, LogLevel.Warning, "Slack sent {Length} bytes over a socket that are not JSON; passed over")]
        public static partial void NotJson(ILogger logger, int length);

        [LoggerMessage(63, LogLevel.Debug, "Closing a replaced Slack socket")]
        public static partial void Closing(ILogger logger);

        [LoggerMessage(64, LogLevel.Error, "A Slack socket broke unexpectedly ({ErrorId}): {Failure}")]
        public static partial void Broke(ILogger logger, string errorId, string failure);

        [LoggerMessage(65, LogLevel.Error, "A Slack socket message was not understood and passed over ({ErrorId}): {Failure}")]
        public static partial void NotUnderstood(ILogger logger, string errorId, string failure);
    }
}
