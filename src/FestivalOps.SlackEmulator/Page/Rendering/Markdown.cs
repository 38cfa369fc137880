using System.Text;
using System.Text.RegularExpressions;

namespace FestivalOps.SlackEmulator.Page.Rendering;

/// <summary>The markdown block: the usual marks, line by line.</summary>
internal static partial class Markdown
{
    public static string ToHtml(string text)
    {
        var html = new StringBuilder();
        string? list = null;
        var fenced = false;
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                Close(html, ref list);
                html.Append(fenced ? "</pre>" : "<pre>");
                fenced = !fenced;
            }
            else if (fenced)
            {
                html.Append(Html.Encode(line)).Append('\n');
            }
            else
            {
                Line(html, line, ref list);
            }
        }
        Close(html, ref list);
        return html.Append(fenced ? "</pre>" : "").ToString();
    }

    private static void Line(StringBuilder html, string line, ref string? list)
    {
        var item = Item().Match(line);
        var wanted = !item.Success ? null : item.Groups["number"].Success ? "ol" : "ul";
        if (wanted != list)
        {
            Close(html, ref list);
            if (wanted is not null)
                html.Append('<').Append(list = wanted).Append('>');
        }
        var heading = line.TakeWhile(c => c == '#').Count();
        if (item.Success)
            html.Append("<li>").Append(Inline(item.Groups["text"].Value)).Append("</li>");
        else if (heading is > 0 and < 7 && line.Length > heading && line[heading] == ' ')
            html.Append("<div class=\"md-heading\">").Append(Inline(line[heading..].Trim())).Append("</div>");
        else if (line.StartsWith('>'))
            html.Append("<blockquote>").Append(Inline(line[1..].Trim())).Append("</blockquote>");
        else if (line.Trim() is "---" or "***")
            html.Append("<hr>");
        else
            html.Append("<div>").Append(line.Length == 0 ? "&nbsp;" : Inline(line)).Append("</div>");
    }

    private static void Close(StringBuilder html, ref string? list)
    {
        if (list is not null)
            html.Append("</").Append(list).Append('>');
        list = null;
    }

    private static string Inline(string text)
    {
        var html = new StringBuilder();
        var at = 0;
        foreach (Match m in Token().Matches(text))
        {
            html.Append(Html.Encode(text[at..m.Index]));
            html.Append(m switch
            {
                _ when m.Groups["code"].Success => $"<code>{Html.Encode(m.Groups["code"].Value)}</code>",
                _ when m.Groups["bold"].Success => $"<b>{Html.Encode(m.Groups["bold"].Value)}</b>",
                _ when m.Groups["italic"].Success => $"<i>{Html.Encode(m.Groups["italic"].Value)}</i>",
                _ when m.Groups["strike"].Success => $"<s>{Html.Encode(m.Groups["strike"].Value)}</s>",
                _ => Html.Link(m.Groups["url"].Value, m.Groups["label"].Value),
            });
            at = m.Index + m.Length;
        }
        return html.Append(Html.Encode(text[at..])).ToString();
    }

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*|\*(?<italic>[^*]+)\*|~~(?<strike>[^~]+)~~|\[(?<label>[^\]]+)\]\((?<url>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"^\s*(?:[-*+]|(?<number>\d+)\.)\s+(?<text>.*)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Item();
}
