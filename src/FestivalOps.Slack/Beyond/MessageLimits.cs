using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Beyond;

/// <summary>
/// Every limit of Slack's messages, views and blocks. What people read is cut visibly or goes on in another block or message; what
/// machines read (ids, values, private metadata) is never cut, and too much of it is a programmer's error that says so.
/// The client applies this to everything that it sends.
/// </summary>
public static class MessageLimits
{
    /// <summary>Blocks of a message (Slack limit).</summary>
    public const int Blocks = 50;

    /// <summary>Blocks of a modal or home page (Slack limit).</summary>
    public const int ViewBlocks = 100;

    /// <summary>Characters of a message's text: above it Slack recommends against, and chat.update refuses.</summary>
    public const int Text = 4000;

    /// <summary>Characters over all blocks of a message. Seen to be refused from about 13 000 (<c>msg_blocks_too_long</c>).</summary>
    public const int TextOverAllBlocks = 12_500;

    /// <summary>Characters over all markdown blocks of a message (Slack limit).</summary>
    public const int MarkdownOverAllBlocks = 12_000;

    /// <summary>Attachments of a message (Slack limit).</summary>
    public const int Attachments = 100;

    /// <summary>Characters of a view's private metadata (Slack limit).</summary>
    public const int PrivateMetadata = 3000;

    /// <summary>Characters of ids that we give (Slack limit).</summary>
    public const int Id = 255;

    /// <summary>Bytes of a view as JSON (Slack limit: 250 KB).</summary>
    public const int ViewBytes = 250_000;

    /// <summary>Messages that one message is split into at most; what is beyond is cut visibly. Keeps a runaway log from filling a channel.</summary>
    public const int Messages = 10;

    /// <summary>Fits a message into Slack's limits: text that is too long is cut visibly, too many blocks go on in further messages.</summary>
    /// <param name="message">The message; it is not changed.</param>
    /// <returns>1–10 messages, to be posted in this order. Metadata stays with the first.</returns>
    /// <exception cref="ArgumentException">A programmer's error, such as the same <c>block_id</c> twice; never long text.</exception>
    public static IReadOnlyList<Message> Fit(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var pages = BlockPages.Split(BlockFitting.Fit(message.Blocks), Blocks, Messages);
        var attachments = message.Attachments.Select(AttachmentFitting.Fit).Chunk(Attachments).Take(Messages).ToList();
        var texts = message.Blocks.Count > 0 || message.Attachments.Count > 0
            ? [TextCut.Markdown(Fallback(message), Text)]
            : TextPages.Split(message.Text ?? "", Text, Messages);
        var fitted = new List<Message>();
        for (var page = 0; page < Math.Max(1, Math.Max(Math.Max(pages.Count, texts.Count), attachments.Count)); page++)
        {
            var part = CopyWithoutContent(message, first: page == 0);
            part.Blocks = page < pages.Count ? pages[page] : [];
            part.Attachments = page < attachments.Count ? attachments[page] : [];
            part.Text = page < texts.Count ? texts[page] : TextCut.Markdown(Fallback(part), Text);
            fitted.Add(part);
        }
        return fitted;
    }

    /// <summary>Fits a message into a single one, for where no second one can follow: updates and replaced originals.</summary>
    /// <param name="message">The message; it is not changed.</param>
    /// <returns>One message; a last line <c>… (+n)</c> tells how many blocks were left out.</returns>
    /// <exception cref="ArgumentException">A programmer's error, such as the same <c>block_id</c> twice; never long text.</exception>
    public static Message FitOne(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var part = CopyWithoutContent(message, first: true);
        part.Blocks = BlockPages.Split(BlockFitting.Fit(message.Blocks), Blocks, 1) is [var only, ..] ? only : [];
        part.Attachments = [.. message.Attachments.Take(Attachments).Select(AttachmentFitting.Fit)];
        part.Text = TextCut.Markdown(Fallback(message), Text);
        return part;
    }

    /// <summary>Fits a change of a message into Slack's limits, within one message.</summary>
    /// <param name="update">The change; it is not changed itself.</param>
    /// <returns>A change that Slack takes.</returns>
    /// <exception cref="ArgumentException">A programmer's error, such as the same <c>block_id</c> twice; never long text.</exception>
    public static MessageUpdate Fit(MessageUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        var fitted = update is MessageUpdateWithMetadata carrying
            ? new MessageUpdateWithMetadata { MetadataJson = carrying.MetadataJson }
            : new MessageUpdate();
        var content = FitOne(new Message { Text = update.Text, Blocks = update.Blocks ?? [], Attachments = update.Attachments ?? [] });
        fitted.Ts = update.Ts;
        fitted.ChannelId = update.ChannelId;
        fitted.Text = update.Text is null && content.Text is { Length: 0 } ? null : content.Text;
        fitted.Blocks = update.Blocks is null ? null : content.Blocks;
        fitted.Attachments = update.Attachments is null ? null : content.Attachments;
        fitted.Parse = update.Parse;
        fitted.LinkNames = update.LinkNames;
        fitted.AsUser = update.AsUser;
        fitted.FileIds = update.FileIds;
        return fitted;
    }

    /// <summary>Fits a view into Slack's limits.</summary>
    /// <param name="view">The view; it is not changed.</param>
    /// <returns>A view that Slack takes.</returns>
    /// <exception cref="ArgumentException">A programmer's error, such as the same <c>block_id</c> twice or too much private metadata.</exception>
    public static ViewDefinition Fit(ViewDefinition view) => ViewFitting.Fit(view);

    /// <summary>What notifications and screen readers say: the text, or the first words of the blocks.</summary>
    private static string Fallback(Message message)
    {
        if (!string.IsNullOrWhiteSpace(message.Text))
            return message.Text;
        foreach (var block in message.Blocks)
        {
            var words = block switch
            {
                HeaderBlock header => SlackText.Escape(header.Text?.Text),
                SectionBlock { Text: Markdown text } => text.Text,
                SectionBlock { Text: { } text } => SlackText.Escape(text.Text),
                SectionBlock { Fields: [var field, ..] } => field is Markdown ? field.Text : SlackText.Escape(field.Text),
                ImageBlock image => SlackText.Escape(image.AltText),
                _ => null,
            };
            if (!string.IsNullOrWhiteSpace(words))
                return words;
        }
        return message.Blocks.Count > 0 || message.Attachments.Count > 0 ? "…" : message.Text ?? "";
    }

    private static Message CopyWithoutContent(Message message, bool first) => new()
    {
        Channel = message.Channel,
        Parse = message.Parse,
        LinkNames = message.LinkNames,
        UnfurlLinks = message.UnfurlLinks,
        UnfurlMedia = message.UnfurlMedia,
        Username = message.Username,
        AsUser = message.AsUser,
        IconUrl = message.IconUrl,
        IconEmoji = message.IconEmoji,
        ThreadTs = message.ThreadTs,
        ReplyBroadcast = message.ReplyBroadcast,
        MetadataJson = first ? message.MetadataJson : null,
        MetadataObject = first ? message.MetadataObject : null,
    };
}
