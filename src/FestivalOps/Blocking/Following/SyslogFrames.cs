using FestivalOps.Blocking.Reading;

namespace FestivalOps.Blocking.Following;

/// <summary>Messages of syslog over TCP: each with its length before it (RFC 6587, octet counting), or each ended by a line feed.</summary>
internal sealed class SyslogFrames
{
    private const int LongestLength = 6;

    private readonly byte[] _buffer = new byte[LogReader.LongestLine + LongestLength + 1];
    private int _begin;
    private int _end;
    private bool _isSkipping;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Room
    {
        get
        {
            if (_begin > 0) _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
            if (_end == _buffer.Length) (_isSkipping, _end) = (true, 0);
            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>So many bytes came.</summary>
    public void Got(int bytes) => _end += bytes;

    /// <summary>Takes the next message, when it is whole. It stands until <see cref="Room"/> is asked for.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        message = default;
        var rest = _buffer.AsSpan(_begin, _end - _begin);
        if (rest.IsEmpty) return false;
        if (!_isSkipping && rest[0] is >= (byte)'1' and <= (byte)'9' && TryLength(rest, out var begin, out var length))
        {
            if (length < 0 || rest.Length < begin + length) return false;
            message = _buffer.AsMemory(_begin + begin, length);
            _begin += begin + length;
            return true;
        }
        var end = rest.IndexOf((byte)'\n');
        if (end < 0) return false;
        message = _buffer.AsMemory(_begin, end);
        _begin += end + 1;
        if (!_isSkipping) return true;
        // That was the rest of a message which is longer than anybody reads.
        _isSkipping = false;
        return TryTake(out message);
    }

    // False: this is no length; length -1: not all of it is here.
    private static bool TryLength(ReadOnlySpan<byte> text, out int begin, out int length)
    {
        (begin, length) = (0, 0);
        while (begin < text.Length && begin <= LongestLength && (uint)(text[begin] - '0') <= 9) length = length * 10 + (text[begin++] - '0');
        if (begin == text.Length) length = -1;
        else if (text[begin] != ' ' || length > LogReader.LongestLine) return false;
        begin++;
        return true;
    }
}
