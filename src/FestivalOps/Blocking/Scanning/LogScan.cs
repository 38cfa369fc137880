using System.IO.Compression;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Scanning;

/// <summary>Reads a finished log from beginning to end and decides as if it had been watched: rehearsals and forensics. gzip is unpacked on the way.</summary>
internal sealed class LogScan(LineFeed feed)
{
    // So much stays in a core's own cache; it must hold the longest line.
    private const int Piece = 256 * 1024;

    /// <summary>Reads all of it.</summary>
    /// <param name="log">The log, from its beginning.</param>
    /// <param name="decided">Gets each decision, in the order of the lines.</param>
    /// <exception cref="IOException">It can't be read on.</exception>
    /// <exception cref="InvalidDataException">It is damaged gzip.</exception>
    public void Run(Stream log, Action<BlockDecision> decided)
    {
        var buffer = new byte[Piece];
        var decisions = new List<BlockDecision>();
        var filled = log.ReadAtLeast(buffer, 2, throwOnEndOfStream: false);
        if (filled >= 2 && buffer[0] == 0x1f && buffer[1] == 0x8b)
        {
            using var unpacked = new GZipStream(new Rejoined(buffer.AsMemory(0, filled).ToArray(), log), CompressionMode.Decompress);
            Run(unpacked, buffer, 0, decisions, decided);
            return;
        }
        Run(log, buffer, filled, decisions, decided);
    }

    private void Run(Stream log, byte[] buffer, int filled, List<BlockDecision> decisions, Action<BlockDecision> decided)
    {
        while (true)
        {
            var taken = feed.Take(buffer.AsSpan(0, filled), decisions);
            if (decisions.Count > 0) HandOn(decisions, decided);
            filled -= taken;
            if (filled > LogReader.LongestLine)
            {
                feed.SkipLine();
                filled = 0;
            }
            else if (filled > 0 && taken > 0)
            {
                buffer.AsSpan(taken, filled).CopyTo(buffer);
            }
            var read = log.Read(buffer, filled, buffer.Length - filled);
            if (read == 0) break;
            filled += read;
        }
        if (filled > 0) feed.TakeLast(buffer.AsSpan(0, filled), decisions);
        HandOn(decisions, decided);
    }

    private static void HandOn(List<BlockDecision> decisions, Action<BlockDecision> decided)
    {
        foreach (var decision in decisions) decided(decision);
        decisions.Clear();
    }

    /// <summary>A stream of which the beginning was read already; a pipe can't be set back.</summary>
    private sealed class Rejoined(byte[] beginning, Stream rest) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_at == beginning.Length) return rest.Read(buffer);
            var taken = Math.Min(buffer.Length, beginning.Length - _at);
            beginning.AsSpan(_at, taken).CopyTo(buffer);
            _at += taken;
            return taken;
        }

        public override void Flush()
        {
            // Nothing is written.
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
