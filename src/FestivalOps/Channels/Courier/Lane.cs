namespace FestivalOps.Channels.Courier;

/// <summary>What this process knows of one lane. One errand at a time works on it.</summary>
/// <param name="interval">Time between two posts; zero: not paced.</param>
/// <param name="channel">For files: the lane of the messages in the same channel, since Slack counts both together; null otherwise.</param>
internal sealed class Lane(TimeSpan interval, Lane? channel = null)
{
    // As many as may leave at once after a pause: a card and the page that belongs into its thread.
    private const int Burst = 2;

    private readonly Lock _lock = new();
    private DateTimeOffset _nextSlot;
    private DateTimeOffset _heldUntil;
    private int _failures;

    /// <summary>Someone works on it. Guarded by the courier.</summary>
    public bool IsBusy { get; set; }

    /// <summary>The number of the courier's look during which the last errand ended: what that look saw of the lane is old. Guarded by the courier.</summary>
    public long EndedDuringLook { get; set; }

    /// <summary>From when on something may be sent.</summary>
    public DateTimeOffset FreeAt
    {
        get
        {
            // A file leaves only where a message could leave at once after it.
            var gap = channel is null ? default : channel.FreeAt + interval;
            lock (_lock)
            {
                var own = _heldUntil > _nextSlot ? _heldUntil : _nextSlot;
                return own > gap ? own : gap;
            }
        }
    }

    /// <summary>Counts a post that leaves now.</summary>
    public void TakeSlot(DateTimeOffset now)
    {
        channel?.TakeSlot(now);
        lock (_lock)
        {
            var earliest = now - (interval * (Burst - 1));
            _nextSlot = (_nextSlot > earliest ? _nextSlot : earliest) + interval;
        }
    }

    /// <summary>Something went well.</summary>
    public void Worked()
    {
        lock (_lock) (_failures, _heldUntil) = (0, default);
    }

    /// <summary>Nothing is tried before <paramref name="until"/>.</summary>
    public void Hold(DateTimeOffset until)
    {
        lock (_lock) (_failures, _heldUntil) = (0, until);
    }

    /// <summary>It failed once more; nothing is tried for as long as <paramref name="backoff"/> says.</summary>
    public void Failed(DateTimeOffset now, Backoff backoff)
    {
        lock (_lock) _heldUntil = now + backoff.After(++_failures);
    }

    /// <summary>What it failed at is over: it may try at once.</summary>
    public void Release()
    {
        lock (_lock)
        {
            if (_failures > 0) _heldUntil = default;
        }
    }
}
