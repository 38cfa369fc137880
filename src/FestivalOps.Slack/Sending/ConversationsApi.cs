using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

internal sealed class ConversationsApi(SlackApiClient client) : IConversationsApi
{
    private const int TopicLimit = 250;

    public Task<Conversation> Create(string name, bool isPrivate, string? teamId = null, CancellationToken cancellationToken = default) =>
        Channel("conversations.create", new Arguments().Add("name", name).Add("is_private", isPrivate).Add("team_id", teamId), Repeat.Never, cancellationToken);

    public Task<Conversation> Invite(string channelId, IEnumerable<string> userIds, CancellationToken cancellationToken = default) =>
        Channel("conversations.invite", On(channelId).Add("users", userIds), Repeat.Never, cancellationToken);

    public Task<ConversationJoinResponse> Join(string channelId, CancellationToken cancellationToken = default) =>
        client.Call<ConversationJoinResponse>("conversations.join", On(channelId), Repeat.Harmless, cancellationToken);

    public Task<Conversation> Info(string channelId, bool includeLocale = false, bool includeNumMembers = false, CancellationToken cancellationToken = default) =>
        Channel("conversations.info", On(channelId).Add("include_locale", includeLocale).Add("include_num_members", includeNumMembers), Repeat.Harmless, cancellationToken);

    public Task<ConversationListResponse> List(
        bool excludeArchived = false, int limit = 100, IEnumerable<ConversationType>? types = null, string? cursor = null, string? teamId = null,
        CancellationToken cancellationToken = default) =>
        client.Call<ConversationListResponse>(
            "conversations.list",
            new Arguments().Add("exclude_archived", excludeArchived).Add("limit", limit).Add("types", Words(types)).Add("cursor", cursor).Add("team_id", teamId),
            Repeat.Harmless, cancellationToken);

    public Task<ConversationMembersResponse> Members(string channelId, int limit = 100, string? cursor = null, CancellationToken cancellationToken = default) =>
        client.Call<ConversationMembersResponse>("conversations.members", On(channelId).Add("limit", limit).Add("cursor", cursor), Repeat.Harmless, cancellationToken);

    public async Task<string> Open(string channelId, CancellationToken cancellationToken = default) =>
        (await OpenAndReturnInfo(On(channelId), returnIm: false, cancellationToken).ConfigureAwait(false)).Channel.Id;

    public async Task<string> Open(IEnumerable<string> userIds, CancellationToken cancellationToken = default) =>
        (await OpenAndReturnInfo(new Arguments().Add("users", userIds), returnIm: false, cancellationToken).ConfigureAwait(false)).Channel.Id;

    public Task<ConversationOpenResponse> OpenAndReturnInfo(string channelId, CancellationToken cancellationToken = default) =>
        OpenAndReturnInfo(On(channelId), returnIm: true, cancellationToken);

    public Task<ConversationOpenResponse> OpenAndReturnInfo(IEnumerable<string> userIds, CancellationToken cancellationToken = default) =>
        OpenAndReturnInfo(new Arguments().Add("users", userIds), returnIm: true, cancellationToken);

    public Task<string> SetTopic(string channelId, string topic, CancellationToken cancellationToken = default) =>
        client.CallForText("conversations.setTopic", On(channelId).Add("topic", TextCut.Plain(topic, TopicLimit)), Repeat.Harmless, cancellationToken, "channel", "topic", "value");

    public Task<string> SetPurpose(string channelId, string purpose, CancellationToken cancellationToken = default) =>
        client.CallForText("conversations.setPurpose", On(channelId).Add("purpose", TextCut.Plain(purpose, TopicLimit)), Repeat.Harmless, cancellationToken, "channel", "purpose", "value");

    public Task Archive(string channelId, CancellationToken cancellationToken = default) =>
        client.CallUntil("conversations.archive", On(channelId), cancellationToken, "already_archived");

    public Task Unarchive(string channelId, CancellationToken cancellationToken = default) =>
        client.CallUntil("conversations.unarchive", On(channelId), cancellationToken, "not_archived");

    public Task Close(string channelId, CancellationToken cancellationToken = default) =>
        client.Call("conversations.close", On(channelId), Repeat.Harmless, cancellationToken);

    public Task<Conversation> Rename(string channelId, string name, CancellationToken cancellationToken = default) =>
        Channel("conversations.rename", On(channelId).Add("name", name), Repeat.Harmless, cancellationToken);

    public Task Kick(string channelId, string userId, CancellationToken cancellationToken = default) =>
        client.CallUntil("conversations.kick", On(channelId).Add("user", userId), cancellationToken, "not_in_channel");

    public Task Leave(string channelId, CancellationToken cancellationToken = default) =>
        client.CallUntil("conversations.leave", On(channelId), cancellationToken, "not_in_channel");

    public Task Mark(string channelId, string messageTs, CancellationToken cancellationToken = default) =>
        client.Call("conversations.mark", On(channelId).Add("ts", messageTs), Repeat.Harmless, cancellationToken);

    public Task<ConversationHistoryResponse> History(
        string channelId, string? latestTs = null, string? oldestTs = null, bool inclusive = false, int limit = 100, bool includeAllMetadata = false,
        string? cursor = null, CancellationToken cancellationToken = default) =>
        client.Call<ConversationHistoryResponse>(
            "conversations.history", Page(On(channelId), latestTs, oldestTs, inclusive, limit, includeAllMetadata, cursor), Repeat.Harmless, cancellationToken);

    public Task<ConversationMessagesResponse> Replies(
        string channelId, string threadTs, string? latestTs = null, string? oldestTs = null, bool inclusive = false, int limit = 10,
        bool includeAllMetadata = false, string? cursor = null, CancellationToken cancellationToken = default) =>
        client.Call<ConversationMessagesResponse>(
            "conversations.replies", Page(On(channelId).Add("ts", threadTs), latestTs, oldestTs, inclusive, limit, includeAllMetadata, cursor), Repeat.Harmless, cancellationToken);

    public Task<string> CreateCanvas(string channelId, DocumentContent? documentContent = null, string? title = null, CancellationToken cancellationToken = default) =>
        client.CallForText(
            "conversations.canvases.create", new Arguments().Add("channel_id", channelId).AddJson("document_content", documentContent).Add("title", title),
            Repeat.Never, cancellationToken, "canvas_id");

    internal static string? Words(IEnumerable<ConversationType>? types) =>
        types is null ? null : string.Join(',', types.Select(SlackEnumConverter<ConversationType>.Word));

    private static Arguments On(string channelId) => new Arguments().Add("channel", channelId);

    private static Arguments Page(Arguments arguments, string? latest, string? oldest, bool inclusive, int limit, bool metadata, string? cursor) =>
        arguments.Add("latest", latest).Add("oldest", oldest).Add("inclusive", inclusive).Add("limit", limit)
            .Add("include_all_metadata", metadata).Add("cursor", cursor);

    private Task<Conversation> Channel(string method, Arguments arguments, Repeat repeat, CancellationToken cancellationToken) =>
        client.Call<Conversation>(method, arguments, repeat, cancellationToken, "channel");

    private Task<ConversationOpenResponse> OpenAndReturnInfo(Arguments arguments, bool returnIm, CancellationToken cancellationToken) =>
        client.Call<ConversationOpenResponse>("conversations.open", arguments.Add("return_im", returnIm), Repeat.Harmless, cancellationToken);
}
