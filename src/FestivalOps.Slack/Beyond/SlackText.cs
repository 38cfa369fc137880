using System.Text;

namespace FestivalOps.Slack.Beyond;

/// <summary>Slack's entities: the three characters that mean something in mrkdwn.</summary>
public static class SlackText
{
    /// <summary>Escapes <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c>, and nothing else. Prefer <see cref="Mrkdwn.Of"/>, which cannot do it twice.</summary>
    /// <param name="text">Foreign text; null is empty.</param>
    /// <returns>mrkdwn that shows the text.</returns>
    public static string Escape(string? text) =>
        text is null || text.AsSpan().IndexOfAny('&', '<', '>') < 0
            ? text ?? ""
            : new StringBuilder(text, text.Length + 16).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").ToString();

    /// <summary>The reverse, for the text of commands and messages: <c>&amp;lt; &amp;gt; &amp;amp;</c> become characters, once.</summary>
    /// <param name="text">Text as Slack sent it; null is empty.</param>
    /// <returns>What the person typed. Mentions such as <c>&lt;@U1&gt;</c> stay as they are.</returns>
    public static string Unescape(string? text) =>
        text is null || !text.Contains('&', StringComparison.Ordinal)
            ? text ?? ""
            : new StringBuilder(text).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&").ToString();

    internal static bool IsId(string? id) => id is { Length: >= 2 and <= 32 } && id.All(char.IsAsciiLetterOrDigit);

    internal static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
