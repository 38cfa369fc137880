using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FestivalOps.Benchmarks.Traffic;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>One sender in this process, on a connection that stays open: for single posts whose moment matters.</summary>
internal sealed class AlertSender : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[16 * 1024];

    /// <summary>Connects to a program on this machine.</summary>
    public static async Task<AlertSender> ConnectAsync(int port)
    {
        var sender = new AlertSender();
        await sender._socket.ConnectAsync(IPAddress.Loopback, port);
        return sender;
    }

    /// <summary>Sends a whole request and waits for its 200; gives the Stopwatch timestamp from just before the send.</summary>
    /// <exception cref="InvalidOperationException">The answer was another one.</exception>
    /// <exception cref="IOException">The connection was closed first.</exception>
    public async Task<long> PostAsync(ReadOnlyMemory<byte> request)
    {
        var sentAt = Stopwatch.GetTimestamp();
        await _socket.SendAsync(request);
        var filled = 0;
        do
        {
            var received = await _socket.ReceiveAsync(_answer.AsMemory(filled));
            if (received == 0) throw new IOException("The connection was closed before the answer came.");
            filled += received;
        }
        while (!HttpFrame.TryRead(_answer.AsSpan(0, filled), out _));
        if (!_answer.AsSpan().StartsWith("HTTP/1.1 200"u8))
            throw new InvalidOperationException($"Not accepted: {System.Text.Encoding.UTF8.GetString(_answer.AsSpan(0, filled))}");
        return sentAt;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
