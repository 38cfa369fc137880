using System.Runtime.CompilerServices;

namespace FestivalOps.Blocking.Reading;

/// <summary>Times as logs write them, in microseconds since 1970, UTC.</summary>
internal static class LogTime
{
    /// <summary>Microseconds of a second.</summary>
    public const long Second = 1_000_000;

    private static readonly long[] Fractions = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>A moment as it is counted here.</summary>
    public static long Of(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Times after this are not believed: an hour from now. A clock that jumped would push out what is true.</summary>
    public static long Latest(DateTimeOffset now) => Of(now.AddHours(1));

    /// <summary>nginx' <c>$time_local</c>: <c>29/Nov/2026:04:19:02 +0900</c>, 26 characters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryLocal(ReadOnlySpan<byte> text, out long at)
    {
        at = 0;
        if (text.Length != 26 || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[14] != ':' || text[17] != ':' || text[20] != ' ') return false;
        var (day, month, year) = (Two(text, 0), Month(text[3], text[4], text[5]), Two(text, 7) * 100 + Two(text, 9));
        if (month == 0 || !TryClock(text[12..20], out var clock) || !TryZone(text[21..], out var zone) || !IsDate(year, month, day)) return false;
        at = (Days(year, month, day) * 86_400L + clock - zone) * Second;
        return true;
    }

    /// <summary><c>2026-11-29T04:19:02.123456+09:00</c> or with <c>Z</c>, as far as it goes; without a zone it is UTC. A space may stand for the T.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">The moment.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryIso(ReadOnlySpan<byte> text, out long at)
    {
        at = 0;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ')) return false;
        var (year, month, day) = (Two(text, 0) * 100 + Two(text, 2), Two(text, 5), Two(text, 8));
        if (!TryClock(text[11..19], out var clock) || !IsDate(year, month, day)) return false;
        var rest = text[19..];
        long fraction = 0;
        if (!rest.IsEmpty && rest[0] is (byte)'.' or (byte)',')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (digits < 0) digits = rest.Length - 1;
            if (digits == 0) return false;
            var counted = Math.Min(digits, 6);
            for (var i = 1; i <= counted; i++) fraction = fraction * 10 + (rest[i] - '0');
            fraction *= Fractions[counted];
            rest = rest[(digits + 1)..];
        }
        var zone = 0;
        if (!rest.IsEmpty && rest is not [(byte)'Z'] && !TryZone(rest[0] == ' ' ? rest[1..] : rest, out zone)) return false;
        at = (Days(year, month, day) * 86_400L + clock - zone) * Second + fraction;
        return true;
    }

    /// <summary>Seconds of a day: <c>04:19:02</c>; a leap second counts as the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryClock(ReadOnlySpan<byte> text, out int seconds)
    {
        var (hour, minute, second) = (Two(text, 0), Two(text, 3), Two(text, 6));
        seconds = hour * 3600 + minute * 60 + Math.Min(second, 59);
        return text[2] == ':' && text[5] == ':' && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and <= 60;
    }

    /// <summary>1 to 12; 0: no English month.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Month(byte a, byte b, byte c) => (a << 16 | b << 8 | c) switch
    {
        'J' << 16 | 'a' << 8 | 'n' => 1,
        'F' << 16 | 'e' << 8 | 'b' => 2,
        'M' << 16 | 'a' << 8 | 'r' => 3,
        'A' << 16 | 'p' << 8 | 'r' => 4,
        'M' << 16 | 'a' << 8 | 'y' => 5,
        'J' << 16 | 'u' << 8 | 'n' => 6,
        'J' << 16 | 'u' << 8 | 'l' => 7,
        'A' << 16 | 'u' << 8 | 'g' => 8,
        'S' << 16 | 'e' << 8 | 'p' => 9,
        'O' << 16 | 'c' << 8 | 't' => 10,
        'N' << 16 | 'o' << 8 | 'v' => 11,
        'D' << 16 | 'e' << 8 | 'c' => 12,
        _ => 0,
    };

    /// <summary>Two digits, the first of which may be a space; negative: none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Two(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = (text[at] == ' ' ? 0u : (uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens > 9 || ones > 9 ? -10_000 : (int)(tens * 10 + ones);
    }

    /// <summary>Whether there is such a day, from 1970 to 2100.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsDate(int year, int month, int day) => year is >= 1970 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    /// <summary>Days since 1970 of a date that exists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Days(int year, int month, int day)
    {
        // Years that begin in March have their leap day last.
        if (month <= 2) (year, month) = (year - 1, month + 12);
        return 365L * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day - 1 - 719_468;
    }

    // +0900, +09:00.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryZone(ReadOnlySpan<byte> text, out int seconds)
    {
        seconds = 0;
        if (text.Length is not (5 or 6) || text[0] is not ((byte)'+' or (byte)'-') || (text.Length == 6 && text[3] != ':')) return false;
        var (hours, minutes) = (Two(text, 1), Two(text, text.Length - 2));
        seconds = (hours * 3600 + minutes * 60) * (text[0] == '-' ? -1 : 1);
        return hours is >= 0 and <= 15 && minutes is >= 0 and < 60;
    }
}
