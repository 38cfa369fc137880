namespace FestivalOps.Blocking.Reading;

/// <summary>Reads lines of one log, in its order. Lines are foreign: a reader never throws for what stands in one, and accuses only whom a line certainly accuses.</summary>
internal abstract class LogReader
{
    /// <summary>Longer lines are passed over unread: 64 KiB, twice what nginx takes as a request's head.</summary>
    public const int LongestLine = 64 * 1024;

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="sighting">Filled when the outcome is <see cref="LineOutcome.Counted"/>; empty before.</param>
    public abstract LineOutcome Read(ReadOnlySpan<byte> line, ref Sighting sighting);
}
