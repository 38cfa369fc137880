using FestivalOps.Slack.SocketMode;

namespace FestivalOps.Slack;

/// <summary>Receives commands, interactions and events over WebSockets that we open; no public address is needed.</summary>
public interface ISlackSocketModeClient : IDisposable
{
    /// <summary>Whether at least one connection has said hello and is open.</summary>
    bool Connected { get; }

    /// <summary>Opens the connections and keeps them open. Returns when the first one is ready.</summary>
    /// <param name="connectionOptions">How many and how fast; null: defaults.</param>
    /// <param name="cancellationToken">Stops connecting.</param>
    Task Connect(SocketModeConnectionOptions? connectionOptions = null, CancellationToken cancellationToken = default);

    /// <summary>Closes all connections; what was accepted is finished.</summary>
    void Disconnect();
}
