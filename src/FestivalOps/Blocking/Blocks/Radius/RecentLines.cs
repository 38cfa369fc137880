using System.Diagnostics;

namespace FestivalOps.Blocking.Blocks.Radius;

/// <summary>Looks at a line; false: this one is too old, and so are those before it.</summary>
internal delegate bool LineLook(ReadOnlySpan<byte> line);

/// <summary>Reads a log of this machine from its end backwards, so that what is newest is known first when there is not time for all of it.</summary>
/// <param name="limit">When to stop, by <see cref="Stopwatch.GetTimestamp"/>.</param>
/// <param name="bytes">So much at most.</param>
internal sealed class RecentLines(long limit, long bytes)
{
    private const int Piece = 1024 * 1024;

    private readonly byte[] _buffer = new byte[2 * Piece];
    private long _left = bytes;

    /// <summary>True when it stopped before the lines became too old.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Reads one file. True: its beginning was reached, so older lines stand in another.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public bool Read(string path, LineLook look)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var at = file.Length;
        var kept = 0;
        // What was read of the line whose beginning is not read yet stands at the end of the buffer.
        while (at > 0)
        {
            if (_left <= 0 || Stopwatch.GetTimestamp() > limit)
            {
                IsCut = true;
                return false;
            }
            var size = (int)Math.Min(Piece, at);
            at -= size;
            _left -= size;
            var begin = _buffer.Length - kept - size;
            file.Position = at;
            file.ReadExactly(_buffer.AsSpan(begin, size));
            var all = _buffer.AsSpan(begin);
            while (true)
            {
                var feed = all.LastIndexOf((byte)'\n');
                if (feed < 0) break;
                var line = all[(feed + 1)..];
                all = all[..feed];
                if (!line.IsEmpty && !look(line)) return false;
            }
            if (at == 0 && !all.IsEmpty && !look(all)) return false;
            // A line that is longer than a piece is nobody's.
            kept = all.Length > Piece ? 0 : all.Length;
            all[^kept..].CopyTo(_buffer.AsSpan(_buffer.Length - kept));
        }
        return true;
    }
}
