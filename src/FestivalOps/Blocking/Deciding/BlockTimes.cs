namespace FestivalOps.Blocking.Deciding;

/// <summary>How long an address is blocked: longer each time that it comes back.</summary>
/// <param name="hours">The first, second, … block; the last also for all that follow. Unit: hours.</param>
/// <param name="forgiveDays">So long after the end of its last block an address is new again. Unit: days.</param>
internal sealed class BlockTimes(IReadOnlyList<double> hours, int forgiveDays)
{
    /// <summary>Which block of an address the next one is, from 1.</summary>
    /// <param name="before">How often it was blocked.</param>
    /// <param name="since">How long ago its last block ended. Unit: microseconds.</param>
    public int Next(int before, long since) => since > TimeSpan.FromDays(forgiveDays).TotalMicroseconds ? 1 : before + 1;

    /// <summary>How long the block of this number is.</summary>
    public TimeSpan For(int number) => TimeSpan.FromHours(hours[Math.Min(number, hours.Count) - 1]);
}
