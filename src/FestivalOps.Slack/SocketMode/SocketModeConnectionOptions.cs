namespace FestivalOps.Slack.SocketMode;

/// <summary>How many connections Socket Mode holds.</summary>
public sealed class SocketModeConnectionOptions
{
    private int _numberOfConnections = 2;
    private TimeSpan _connectionDelay = TimeSpan.FromSeconds(10);

    /// <summary>Connections held at the same time, 1–10. Default 2: Slack renews each every few hours, and one alone would leave a gap.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not within 1–10 (Slack limit).</exception>
    public int NumberOfConnections
    {
        get => _numberOfConnections;
        set => _numberOfConnections = value is >= 1 and <= 10
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "NumberOfConnections must be 1 to 10: Slack allows at most 10.");
    }

    /// <summary>Time between opening one connection and the next. Default 10 s.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public TimeSpan ConnectionDelay
    {
        get => _connectionDelay;
        set => _connectionDelay = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "ConnectionDelay must not be negative.");
    }

    /// <summary>Asks Slack to renew each connection after 360 s, for testing reconnects.</summary>
    public bool DebugReconnects { get; set; }
}
