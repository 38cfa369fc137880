using System.Runtime.InteropServices;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;

namespace FestivalOps.Blocking.Blocks.Enforcing;

/// <summary>A block as a firewall is to have it.</summary>
/// <param name="Range">Which addresses.</param>
/// <param name="Until">Until when, UTC; null: without end.</param>
/// <param name="ChangedAt">When that was decided, UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WantedBlock(AddressRange Range, DateTimeOffset? Until, DateTimeOffset ChangedAt);

/// <summary>A block that is over.</summary>
/// <param name="Range">Which addresses.</param>
/// <param name="EndedAt">Since when, UTC.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EndedBlock(AddressRange Range, DateTimeOffset EndedAt);

/// <summary>
/// How what a firewall refuses differs from our blocks, and what makes them agree. Pure. Firewalls may join ranges: what counts is which addresses are
/// refused. What we decided since they last agreed is caught up with; every other difference is drift: somebody else did it.
/// </summary>
/// <param name="Change">What makes them agree.</param>
/// <param name="Missing">Drift: blocked, and let in or given another time.</param>
/// <param name="Extra">Drift: refused, and not blocked.</param>
internal sealed record FirewallDifference(FirewallChange Change, IReadOnlyList<AddressRange> Missing, IReadOnlyList<AddressRange> Extra)
{
    /// <summary>Times may differ by so much: 90 seconds. Firewalls count in seconds, and looking takes a while.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(90);

    /// <summary>A block that has less than so much left may be gone already: 5 seconds.</summary>
    public static readonly TimeSpan NearlyOver = TimeSpan.FromSeconds(5);

    /// <summary>True when they agree.</summary>
    public bool IsNone => Change.Block.Count == 0 && Change.Unblock.Count == 0;

    /// <summary>True when somebody else changed something.</summary>
    public bool IsDrift => Missing.Count > 0 || Extra.Count > 0;

    /// <summary>Compares.</summary>
    /// <param name="actual">What the firewall refuses.</param>
    /// <param name="wanted">What is blocked.</param>
    /// <param name="ended">What was blocked until lately.</param>
    /// <param name="agreedAt">When they last agreed, UTC; null: never.</param>
    /// <param name="now">Now, UTC.</param>
    public static FirewallDifference Of(
        IReadOnlyList<FirewallEntry> actual, IReadOnlyList<WantedBlock> wanted, IReadOnlyList<EndedBlock> ended, DateTimeOffset? agreedAt, DateTimeOffset now)
    {
        var refused = new Spans(actual.Select(e => e.Range));
        var blocked = new Spans(wanted.Select(w => w.Range));
        var times = new Dictionary<AddressRange, TimeSpan?>();
        foreach (var entry in actual) times[entry.Range] = entry.For;

        List<FirewallEntry> block = [];
        List<AddressRange> unblock = [], missing = [], extra = [];
        foreach (var want in wanted)
        {
            var left = want.Until - now;
            if (left <= NearlyOver) continue;
            if (refused.Contains(want.Range) && !(times.TryGetValue(want.Range, out var has) && Differs(has, left))) continue;
            block.Add(new(want.Range, left));
            if (want.ChangedAt < agreedAt) missing.Add(want.Range);
        }
        foreach (var entry in actual)
        {
            if (blocked.Contains(entry.Range)) continue;
            unblock.Add(entry.Range);
            // What else is blocked in it stays so.
            block.AddRange(wanted.Where(w => w.Range.Overlaps(entry.Range) && !(w.Until - now <= NearlyOver)).Select(w => new FirewallEntry(w.Range, w.Until - now)));
            // Also when they never agreed: blocks of another store, or of none, are let in only aloud.
            if (!ended.Any(e => e.Range.Overlaps(entry.Range))) extra.Add(entry.Range);
        }
        return new(new(block.DistinctBy(b => b.Range).ToList(), unblock), missing, extra);
    }

    // Where a firewall has no times of its own, a block that ends is there without end.
    private static bool Differs(TimeSpan? has, TimeSpan? wanted) => (has, wanted) switch
    {
        (null, _) => false,
        (_, null) => true,
        ({ } a, { } b) => (a - b).Duration() > Slack,
    };

    /// <summary>Addresses as spans that neither touch nor overlap.</summary>
    private sealed class Spans
    {
        private readonly List<(ulong First, ulong Last)> _spans = [];

        public Spans(IEnumerable<AddressRange> ranges)
        {
            foreach (var range in ranges.OrderBy(r => r.First.Bits))
            {
                var (first, last) = (range.First.Bits, range.Last.Bits);
                if (_spans.Count > 0 && first <= _spans[^1].Last + 1) _spans[^1] = (_spans[^1].First, Math.Max(_spans[^1].Last, last));
                else _spans.Add((first, last));
            }
        }

        public bool Contains(AddressRange range)
        {
            var (low, high) = (0, _spans.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                if (_spans[middle].Last < range.First.Bits) low = middle + 1;
                else if (_spans[middle].First > range.First.Bits) high = middle - 1;
                else return _spans[middle].Last >= range.Last.Bits;
            }
            return false;
        }
    }
}
