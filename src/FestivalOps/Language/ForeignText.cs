using System.Text;

namespace FestivalOps.Language;

/// <summary>Text that came from outside (people, servers, logs), made safe to keep and to show on one line.</summary>
internal static class ForeignText
{
    /// <summary>
    /// The lines of a text, each as <see cref="OneLine"/> makes it, without empty ones: at most <paramref name="lines"/> (what is left stands on
    /// the last) and about <paramref name="max"/> characters in all.
    /// </summary>
    public static IReadOnlyList<string> Lines(string? text, int max, int lines)
    {
        var kept = new List<string>();
        var left = max;
        var parts = (text ?? "").ReplaceLineEndings("\n").Split('\n').Where(l => !string.IsNullOrWhiteSpace(l)).ToList();
        for (var i = 0; i < parts.Count && i < lines && left > 1; i++)
        {
            var line = OneLine(i == lines - 1 ? string.Join(' ', parts.Skip(i)) : parts[i], left);
            if (line.Length == 0) continue;
            kept.Add(line);
            left -= line.Length + 1;
        }
        return kept;
    }

    /// <summary>
    /// One line of at most <paramref name="max"/> characters: control characters and line breaks become spaces, broken surrogates become
    /// U+FFFD, direction overrides are dropped, and what is cut is marked with "…". Escaping for Slack is not done here.
    /// </summary>
    public static string OneLine(string? text, int max)
    {
        if (string.IsNullOrEmpty(text)) return "";
        // Most of what comes are ids and addresses, which need nothing.
        if (text.Length < max && !text.AsSpan().ContainsAnyExceptInRange('!', '~')) return text;
        var line = new StringBuilder(Math.Min(text.Length, max));
        Span<char> one = stackalloc char[2];
        foreach (var rune in text.EnumerateRunes())
        {
            // U+202A–202E and U+2066–2069 turn the reading direction and could make one text look like another.
            if (rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)) continue;
            var shown = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? new Rune(' ') : rune;
            if (line.Length + shown.Utf16SequenceLength > max - 1)
                return line.Append('…').ToString();
            line.Append(one[..shown.EncodeToUtf16(one)]);
        }
        return line.ToString().Trim();
    }
}
