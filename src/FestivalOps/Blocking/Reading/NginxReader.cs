using System.Runtime.CompilerServices;
using System.Text.Json;
using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// nginx' access log: <c>combined</c>, the platform's <c>log_format main</c> (the same and X-Forwarded-For), or one JSON object a line. The
/// client writes the request, the referer, its name, the agent and X-Forwarded-For; nginx writes no quote within a field. So the first quote of
/// a line begins the request, the time stands right before it, and the first word is who connected, whatever stands between.
/// </summary>
internal sealed class NginxReader(Refusals refusals, Clients clients) : LogReader
{
    // [29/Nov/2026:04:19:02 +0000] and a space before the request's quote.
    private const int TimeLength = 26;

    private readonly NginxJson _json = new(refusals, clients);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        var open = line.IndexOf((byte)'"');
        if (open < 0) return line.IsEmpty ? LineOutcome.Harmless : LineOutcome.Unread;
        if (line[0] == '{') return _json.Read(line, ref sighting);
        var close = QuotedFields.End(line, open + 1);
        if (close < 0 || line.Length < close + 5) return LineOutcome.Unread;
        // Behind the request: a space, three digits, a space.
        var (a, b, c) = ((uint)(line[close + 2] - '0'), (uint)(line[close + 3] - '0'), (uint)(line[close + 4] - '0'));
        if (a > 9 || b > 9 || c > 9 || line[close + 1] != ' ' || (line.Length > close + 5 && line[close + 5] != ' ')) return LineOutcome.Unread;
        var status = (int)(a * 100 + b * 10 + c);
        return refusals.Counts(status) ? Refused(line, open, close, status, ref sighting) : LineOutcome.Harmless;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private LineOutcome Refused(ReadOnlySpan<byte> line, int open, int close, int status, ref Sighting sighting)
    {
        var time = open - 2 - TimeLength;
        var word = line.IndexOf((byte)' ');
        // A file that was emptied under its writer begins with zeros.
        var remote = word < 0 ? [] : line[..word].TrimStart((byte)0);
        if (time <= word || line[time - 1] != '[' || line[open - 2] != ']' || line[open - 1] != ' ') return LineOutcome.Unread;
        if (!LogTime.TryLocal(line.Slice(time, TimeLength), out sighting.At)) return LineOutcome.Unread;
        var forwarded = QuotedFields.Forwarded(line, close + 5, out var isWhole);
        if (!clients.TryFind(remote, forwarded, isWhole, out sighting.Address, out sighting.Doubt)) return LineOutcome.Unread;
        (sighting.Signal, sighting.Times) = (Signal.Request, 1);
        sighting.IsTooMany = status == 429;
        sighting.IsScannerPath = refusals.IsScanners(line[(open + 1)..close]);
        return LineOutcome.Counted;
    }
}

/// <summary>
/// An access log of JSON objects (<c>escape=json</c>), by the names that nginx' own variables have, or those that are usual. A name that stands
/// there twice makes the line unreadable: programs differ in which of the two they believe.
/// </summary>
internal sealed class NginxJson(Refusals refusals, Clients clients)
{
    /// <summary>Reads a line.</summary>
    public LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        // A quote within a text is \": these bytes are the name itself. Only a plain number ends the look here.
        var name = line.IndexOf("\"status\":"u8);
        if (name >= 0 && Plain(line[(name + 9)..]) is >= 100 and var quick && !refusals.Counts(quick)) return LineOutcome.Harmless;
        try
        {
            return ReadWhole(line, ref sighting);
        }
        catch (JsonException)
        {
            return LineOutcome.Unread;
        }
        catch (InvalidOperationException)
        {
            // A text that is no UTF-8.
            return LineOutcome.Unread;
        }
    }

    private LineOutcome ReadWhole(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        var json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 8 });
        ReadOnlySpan<byte> remote = [], forwarded = [], time = [], path = [];
        var status = -1;
        bool isDoubled = false, isRequest = false;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return LineOutcome.Unread;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var what = Known(ref json);
            json.Read();
            if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) json.Skip();
            else if (what != Field.Other)
            {
                // Addresses, times and numbers need no escapes; a path may have them, and they are no part of what scanners are known by.
                if (json.ValueIsEscaped && what is not (Field.Path or Field.Request)) return LineOutcome.Unread;
                var value = json.ValueSpan;
                switch (what)
                {
                    case Field.Remote:
                        isDoubled |= !remote.IsEmpty;
                        remote = value;
                        break;
                    case Field.Forwarded:
                        isDoubled |= !forwarded.IsEmpty;
                        forwarded = value;
                        break;
                    case Field.Status:
                        isDoubled |= status >= 0;
                        status = Plain(value);
                        break;
                    case Field.Time:
                        if (time.IsEmpty) time = value;
                        break;
                    default:
                        path = value;
                        isRequest = what == Field.Request;
                        break;
                }
            }
        }
        if (isDoubled || status < 100 || remote.IsEmpty) return LineOutcome.Unread;
        if (!refusals.Counts(status)) return LineOutcome.Harmless;
        if (!TryTime(time, out sighting.At)) return LineOutcome.Unread;
        if (!clients.TryFind(remote, forwarded is [(byte)'-'] ? [] : forwarded, isWhole: true, out sighting.Address, out sighting.Doubt)) return LineOutcome.Unread;
        (sighting.Signal, sighting.Times) = (Signal.Request, 1);
        sighting.IsTooMany = status == 429;
        sighting.IsScannerPath = isRequest ? refusals.IsScanners(path) : refusals.IsScannersPath(path);
        return LineOutcome.Counted;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out long at)
    {
        if (LogTime.TryIso(text, out at) || LogTime.TryLocal(text, out at)) return true;
        // $msec: 1795926000.123
        if (text.Length is < 10 or > 20 || !System.Buffers.Text.Utf8Parser.TryParse(text, out decimal seconds, out var read) || read != text.Length || seconds is < 0 or > 4_102_444_800) return false;
        at = (long)(seconds * LogTime.Second);
        return true;
    }

    private static Field Known(ref Utf8JsonReader json) =>
        json.ValueTextEquals("remote_addr"u8) || json.ValueTextEquals("remote_address"u8) || json.ValueTextEquals("remote_ip"u8) ? Field.Remote
        : json.ValueTextEquals("http_x_forwarded_for"u8) || json.ValueTextEquals("x_forwarded_for"u8) ? Field.Forwarded
        : json.ValueTextEquals("status"u8) ? Field.Status
        : json.ValueTextEquals("time_iso8601"u8) || json.ValueTextEquals("time_local"u8) || json.ValueTextEquals("time"u8) || json.ValueTextEquals("@timestamp"u8)
            || json.ValueTextEquals("timestamp"u8) || json.ValueTextEquals("msec"u8) ? Field.Time
        : json.ValueTextEquals("request"u8) ? Field.Request
        : json.ValueTextEquals("request_uri"u8) || json.ValueTextEquals("uri"u8) || json.ValueTextEquals("path"u8) ? Field.Path
        : Field.Other;

    // 404 or "404", with what ends it; -1: neither.
    private static int Plain(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \""u8);
        if (text.Length < 3 || text[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9') || (text.Length > 3 && text[3] is not ((byte)'"' or (byte)',' or (byte)'}' or (byte)' '))) return -1;
        return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
    }

    private enum Field
    {
        Other,
        Remote,
        Forwarded,
        Time,
        Status,
        Request,
        Path,
    }
}
