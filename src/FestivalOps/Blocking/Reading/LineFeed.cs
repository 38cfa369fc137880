using System.Runtime.CompilerServices;
using System.Text;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Sharing;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Reading;

/// <summary>Cuts bytes of a log into lines, has them read, and has counted what they tell. The hot path of everything here: no line is copied.</summary>
internal sealed class LineFeed(LogReader reader, Detector detector)
{
    private bool _isSkipping;

    /// <summary>Lines up to now.</summary>
    public long Lines { get; private set; }

    /// <summary>Of these: what was counted.</summary>
    public long Counted { get; private set; }

    /// <summary>Of these: what could not be read, or did not say for certain whom it accuses.</summary>
    public long Unread { get; private set; }

    /// <summary>Times after this moment are not believed. Unit: microseconds since 1970. Default: none.</summary>
    public long Latest { get; set; } = long.MaxValue;

    /// <summary>Time of the newest line that counted. Unit: microseconds since 1970; 0: none.</summary>
    public long Newest { get; private set; }

    /// <summary>Gets all that changed a window, for other readers. Default: null, nobody is told.</summary>
    public List<ToldSighting>? Told { get; init; }

    /// <summary>Names the log for other readers. Default: empty.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Takes whole lines and leaves what stands behind the last line feed.</summary>
    /// <param name="bytes">Some of the log.</param>
    /// <param name="decisions">Gets what was decided.</param>
    /// <returns>How many bytes were taken.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Take(ReadOnlySpan<byte> bytes, List<BlockDecision> decisions)
    {
        var taken = _isSkipping ? SkipToEnd(bytes) : 0;
        var sighting = default(Sighting);
        while (true)
        {
            var rest = bytes[taken..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0) return taken;
            taken += end + 1;
            Lines++;
            sighting.Clear();
            var outcome = reader.Read(rest[..end], ref sighting);
            if (outcome != LineOutcome.Harmless) Judge(outcome, ref sighting, rest[..end], decisions);
        }
    }

    /// <summary>The log ends without a line feed: its last line.</summary>
    public void TakeLast(ReadOnlySpan<byte> line, List<BlockDecision> decisions)
    {
        Lines++;
        var sighting = default(Sighting);
        if (_isSkipping || line.Length > LogReader.LongestLine) Unread++;
        else Judge(reader.Read(line, ref sighting), ref sighting, line, decisions);
    }

    /// <summary>A line is longer than anybody reads: its rest is passed over. It counts as one line that could not be read.</summary>
    public void SkipLine() => _isSkipping = true;

    private int SkipToEnd(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0) return bytes.Length;
        _isSkipping = false;
        Lines++;
        Unread++;
        return end + 1;
    }

    // Only a line that decided something is ever made a text.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Attach(ReadOnlySpan<byte> line, List<BlockDecision> decisions, int from)
    {
        var evidence = ForeignText.OneLine(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 4 * BlockDecision.MaxEvidence)]), BlockDecision.MaxEvidence);
        for (var i = from; i < decisions.Count; i++) decisions[i].Evidence = evidence;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Judge(LineOutcome outcome, ref Sighting sighting, ReadOnlySpan<byte> line, List<BlockDecision> decisions)
    {
        if (outcome == LineOutcome.Counted && sighting.At <= Latest)
        {
            Counted++;
            if (sighting.At > Newest) Newest = sighting.At;
            var before = decisions.Count;
            if (detector.Count(sighting, Lines, decisions)) Told?.Add(new(sighting, Lines));
            if (decisions.Count > before) Attach(line, decisions, before);
        }
        else if (outcome != LineOutcome.Harmless)
        {
            Unread++;
        }
    }
}
