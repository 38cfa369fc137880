namespace FestivalOps.Commands.Queue;

/// <summary>
/// Tells how much work arrives. Slack gives up on an acknowledgement after 3 seconds, while an answer has 30 minutes: in a burst the work waits
/// a little, and the acknowledgements go before it.
/// </summary>
internal sealed class Burst(TimeProvider time)
{
    /// <summary>So many arrivals within <see cref="Slot"/> are a burst, and within <see cref="CrowdSlot"/> a crowd: 20.</summary>
    public const int Arrivals = 20;

    /// <summary>A burst is counted in slots of 10 milliseconds: 2,000 arrivals a second.</summary>
    public static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(10);

    /// <summary>A crowd is counted in slots of 100 milliseconds: 200 arrivals a second.</summary>
    public static readonly TimeSpan CrowdSlot = TimeSpan.FromMilliseconds(100);

    /// <summary>So long a piece of work waits at the most, so that a burst without end does not stop it: 200 milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly Counter _burst = new(Slot);
    private readonly Counter _crowd = new(CrowdSlot);

    /// <summary>Something arrived.</summary>
    public void Arrive()
    {
        var now = time.GetUtcNow().Ticks;
        _burst.Add(now);
        _crowd.Add(now);
    }

    /// <summary>True while so much arrives that work waits.</summary>
    public bool IsOn => _burst.IsReached(time.GetUtcNow().Ticks);

    /// <summary>True while more arrives than people type.</summary>
    public bool IsCrowd => _crowd.IsReached(time.GetUtcNow().Ticks);

    /// <summary>Ends at once when there is no burst, else with it, after <see cref="Patience"/> at the latest.</summary>
    public async ValueTask PassAsync(CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < Patience && IsOn; waited += Slot)
            await Task.Delay(Slot, time, ct);
    }

    // Counting is rough where two slots meet: nothing depends on the exact number.
    private sealed class Counter(TimeSpan slot)
    {
        private long _slot;
        private int _arrived;
        private long _lastReached;

        public void Add(long now)
        {
            var current = now / slot.Ticks;
            if (Volatile.Read(ref _slot) != current && Interlocked.Exchange(ref _slot, current) != current) Volatile.Write(ref _arrived, 0);
            if (Interlocked.Increment(ref _arrived) >= Arrivals) Volatile.Write(ref _lastReached, current);
        }

        public bool IsReached(long now) => (now / slot.Ticks) - Volatile.Read(ref _lastReached) <= 1;
    }
}
