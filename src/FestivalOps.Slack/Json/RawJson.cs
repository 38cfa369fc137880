namespace FestivalOps.Slack.Json;

/// <summary>Reads JSON that anyone may have written.</summary>
internal static class RawJson
{
    private const int EscapeLength = 6;

    /// <summary>Parses JSON whose texts can all be read: no text in it is half a character.</summary>
    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="FormatException">Not UTF-8, or an escape that is a lone surrogate.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (!System.Text.Unicode.Utf8.IsValid(json))
            throw new FormatException("JSON that is not UTF-8");
        var parsed = JsonElement.Parse(json);
        if (HasLoneSurrogate(json))
            throw new FormatException("a text with half a character (a lone surrogate)");
        return parsed;
    }

    /// <summary>The property, or undefined when there is none or <paramref name="element"/> is no object. Never throws.</summary>
    public static JsonElement Find(JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // Another property's name is half a character.
            return default;
        }
    }

    /// <summary>The property's text, or null when there is none or it is no text, which half a character is not. Never throws.</summary>
    public static string? Text(JsonElement element, string name)
    {
        var value = Find(element, name);
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // In JSON that has been parsed, a backslash stands only within a text and is followed by a whole escape.
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var at = json.IndexOf((byte)'\\');
            if (at < 0)
                return false;
            json = json[at..];
            var unit = Unit(json);
            if (unit is >= 0xD800 and <= 0xDBFF && Unit(json[EscapeLength..]) is >= 0xDC00 and <= 0xDFFF)
                json = json[(2 * EscapeLength)..];
            else if (unit is >= 0xD800 and <= 0xDFFF)
                return true;
            else
                json = json[(unit < 0 ? 2 : EscapeLength)..];
        }
    }

    private static int Unit(ReadOnlySpan<byte> json) =>
        json is [(byte)'\\', (byte)'u', ..] && json.Length >= EscapeLength
        && System.Buffers.Text.Utf8Parser.TryParse(json[2..EscapeLength], out ushort unit, out var used, 'x') && used == 4
            ? unit
            : -1;
}
