namespace FestivalOps.Commands.Queue;

/// <summary>
/// Tells a burst of arriving work. Slack gives up on an acknowledgement after 3 seconds, while an answer has 30 minutes: in a burst the work waits
/// a little, and the acknowledgements go before it.
/// </summary>
internal sealed class Burst(TimeProvider time)
{
    /// <summary>So many arrivals within <see cref="Slot"/> are one: 20.</summary>
    public const int Arrivals = 20;

    /// <summary>Arrivals are counted in slots of 10 milliseconds.</summary>
    public static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(10);

    /// <summary>So long a piece of work waits at the most, so that a burst without end does not stop it: 200 milliseconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private long _slot;
    private int _arrived;
    private long _lastBurst;

    /// <summary>Something arrived. Counting is rough where two slots meet: nothing depends on the exact number.</summary>
    public void Arrive()
    {
        var slot = Now();
        if (Interlocked.Exchange(ref _slot, slot) != slot) Volatile.Write(ref _arrived, 0);
        if (Interlocked.Increment(ref _arrived) >= Arrivals) Volatile.Write(ref _lastBurst, slot);
    }

    /// <summary>True while so much arrives.</summary>
    public bool IsOn => Now() - Volatile.Read(ref _lastBurst) <= 1;

    /// <summary>Ends at once when there is no burst, else with it, after <see cref="Patience"/> at the latest.</summary>
    public async ValueTask PassAsync(CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < Patience && IsOn; waited += Slot)
            await Task.Delay(Slot, time, ct);
    }

    private long Now() => time.GetUtcNow().Ticks / Slot.Ticks;
}
