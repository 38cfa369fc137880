using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

internal sealed class AuthApi(SlackApiClient client) : IAuthApi
{
    public Task<AuthTestResponse> Test(CancellationToken cancellationToken = default) =>
        client.Call<AuthTestResponse>("auth.test", new Arguments(), Repeat.Harmless, cancellationToken);
}

internal sealed class UsersApi(SlackApiClient client) : IUsersApi
{
    public Task<User> Info(string userId, bool includeLocale = false, CancellationToken cancellationToken = default) =>
        client.Call<User>("users.info", new Arguments().Add("user", userId).Add("include_locale", includeLocale), Repeat.Harmless, cancellationToken, "user");

    public Task<User> LookupByEmail(string email, CancellationToken cancellationToken = default) =>
        client.Call<User>("users.lookupByEmail", new Arguments().Add("email", email), Repeat.Harmless, cancellationToken, "user");

    public Task<UserListResponse> List(string? cursor = null, bool includeLocale = false, int limit = 0, CancellationToken cancellationToken = default) =>
        client.Call<UserListResponse>(
            "users.list", new Arguments().Add("cursor", cursor).Add("include_locale", includeLocale).Add("limit", limit > 0 ? limit : null), Repeat.Harmless, cancellationToken);

    public Task<ConversationListResponse> Conversations(
        bool excludeArchived = false, int limit = 100, IEnumerable<ConversationType>? types = null, string? userId = null, string? cursor = null,
        CancellationToken cancellationToken = default) =>
        client.Call<ConversationListResponse>(
            "users.conversations",
            new Arguments().Add("exclude_archived", excludeArchived).Add("limit", limit).Add("types", ConversationsApi.Words(types)).Add("user", userId).Add("cursor", cursor),
            Repeat.Harmless, cancellationToken);
}

internal sealed class UserGroupsApi(SlackApiClient client) : IUserGroupsApi
{
    public Task<IList<UserGroup>> List(bool includeCount = false, bool includeDisabled = false, bool includeUsers = false, CancellationToken cancellationToken = default) =>
        client.Call<IList<UserGroup>>(
            "usergroups.list", new Arguments().Add("include_count", includeCount).Add("include_disabled", includeDisabled).Add("include_users", includeUsers),
            Repeat.Harmless, cancellationToken, "usergroups");
}

internal sealed class UserGroupUsersApi(SlackApiClient client) : IUserGroupUsersApi
{
    public async Task<IReadOnlyList<string>> List(string userGroupId, bool includeDisabled = false, CancellationToken cancellationToken = default) =>
        [.. await client.Call<IList<string>>(
            "usergroups.users.list", new Arguments().Add("usergroup", userGroupId).Add("include_disabled", includeDisabled), Repeat.Harmless, cancellationToken, "users").ConfigureAwait(false)];

    public Task<UserGroup> Update(string userGroupId, IEnumerable<string> userIds, bool includeCount = false, CancellationToken cancellationToken = default) =>
        client.Call<UserGroup>(
            "usergroups.users.update", new Arguments().Add("usergroup", userGroupId).Add("users", userIds).Add("include_count", includeCount),
            Repeat.Harmless, cancellationToken, "usergroup");
}

internal sealed class BotsApi(SlackApiClient client) : IBotsApi
{
    public Task<BotInfo> Info(string botId, CancellationToken cancellationToken = default) =>
        client.Call<BotInfo>("bots.info", new Arguments().Add("bot", botId), Repeat.Harmless, cancellationToken, "bot");
}

internal sealed class TeamApi(SlackApiClient client) : ITeamApi
{
    public Task<Team> Info(CancellationToken cancellationToken = default) =>
        client.Call<Team>("team.info", new Arguments(), Repeat.Harmless, cancellationToken, "team");
}

internal sealed class AppsConnectionsApi(SlackApiClient client) : IAppsConnectionsApi
{
    public Task<ConnectionOpenResponse> Open(CancellationToken cancellationToken = default) =>
        client.Call<ConnectionOpenResponse>("apps.connections.open", new Arguments(), Repeat.Harmless, cancellationToken);
}

internal sealed class OAuthV2Api(SlackApiClient client) : IOAuthV2Api
{
    public Task<OauthV2AccessResponse> Access(string clientId, string clientSecret, string code, string? redirectUrl = null, CancellationToken cancellationToken = default) =>
        client.Call<OauthV2AccessResponse>(
            "oauth.v2.access",
            new Arguments().Add("client_id", clientId).Add("client_secret", clientSecret).Add("code", code).Add("redirect_uri", redirectUrl),
            Repeat.Never, cancellationToken);
}
