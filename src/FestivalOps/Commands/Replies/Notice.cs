namespace FestivalOps.Commands.Replies;

/// <summary>A message of one sentence.</summary>
internal static class Notice
{
    /// <summary>The sentence behind a picture. The text may hold foreign parts: it is escaped here.</summary>
    public static Message Of(string emoji, string text)
    {
        var line = Mrkdwn.Of($"{Mrkdwn.Trusted(emoji)} {text}").ToString();
        return new Message { Text = line, Blocks = [new SectionBlock { Text = new Markdown(line) }] };
    }
}
