using System.Globalization;
using System.Security.Cryptography;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>Identifiers that look like Slack's.</summary>
internal static class Ids
{
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

    /// <summary>A new id such as <c>V07QZJ3K9XA</c>.</summary>
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 10);

    /// <summary>An unguessable piece of an address.</summary>
    public static string Secret() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>Seconds and microseconds, as in <c>1764300000.000100</c>.</summary>
    public static string Ts(long micros) =>
        string.Create(CultureInfo.InvariantCulture, $"{micros / 1_000_000}.{micros % 1_000_000:D6}");

    /// <summary>Microseconds since 1970.</summary>
    public static long Micros(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / 10;

    /// <summary>The moment a timestamp stands for; 1970 when it is no timestamp.</summary>
    public static DateTimeOffset Moment(string ts) =>
        decimal.TryParse(ts, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 10_000_000_000m
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : DateTimeOffset.UnixEpoch;
}
