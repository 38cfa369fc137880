using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// nginx' error log: access forbidden, wrong passwords, limits reached. nginx escapes nothing there: a path, a user name or a referer may hold
/// <c>, client: 8.8.8.8</c>. So a line counts only when these words stand in it once. Its times are of the host's zone.
/// </summary>
internal sealed class NginxErrorReader(Clients clients, TimeZoneInfo zone) : LogReader
{
    private static readonly byte[] Client = ", client: "u8.ToArray();

    private long _knownHour = -1;
    private long _offset;

    /// <inheritdoc/>
    public override LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting)
    {
        line = line.TrimStart((byte)0);
        if (line.IsEmpty) return LineOutcome.Harmless;
        // 2026/11/29 04:19:02 [error] 12#12: *3 access forbidden by rule, client: 203.0.113.9, server: …
        if (line.Length < 24 || line[4] != '/' || line[7] != '/' || line[19] != ' ' || line[20] != '[') return LineOutcome.Unread;
        var at = line.IndexOf(Client);
        if (at < 0) return LineOutcome.Harmless;
        var text = line[20..at];
        var level = text.IndexOf("] "u8);
        var connection = text.IndexOf(": *"u8);
        if (level < 0 || connection < level) return LineOutcome.Harmless;
        text = text[(connection + 3)..];
        var space = text.IndexOf((byte)' ');
        if (space < 0 || !IsRefusal(text[(space + 1)..], out var isTooMany)) return LineOutcome.Harmless;
        var rest = line[(at + Client.Length)..];
        if (rest.IndexOf(Client) >= 0) return LineOutcome.Unread;
        var end = rest.IndexOf((byte)',');
        if (!TryTime(line[..19], out sighting.At) || !clients.TryFind(end < 0 ? rest : rest[..end], [], isWhole: true, out sighting.Address, out sighting.Doubt)) return LineOutcome.Unread;
        (sighting.Signal, sighting.Times, sighting.IsTooMany) = (Signal.ErrorLog, 1, isTooMany);
        return LineOutcome.Counted;
    }

    private static bool IsRefusal(ReadOnlySpan<byte> text, out bool isTooMany)
    {
        isTooMany = text.StartsWith("limiting requests, "u8) || text.StartsWith("limiting connections "u8);
        return isTooMany
            || text.StartsWith("access forbidden by rule"u8)
            || (text.StartsWith("directory index of "u8) && text.EndsWith(" is forbidden"u8))
            || (text.StartsWith("user \""u8) && (text.EndsWith(": password mismatch"u8) || text.IndexOf("\" was not found in \""u8) > 0))
            || text.StartsWith("no user/password was provided for basic authentication"u8);
    }

    private bool TryTime(ReadOnlySpan<byte> text, out long at)
    {
        at = 0;
        var (year, month, day) = (LogTime.Two(text, 0) * 100 + LogTime.Two(text, 2), LogTime.Two(text, 5), LogTime.Two(text, 8));
        if (!LogTime.IsDate(year, month, day) || text[10] != ' ' || !LogTime.TryClock(text[11..], out var clock)) return false;
        var local = LogTime.Days(year, month, day) * 86_400L + clock;
        if (local / 3600 != _knownHour)
        {
            _knownHour = local / 3600;
            _offset = (long)zone.GetUtcOffset(DateTime.SpecifyKind(DateTime.UnixEpoch.AddSeconds(local), DateTimeKind.Unspecified)).TotalSeconds;
        }
        at = (local - _offset) * LogTime.Second;
        return true;
    }
}
