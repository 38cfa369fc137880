using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

internal sealed class ReactionsApi(SlackApiClient client) : IReactionsApi
{
    public Task AddToMessage(string name, string channelId, string ts, CancellationToken cancellationToken = default) =>
        client.CallUntil("reactions.add", On(name, channelId, ts), cancellationToken, "already_reacted");

    public Task RemoveFromMessage(string name, string channelId, string ts, CancellationToken cancellationToken = default) =>
        client.CallUntil("reactions.remove", On(name, channelId, ts), cancellationToken, "no_reaction");

    private static Arguments On(string name, string channelId, string ts) =>
        new Arguments().Add("name", name.Trim(':')).Add("channel", channelId).Add("timestamp", ts);
}

internal sealed class PinsApi(SlackApiClient client) : IPinsApi
{
    public Task AddMessage(string channelId, string ts, CancellationToken cancellationToken = default) =>
        client.CallUntil("pins.add", new Arguments().Add("channel", channelId).Add("timestamp", ts), cancellationToken, "already_pinned");

    public Task RemoveMessage(string channelId, string ts, CancellationToken cancellationToken = default) =>
        client.CallUntil("pins.remove", new Arguments().Add("channel", channelId).Add("timestamp", ts), cancellationToken, "no_pin");

    public async Task<IReadOnlyList<PinnedItem>> List(string channelId, CancellationToken cancellationToken = default) =>
        [.. await client.Call<IList<PinnedItem>>("pins.list", new Arguments().Add("channel", channelId), Repeat.Harmless, cancellationToken, "items").ConfigureAwait(false)];
}

internal sealed class BookmarksApi(SlackApiClient client) : IBookmarksApi
{
    public Task<Bookmark> Add(
        string channelId, string title, BookmarkType type = BookmarkType.Link, string? emoji = null, string? entityId = null, string? link = null,
        string? parentId = null, CancellationToken cancellationToken = default) =>
        client.Call<Bookmark>(
            "bookmarks.add",
            new Arguments().Add("channel_id", channelId).Add("title", title).Add("type", SlackEnumConverter<BookmarkType>.Word(type)).Add("emoji", emoji)
                .Add("entity_id", entityId).Add("link", link).Add("parent_id", parentId),
            Repeat.Never, cancellationToken, "bookmark");

    public Task<Bookmark> Edit(
        string bookmarkId, string channelId, string? emoji = null, string? link = null, string? title = null, CancellationToken cancellationToken = default) =>
        client.Call<Bookmark>(
            "bookmarks.edit", new Arguments().Add("bookmark_id", bookmarkId).Add("channel_id", channelId).Add("emoji", emoji).Add("link", link).Add("title", title),
            Repeat.Harmless, cancellationToken, "bookmark");

    public Task<BookmarkListResponse> List(string channelId, CancellationToken cancellationToken = default) =>
        client.Call<BookmarkListResponse>("bookmarks.list", new Arguments().Add("channel_id", channelId), Repeat.Harmless, cancellationToken);

    public Task Remove(string bookmarkId, string channelId, CancellationToken cancellationToken = default) =>
        client.CallUntil("bookmarks.remove", new Arguments().Add("bookmark_id", bookmarkId).Add("channel_id", channelId), cancellationToken, "not_found");
}

internal sealed class CanvasesApi(SlackApiClient client) : ICanvasesApi
{
    public Task<string> Create(string? title = null, DocumentContent? documentContent = null, string? channelId = null, CancellationToken cancellationToken = default) =>
        client.CallForText(
            "canvases.create", new Arguments().Add("title", title).AddJson("document_content", documentContent).Add("channel_id", channelId),
            Repeat.Never, cancellationToken, "canvas_id");

    public Task Edit(string canvasId, IEnumerable<CanvasChange> changes, CancellationToken cancellationToken = default) =>
        client.Call("canvases.edit", new Arguments().Add("canvas_id", canvasId).AddJson<IList<CanvasChange>>("changes", [.. changes]), Repeat.Never, cancellationToken);

    public Task Delete(string canvasId, CancellationToken cancellationToken = default) =>
        client.CallUntil("canvases.delete", new Arguments().Add("canvas_id", canvasId), cancellationToken, "canvas_deleted");
}

internal sealed class ScheduledMessagesApi(SlackApiClient client) : IScheduledMessagesApi
{
    public Task<ScheduledMessageListResponse> List(string? channelId = null, string? cursor = null, int limit = 100, CancellationToken cancellationToken = default) =>
        client.Call<ScheduledMessageListResponse>(
            "chat.scheduledMessages.list", new Arguments().Add("channel", channelId).Add("cursor", cursor).Add("limit", limit), Repeat.Harmless, cancellationToken);
}
