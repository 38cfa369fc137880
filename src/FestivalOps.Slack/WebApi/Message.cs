namespace FestivalOps.Slack.WebApi;

/// <summary>A message that is only read.</summary>
public interface IReadOnlyMessage
{
    /// <inheritdoc cref="Message.Channel"/>
    string? Channel { get; }

    /// <inheritdoc cref="Message.Text"/>
    string? Text { get; }

    /// <inheritdoc cref="Message.Parse"/>
    ParseMode Parse { get; }

    /// <inheritdoc cref="Message.LinkNames"/>
    bool LinkNames { get; }

    /// <inheritdoc cref="Message.Attachments"/>
    IList<Attachment> Attachments { get; }

    /// <inheritdoc cref="Message.Blocks"/>
    IList<Blocks.Block> Blocks { get; }

    /// <inheritdoc cref="Message.UnfurlLinks"/>
    bool UnfurlLinks { get; }

    /// <inheritdoc cref="Message.UnfurlMedia"/>
    bool UnfurlMedia { get; }

    /// <inheritdoc cref="Message.Username"/>
    string? Username { get; }

    /// <inheritdoc cref="Message.AsUser"/>
    bool? AsUser { get; }

    /// <inheritdoc cref="Message.IconUrl"/>
    string? IconUrl { get; }

    /// <inheritdoc cref="Message.IconEmoji"/>
    string? IconEmoji { get; }

    /// <inheritdoc cref="Message.ThreadTs"/>
    string? ThreadTs { get; }

    /// <inheritdoc cref="Message.ReplyBroadcast"/>
    bool ReplyBroadcast { get; }

    /// <inheritdoc cref="Message.MetadataJson"/>
    MessageMetadata? MetadataJson { get; }

    /// <inheritdoc cref="Message.MetadataObject"/>
    object? MetadataObject { get; }
}

/// <summary>How Slack reads a text.</summary>
[JsonConverter(typeof(SlackEnumConverter<ParseMode>))]
public enum ParseMode
{
    /// <summary>As written; links are linked.</summary>
    Default,

    /// <summary>Nothing is changed.</summary>
    None,

    /// <summary>As a person's client would read it.</summary>
    Client,

    /// <summary>Everything that looks like a name or link is linked; never for foreign text.</summary>
    Full,
}

/// <summary>Kinds of conversation.</summary>
[JsonConverter(typeof(SlackEnumConverter<ConversationType>))]
public enum ConversationType
{
    /// <summary>Public channels.</summary>
    PublicChannel,

    /// <summary>Private channels.</summary>
    PrivateChannel,

    /// <summary>Group direct messages.</summary>
    Mpim,

    /// <summary>Direct messages.</summary>
    Im,
}

/// <summary>A message to post.</summary>
public class Message : IReadOnlyMessage
{
    /// <summary>Channel id, or a user id for a direct message.</summary>
    public string? Channel { get; set; }

    /// <summary>mrkdwn. With blocks: what notifications and screen readers say; always give it. Cut at 4000 characters into further messages.</summary>
    public string? Text { get; set; }

    /// <summary>How Slack reads the text.</summary>
    public ParseMode Parse { get; set; }

    /// <summary>Links @names; never for foreign text.</summary>
    public bool LinkNames { get; set; }

    /// <summary>At most 100.</summary>
    public IList<Attachment> Attachments { get; set; } = [];

    /// <summary>At most 50; more are sent as further messages.</summary>
    public IList<Blocks.Block> Blocks { get; set; } = [];

    /// <summary>Previews of links. Default: no.</summary>
    public bool UnfurlLinks { get; set; }

    /// <summary>Previews of pictures and videos. Default: yes, as SlackNet.</summary>
    public bool UnfurlMedia { get; set; } = true;

    /// <summary>Another name; needs <c>chat:write.customize</c>.</summary>
    public string? Username { get; set; }

    /// <summary>Old apps only.</summary>
    public bool? AsUser { get; set; }

    /// <summary>Another picture; needs <c>chat:write.customize</c>.</summary>
    public string? IconUrl { get; set; }

    /// <summary>Another picture; needs <c>chat:write.customize</c>.</summary>
    public string? IconEmoji { get; set; }

    /// <summary>The thread to answer in.</summary>
    public string? ThreadTs { get; set; }

    /// <summary>Shows an answer in the channel too.</summary>
    public bool ReplyBroadcast { get; set; }

    /// <summary>What travels with the message.</summary>
    public MessageMetadata? MetadataJson { get; set; }

    /// <summary>The same; see <see cref="MessageMetadata.FromObject"/>.</summary>
    public object? MetadataObject { get; set; }
}

/// <summary>A change of a message.</summary>
public class MessageUpdate
{
    /// <summary>Which message.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Where; for direct messages the <c>D…</c> id, not the user's.</summary>
    public string ChannelId { get; set; } = "";

    /// <summary>New text; cut visibly at 4000 characters.</summary>
    public string? Text { get; set; }

    /// <summary>New attachments; null keeps them.</summary>
    public IList<Attachment>? Attachments { get; set; }

    /// <summary>New blocks; at most 50. Null with a text removes them.</summary>
    public IList<Blocks.Block>? Blocks { get; set; }

    /// <summary>How Slack reads the text.</summary>
    public ParseMode Parse { get; set; } = ParseMode.Client;

    /// <summary>Links @names; never for foreign text.</summary>
    public bool LinkNames { get; set; }

    /// <summary>Old apps only.</summary>
    public bool? AsUser { get; set; }

    /// <summary>Files of the message.</summary>
    public IList<string>? FileIds { get; set; }
}
