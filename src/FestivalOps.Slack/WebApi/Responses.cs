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

/// <summary>Where to connect for Socket Mode.</summary>
public sealed class ConnectionOpenResponse
{
    /// <summary>Address for one connection. A secret: never log it.</summary>
    public string Url { get; set; } = "";
}

/// <summary>How to go on after a page.</summary>
public sealed class ResponseMetadata
{
    /// <summary>Give it as <c>cursor</c>; empty after the last page.</summary>
    public string? NextCursor { get; set; }
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
