using System.Globalization;

namespace FestivalOps.Slack.Beyond;

/// <summary>Cuts text so that people see that, and how much of it, is missing.</summary>
public static class TextCut
{
    /// <summary>Cuts plain text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="limit">Largest length of the result, in UTF-16 characters; at least 1.</param>
    /// <returns>The text, or its beginning and <c>… (+n)</c>, n being the number of characters left out.</returns>
    public static string Plain(string text, int limit) => Cut(text, limit, KeepWholeCharacters);

    /// <summary>Cuts mrkdwn; never within an entity, mention or link, and an open code block is closed.</summary>
    /// <param name="text">mrkdwn.</param>
    /// <param name="limit">Largest length of the result, in UTF-16 characters; at least 1.</param>
    /// <returns>The text, or its beginning and <c>… (+n)</c>.</returns>
    public static string Markdown(string text, int limit) => Cut(text, limit, KeepWholeMarks);

    private static string Cut(string text, int limit, Func<string, int, int> whole)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (text.Length <= limit)
            return text;
        // The mark grows with the number in it: leave room for the longest one.
        var room = limit - string.Create(CultureInfo.InvariantCulture, $"… (+{text.Length})").Length;
        if (room <= 0)
            return text[..whole(text, Math.Max(limit - 1, 0))] + "…";
        var kept = whole(text, room);
        var closing = "";
        if (whole == KeepWholeMarks && OpenFence(text, kept))
        {
            closing = "\n```";
            kept = whole(text, Math.Max(room - closing.Length, 0));
            if (!OpenFence(text, kept))
                closing = "";
        }
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}{closing}… (+{text.Length - kept})");
    }

    internal static int KeepWholeCharacters(string text, int length) =>
        length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    internal static int KeepWholeMarks(string text, int length)
    {
        length = KeepWholeCharacters(text, length);
        if (length == 0)
            return 0;
        var open = text.LastIndexOf('<', length - 1);
        if (open >= 0 && text.IndexOf('>', open) is var close && (close < 0 || close >= length))
            length = open;
        if (length == 0)
            return 0;
        // "&amp;" is the longest entity.
        var entity = text.LastIndexOf('&', length - 1, Math.Min(length, 5));
        if (entity >= 0 && text.IndexOf(';', entity) is var end && end >= length)
            length = entity;
        return length;
    }

    private static bool OpenFence(string text, int length)
    {
        var fences = 0;
        for (var at = text.IndexOf("```", StringComparison.Ordinal); at >= 0 && at + 3 <= length; at = text.IndexOf("```", at + 3, StringComparison.Ordinal))
            fences++;
        return fences % 2 == 1;
    }
}
