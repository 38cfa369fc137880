using System.Text.Json;
using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// The application's log: Rails' own lines, plain or as the <c>message</c> of JSON objects, and JSON objects of one line a request (lograge).
/// "Started … for ADDRESS" and "Completed 401" belong together by the request's tag, so <c>config.log_tags = [:request_id]</c> must be set:
/// without a tag nobody can say whose answer that was, and nothing is counted. Plain lines leave a doubt: where the application logs a text of
/// its visitors, a line feed in it begins a line that looks like Rails' own. In JSON it can't.
/// </summary>
internal sealed class RailsReader(Refusals refusals, Clients clients) : LogReader
{
    private const int ShortestTag = 8;

    private readonly byte[] _unescaped = new byte[LongestLine];
    private readonly StartedRequests _started = new();

    /// <inheritdoc/>
    public override LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        line = line.TrimStart((byte)0);
        if (line.IsEmpty) return LineOutcome.Harmless;
        if (line[0] == '{') return ReadJson(line, ref sighting);
        sighting.Doubt = Doubt.Forgeable;
        return ReadMessage(WithoutHead(line), ref sighting);
    }

    private LineOutcome ReadMessage(ReadOnlySpan<byte> text, ref Sighting sighting)
    {
        ReadOnlySpan<byte> tag = [];
        while (text.StartsWith("["u8))
        {
            var close = text.IndexOf("] "u8);
            if (close < 0) return LineOutcome.Harmless;
            if (tag.Length < ShortestTag) tag = text[1..close];
            text = text[(close + 2)..];
        }
        if (text.StartsWith("Started "u8)) return Started(text, tag);
        if (!text.StartsWith("Completed "u8) || text.Length < 13) return LineOutcome.Harmless;
        return tag.Length < ShortestTag || !_started.TryTake(tag, out var request) ? LineOutcome.Harmless : Answered(request, Status(text[10..13]), ref sighting);
    }

    // Started POST "/users/sign_in" for 203.0.113.9 at 2026-11-29 04:19:02 +0000. The path is the client's: what counts stands behind its end.
    private LineOutcome Started(ReadOnlySpan<byte> text, ReadOnlySpan<byte> tag)
    {
        const int timeLength = 25;
        if (text.Length < timeLength + 4 || !text[..^timeLength].EndsWith(" at "u8) || !LogTime.TryIso(text[^timeLength..], out var at)) return LineOutcome.Unread;
        var rest = text[..^(timeLength + 4)];
        var words = rest.LastIndexOf("\" for "u8);
        var quote = rest.IndexOf((byte)'"');
        if (words < 0 || quote < 0 || quote >= words) return LineOutcome.Unread;
        if (!clients.TryFind(rest[(words + 6)..], [], isWhole: true, out var client, out _)) return LineOutcome.Unread;
        if (tag.Length >= ShortestTag) _started.Add(tag, new(client, at, refusals.IsScannersPath(rest[(quote + 1)..words])));
        return LineOutcome.Harmless;
    }

    private LineOutcome Answered(StartedRequest request, int status, ref Sighting sighting)
    {
        if (status < 0 || !refusals.Counts(status)) return LineOutcome.Harmless;
        (sighting.Signal, sighting.Times, sighting.Address, sighting.At) = (Signal.Application, 1, request.Client, request.At);
        (sighting.IsScannerPath, sighting.IsTooMany) = (request.IsScannerPath, status == 429);
        return LineOutcome.Counted;
    }

    private LineOutcome ReadJson(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        try
        {
            var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 8 });
            ReadOnlySpan<byte> address = [], time = [], path = [];
            int status = -1, message = -1;
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return LineOutcome.Unread;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isMessage = json.ValueTextEquals("message"u8);
                var isAddress = json.ValueTextEquals("remote_ip"u8) || json.ValueTextEquals("ip"u8) || json.ValueTextEquals("client_ip"u8);
                var isTime = json.ValueTextEquals("timestamp"u8) || json.ValueTextEquals("time"u8) || json.ValueTextEquals("@timestamp"u8);
                var isStatus = json.ValueTextEquals("status"u8);
                var isPath = json.ValueTextEquals("path"u8);
                json.Read();
                if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) json.Skip();
                else if (isMessage && json.TokenType == JsonTokenType.String) message = json.CopyString(_unescaped);
                else if (isAddress && !address.IsEmpty) return LineOutcome.Unread;
                else if (isAddress) address = json.ValueSpan;
                else if (isTime) time = json.ValueSpan;
                else if (isStatus) status = Status(json.ValueSpan);
                else if (isPath) path = json.ValueSpan;
            }
            if (status >= 0 && !address.IsEmpty)
            {
                if (!refusals.Counts(status)) return LineOutcome.Harmless;
                return LogTime.TryIso(time, out var at) && clients.TryFind(address, [], isWhole: true, out var client, out _)
                    ? Answered(new(client, at, refusals.IsScannersPath(path)), status, ref sighting)
                    : LineOutcome.Unread;
            }
            return message < 0 ? LineOutcome.Harmless : ReadMessage(WithoutHead(_unescaped.AsSpan(0, message)), ref sighting);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            return LineOutcome.Unread;
        }
    }

    // I, [2026-11-29T04:19:02.123456 #123]  INFO -- : message
    private static ReadOnlySpan<byte> WithoutHead(ReadOnlySpan<byte> line)
    {
        if (line.Length < 30 || line[1] != ',' || line[2] != ' ' || line[3] != '[') return line;
        var head = line[..Math.Min(line.Length, 120)];
        var end = head.IndexOf(" : "u8);
        return end < 0 ? line : line[(end + 3)..];
    }

    private static int Status(ReadOnlySpan<byte> text) =>
        text.Length != 3 || text.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? -1 : (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

/// <summary>A request that the application began.</summary>
/// <param name="Client">Who asked.</param>
/// <param name="At">When, in microseconds since 1970.</param>
/// <param name="IsScannerPath">Whether only scanners ask for this.</param>
internal readonly record struct StartedRequest(ClientAddress Client, long At, bool IsScannerPath);

/// <summary>Requests that were begun and not answered yet, by their tags. Bounded: 8,192, of which an older one makes room.</summary>
internal sealed class StartedRequests
{
    private const int Size = 8192;

    // A tag is drawn by Rails, or sent by a client that we believe in nothing: two of one place only lose one of them.
    private readonly (UInt128 Tag, StartedRequest Request)[] _slots = new (UInt128, StartedRequest)[Size];

    /// <summary>A request begins.</summary>
    public void Add(ReadOnlySpan<byte> tag, StartedRequest request)
    {
        var hash = Hash(tag);
        _slots[(int)((uint)hash % Size)] = (hash, request);
    }

    /// <summary>A request ends; false when its beginning is not known.</summary>
    public bool TryTake(ReadOnlySpan<byte> tag, out StartedRequest request)
    {
        var hash = Hash(tag);
        ref var slot = ref _slots[(int)((uint)hash % Size)];
        request = slot.Request;
        if (slot.Tag != hash) return false;
        slot = default;
        return true;
    }

    private static UInt128 Hash(ReadOnlySpan<byte> tag)
    {
        Span<byte> hash = stackalloc byte[32];
        System.Security.Cryptography.SHA256.HashData(tag, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
