namespace FestivalOps.FaultRun;

/// <summary>
/// A clock that runs many times as fast as the wall's, the same in every process that is given the same beginning. Timers and time-outs made
/// from it are shorter by the same factor.
/// </summary>
/// <param name="beginning">The moment, by the wall's clock, at which both show the same time; unit: milliseconds since 1970.</param>
/// <param name="speed">How many of its seconds pass in one of the wall's. Range: 1 to 1000.</param>
internal sealed class FastClock(long beginning, int speed) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(beginning);
        return start + (System.GetUtcNow() - start) * speed;
    }

    public override long GetTimestamp() => System.GetTimestamp() * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(System.CreateTimer(callback, state, Shorter(dueTime), Shorter(period)), this);

    /// <summary>How long something of this clock takes by the wall's.</summary>
    public TimeSpan Shorter(TimeSpan span) =>
        span <= TimeSpan.Zero ? span : TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerMillisecond, span.Ticks / speed));

    /// <summary>Waits for as long as <paramref name="span"/> takes by this clock.</summary>
    public Task WaitAsync(TimeSpan span) => Task.Delay(span, this, CancellationToken.None);

    private sealed class FastTimer(ITimer inner, FastClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Shorter(dueTime), clock.Shorter(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
