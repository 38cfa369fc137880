using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace FestivalOps.Benchmarks.Traffic;

/// <summary>The load generator: keeps N connections busy, or holds a fixed rate over them, and writes one line of JSON.</summary>
internal sealed class LoadRun(LoadOrder order, IReadOnlyList<ReadOnlyMemory<byte>> requests)
{
    private readonly long[] _took = new long[requests.Count];
    private int _next = -1;
    private int _accepted;
    private int _busy;
    private int _failed;

    public static async Task<int> RunAsync(string json)
    {
        var order = JsonSerializer.Deserialize<LoadOrder>(json)!;
        var run = new LoadRun(order, SignedCommands.Make(order));
        Console.WriteLine(JsonSerializer.Serialize(await run.SendAllAsync()));
        return 0;
    }

    public async Task<LoadResult> SendAllAsync()
    {
        var sockets = new List<Socket>();
        for (var n = 0; n < order.Connections; n++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, order.Port);
            sockets.Add(socket);
        }
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(sockets.Select((socket, n) => order.PerSecond == 0 ? SendAsync(socket) : SendOnTimeAsync(socket, n, startedAt)));
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        sockets.ForEach(s => s.Dispose());

        Array.Sort(_took);
        double At(double part) => _took[(int)((_took.Length - 1) * part)] * 1000.0 / Stopwatch.Frequency;
        return new(_accepted, _busy, _failed, startedAt, requests.Count / seconds, At(0.5), At(0.99), At(1));
    }

    private async Task SendAsync(Socket socket)
    {
        var buffer = new byte[16 * 1024];
        while (Interlocked.Increment(ref _next) is var n && n < requests.Count)
        {
            var from = Stopwatch.GetTimestamp();
            await AskAsync(socket, requests[n], buffer);
            _took[n] = Stopwatch.GetTimestamp() - from;
        }
    }

    private async Task SendOnTimeAsync(Socket socket, int connection, long startedAt)
    {
        var buffer = new byte[16 * 1024];
        for (var n = connection; n < requests.Count; n += order.Connections)
        {
            // A late answer makes the next command late, and that lateness counts: nothing waits unseen.
            var due = startedAt + (long)((double)n / order.PerSecond * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                await Task.Delay(early, TimeProvider.System, CancellationToken.None);
            await AskAsync(socket, requests[n], buffer);
            _took[n] = Stopwatch.GetTimestamp() - due;
        }
    }

    private async Task AskAsync(Socket socket, ReadOnlyMemory<byte> request, byte[] buffer)
    {
        await socket.SendAsync(request);
        var filled = 0;
        HttpFrame frame;
        do
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (received == 0) throw new IOException("The connection was closed before the acknowledgement came.");
            filled += received;
        }
        while (!HttpFrame.TryRead(buffer.AsSpan(0, filled), out frame));

        if (!buffer.AsSpan().StartsWith("HTTP/1.1 200"u8)) Interlocked.Increment(ref _failed);
        else if (frame.BodyLength > 0) Interlocked.Increment(ref _busy);
        else Interlocked.Increment(ref _accepted);
    }
}
