namespace FestivalOps.Slack.Sending;

/// <summary>
/// One lane per channel: posts leave in the order they came, about one a second with a small burst, as Slack allows.
/// A post waits for the one before it, so that a repeat after 429 does not let the next one overtake.
/// </summary>
internal sealed class PostingLanes(TimeProvider time, TimeSpan interval, int burst)
{
    // A queue longer than this is a quarter of an hour of posting: something is wrong, and waiting would hide it.
    private const int LongestQueue = 1000;
    private const int ManyLanes = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);

    public async Task<T> Run<T>(string lane, Func<Task<T>> post, CancellationToken cancellationToken)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Lane taken;
        Task before;
        lock (_lock)
        {
            RemoveIdle();
            if (!_lanes.TryGetValue(lane, out taken!))
                _lanes[lane] = taken = new Lane();
            if (taken.Waiting >= LongestQueue)
                throw new SlackRateLimitException(interval * taken.Waiting);
            taken.Waiting++;
            (before, taken.Last) = (taken.Last, mine.Task);
        }
        try
        {
            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(TakeToken(taken), time, cancellationToken).ConfigureAwait(false);
            return await post().ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                taken.Waiting--;
            // Whoever gave up while waiting still holds its place until the one before is done.
            if (before.IsCompleted)
                mine.SetResult();
            else
                _ = before.ContinueWith(_ => mine.SetResult(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private TimeSpan TakeToken(Lane lane)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var earliest = now - interval * (burst - 1);
            var slot = lane.NextSlot > earliest ? lane.NextSlot : earliest;
            lane.NextSlot = slot + interval;
            return slot > now ? slot - now : TimeSpan.Zero;
        }
    }

    private void RemoveIdle()
    {
        if (_lanes.Count < ManyLanes)
            return;
        var now = time.GetUtcNow();
        foreach (var (key, lane) in _lanes.Where(entry => entry.Value.Waiting == 0 && entry.Value.NextSlot <= now).ToList())
            _lanes.Remove(key);
    }

    private sealed class Lane
    {
        public Task Last { get; set; } = Task.CompletedTask;

        public int Waiting { get; set; }

        public DateTimeOffset NextSlot { get; set; }
    }
}
