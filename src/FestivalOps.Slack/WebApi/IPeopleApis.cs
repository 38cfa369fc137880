namespace FestivalOps.Slack.WebApi;

/// <summary>Tokens.</summary>
public interface IAuthApi
{
    /// <summary>Who the token belongs to.</summary>
    Task<AuthTestResponse> Test(CancellationToken cancellationToken = default);
}

/// <summary>People.</summary>
public interface IUsersApi
{
    /// <summary>One person.</summary>
    Task<User> Info(string userId, bool includeLocale = false, CancellationToken cancellationToken = default);

    /// <summary>One person by e-mail address; <c>users_not_found</c> when there is none.</summary>
    Task<User> LookupByEmail(string email, CancellationToken cancellationToken = default);

    /// <summary>A page of people. 0: Slack decides, and may refuse with <c>limit_required</c>.</summary>
    Task<UserListResponse> List(string? cursor = null, bool includeLocale = false, int limit = 0, CancellationToken cancellationToken = default);

    /// <summary>The channels that a person is in.</summary>
    Task<ConversationListResponse> Conversations(bool excludeArchived = false, int limit = 100, IEnumerable<ConversationType>? types = null, string? userId = null, string? cursor = null, CancellationToken cancellationToken = default);
}

/// <summary>Groups of people. A paid plan is needed.</summary>
public interface IUserGroupsApi
{
    /// <summary>All groups.</summary>
    Task<IList<UserGroup>> List(bool includeCount = false, bool includeDisabled = false, bool includeUsers = false, CancellationToken cancellationToken = default);
}

/// <summary>Members of groups. A paid plan is needed.</summary>
public interface IUserGroupUsersApi
{
    /// <summary>Members by id.</summary>
    Task<IReadOnlyList<string>> List(string userGroupId, bool includeDisabled = false, CancellationToken cancellationToken = default);

    /// <summary>Replaces the members; at least one.</summary>
    Task<UserGroup> Update(string userGroupId, IEnumerable<string> userIds, bool includeCount = false, CancellationToken cancellationToken = default);
}

/// <summary>Bots.</summary>
public interface IBotsApi
{
    /// <summary>One bot.</summary>
    Task<BotInfo> Info(string botId, CancellationToken cancellationToken = default);
}

/// <summary>Workspaces.</summary>
public interface ITeamApi
{
    /// <summary>The token's workspace.</summary>
    Task<Team> Info(CancellationToken cancellationToken = default);
}
