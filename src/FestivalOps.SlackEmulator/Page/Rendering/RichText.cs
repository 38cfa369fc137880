using System.Globalization;
using System.Text;
using System.Text.Json;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Page.Rendering;

/// <summary><c>rich_text</c> blocks as HTML.</summary>
internal sealed class RichText(Workspace workspace, Viewer viewer)
{
    private readonly Mrkdwn mrkdwn = new(workspace, viewer);

    public string ToHtml(JsonElement block)
    {
        var html = new StringBuilder();
        foreach (var part in Items(block))
        {
            html.Append(Str(part, "type") switch
            {
                "rich_text_preformatted" => $"<pre>{Inline(part)}</pre>",
                "rich_text_quote" => $"<blockquote>{Inline(part)}</blockquote>",
                "rich_text_list" => List(part),
                _ => $"<div>{Inline(part)}</div>",
            });
        }
        return html.ToString();
    }

    private string List(JsonElement list)
    {
        var tag = Str(list, "style") == "ordered" ? "ol" : "ul";
        var indent = list.TryGetProperty("indent", out var i) && i.TryGetInt32(out var n) ? Math.Clamp(n, 0, 8) : 0;
        return string.Create(CultureInfo.InvariantCulture, $"<{tag} class=\"indent-{indent}\">{string.Concat(Items(list).Select(item => $"<li>{Inline(item)}</li>"))}</{tag}>");
    }

    private string Inline(JsonElement section) => string.Concat(Items(section).Select(Leaf));

    private string Leaf(JsonElement leaf)
    {
        var html = Str(leaf, "type") switch
        {
            "text" => Html.Encode(Str(leaf, "text")).Replace("&#xA;", "<br>", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal),
            "link" => Html.Link(Str(leaf, "url"), Str(leaf, "text") is { Length: > 0 } label ? label : Str(leaf, "url")),
            "user" => mrkdwn.Mention(Str(leaf, "user_id")),
            "usergroup" => mrkdwn.Group(Str(leaf, "usergroup_id")),
            "channel" => mrkdwn.ChannelLink(Str(leaf, "channel_id")),
            "broadcast" => $"<span class=\"mention mention-me\">@{Html.Encode(Str(leaf, "range"))}</span>",
            "emoji" => Html.Emoji(Str(leaf, "name")),
            "date" => Date(leaf),
            "color" => $"<code>{Html.Encode(Str(leaf, "value"))}</code>",
            _ => "",
        };
        if (!leaf.TryGetProperty("style", out var style) || style.ValueKind != JsonValueKind.Object)
            return html;
        foreach (var (name, tag) in ((string, string)[])[("bold", "b"), ("italic", "i"), ("strike", "s"), ("code", "code"), ("underline", "u")])
        {
            if (style.TryGetProperty(name, out var on) && on.ValueKind == JsonValueKind.True)
                html = $"<{tag}>{html}</{tag}>";
        }
        return html;
    }

    private string Date(JsonElement leaf) => leaf.TryGetProperty("timestamp", out var t) && t.TryGetInt64(out var epoch) && epoch is > 0 and <= 9_999_999_999
        ? Html.Encode(Dates.Format(Str(leaf, "format"), DateTimeOffset.FromUnixTimeSeconds(epoch), workspace.Now, viewer))
        : Html.Encode(Str(leaf, "fallback"));

    private static List<JsonElement> Items(JsonElement json) =>
        json.TryGetProperty("elements", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Str(JsonElement json, string name) => json.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";
}
