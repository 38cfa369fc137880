namespace FestivalOps.Slack.WebApi;

/// <summary>Who a token belongs to.</summary>
public sealed class AuthTestResponse
{
    /// <summary>Address of the workspace.</summary>
    public string? Url { get; set; }

    /// <summary>Its name.</summary>
    public string? Team { get; set; }

    /// <summary>User name.</summary>
    public string? User { get; set; }

    /// <summary>Workspace id.</summary>
    public string TeamId { get; set; } = "";

    /// <summary>User id.</summary>
    public string UserId { get; set; } = "";

    /// <summary>Bot id.</summary>
    public string? BotId { get; set; }

    /// <summary>Organisation.</summary>
    public string? EnterpriseId { get; set; }

    /// <summary>Installed for the whole organisation.</summary>
    public bool IsEnterpriseInstall { get; set; }
}

/// <summary>Where a message ended up.</summary>
public sealed class PostMessageResponse
{
    /// <summary>Its identity within the channel.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Channel id, also when a user id was given.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The message as Slack shows it.</summary>
    public Events.MessageEvent? Message { get; set; }
}

/// <summary>What is known of an ephemeral message.</summary>
public sealed class PostEphemeralResponse
{
    /// <summary>Its time stamp; it cannot be updated or deleted.</summary>
    public string MessageTs { get; set; } = "";
}

/// <summary>A changed message.</summary>
public sealed class MessageUpdateResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Its identity.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Its text now.</summary>
    public string? Text { get; set; }
}

/// <summary>A message.</summary>
public sealed class MessageTsResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Its identity.</summary>
    public string Ts { get; set; } = "";
}

/// <summary>A message to be posted later.</summary>
public sealed class ScheduleMessageResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>For deleting it.</summary>
    public string ScheduledMessageId { get; set; } = "";

    /// <summary>Unix seconds.</summary>
    public string? PostAt { get; set; }
}

/// <summary>A message's address.</summary>
public sealed class PermalinkResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The address.</summary>
    public string Permalink { get; set; } = "";
}

/// <summary>A joined channel.</summary>
public sealed class ConversationJoinResponse
{
    /// <summary>The channel.</summary>
    public Conversation Channel { get; set; } = new();

    /// <summary>For example <c>already_in_channel</c>.</summary>
    public string? Warning { get; set; }
}

/// <summary>A page of channels.</summary>
public sealed class ConversationListResponse
{
    /// <summary>May be fewer than asked for.</summary>
    public IList<Conversation> Channels { get; set; } = [];

    /// <summary>How to go on.</summary>
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

/// <summary>A page of members.</summary>
public sealed class ConversationMembersResponse
{
    /// <summary>User ids.</summary>
    public IList<string> Members { get; set; } = [];

    /// <summary>How to go on.</summary>
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

/// <summary>An opened direct message.</summary>
public sealed class ConversationOpenResponse
{
    /// <summary>Nothing had to be done.</summary>
    public bool NoOp { get; set; }

    /// <summary>It was open.</summary>
    public bool AlreadyOpen { get; set; }

    /// <summary>The conversation.</summary>
    public Conversation Channel { get; set; } = new();
}

/// <summary>A page of messages.</summary>
public class ConversationMessagesResponse
{
    /// <summary>Newest first in a channel, oldest first in a thread.</summary>
    public IList<Events.MessageEvent> Messages { get; set; } = [];

    /// <summary>There are more.</summary>
    public bool HasMore { get; set; }

    /// <summary>How to go on.</summary>
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

/// <summary>A page of a channel's messages.</summary>
public sealed class ConversationHistoryResponse : ConversationMessagesResponse
{
    /// <summary>Number of pinned messages.</summary>
    public int PinCount { get; set; }
}

/// <summary>A page of people.</summary>
public sealed class UserListResponse
{
    /// <summary>People and bots.</summary>
    public IList<User> Members { get; set; } = [];

    /// <summary>How to go on.</summary>
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

/// <summary>A shown view.</summary>
public sealed class ViewResponse
{
    /// <summary>The view with its id and hash.</summary>
    public ViewInfo View { get; set; } = new HomeViewInfo();
}

/// <summary>A channel's bookmarks.</summary>
public sealed class BookmarkListResponse
{
    /// <summary>The bookmarks.</summary>
    public IList<Bookmark> Bookmarks { get; set; } = [];
}

/// <summary>Where to upload a file.</summary>
public sealed class UploadUrlExternalResponse
{
    /// <summary>Address for the bytes; valid once.</summary>
    public string UploadUrl { get; set; } = "";

    /// <summary>The file's id.</summary>
    public string FileId { get; set; } = "";
}

/// <summary>A file by id.</summary>
public sealed class ExternalFileReference
{
    /// <summary>Slack file id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its title.</summary>
    public string? Title { get; set; }
}

/// <summary>Where to connect for Socket Mode.</summary>
public sealed class ConnectionOpenResponse
{
    /// <summary>Address for one connection. A secret: never log it.</summary>
    public string Url { get; set; } = "";
}

/// <summary>A file.</summary>
public sealed class FileResponse
{
    /// <summary>The file.</summary>
    public File File { get; set; } = new();
}

/// <summary>How to go on after a page.</summary>
public sealed class ResponseMetadata
{
    /// <summary>Give it as <c>cursor</c>; empty after the last page.</summary>
    public string? NextCursor { get; set; }
}

/// <summary>A page of messages to be posted later.</summary>
public sealed class ScheduledMessageListResponse
{
    /// <summary>The messages.</summary>
    public IList<ScheduledMessage> ScheduledMessages { get; set; } = [];

    /// <summary>How to go on.</summary>
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

/// <summary>A message to be posted later.</summary>
public sealed class ScheduledMessage
{
    /// <summary>For deleting it.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Unix seconds.</summary>
    public long PostAt { get; set; }

    /// <summary>Unix seconds.</summary>
    public long DateCreated { get; set; }

    /// <summary>Its text.</summary>
    public string? Text { get; set; }
}

/// <summary>Tokens given at an installation.</summary>
public sealed class OauthV2AccessResponse
{
    /// <summary>Bot token. A secret.</summary>
    public string? AccessToken { get; set; }

    /// <summary><c>bot</c>.</summary>
    public string? TokenType { get; set; }

    /// <summary>Scopes, separated by commas.</summary>
    public string? Scope { get; set; }

    /// <summary>The bot's user id.</summary>
    public string? BotUserId { get; set; }

    /// <summary>The app.</summary>
    public string? AppId { get; set; }

    /// <summary>With token rotation. A secret.</summary>
    public string? RefreshToken { get; set; }

    /// <summary>Seconds; 0 without token rotation.</summary>
    public int ExpiresIn { get; set; }

    /// <summary>Workspace.</summary>
    public Team? Team { get; set; }

    /// <summary>Organisation.</summary>
    public WorkSpace? Enterprise { get; set; }

    /// <summary>Installed for the whole organisation.</summary>
    public bool IsEnterpriseInstall { get; set; }
}

/// <summary>A refusal.</summary>
public sealed class ErrorResponse
{
    /// <summary>Slack's warning.</summary>
    public string? Warning { get; set; }

    /// <summary>Slack's error code.</summary>
    public string Error { get; set; } = "";

    /// <summary>Details, for example which block is wrong and why.</summary>
    public IList<string> Messages { get; set; } = [];

    /// <summary>Further facts, for example <c>needed</c> and <c>provided</c> of <c>missing_scope</c>.</summary>
    public Dictionary<string, string> Info { get; set; } = [];
}
