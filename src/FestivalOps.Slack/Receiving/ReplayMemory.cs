using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FestivalOps.Slack.Receiving;

/// <summary>
/// Remembers what has been handled: signatures, and the ids that Slack's repeats have in common. Bounded by age, which is twice the
/// signature's window, and by number; the oldest go first.
/// </summary>
internal sealed class ReplayMemory(TimeProvider time, int most = ReplayMemory.DefaultMost)
{
    public const int DefaultMost = 100_000;

    private static readonly long Age = (long)TimeSpan.FromMinutes(10).TotalMilliseconds;

    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _seen = [];
    private readonly Queue<(UInt128 Key, long Until)> _order = new();

    /// <summary>Whether this is the first time; remembers it.</summary>
    public bool IsFirst(UInt128 key)
    {
        var now = Now();
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count >= most))
                _seen.Remove(_order.Dequeue().Key);
            if (!_seen.Add(key))
                return false;
            _order.Enqueue((key, now + Age));
            return true;
        }
    }

    /// <summary>Whether this is the first time; remembers it. What has no id is always the first.</summary>
    /// <param name="kind">Keeps ids of different kinds apart.</param>
    /// <param name="id">Slack's id.</param>
    public bool IsFirst(char kind, string? id) => string.IsNullOrEmpty(id) || IsFirst(Key(kind, id));

    internal int Count
    {
        get
        {
            lock (_lock)
                return _order.Count;
        }
    }

    private long Now() => (long)time.GetElapsedTime(0).TotalMilliseconds;

    private static UInt128 Key(char kind, string id)
    {
        // Slack's ids are far shorter; a longer one takes the slower way.
        var room = Encoding.UTF8.GetMaxByteCount(id.Length) + 1;
        var text = room <= 512 ? stackalloc byte[512] : new byte[room];
        text[0] = (byte)kind;
        var used = 1 + Encoding.UTF8.GetBytes(id, text[1..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..used], hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
