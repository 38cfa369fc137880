using System.Runtime.CompilerServices;
using FestivalOps.Blocking.Addresses;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// sshd says "Invalid user" once for a connection and "Failed password for invalid user" for each attempt in it: the first of those two is one
/// attempt, not two. They are brought together by address and port, or by address and process where an old sshd names no port. Bounded: 8,192
/// connections, of which the oldest is forgotten.
/// </summary>
internal sealed class LoginPairs
{
    private const int Ways = 4;
    private const int Sets = 2048;

    // sshd lets a connection wait for 120 s before its log-in.
    private const long Lasts = 150 * LogTime.Second;

    private readonly Slot[] _slots = new Slot[Sets * Ways];

    /// <summary>A "Failed … for invalid user": true when its "Invalid user" already counted for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool FailedIsCounted(ClientAddress address, int port, int process, long at)
    {
        ref var slot = ref Take(Key(address, port, process), at);
        // Its twin may have been written without a port.
        if (slot.State == State.None && port != 0 && process != 0 && IndexOf(Key(address, 0, process)) is >= 0 and var twin && IsFresh(_slots[twin], at))
            (slot.State, _slots[twin].State) = (_slots[twin].State, State.Both);
        var wasInvalid = slot.State == State.Invalid;
        slot.State = wasInvalid || slot.State == State.Both ? State.Both : State.Failed;
        return wasInvalid;
    }

    /// <summary>An "Invalid user": true when a "Failed" of its connection, whose line came earlier, already counted for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool InvalidIsCounted(ClientAddress address, int port, int process, long at)
    {
        ref var slot = ref Take(Key(address, port, process), at);
        var wasFailed = slot.State == State.Failed;
        slot.State = wasFailed ? State.Both : State.Invalid;
        return wasFailed;
    }

    // The slot of a connection; one that is new or was left long ago has no state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ref Slot Take(ulong key, long at)
    {
        var index = IndexOf(key);
        if (index >= 0 && IsFresh(_slots[index], at))
        {
            _slots[index].At = at;
            return ref _slots[index];
        }
        if (index < 0)
        {
            index = First(key);
            for (var i = index + 1; i < First(key) + Ways; i++)
            {
                if (_slots[i].At < _slots[index].At) index = i;
            }
        }
        _slots[index] = new() { Key = key, At = at };
        return ref _slots[index];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int IndexOf(ulong key)
    {
        var first = First(key);
        for (var i = first; i < first + Ways; i++)
        {
            if (_slots[i].Key == key) return i;
        }
        return -1;
    }

    private static int First(ulong key) => (int)(key >> 40) % Sets * Ways;

    private static bool IsFresh(in Slot slot, long at) => Math.Abs(at - slot.At) < Lasts;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Key(ClientAddress address, int port, int process)
    {
        // A process may be any number, a port at most 65,535: they never mean the same.
        var hash = (address.Bits ^ (ulong)(uint)(port != 0 ? port : process + 65_536) * 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
        hash ^= hash >> 32;
        return hash * 0xD6E8_FEB8_6659_FD93 | 1;
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private struct Slot
    {
        public ulong Key;
        public long At;
        public State State;
    }

    private enum State : byte
    {
        None,
        Invalid,
        Failed,
        Both,
    }
}
