using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Reading;

/// <summary>
/// Reads the times of syslog lines. The classic form has neither year nor zone: the year is the newest in which the moment is not more than
/// a day after <paramref name="now"/>, the zone is that of the host that writes.
/// </summary>
/// <param name="zone">The zone of the host that writes the log.</param>
/// <param name="now">The newest moment that the log can hold: the present, or when its file was last written.</param>
internal sealed class SyslogClock(TimeZoneInfo zone, Func<DateTimeOffset> now)
{
    // Of the last hour that was asked for: its first nine characters and when it began.
    private ulong _known;
    private byte _knownHour;
    private long _began;

    // The same of ISO stamps: their first fourteen and their last six characters.
    private ulong _wholeA;
    private ulong _wholeB;
    private uint _wholeC;
    private uint _wholeD;
    private long _wholeBegan;

    /// <summary>A moment in microseconds since 1970, UTC; false when it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(ReadOnlySpan<byte> stamp, out long at)
    {
        at = 0;
        if (stamp.Length == 32) return TryWhole(stamp, out at);
        if (stamp.Length != 15) return LogTime.TryIso(stamp, out at);
        // "Nov 29 04" is the same for thousands of lines.
        var key = BinaryPrimitives.ReadUInt64LittleEndian(stamp);
        if (key != _known || stamp[8] != _knownHour)
        {
            if (!TryHour(stamp, out _began)) return false;
            (_known, _knownHour) = (key, stamp[8]);
        }
        if (stamp[9] != ':' || stamp[12] != ':') return false;
        var (minute, second) = (LogTime.Two(stamp, 10), LogTime.Two(stamp, 13));
        if (minute is < 0 or > 59 || second is < 0 or > 60) return false;
        at = _began + (minute * 60 + Math.Min(second, 59)) * LogTime.Second;
        return true;
    }

    // 2026-11-29T04:19:02.123456+09:00: the hour and the zone are the same for thousands of lines.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryWhole(ReadOnlySpan<byte> stamp, out long at)
    {
        var (a, b, c, d) = (BinaryPrimitives.ReadUInt64LittleEndian(stamp), BinaryPrimitives.ReadUInt64LittleEndian(stamp[6..]), BinaryPrimitives.ReadUInt32LittleEndian(stamp[26..]), BinaryPrimitives.ReadUInt32LittleEndian(stamp[28..]));
        if (a != _wholeA || b != _wholeB || c != _wholeC || d != _wholeD)
        {
            if (!LogTime.TryIso(stamp, out at)) return false;
            (_wholeA, _wholeB, _wholeC, _wholeD) = (a, b, c, d);
            _wholeBegan = at - at % (3600 * LogTime.Second);
            // In a zone that lies half an hour apart an hour does not begin with one of UTC.
            if (stamp[30] != '0' || stamp[31] != '0') _wholeA = 0;
            return true;
        }
        long fraction = 0;
        for (var i = 20; i < 26; i++)
        {
            var digit = (uint)(stamp[i] - '0');
            if (digit > 9) return LogTime.TryIso(stamp, out at);
            fraction = fraction * 10 + digit;
        }
        var (minute, second) = (LogTime.Two(stamp, 14), LogTime.Two(stamp, 17));
        at = _wholeBegan + (minute * 60 + second) * LogTime.Second + fraction;
        return (minute is >= 0 and < 60 && second is >= 0 and < 60 && stamp[16] == ':' && stamp[19] == '.') || LogTime.TryIso(stamp, out at);
    }

    private bool TryHour(ReadOnlySpan<byte> stamp, out long began)
    {
        began = 0;
        var (month, day, hour) = (LogTime.Month(stamp[0], stamp[1], stamp[2]), LogTime.Two(stamp, 4), LogTime.Two(stamp, 7));
        if (month == 0 || hour is < 0 or > 23) return false;
        var newest = now().AddDays(1);
        for (var year = newest.UtcDateTime.Year; year > newest.UtcDateTime.Year - 9; year--)
        {
            // February 29th is of the last leap year.
            if (!LogTime.IsDate(year, month, day)) continue;
            var local = new DateTime(year, month, day, hour, 0, 0, DateTimeKind.Unspecified);
            var utc = local - zone.GetUtcOffset(local);
            if (utc > newest.UtcDateTime) continue;
            began = (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
            return true;
        }
        return false;
    }
}
