namespace FestivalOps.Slack.Beyond;

/// <summary>How Socket Mode is doing, for readiness and for people.</summary>
public enum SlackConnectionStatus
{
    /// <summary>Not started, or HTTP is used instead.</summary>
    NotUsed,

    /// <summary>No connection is ready yet, or all were lost and are being opened again.</summary>
    Connecting,

    /// <summary>At least one connection is ready.</summary>
    Connected,

    /// <summary>Slack refused for good (Socket Mode switched off, bad token); a person must act. <see cref="ISlackConnectionState.Reason"/> says why.</summary>
    Stopped,
}

/// <summary>How Socket Mode is doing. A singleton of the container.</summary>
public interface ISlackConnectionState
{
    /// <summary>The state now.</summary>
    SlackConnectionStatus Status { get; }

    /// <summary>Slack's word for why it is not connected, for example <c>link_disabled</c> or <c>invalid_auth</c>; null while all is well.</summary>
    string? Reason { get; }

    /// <summary>Number of connections that are ready.</summary>
    int ReadyConnections { get; }

    /// <summary>Since when <see cref="Status"/> has had its value.</summary>
    DateTimeOffset Since { get; }
}
