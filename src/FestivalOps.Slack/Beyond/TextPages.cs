namespace FestivalOps.Slack.Beyond;

/// <summary>Splits a long mrkdwn text into several, at line ends where possible.</summary>
internal static class TextPages
{
    public static List<string> Split(string text, int limit, int pages)
    {
        var parts = new List<string>();
        while (text.Length > limit && parts.Count < pages - 1)
        {
            var end = text.LastIndexOf('\n', limit - 1) + 1;
            if (end < limit / 2)
                end = TextCut.KeepWholeMarks(text, limit);
            if (end <= 0)
                end = TextCut.KeepWholeCharacters(text, limit);
            parts.Add(text[..end]);
            text = text[end..];
        }
        if (text.Length > 0 || parts.Count == 0)
            parts.Add(TextCut.Markdown(text, limit));
        return parts;
    }
}
