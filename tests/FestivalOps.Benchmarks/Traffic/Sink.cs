using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FestivalOps.Benchmarks.Traffic;

/// <summary>
/// Slack's side of the answers, in a process of its own and as cheap as can be, because it shares the machine with what is measured:
/// counts what is posted to <c>/r/…</c> and says <c>ok</c>; answers the few methods of the Web API that are needed, and counts
/// <c>chat.update</c>, which replaces "running" by the answer. Asked for <c>/count</c>, it tells how many answers came and when the newest
/// did; asked for <c>/card</c>, the first that was posted to a <c>response_url</c>.
/// </summary>
internal static class Sink
{
    private static readonly byte[] Ok = Response("text/plain", "ok");
    private static readonly byte[] UserInfo = Response("application/json", """{"ok":true,"user":{"id":"U0BENCH01","name":"bench","locale":"en-US"}}""");
    private static readonly byte[] AuthTest = Response(
        "application/json",
        """{"ok":true,"url":"https://festival.slack.com/","team":"festival","user":"fops","team_id":"T0BENCH01","user_id":"U0BOT0001","bot_id":"B0BENCH01"}""");

    private static readonly byte[] Posted = Response("application/json", """{"ok":true,"channel":"C0BENCH01","ts":"1700000000.000100","message":{}}""");

    private static long _count;
    private static long _newestAt;
    private static byte[] _card = [];

    public static async Task<int> RunAsync(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(512);
        while (true)
            _ = ServeAsync(await listener.AcceptAsync());
    }

    private static async Task ServeAsync(Socket socket)
    {
        using var own = socket;
        socket.NoDelay = true;
        var buffer = new byte[64 * 1024];
        var filled = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(filled)) is > 0 and var received)
            {
                filled += received;
                while (HttpFrame.TryRead(buffer.AsSpan(0, filled), out var frame))
                {
                    await socket.SendAsync(Answer(buffer.AsSpan(0, frame.Length), frame));
                    buffer.AsSpan(frame.Length, filled - frame.Length).CopyTo(buffer);
                    filled -= frame.Length;
                }
            }
        }
        catch (SocketException gone) when (gone.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // The process that was measured has been ended.
            Debug.WriteLine(gone.SocketErrorCode);
        }
    }

    private static byte[] Answer(ReadOnlySpan<byte> request, HttpFrame frame)
    {
        if (request.StartsWith("POST /r/"u8))
        {
            if (_card.Length == 0) _card = request.Slice(frame.BodyStart, frame.BodyLength).ToArray();
            return Counted(Ok);
        }
        if (request.StartsWith("POST /api/chat.update"u8)) return Counted(Posted);
        if (request.StartsWith("POST /api/chat.postMessage"u8)) return Posted;
        if (request.StartsWith("POST /api/users.info"u8)) return UserInfo;
        if (request.StartsWith("POST /api/"u8)) return AuthTest;
        if (request.StartsWith("GET /card"u8)) return Response("application/json", Encoding.UTF8.GetString(_card));
        return Response("text/plain", string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref _count)} {Volatile.Read(ref _newestAt)}"));
    }

    private static byte[] Counted(byte[] response)
    {
        Volatile.Write(ref _newestAt, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _count);
        return response;
    }

    private static byte[] Response(string type, string body) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
