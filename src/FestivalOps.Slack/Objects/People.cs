namespace FestivalOps.Slack;

/// <summary>A person or a bot.</summary>
public sealed class User
{
    /// <summary>Slack user id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Workspace id.</summary>
    public string? TeamId { get; set; }

    /// <summary>Old user name; not an identity.</summary>
    public string? Name { get; set; }

    /// <summary>The account was switched off.</summary>
    public bool Deleted { get; set; }

    /// <summary>Full name.</summary>
    public string? RealName { get; set; }

    /// <summary>Time zone, IANA name.</summary>
    public string? Tz { get; set; }

    /// <summary>Time zone in words.</summary>
    public string? TzLabel { get; set; }

    /// <summary>Seconds east of UTC.</summary>
    public int TzOffset { get; set; }

    /// <summary>Names, pictures, status.</summary>
    public UserProfile? Profile { get; set; }

    /// <summary>Administrates the workspace.</summary>
    public bool IsAdmin { get; set; }

    /// <summary>Owns the workspace.</summary>
    public bool IsOwner { get; set; }

    /// <summary>The first owner.</summary>
    public bool IsPrimaryOwner { get; set; }

    /// <summary>A guest.</summary>
    public bool IsRestricted { get; set; }

    /// <summary>A guest of one channel.</summary>
    public bool IsUltraRestricted { get; set; }

    /// <summary>Not a person.</summary>
    public bool IsBot { get; set; }

    /// <summary>From another organisation, sharing no channel.</summary>
    public bool IsStranger { get; set; }

    /// <summary>The user behind an app.</summary>
    public bool IsAppUser { get; set; }

    /// <summary>Has not signed in yet.</summary>
    public bool IsInvitedUser { get; set; }

    /// <summary>Unix seconds of the last change.</summary>
    public int Updated { get; set; }

    /// <summary>Signs in with two factors.</summary>
    [JsonPropertyName("has_2fa")]
    public bool Has2FA { get; set; }

    /// <summary>For example <c>ja-JP</c>; only when asked for.</summary>
    public string? Locale { get; set; }

    /// <summary>User name in interaction payloads; not an identity.</summary>
    public string? Username { get; set; }
}

/// <summary>What a person shows of themselves.</summary>
public sealed class UserProfile
{
    /// <summary>Job title.</summary>
    public string? Title { get; set; }

    /// <summary>Emoji of the status.</summary>
    public string? StatusEmoji { get; set; }

    /// <summary>Text of the status.</summary>
    public string? StatusText { get; set; }

    /// <summary>Unix seconds; 0: never.</summary>
    public long StatusExpiration { get; set; }

    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>Full name.</summary>
    public string? RealName { get; set; }

    /// <summary>Full name in Latin letters.</summary>
    public string? RealNameNormalized { get; set; }

    /// <summary>Name shown in messages; may be empty.</summary>
    public string? DisplayName { get; set; }

    /// <summary>The same in Latin letters.</summary>
    public string? DisplayNameNormalized { get; set; }

    /// <summary>Needs <c>users:read.email</c>.</summary>
    public string? Email { get; set; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; set; }

    /// <summary>The app behind a bot user.</summary>
    public string? ApiAppId { get; set; }

    /// <summary>The bot behind a bot user.</summary>
    public string? BotId { get; set; }

    /// <summary>Workspace id.</summary>
    public string? Team { get; set; }

    /// <summary>Picture of 24 pixels.</summary>
    [JsonPropertyName("image_24")]
    public string? Image24 { get; set; }

    /// <summary>Picture of 48 pixels.</summary>
    [JsonPropertyName("image_48")]
    public string? Image48 { get; set; }

    /// <summary>Picture of 72 pixels.</summary>
    [JsonPropertyName("image_72")]
    public string? Image72 { get; set; }

    /// <summary>Picture of 192 pixels.</summary>
    [JsonPropertyName("image_192")]
    public string? Image192 { get; set; }
}

/// <summary>A group of people, mentioned by handle.</summary>
public sealed class UserGroup
{
    /// <summary>Slack user-group id (<c>S…</c>).</summary>
    public string Id { get; set; } = "";

    /// <summary>Workspace id.</summary>
    public string? TeamId { get; set; }

    /// <summary>Always true.</summary>
    public bool IsUsergroup { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Purpose.</summary>
    public string? Description { get; set; }

    /// <summary>What people type after @.</summary>
    public string? Handle { get; set; }

    /// <summary>From another organisation.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Unix seconds.</summary>
    public int DateCreate { get; set; }

    /// <summary>Unix seconds.</summary>
    public int DateUpdate { get; set; }

    /// <summary>Unix seconds of switching off; 0: active.</summary>
    public int DateDelete { get; set; }

    /// <summary>User id.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>User id.</summary>
    public string? UpdatedBy { get; set; }

    /// <summary>Members by id; only when asked for.</summary>
    public IList<string> Users { get; set; } = [];

    /// <summary>Number of members; only when asked for.</summary>
    public int UserCount { get; set; }
}

/// <summary>A workspace.</summary>
public sealed class Team
{
    /// <summary>Slack team id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Sub-domain of slack.com.</summary>
    public string? Domain { get; set; }

    /// <summary>Domain of e-mail addresses that may join.</summary>
    public string? EmailDomain { get; set; }

    /// <summary>Organisation's id.</summary>
    public string? EnterpriseId { get; set; }

    /// <summary>Organisation's name.</summary>
    public string? EnterpriseName { get; set; }
}

/// <summary>An Enterprise organisation.</summary>
public sealed class WorkSpace
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}

/// <summary>For whom an event was delivered.</summary>
public sealed class Authorization
{
    /// <summary>Organisation.</summary>
    public string? EnterpriseId { get; set; }

    /// <summary>Workspace.</summary>
    public string? TeamId { get; set; }

    /// <summary>The user whose token sees the event.</summary>
    public string? UserId { get; set; }

    /// <summary>That user is a bot.</summary>
    public bool IsBot { get; set; }

    /// <summary>Installed for the whole organisation.</summary>
    public bool IsEnterpriseInstall { get; set; }
}

/// <summary>A bot.</summary>
public sealed class BotInfo
{
    /// <summary>Slack bot id (<c>B…</c>).</summary>
    public string Id { get; set; } = "";

    /// <summary>Its app.</summary>
    public string? AppId { get; set; }

    /// <summary>Name.</summary>
    public string? Name { get; set; }

    /// <summary>Switched off.</summary>
    public bool Deleted { get; set; }

    /// <summary>Workspace id.</summary>
    public string? TeamId { get; set; }

    /// <summary>The user behind it.</summary>
    public string? UserId { get; set; }
}
