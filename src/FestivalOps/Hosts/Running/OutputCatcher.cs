using System.Buffers;
using System.Text;

namespace FestivalOps.Hosts.Running;

/// <summary>
/// Takes what a process says on one output: passes over what the login shell said before the mark, keeps the beginning of the rest, and hands on
/// its lines. Fed by one thread, read by others.
/// </summary>
/// <param name="mark">The word whose line divides the login shell's chatter from the program's own words.</param>
/// <param name="limit">How much is kept. Unit: bytes.</param>
/// <param name="line">Gets each line, or the first 16 KiB of it and then the rest; null: nobody does.</param>
internal sealed class OutputCatcher(string mark, int limit, Action<string>? line)
{
    private const int LongestLine = 16 * 1024;

    // No login message is longer; what is beyond is not looked at.
    private const int LongestChatter = 256 * 1024;

    private readonly Lock _lock = new();
    private readonly byte[] _mark = Encoding.ASCII.GetBytes(mark);
    private readonly ArrayBufferWriter<byte> _chatter = new();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly TaskCompletionSource<string> _marked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _said;

    /// <summary>What stands on the mark's line behind the mark: ends when that line was said.</summary>
    public Task<string> Marked => _marked.Task;

    /// <summary>How much was said up to now, chatter included. Unit: bytes.</summary>
    public long Said => Interlocked.Read(ref _said);

    /// <summary>Takes some more.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _said, bytes.Length);
        if (!_marked.Task.IsCompleted) bytes = PassChatter(bytes);
        if (bytes.IsEmpty) return;
        lock (_lock) _kept.Write(bytes[..(int)Math.Min(bytes.Length, limit + 1L - _kept.WrittenCount)]);
        if (line is not null) HandOnLines(bytes);
    }

    /// <summary>There is no more: hands on a last line that has no end.</summary>
    public void End()
    {
        if (line is not null && _line.WrittenCount > 0) HandOnLine();
    }

    /// <summary>What was kept. Before the mark came: the chatter, which may say why it does not come.</summary>
    /// <param name="masked">Takes secrets out of a text.</param>
    public HostOutput Caught(Func<string, string> masked)
    {
        byte[] bytes;
        lock (_lock) bytes = Marked.IsCompleted ? _kept.WrittenSpan.ToArray() : _chatter.WrittenSpan.ToArray();
        var isCut = bytes.Length > limit;
        if (isCut) bytes = bytes[..limit];
        return new(bytes, masked(Encoding.UTF8.GetString(bytes)), isCut);
    }

    private ReadOnlySpan<byte> PassChatter(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_chatter.WrittenCount + bytes.Length > LongestChatter) _chatter.ResetWrittenCount();
            _chatter.Write(bytes);
            var all = _chatter.WrittenSpan;
            var at = all.IndexOf(_mark);
            var end = at < 0 ? -1 : all[at..].IndexOf((byte)'\n');
            if (end < 0) return [];
            _marked.SetResult(Encoding.UTF8.GetString(all.Slice(at + _mark.Length, end - _mark.Length)).Trim());
            return all[(at + end + 1)..];
        }
    }

    private void HandOnLines(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var room = LongestLine - _line.WrittenCount;
            if (end >= 0 && end <= room)
            {
                _line.Write(bytes[..end]);
                HandOnLine();
                bytes = bytes[(end + 1)..];
            }
            else
            {
                var piece = Math.Min(room, bytes.Length);
                _line.Write(bytes[..piece]);
                if (_line.WrittenCount >= LongestLine) HandOnLine();
                bytes = bytes[piece..];
            }
        }
    }

    private void HandOnLine()
    {
        line!(Encoding.UTF8.GetString(_line.WrittenSpan));
        _line.ResetWrittenCount();
    }
}
