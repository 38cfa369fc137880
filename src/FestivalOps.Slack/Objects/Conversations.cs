namespace FestivalOps.Slack;

/// <summary>A channel as interaction payloads name it.</summary>
public sealed class Channel
{
    /// <summary>Slack channel id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Name without #; <c>directmessage</c> or <c>privategroup</c> for those kinds.</summary>
    public string? Name { get; set; }
}

/// <summary>A channel, private channel or direct message.</summary>
public sealed class Conversation
{
    /// <summary>Slack channel id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Name without #.</summary>
    public string? Name { get; set; }

    /// <summary>A channel.</summary>
    public bool IsChannel { get; set; }

    /// <summary>An old private channel.</summary>
    public bool IsGroup { get; set; }

    /// <summary>A direct message.</summary>
    public bool IsIm { get; set; }

    /// <summary>A group direct message.</summary>
    public bool IsMpim { get; set; }

    /// <summary>Not for everyone.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>Unix seconds.</summary>
    public int Created { get; set; }

    /// <summary>User id.</summary>
    public string? Creator { get; set; }

    /// <summary>Archived; the name stays taken.</summary>
    public bool IsArchived { get; set; }

    /// <summary>The channel with everyone in it.</summary>
    public bool IsGeneral { get; set; }

    /// <summary>Name in plain letters.</summary>
    public string? NameNormalized { get; set; }

    /// <summary>Shared with another workspace.</summary>
    public bool IsShared { get; set; }

    /// <summary>Shared with another organisation.</summary>
    public bool IsExtShared { get; set; }

    /// <summary>Shared within the organisation.</summary>
    public bool IsOrgShared { get; set; }

    /// <summary>The caller is in it.</summary>
    public bool IsMember { get; set; }

    /// <summary>Topic.</summary>
    public Topic? Topic { get; set; }

    /// <summary>Purpose.</summary>
    public Purpose? Purpose { get; set; }

    /// <summary>Number of members; only when asked for.</summary>
    public int NumMembers { get; set; }

    /// <summary>Only when asked for.</summary>
    public string? Locale { get; set; }

    /// <summary>The other person of a direct message.</summary>
    public string? User { get; set; }

    /// <summary>Names it had.</summary>
    public IList<string> PreviousNames { get; set; } = [];
}

/// <summary>A channel's topic.</summary>
public sealed class Topic
{
    /// <summary>The text. At most 250 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Who set it.</summary>
    public string? Creator { get; set; }

    /// <summary>Unix seconds.</summary>
    public int LastSet { get; set; }
}

/// <summary>A channel's purpose.</summary>
public sealed class Purpose
{
    /// <summary>The text. At most 250 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Who set it.</summary>
    public string? Creator { get; set; }

    /// <summary>Unix seconds.</summary>
    public int LastSet { get; set; }
}
