using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FestivalOps.Blocking.Deciding;

/// <summary>What was decided about an address last.</summary>
/// <param name="Until">Until when its lines change nothing. Unit: microseconds since 1970.</param>
/// <param name="Times">How often it was blocked.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Standing(long Until, int Times);

/// <summary>What was decided about addresses. Asked for every line that counts, so it is laid out for that. Bounded: of very many, the tenth that ends first is forgotten.</summary>
internal sealed class Standings(int most)
{
    private ulong[] _keys = new ulong[64];
    private Standing[] _values = new Standing[64];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>What was decided about an address; nothing: default.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Standing Of(ulong address)
    {
        var keys = _keys;
        for (var at = Home(address, keys.Length); ; at = (at + 1) & (keys.Length - 1))
        {
            if (keys[at] == address) return _values[at];
            if (keys[at] == 0) return default;
        }
    }

    /// <summary>Decides anew about an address.</summary>
    public void Set(ulong address, Standing standing)
    {
        if (Count >= most) Rebuild(_keys.Length, forget: most / 10 + 1);
        if (Count * 2 >= _keys.Length) Rebuild(_keys.Length * 2, forget: 0);
        Put(address, standing);
    }

    private void Put(ulong address, Standing standing)
    {
        var at = Home(address, _keys.Length);
        while (_keys[at] != address && _keys[at] != 0) at = (at + 1) & (_keys.Length - 1);
        if (_keys[at] == 0) Count++;
        (_keys[at], _values[at]) = (address, standing);
    }

    private void Rebuild(int size, int forget)
    {
        var kept = _keys.Zip(_values).Where(p => p.First != 0).OrderBy(p => p.Second.Until).Skip(forget).ToList();
        (_keys, _values, Count) = (new ulong[size], new Standing[size], 0);
        foreach (var (address, standing) in kept) Put(address, standing);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Home(ulong address, int size) => (int)((address ^ address >> 29) * 0x9E37_79B9_7F4A_7C15 >> (64 - BitOperations.Log2((uint)size)));
}
