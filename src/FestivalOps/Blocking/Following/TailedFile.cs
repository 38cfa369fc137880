using System.Security.Cryptography;
using FestivalOps.Hosts.Files;

namespace FestivalOps.Blocking.Following;

/// <summary>A file of a log that is being read.</summary>
internal sealed class TailedFile
{
    /// <summary>So many of its first bytes tell it from others: 256, more than one line of a busy log and less than a line of most.</summary>
    public const int HeadBytes = 256;

    private readonly Queue<(long Offset, long Newest)> _marks = new();
    private string _head = "";
    private int _headLength;

    /// <summary>A file that was not read yet.</summary>
    public TailedFile(string path) => Path = path;

    /// <summary>A file that an earlier process read.</summary>
    public TailedFile(ReadFile known) => (_head, _headLength, Offset, ReplayFrom) = (known.Head, known.HeadLength, known.Offset, known.ReplayFrom);

    /// <summary>Where it is now; null: it was renamed or copied, and is looked for.</summary>
    public string? Path { get; set; }

    /// <summary>So much was read.</summary>
    public long Offset { get; private set; }

    /// <summary>See <see cref="ReadFile.ReplayFrom"/>.</summary>
    public long ReplayFrom { get; private set; }

    /// <summary>When another took its place; null: it is the newest.</summary>
    public DateTimeOffset? RotatedAt { get; set; }

    /// <summary>True when its beginning is known: it was not empty.</summary>
    public bool IsKnown => _headLength > 0;

    /// <summary>True when all of it was read and nobody writes to it any more.</summary>
    public bool IsDone { get; set; }

    /// <summary>As it is kept.</summary>
    public ReadFile ToKeep() => new(_head, _headLength, Offset, ReplayFrom);

    /// <summary>Whether what was read at some path is this file: it begins like it and was not made shorter.</summary>
    public bool Is(HostPart part) => part.Length >= Offset && Begins(part.Head.Span);

    /// <summary>Whether a beginning is this file's.</summary>
    public bool Begins(ReadOnlySpan<byte> head) => head.Length >= _headLength && (_headLength == 0 || Hash(head[.._headLength]) == _head);

    /// <summary>Learns more of its beginning, as long as it is short.</summary>
    public void Learn(ReadOnlySpan<byte> head)
    {
        if (head.Length > _headLength) (_head, _headLength) = (Hash(head), head.Length);
    }

    /// <summary>It was read up to here.</summary>
    /// <param name="offset">The beginning of a line.</param>
    /// <param name="newest">Time of the newest line that counted, in microseconds; 0: none.</param>
    /// <param name="horizon">What is so much older than that can't matter to any window. Unit: microseconds.</param>
    public void ReadTo(long offset, long newest, long horizon)
    {
        Offset = offset;
        if (newest == 0) ReplayFrom = offset;
        if (_marks.Count == 0 || newest - _marks.Last().Newest > horizon / 16) _marks.Enqueue((offset, newest));
        while (_marks.TryPeek(out var mark) && newest - mark.Newest > horizon) ReplayFrom = _marks.Dequeue().Offset;
    }

    /// <summary>Begins at the end of what is there.</summary>
    public void BeginAt(long offset) => (Offset, ReplayFrom) = (offset, offset);

    /// <summary>Goes back to what a process that begins reads again.</summary>
    public void BeginReplay() => Offset = ReplayFrom;

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
