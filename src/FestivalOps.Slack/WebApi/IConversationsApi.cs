namespace FestivalOps.Slack.WebApi;

/// <summary>Channels and direct messages.</summary>
public interface IConversationsApi
{
    /// <summary>Makes a channel. Name: at most 80, lower case, digits, - and _.</summary>
    Task<Conversation> Create(string name, bool isPrivate, string? teamId = null, CancellationToken cancellationToken = default);

    /// <summary>Invites at most 100 people.</summary>
    Task<Conversation> Invite(string channelId, IEnumerable<string> userIds, CancellationToken cancellationToken = default);

    /// <summary>Joins a public channel.</summary>
    Task<ConversationJoinResponse> Join(string channelId, CancellationToken cancellationToken = default);

    /// <summary>One channel.</summary>
    Task<Conversation> Info(string channelId, bool includeLocale = false, bool includeNumMembers = false, CancellationToken cancellationToken = default);

    /// <summary>A page of channels.</summary>
    Task<ConversationListResponse> List(bool excludeArchived = false, int limit = 100, IEnumerable<ConversationType>? types = null, string? cursor = null, string? teamId = null, CancellationToken cancellationToken = default);

    /// <summary>A page of members.</summary>
    Task<ConversationMembersResponse> Members(string channelId, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Opens a direct message by its id.</summary>
    Task<string> Open(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Opens a direct message with at most 8 people; returns the channel id.</summary>
    Task<string> Open(IEnumerable<string> userIds, CancellationToken cancellationToken = default);

    /// <summary>Opens a direct message by its id.</summary>
    Task<ConversationOpenResponse> OpenAndReturnInfo(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Opens a direct message with at most 8 people.</summary>
    Task<ConversationOpenResponse> OpenAndReturnInfo(IEnumerable<string> userIds, CancellationToken cancellationToken = default);

    /// <summary>Sets the topic. At most 250 characters; more are cut visibly.</summary>
    Task<string> SetTopic(string channelId, string topic, CancellationToken cancellationToken = default);

    /// <summary>Sets the purpose. At most 250 characters; more are cut visibly.</summary>
    Task<string> SetPurpose(string channelId, string purpose, CancellationToken cancellationToken = default);

    /// <summary>Archives a channel.</summary>
    Task Archive(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Brings a channel back.</summary>
    Task Unarchive(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Closes a direct message.</summary>
    Task Close(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Renames a channel.</summary>
    Task<Conversation> Rename(string channelId, string name, CancellationToken cancellationToken = default);

    /// <summary>Removes a person.</summary>
    Task Kick(string channelId, string userId, CancellationToken cancellationToken = default);

    /// <summary>Leaves a channel.</summary>
    Task Leave(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Sets how far the app has read.</summary>
    Task Mark(string channelId, string messageTs, CancellationToken cancellationToken = default);

    /// <summary>A page of messages, newest first.</summary>
    Task<ConversationHistoryResponse> History(string channelId, string? latestTs = null, string? oldestTs = null, bool inclusive = false, int limit = 100, bool includeAllMetadata = false, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>A page of a thread.</summary>
    Task<ConversationMessagesResponse> Replies(string channelId, string threadTs, string? latestTs = null, string? oldestTs = null, bool inclusive = false, int limit = 10, bool includeAllMetadata = false, string? cursor = null, CancellationToken cancellationToken = default);

    /// <summary>Makes the channel's canvas; returns its id.</summary>
    Task<string> CreateCanvas(string channelId, DocumentContent? documentContent = null, string? title = null, CancellationToken cancellationToken = default);
}
