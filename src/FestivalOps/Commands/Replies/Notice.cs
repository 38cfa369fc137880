namespace FestivalOps.Commands.Replies;

/// <summary>A message of one sentence.</summary>
internal static class Notice
{
    /// <summary>The sentence behind a picture. The text may hold foreign parts: it is escaped here.</summary>
    public static Message Of(string emoji, string text) => Of(emoji, text, Mrkdwn.Empty);

    /// <summary>The same with something below it that is markup already: a channel, a person.</summary>
    public static Message Of(string emoji, string text, Mrkdwn below)
    {
        var line = (Mrkdwn.Of($"{Mrkdwn.Trusted(emoji)} {text}") + below).ToString();
        return new Message { Text = line, Blocks = [new SectionBlock { Text = new Markdown(line) }] };
    }
}
