namespace FestivalOps.Slack.WebApi;

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

/// <summary>A channel's bookmarks.</summary>
public sealed class BookmarkListResponse
{
    /// <summary>The bookmarks.</summary>
    public IList<Bookmark> Bookmarks { get; set; } = [];
}
