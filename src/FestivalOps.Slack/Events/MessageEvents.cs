namespace FestivalOps.Slack.Events;

/// <summary>A message was posted; with a <c>subtype</c> also changed, deleted and so on.</summary>
public class MessageEvent : Event
{
    /// <summary>Kind of message event; null: an ordinary message.</summary>
    public string? Subtype { get; set; }

    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>The text, in mrkdwn with entities.</summary>
    public string? Text { get; set; }

    /// <summary>Identity of the message within its channel; never a number.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Workspace.</summary>
    public string? Team { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary><c>channel</c>, <c>group</c>, <c>im</c> or <c>mpim</c>.</summary>
    public string? ChannelType { get; set; }

    /// <summary>The thread it belongs to.</summary>
    public string? ThreadTs { get; set; }

    /// <summary>Attachments.</summary>
    public IList<Attachment> Attachments { get; set; } = [];

    /// <summary>Blocks.</summary>
    public IList<Blocks.Block> Blocks { get; set; } = [];

    /// <summary>Files.</summary>
    public IList<File> Files { get; set; } = [];

    /// <summary>Reactions.</summary>
    public IList<Reaction> Reactions { get; set; } = [];

    /// <summary>The last change.</summary>
    public Edit? Edited { get; set; }

    /// <summary>Number of answers in its thread.</summary>
    public int ReplyCount { get; set; }

    /// <summary>What travels with it.</summary>
    public MessageMetadata? Metadata { get; set; }

    /// <summary>The bot that posted it.</summary>
    public string? BotId { get; set; }

    /// <summary>The app that posted it.</summary>
    public string? AppId { get; set; }

    /// <summary>With <c>message_changed</c>: the message now.</summary>
    public MessageEvent? Message { get; set; }

    /// <summary>With <c>message_changed</c> and <c>message_deleted</c>: the message before.</summary>
    public MessageEvent? PreviousMessage { get; set; }

    /// <summary>With <c>message_deleted</c>: which.</summary>
    public string? DeletedTs { get; set; }
}

/// <summary>The last change of a message.</summary>
public sealed class Edit
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>When.</summary>
    public string? Ts { get; set; }
}

/// <summary>The app was mentioned in a channel.</summary>
public sealed class AppMention : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>The text with the mention.</summary>
    public string? Text { get; set; }

    /// <summary>Identity of the message.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary>The thread.</summary>
    public string? ThreadTs { get; set; }

    /// <summary>The bot that wrote it.</summary>
    public string? BotId { get; set; }
}

/// <summary>Someone reacted.</summary>
public sealed class ReactionAdded : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>Emoji name without colons.</summary>
    public string? Reaction { get; set; }

    /// <summary>Whose message.</summary>
    public string? ItemUser { get; set; }

    /// <summary>What.</summary>
    public ReactionItem? Item { get; set; }
}

/// <summary>Someone took a reaction back.</summary>
public sealed class ReactionRemoved : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>Emoji name without colons.</summary>
    public string? Reaction { get; set; }

    /// <summary>Whose message.</summary>
    public string? ItemUser { get; set; }

    /// <summary>What.</summary>
    public ReactionItem? Item { get; set; }
}

/// <summary>What a reaction stands on.</summary>
public sealed class ReactionItem
{
    /// <summary><c>message</c> or <c>file</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary>Which message.</summary>
    public string? Ts { get; set; }
}
