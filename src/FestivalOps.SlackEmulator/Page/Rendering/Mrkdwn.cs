using System.Text;
using System.Text.RegularExpressions;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Page.Rendering;

/// <summary>Slack's mrkdwn as HTML. Every piece of text goes through <see cref="Html"/>.</summary>
internal sealed partial class Mrkdwn(Workspace workspace, Viewer viewer)
{
    private const string QuoteMark = "&gt;";

    public string ToHtml(string text)
    {
        var html = new StringBuilder();
        var parts = text.Split("```");
        for (var i = 0; i < parts.Length; i++)
        {
            // An opening fence without its twin is plain text.
            if (i % 2 == 1 && i < parts.Length - 1)
                html.Append("<pre>").Append(Plain(parts[i].Trim('\n'))).Append("</pre>");
            else
                Lines(html, i % 2 == 1 ? "```" + parts[i] : parts[i]);
        }
        return html.ToString();
    }

    /// <summary>plain_text: nothing but emoji codes has a meaning.</summary>
    public static string PlainText(string text) => EmojiCode().Replace(Html.Encode(text), m => Team.Emoji.Find(m.Groups["name"].Value) is null ? m.Value : Html.Emoji(m.Groups["name"].Value));

    private void Lines(StringBuilder html, string text)
    {
        var quote = false;
        var first = true;
        foreach (var line in text.Trim('\n').Split('\n'))
        {
            var isQuote = line.StartsWith(QuoteMark, StringComparison.Ordinal) || line.StartsWith('>');
            if (isQuote != quote)
                html.Append(isQuote ? "<blockquote>" : "</blockquote>");
            else if (!first)
                html.Append("<br>");
            html.Append(Inline(isQuote ? line[(line[0] == '>' ? 1 : QuoteMark.Length)..].TrimStart() : line));
            (quote, first) = (isQuote, false);
        }
        if (quote)
            html.Append("</blockquote>");
    }

    private string Inline(string text)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match match in Token().Matches(text))
        {
            if (match.Index < at || Piece(text, match) is not { } piece)
                continue;
            html.Append(Html.EncodeWire(text[at..match.Index])).Append(piece);
            at = match.Index + match.Length;
        }
        return html.Append(Html.EncodeWire(text[at..])).ToString();
    }

    private string? Piece(string text, Match match)
    {
        if (match.Groups["entity"] is { Success: true } entity)
            return Entity(entity.Value);
        if (match.Groups["code"] is { Success: true } code)
            return $"<code>{Plain(code.Value)}</code>";
        if (match.Groups["emoji"] is { Success: true } emoji)
            return Team.Emoji.Find(emoji.Value) is null && emoji.Value.All(char.IsAsciiDigit) ? null : Html.Emoji(emoji.Value);

        // As in Slack, a mark inside a word is no mark; this is why **Japanese needs spaces around it**.
        var before = match.Index > 0 ? text[match.Index - 1] : ' ';
        var after = match.Index + match.Length < text.Length ? text[match.Index + match.Length] : ' ';
        if (char.IsLetterOrDigit(before) || char.IsLetterOrDigit(after))
            return null;
        if (match.Groups["bold"] is { Success: true } bold)
            return $"<b>{Inline(bold.Value)}</b>";
        return match.Groups["italic"] is { Success: true } italic ? $"<i>{Inline(italic.Value)}</i>" : $"<s>{Inline(match.Groups["strike"].Value)}</s>";
    }

    private string Plain(string text) => Entities().Replace(text, m => "\u0001" + m.Value + "\u0001").Split('\u0001')
        .Aggregate(new StringBuilder(), (html, part) => html.Append(part.Length > 2 && part[0] == '<' && part[^1] == '>' ? Entity(part[1..^1]) : Html.EncodeWire(part))).ToString();

    private string Entity(string inner)
    {
        var bar = inner.IndexOf('|', StringComparison.Ordinal);
        var (target, label) = bar < 0 ? (inner, null) : (inner[..bar], inner[(bar + 1)..]);
        return target switch
        {
            ['@', .. var user] => Mention(user),
            ['#', .. var channel] => ChannelLink(channel, label),
            "!here" or "!channel" or "!everyone" => $"<span class=\"mention mention-me\">@{Html.Encode(target[1..])}</span>",
            ['!', .. var special] when special.StartsWith("subteam^", StringComparison.Ordinal) => Group(special["subteam^".Length..], label),
            ['!', .. var special] when special.StartsWith("date^", StringComparison.Ordinal) => Date(special, label ?? ""),
            ['!', ..] => Html.EncodeWire(label ?? target),

            // What is no address was not meant as a link; it stays readable, brackets and all.
            _ when label is null && !target.Contains(':', StringComparison.Ordinal) => Html.EncodeWire($"<{inner}>"),
            _ => Html.Link(target, label ?? target),
        };
    }

    public string Mention(string userId)
    {
        var person = workspace.FindPerson(userId);
        var me = userId == viewer.Person.Id ? " mention-me" : "";
        return $"<span class=\"mention{me}\" data-user=\"{Html.Encode(userId)}\">@{Html.Encode(person?.RealName ?? userId)}</span>";
    }

    public string Group(string groupId, string? label = null)
    {
        var group = workspace.FindGroup(groupId);
        var me = group?.Users.Contains(viewer.Person.Id, StringComparer.Ordinal) == true ? " mention-me" : "";
        return $"<span class=\"mention{me}\">@{Html.Encode(group?.Handle ?? label?.TrimStart('@') ?? groupId)}</span>";
    }

    public string ChannelLink(string channelId, string? label = null)
    {
        var channel = workspace.FindChannel(channelId);
        return channel is null
            ? $"<span class=\"mention\">#{Html.Encode(label ?? channelId)}</span>"
            : $"<a class=\"mention\" href=\"{Html.Encode(viewer.Link(channel: channel.Id))}\">#{Html.Encode(channel.Name)}</a>";
    }

    private string Date(string special, string fallback)
    {
        var parts = special.Split('^');
        if (parts.Length < 3 || !long.TryParse(parts[1], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var epoch) || epoch > 9_999_999_999)
            return Html.EncodeWire(fallback);
        var shown = Dates.Format(parts[2], DateTimeOffset.FromUnixTimeSeconds(epoch), workspace.Now, viewer);
        return parts.Length > 3 ? Html.Link(parts[3], shown) : $"<time title=\"{Html.EncodeWire(fallback)}\">{Html.Encode(shown)}</time>";
    }

    [GeneratedRegex(@"<(?<entity>[^<>\n]+)>|`(?<code>[^`\n]+)`|\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*|_(?<italic>[^\s_](?:[^_\n]*[^\s_])?)_|~(?<strike>[^\s~](?:[^~\n]*[^\s~])?)~|:(?<emoji>[a-z0-9_+'-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"<[^<>\n]+>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entities();

    [GeneratedRegex(@":(?<name>[a-z0-9_+'-]+):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EmojiCode();
}
