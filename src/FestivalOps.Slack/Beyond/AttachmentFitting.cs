using FestivalOps.Slack.Blocks;

namespace FestivalOps.Slack.Beyond;

internal static class AttachmentFitting
{
    // Slack documents no limit for these; it folds longer text away behind "show more".
    private const int LongText = 3000;
    private const int ShortText = 300;

    public static Attachment Fit(Attachment given)
    {
        var attachment = SlackJson.Copy(given);
        var blocks = BlockFitting.Fit(given.Blocks);
        attachment.Blocks = BlockPages.Split(blocks, MessageLimits.Blocks, 1) is [var page, ..] ? page : new List<Block>();
        attachment.Fallback = Cut(attachment.Fallback, LongText);
        attachment.Pretext = Cut(attachment.Pretext, LongText);
        attachment.Text = Cut(attachment.Text, LongText);
        attachment.Title = Cut(attachment.Title, ShortText);
        attachment.AuthorName = Cut(attachment.AuthorName, ShortText);
        attachment.Footer = Cut(attachment.Footer, ShortText);
        foreach (var field in attachment.Fields)
        {
            field.Title = Cut(field.Title, ShortText);
            field.Value = Cut(field.Value, 2000);
        }
        return attachment;
    }

    private static string? Cut(string? text, int limit) => text is null ? null : TextCut.Markdown(text, limit);
}
