namespace FestivalOps.Slack.WebApi;

/// <summary>Reactions. Names without colons.</summary>
public interface IReactionsApi
{
    /// <summary>Adds one; <c>already_reacted</c> counts as success.</summary>
    Task AddToMessage(string name, string channelId, string ts, CancellationToken cancellationToken = default);

    /// <summary>Takes one back; <c>no_reaction</c> counts as success.</summary>
    Task RemoveFromMessage(string name, string channelId, string ts, CancellationToken cancellationToken = default);
}

/// <summary>Pinned messages.</summary>
public interface IPinsApi
{
    /// <summary>Pins; <c>already_pinned</c> counts as success.</summary>
    Task AddMessage(string channelId, string ts, CancellationToken cancellationToken = default);

    /// <summary>Unpins; <c>no_pin</c> counts as success.</summary>
    Task RemoveMessage(string channelId, string ts, CancellationToken cancellationToken = default);

    /// <summary>What is pinned.</summary>
    Task<IReadOnlyList<PinnedItem>> List(string channelId, CancellationToken cancellationToken = default);
}

/// <summary>Links at the top of a channel.</summary>
public interface IBookmarksApi
{
    /// <summary>Adds one.</summary>
    Task<Bookmark> Add(string channelId, string title, BookmarkType type = BookmarkType.Link, string? emoji = null, string? entityId = null, string? link = null, string? parentId = null, CancellationToken cancellationToken = default);

    /// <summary>Changes one.</summary>
    Task<Bookmark> Edit(string bookmarkId, string channelId, string? emoji = null, string? link = null, string? title = null, CancellationToken cancellationToken = default);

    /// <summary>All of a channel.</summary>
    Task<BookmarkListResponse> List(string channelId, CancellationToken cancellationToken = default);

    /// <summary>Removes one.</summary>
    Task Remove(string bookmarkId, string channelId, CancellationToken cancellationToken = default);
}

/// <summary>Canvases.</summary>
public interface ICanvasesApi
{
    /// <summary>Makes one; returns its id.</summary>
    Task<string> Create(string? title = null, DocumentContent? documentContent = null, string? channelId = null, CancellationToken cancellationToken = default);

    /// <summary>Changes one.</summary>
    Task Edit(string canvasId, IEnumerable<CanvasChange> changes, CancellationToken cancellationToken = default);

    /// <summary>Deletes one.</summary>
    Task Delete(string canvasId, CancellationToken cancellationToken = default);
}

/// <summary>Messages to be posted later.</summary>
public interface IScheduledMessagesApi
{
    /// <summary>A page of them.</summary>
    Task<ScheduledMessageListResponse> List(string? channelId = null, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default);
}

/// <summary>Socket Mode. Needs an app-level token.</summary>
public interface IAppsConnectionsApi
{
    /// <summary>An address for one connection.</summary>
    Task<ConnectionOpenResponse> Open(CancellationToken cancellationToken = default);
}

/// <summary>Installing the app.</summary>
public interface IOAuthV2Api
{
    /// <summary>Exchanges the code of an installation for tokens.</summary>
    Task<OauthV2AccessResponse> Access(string clientId, string clientSecret, string code, string? redirectUrl = null, CancellationToken cancellationToken = default);
}
