using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FestivalOps.Maintenance.Logs;

/// <summary>A line of a log.</summary>
/// <param name="IsError">It says so itself: ERROR and worse.</param>
/// <param name="At">When; null: it does not say.</param>
/// <param name="Message">What it says, as it came.</param>
internal readonly record struct LogLine(bool IsError, DateTimeOffset? At, string Message)
{
    /// <summary>Longer lines are cut. Unit: characters.</summary>
    public const int Longest = 2_000;
}

/// <summary>Reads lines of the application, of nginx' error log and of the journal. Lines come from anyone who can make the platform log. Pure.</summary>
internal static partial class LogReading
{
    private static readonly string[] Errors = ["ERROR", "FATAL", "CRITICAL"];

    /// <summary>A line of the application: one JSON object, Rails' own format, or any with a level as its first words. Times are UTC.</summary>
    public static LogLine Application(string line)
    {
        if (line.Length > LogLine.Longest) line = line[..LogLine.Longest];
        if (line.StartsWith('{') && Json(line) is { } json) return json;
        // E, [2026-11-30T00:00:00.123456 #123] ERROR -- : message
        var rails = Rails().Match(line);
        if (rails.Success) return new(Errors.Contains(rails.Groups["level"].Value, StringComparer.Ordinal), Utc(rails.Groups["at"].Value), rails.Groups["message"].Value);
        var plain = Plain().Match(line);
        return plain.Success ? new(true, plain.Groups["at"].Success ? Utc(plain.Groups["at"].Value) : null, plain.Groups["message"].Value) : new(false, null, line);
    }

    /// <summary>A line of nginx' error log; its times are of the host's zone, which <paramref name="zone"/> names.</summary>
    public static LogLine Nginx(string line, TimeZoneInfo zone)
    {
        if (line.Length > LogLine.Longest) line = line[..LogLine.Longest];
        var found = NginxForm().Match(line);
        if (!found.Success) return new(false, null, line);
        var isError = found.Groups["level"].Value is "error" or "crit" or "alert" or "emerg";
        DateTimeOffset? at = DateTime.TryParseExact(found.Groups["at"].Value, "yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local))
            : null;
        return new(isError, at, found.Groups["message"].Value);
    }

    /// <summary>A line of <c>journalctl --output=json</c>; null when it is none. What the application logs to it carries its own level.</summary>
    public static LogLine? Journal(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("MESSAGE", out var message)) return null;
            var at = Text(root, "__REALTIME_TIMESTAMP") is { } stamp && long.TryParse(stamp, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds < 4_000_000_000_000_000
                ? DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds)
                : (DateTimeOffset?)null;
            var own = Application(Words(message));
            var isBad = int.TryParse(Text(root, "PRIORITY"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority) && priority <= 3;
            return new(own.IsError || isBad, at, own.Message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // {"timestamp": …, "level": "ERROR", "program": …, "message": …}
    private static LogLine? Json(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (Text(json.RootElement, "level") is not { } level) return null;
            DateTimeOffset? at = Text(json.RootElement, "timestamp") is { } stamp ? Utc(stamp) : null;
            return new(Errors.Contains(level.ToUpperInvariant(), StringComparer.Ordinal), at, Text(json.RootElement, "message") ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Text that is not UTF-8 comes from the journal as a list of bytes.
    private static string Words(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.String => message.GetString()!,
        JsonValueKind.Array => Encoding.UTF8.GetString([.. message.EnumerateArray().Where(b => b.ValueKind == JsonValueKind.Number && b.TryGetByte(out _)).Take(LogLine.Longest).Select(b => b.GetByte())]),
        _ => "",
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Utc(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    [GeneratedRegex("^[A-Z], \\[(?<at>[0-9T:.Z+-]{19,40}) #[0-9]+\\] +(?<level>[A-Z]+) -- [^:]{0,100}: (?<message>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rails();

    [GeneratedRegex("^(\\[?(?<at>[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{8,15}Z?)\\]? +)?\\[?(ERROR|FATAL)\\]?[ :]+(?<message>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();

    [GeneratedRegex("^(?<at>[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}) \\[(?<level>[a-z]+)\\] [0-9]+#[0-9]+: (\\*[0-9]+ )?(?<message>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NginxForm();
}
