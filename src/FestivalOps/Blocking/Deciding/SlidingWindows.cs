using System.Numerics;
using System.Runtime.CompilerServices;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Deciding;

/// <summary>
/// For each address the moments of what it did, sorted, so that late lines take their place: enough of them that every rule is decided exactly as
/// long as a line is not later than the rule's own window. Bounded: of more than <paramref name="most"/> addresses, one that was quiet for long
/// makes room. An address with up to four moments needs about 90 bytes; those with more share <paramref name="largeBytes"/>.
/// </summary>
/// <param name="most">So many addresses at most.</param>
/// <param name="largeBytes">So much memory for addresses with more than four moments, at least one chunk.</param>
/// <param name="isDistinct">True: what was done counts once for each thing that it was done to (a user name), to the millisecond.</param>
/// <param name="rules">Rules over one signal, in the order in which they are asked.</param>
internal sealed class SlidingWindows(int most, int largeBytes, bool isDistinct, IReadOnlyList<Rule> rules)
{
    private const int Few = 4;
    private const int PerChunk = 256;

    // A moment with its thing: milliseconds, and 22 bits of a hash.
    private const int ThingBits = 22;

    // Twice the largest count less one decides for every place that a late line may take; one more, to put it in before the oldest leaves.
    private readonly int _room = Math.Max(Few + 1, 2 * (rules.Max(r => r.Count) - 1) + 1);

    // An array: going over an interface would allocate for each line that counts.
    private readonly Rule[] _rules = [.. rules];
    private readonly List<long[]> _chunks = [];
    private readonly Stack<int> _free = new();
    private Entry[] _entries = new Entry[64];
    private long[] _few = new long[64 * Few];
    private int[] _buckets = new int[256];
    private int _count;
    private int _hand;
    private int _largeHand;

    /// <summary>How many addresses are remembered.</summary>
    public int Count => _count;

    /// <summary>Adds a moment and says which rule it meets: the first in their order; null: none.</summary>
    /// <param name="address">Who.</param>
    /// <param name="at">When. Unit: microseconds.</param>
    /// <param name="thing">Hash of what it was done to; read only when things count.</param>
    /// <param name="doubt">See <see cref="Sighting.Doubt"/>.</param>
    /// <param name="apart">How far newest and oldest of those that meet it lie apart. Unit: microseconds.</param>
    /// <param name="doubted">A doubt about any of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Rule? Add(ClientAddress address, long at, uint thing, Doubt doubt, out long apart, out Doubt doubted)
    {
        (apart, doubted) = (0, Doubt.None);
        var index = Find(address.Bits);
        ref var entry = ref _entries[index];
        // Who comes once may go again before those that come back.
        entry.IsFresh = entry.Count > 0;
        if (doubt != Doubt.None && at >= entry.DoubtAt) (entry.Doubt, entry.DoubtAt) = (doubt, at);
        var moment = isDistinct ? at / 1000 << ThingBits | thing & ((1 << ThingBits) - 1) : at;
        var moments = Moments(ref entry, index, entry.Count + 1);
        if (isDistinct && !TakeOlder(moments, moment, ref entry)) return null;
        int place = entry.Count;
        while (place > 0 && moments[place - 1] > moment) place--;
        if (place < entry.Count) moments[place..entry.Count].CopyTo(moments[(place + 1)..]);
        moments[place] = moment;
        entry.Count++;
        var met = Met(moments[..entry.Count], place, at, ref entry, out apart);
        // A doubt stays as long as the line that brought it can be among those counted.
        if (met is not null && entry.Doubt != Doubt.None && Math.Abs(at - entry.DoubtAt) <= 2 * met.Window) doubted = entry.Doubt;
        if (entry.Count == _room)
        {
            moments[1..entry.Count].CopyTo(moments);
            entry.Count--;
        }
        return met;
    }

    /// <summary>Forgets what an address did: it was judged for it.</summary>
    public void Forget(ClientAddress address)
    {
        if (TryFind(address.Bits, out var index)) Release(ref _entries[index]);
    }

    // Of one thing only the newest moment counts; false when that is already there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TakeOlder(Span<long> moments, long moment, ref Entry entry)
    {
        for (var i = 0; i < entry.Count; i++)
        {
            if (((moments[i] ^ moment) & ((1 << ThingBits) - 1)) != 0) continue;
            if (moments[i] >= moment) return false;
            moments[(i + 1)..entry.Count].CopyTo(moments[i..]);
            entry.Count--;
            return true;
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Rule? Met(ReadOnlySpan<long> moments, int place, long at, ref Entry entry, out long apart)
    {
        apart = 0;
        foreach (var rule in _rules)
        {
            if (moments.Length < rule.Count) continue;
            var first = Math.Max(0, place - rule.Count + 1);
            var last = Math.Min(place, moments.Length - rule.Count);
            for (var i = first; i <= last; i++)
            {
                var (newest, oldest) = (moments[i + rule.Count - 1], moments[i]);
                apart = isDistinct ? ((newest >> ThingBits) - (oldest >> ThingBits)) * 1000 : newest - oldest;
                if (apart >= rule.Window) continue;
                if (rule.Blocks) return rule;
                // A warning is said once and then not for a while.
                if (at < entry.QuietUntil) break;
                entry.QuietUntil = at + Detector.QuietFor;
                return rule;
            }
        }
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Span<long> Moments(ref Entry entry, int index, int needed)
    {
        if (entry.Large > 0) return Chunk(entry.Large - 1);
        var few = _few.AsSpan(index * Few, Few);
        if (needed <= Few) return few;
        if (_free.Count == 0) MakeRoom(index);
        var large = _free.Pop();
        entry.Large = large + 1;
        var all = Chunk(large);
        few.CopyTo(all);
        return all;
    }

    private void MakeRoom(int forIndex)
    {
        if (_chunks.Count == 0 || (_chunks.Count + 1L) * PerChunk * _room * sizeof(long) <= largeBytes)
        {
            for (var i = PerChunk - 1; i >= 0; i--) _free.Push(_chunks.Count * PerChunk + i);
            _chunks.Add(new long[PerChunk * _room]);
            return;
        }
        // Whoever was not seen since this hand came by last loses what it did.
        while (_free.Count == 0)
        {
            ref var other = ref _entries[_largeHand];
            if (other.Large > 0 && !other.IsFresh && _largeHand != forIndex) Release(ref other);
            else if (_largeHand != forIndex) other.IsFresh = false;
            _largeHand = (_largeHand + 1) % _count;
        }
    }

    private Span<long> Chunk(int large) => _chunks[large / PerChunk].AsSpan(large % PerChunk * _room, _room);

    private void Release(ref Entry entry)
    {
        if (entry.Large > 0) _free.Push(entry.Large - 1);
        (entry.Large, entry.Count, entry.Doubt, entry.DoubtAt) = (0, 0, Doubt.None, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Find(ulong key)
    {
        if (TryFind(key, out var index)) return index;
        if (_count < most)
        {
            if (_count == _entries.Length) Grow();
            index = _count++;
        }
        else
        {
            // Whoever was not seen since the hand came by last makes room.
            while (_entries[_hand].IsFresh)
            {
                _entries[_hand].IsFresh = false;
                _hand = (_hand + 1) % _count;
            }
            index = _hand;
            _hand = (_hand + 1) % _count;
            Release(ref _entries[index]);
            TakeOut(_entries[index].Key);
        }
        _entries[index] = new() { Key = key };
        PutIn(key, index);
        return index;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryFind(ulong key, out int index)
    {
        var buckets = _buckets;
        for (var at = Home(key); ; at = (at + 1) & (buckets.Length - 1))
        {
            index = buckets[at] - 1;
            if (index < 0) return false;
            if (_entries[index].Key == key) return true;
        }
    }

    private int Home(ulong key)
    {
        // Addresses are chosen by attackers: neighbours are spread, and what all share is not the hash.
        var hash = (key ^ key >> 29) * 0x9E37_79B9_7F4A_7C15;
        return (int)(hash >> (64 - BitOperations.Log2((uint)_buckets.Length)));
    }

    private void PutIn(ulong key, int index)
    {
        var at = Home(key);
        while (_buckets[at] != 0) at = (at + 1) & (_buckets.Length - 1);
        _buckets[at] = index + 1;
    }

    // Those behind it that would not be found any more move up.
    private void TakeOut(ulong key)
    {
        var mask = _buckets.Length - 1;
        var at = Home(key);
        while (_entries[_buckets[at] - 1].Key != key) at = (at + 1) & mask;
        _buckets[at] = 0;
        for (var next = (at + 1) & mask; _buckets[next] != 0; next = (next + 1) & mask)
        {
            var home = Home(_entries[_buckets[next] - 1].Key);
            if (((next - home) & mask) < ((next - at) & mask)) continue;
            (_buckets[at], _buckets[next], at) = (_buckets[next], 0, next);
        }
    }

    private void Grow()
    {
        var size = Math.Min(most, _entries.Length * 2);
        Array.Resize(ref _entries, size);
        Array.Resize(ref _few, size * Few);
        if (size * 2 <= _buckets.Length) return;
        _buckets = new int[BitOperations.RoundUpToPowerOf2((uint)size * 4)];
        for (var i = 0; i < _count; i++) PutIn(_entries[i].Key, i);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private struct Entry
    {
        public ulong Key;
        public long QuietUntil;
        public long DoubtAt;
        public int Large;
        public ushort Count;
        public Doubt Doubt;
        public bool IsFresh;
    }
}
