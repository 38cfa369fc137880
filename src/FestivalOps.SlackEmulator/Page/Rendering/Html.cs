using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FestivalOps.SlackEmulator.Page.Rendering;

/// <summary>The only way from foreign text to HTML.</summary>
internal static class Html
{
    // Everything outside the HTML-special characters stays readable, Japanese included.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Encodes text for use between tags and inside double-quoted attributes.</summary>
    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>Slack's three entities back to characters, then encoded for HTML.</summary>
    public static string EncodeWire(string text) => Encode(text
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal));

    /// <summary>A link, when the address is one that may be followed; else the label alone.</summary>
    public static string Link(string url, string label)
    {
        url = url.Replace("&amp;", "&", StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel"
            ? $"<a href=\"{Encode(url)}\" target=\"_blank\" rel=\"noopener noreferrer\">{EncodeWire(label)}</a>"
            : EncodeWire(label);
    }

    public static string Emoji(string name) => Team.Emoji.Find(name) is { } drawn
        ? $"<span class=\"emoji\" title=\":{Encode(name)}:\">{drawn}</span>"
        : $"<span class=\"emoji-code\">:{Encode(name)}:</span>";
}
