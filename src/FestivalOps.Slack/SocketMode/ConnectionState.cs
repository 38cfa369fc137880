using FestivalOps.Slack.Beyond;

namespace FestivalOps.Slack.SocketMode;

internal sealed class ConnectionState(TimeProvider time) : ISlackConnectionState
{
    private readonly Lock _lock = new();
    private DateTimeOffset _since = time.GetUtcNow();
    private SlackConnectionStatus _status;
    private string? _reason;
    private int _ready;

    public SlackConnectionStatus Status
    {
        get { lock (_lock) return _status; }
    }

    public string? Reason
    {
        get { lock (_lock) return _reason; }
    }

    public int ReadyConnections
    {
        get { lock (_lock) return _ready; }
    }

    public DateTimeOffset Since
    {
        get { lock (_lock) return _since; }
    }

    public void Starting()
    {
        lock (_lock)
            Become(SlackConnectionStatus.Connecting, null);
    }

    public void Ready()
    {
        lock (_lock)
        {
            _ready++;
            if (_status != SlackConnectionStatus.Stopped)
                Become(SlackConnectionStatus.Connected, null);
        }
    }

    public void Lost(string reason)
    {
        lock (_lock)
        {
            _ready--;
            if (_ready == 0 && _status == SlackConnectionStatus.Connected)
                Become(SlackConnectionStatus.Connecting, reason);
        }
    }

    public void Waiting(string reason)
    {
        lock (_lock)
            if (_status == SlackConnectionStatus.Connecting)
                _reason = reason;
    }

    /// <summary>Whether this is news: the first refusal for good.</summary>
    public bool Stopped(string reason)
    {
        lock (_lock)
        {
            if (_status == SlackConnectionStatus.Stopped)
                return false;
            Become(SlackConnectionStatus.Stopped, reason);
            return true;
        }
    }

    public void NotUsed()
    {
        lock (_lock)
            if (_status != SlackConnectionStatus.Stopped)
                Become(SlackConnectionStatus.NotUsed, null);
    }

    private void Become(SlackConnectionStatus status, string? reason)
    {
        if (_status != status)
            _since = time.GetUtcNow();
        (_status, _reason) = (status, reason);
    }
}
