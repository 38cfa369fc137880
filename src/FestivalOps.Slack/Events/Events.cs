namespace FestivalOps.Slack.Events;

/// <summary>Something that happened in the workspace.</summary>
[JsonConverter(typeof(EventConverter))]
public class Event
{
    /// <summary>Slack's name of the event type.</summary>
    public string Type { get; set; } = "";

    /// <summary>Slack's time stamp of the event.</summary>
    public string? EventTs { get; set; }
}

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

/// <summary>Someone opened the app's home page or messages.</summary>
public sealed class AppHomeOpened : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>The direct message.</summary>
    public string? Channel { get; set; }

    /// <summary>Which tab.</summary>
    public AppHomeTab Tab { get; set; }

    /// <summary>The home page as it is shown.</summary>
    public ViewInfo? View { get; set; }
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

/// <summary>Someone joined a channel.</summary>
public sealed class MemberJoinedChannel : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary><c>C</c> or <c>G</c>.</summary>
    public string? ChannelType { get; set; }

    /// <summary>Who invited them.</summary>
    public string? Inviter { get; set; }
}

/// <summary>Someone left a channel.</summary>
public sealed class MemberLeftChannel : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary><c>C</c> or <c>G</c>.</summary>
    public string? ChannelType { get; set; }
}

/// <summary>A channel has another name.</summary>
public sealed class ChannelRename : Event
{
    /// <summary>The channel with its new name.</summary>
    public Channel? Channel { get; set; }
}

/// <summary>A channel was made.</summary>
public sealed class ChannelCreated : Event
{
    /// <summary>The channel.</summary>
    public Channel? Channel { get; set; }
}

/// <summary>A channel was archived.</summary>
public sealed class ChannelArchive : Event
{
    /// <summary>Which.</summary>
    public string? Channel { get; set; }

    /// <summary>By whom.</summary>
    public string? User { get; set; }
}

/// <summary>A channel is back.</summary>
public sealed class ChannelUnarchive : Event
{
    /// <summary>Which.</summary>
    public string? Channel { get; set; }

    /// <summary>By whom.</summary>
    public string? User { get; set; }
}

/// <summary>Someone joined the workspace.</summary>
public sealed class TeamJoin : Event
{
    /// <summary>Who.</summary>
    public User? User { get; set; }
}

/// <summary>Someone's profile changed.</summary>
public sealed class UserChange : Event
{
    /// <summary>Who.</summary>
    public User? User { get; set; }
}

/// <summary>The app was removed from the workspace.</summary>
public sealed class AppUninstalled : Event;

/// <summary>Tokens stopped being valid.</summary>
public sealed class TokensRevoked : Event;

/// <summary>An event with what surrounds it.</summary>
public sealed class EventCallback
{
    /// <summary><c>event_callback</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Workspace.</summary>
    public string? TeamId { get; set; }

    /// <summary>Organisation.</summary>
    public string? EnterpriseId { get; set; }

    /// <summary>Workspace through which it was seen.</summary>
    public string? ContextTeamId { get; set; }

    /// <summary>Organisation through which it was seen.</summary>
    public string? ContextEnterpriseId { get; set; }

    /// <summary>The app.</summary>
    public string? ApiAppId { get; set; }

    /// <summary>In a channel shared with another organisation.</summary>
    public bool IsExtSharedChannel { get; set; }

    /// <summary>What happened.</summary>
    public Event Event { get; set; } = new();

    /// <summary>For whom it was delivered.</summary>
    public IList<Authorization> Authorizations { get; set; } = [];

    /// <summary>Opaque context.</summary>
    public string? EventContext { get; set; }

    /// <summary>Unique; what repeated deliveries have in common.</summary>
    public string EventId { get; set; } = "";

    /// <summary>Unix seconds.</summary>
    public int EventTime { get; set; }
}

/// <summary>Tabs of an app's home.</summary>
[JsonConverter(typeof(SlackEnumConverter<AppHomeTab>))]
public enum AppHomeTab
{
    /// <summary>The home page.</summary>
    Home,

    /// <summary>The messages.</summary>
    Messages,
}

/// <summary>An event of a type that this library does not know.</summary>
public sealed class UnknownEvent : Event, IUnknownPayload
{
    internal UnknownEvent(string type, JsonElement raw)
    {
        Type = type;
        Raw = raw;
        EventTs = RawJson.Text(raw, "event_ts");
    }

    /// <summary>The event as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
