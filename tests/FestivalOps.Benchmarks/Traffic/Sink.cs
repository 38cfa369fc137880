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
/// did; asked for <c>/card</c>, the first that was posted to a <c>response_url</c>. After <c>/book</c> it also writes every post down
/// (<see cref="SlackBook"/>), those of Slack's incoming webhooks (<c>/hook/…</c>), too.
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
    private static SlackBook? _book;

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
                    var answer = Answer(buffer.AsSpan(0, frame.Length), frame);
                    if (_book?.Held is { } held && buffer.AsSpan().StartsWith("POST /"u8)) await held;
                    await socket.SendAsync(answer);
                    buffer.AsSpan(frame.Length, filled - frame.Length).CopyTo(buffer);
                    filled -= frame.Length;
                }
                if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
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
        if (_book is { } book && Noted(book, request, request.Slice(frame.BodyStart, frame.BodyLength)) is { } noted) return noted;
        if (request.StartsWith("POST /api/chat.update"u8)) return Counted(Posted);
        if (request.StartsWith("POST /api/chat.postMessage"u8)) return Posted;
        if (request.StartsWith("POST /api/users.info"u8)) return UserInfo;
        if (request.StartsWith("POST /api/"u8)) return AuthTest;
        if (request.StartsWith("GET /book"u8))
        {
            _book ??= new();
            return Ok;
        }
        if (request.StartsWith("GET /card"u8)) return Response("application/json", Encoding.UTF8.GetString(_card));
        return Response("text/plain", string.Create(CultureInfo.InvariantCulture, $"{Volatile.Read(ref _count)} {Volatile.Read(ref _newestAt)}"));
    }

    private static byte[]? Noted(SlackBook book, ReadOnlySpan<byte> request, ReadOnlySpan<byte> body)
    {
        const string json = "application/json";
        if (request.StartsWith("POST /hook/"u8))
        {
            book.Write("hook", body);
            return Ok;
        }
        if (request.StartsWith("POST /api/chat.postMessage"u8)) return Response(json, book.Write("post", body));
        if (request.StartsWith("POST /api/chat.update"u8)) return Response(json, book.Write("update", body));
        if (request.StartsWith("POST /api/conversations.history"u8) || request.StartsWith("POST /api/conversations.replies"u8))
            return Response(json, book.History(Encoding.ASCII.GetString(body)));
        if (request.StartsWith("POST /api/conversations.open"u8))
            return Response(json, $$$"""{"ok":true,"channel":{"id":"D{{{SlackBook.Field(Encoding.ASCII.GetString(body), "users")}}}"}}""");
        if (request.StartsWith("POST /api/users.info"u8))
            return Response(json, $$$$"""{"ok":true,"user":{"id":"{{{{SlackBook.Field(Encoding.ASCII.GetString(body), "user")}}}}","name":"bench","real_name":"Bench","deleted":false,"is_bot":false,"locale":"ja-JP","profile":{"email":"bench@festival.example"}}}""");
        if (request.StartsWith("POST /api/conversations.info"u8))
            return Response(json, $$$"""{"ok":true,"channel":{"id":"{{{SlackBook.Field(Encoding.ASCII.GetString(body), "channel")}}}","name":"alerts","is_channel":true,"is_member":true,"is_archived":false}}""");
        if (request.StartsWith("GET /held/"u8))
        {
            book.HoldAt(Number(request["GET /held/"u8.Length..]));
            return Ok;
        }
        if (request.StartsWith("GET /release"u8))
        {
            book.Release();
            return Ok;
        }
        if (request.StartsWith("GET /written"u8)) return Response("text/plain", book.Count.ToString(CultureInfo.InvariantCulture));
        return request.StartsWith("GET /lines/"u8) ? Response("text/plain", book.Lines(Number(request["GET /lines/"u8.Length..]))) : null;
    }

    private static int Number(ReadOnlySpan<byte> text) => int.Parse(text[..text.IndexOf((byte)' ')], NumberStyles.None, CultureInfo.InvariantCulture);

    private static byte[] Counted(byte[] response)
    {
        Volatile.Write(ref _newestAt, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref _count);
        return response;
    }

    private static byte[] Response(string type, string body) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
