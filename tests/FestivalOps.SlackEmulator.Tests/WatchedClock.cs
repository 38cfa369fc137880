using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.SlackEmulator.Tests;

/// <summary>A clock that tells which pauses are waited for, so that a test moves it exactly when somebody waits.</summary>
public sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<TimeSpan, int> pauses = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        pauses.AddOrUpdate(dueTime, 1, (_, count) => count + 1);
        return timer;
    }

    /// <summary>Waits until somebody begins to wait for exactly <paramref name="pause"/>, then lets it pass.</summary>
    public async Task PassAsync(TimeSpan pause)
    {
        await Running.EventuallyAsync(() => pauses.TryGetValue(pause, out var count) && count > 0);
        pauses[pause] = 0;
        Advance(pause);
    }
}
