namespace FestivalOps.Slack.Events;

/// <summary>Someone joined a channel.</summary>
public sealed class MemberJoinedChannel : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary><c>C</c> or <c>G</c>.</summary>
    public string? ChannelType { get; set; }

    /// <summary>Who invited them.</summary>
    public string? Inviter { get; set; }
}

/// <summary>Someone left a channel.</summary>
public sealed class MemberLeftChannel : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary><c>C</c> or <c>G</c>.</summary>
    public string? ChannelType { get; set; }
}

/// <summary>A channel has another name.</summary>
public sealed class ChannelRename : Event
{
    /// <summary>The channel with its new name.</summary>
    public Channel? Channel { get; set; }
}

/// <summary>A channel was made.</summary>
public sealed class ChannelCreated : Event
{
    /// <summary>The channel.</summary>
    public Channel? Channel { get; set; }
}

/// <summary>A channel was archived.</summary>
public sealed class ChannelArchive : Event
{
    /// <summary>Which.</summary>
    public string? Channel { get; set; }

    /// <summary>By whom.</summary>
    public string? User { get; set; }
}

/// <summary>A channel is back.</summary>
public sealed class ChannelUnarchive : Event
{
    /// <summary>Which.</summary>
    public string? Channel { get; set; }

    /// <summary>By whom.</summary>
    public string? User { get; set; }
}
