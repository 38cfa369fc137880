using System.Globalization;
using System.Text;
using FestivalOps.Blocking;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;
using FestivalOps.Blocking.Scanning;

namespace FestivalOps.Tests.Blocking;

/// <summary>Reads lines as <c>scan</c> does.</summary>
internal static class Scan
{
    /// <summary>The moment that all test lines are around: 2026-11-29 04:00:00 UTC.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 11, 29, 4, 0, 0, TimeSpan.Zero);

    public static List<BlockDecision> Decisions(LogKind kind, IEnumerable<string> lines, Action<BlockingOptions>? change = null) =>
        Decisions(kind, Encoding.Latin1.GetBytes(string.Join('\n', lines) + "\n"), change);

    public static List<BlockDecision> Decisions(LogKind kind, byte[] log, Action<BlockingOptions>? change = null)
    {
        var options = new BlockingOptions();
        change?.Invoke(options);
        var decisions = new List<BlockDecision>();
        new LogScan(Feed(kind, options)).Run(new MemoryStream(log), decisions.Add);
        return decisions;
    }

    public static LineFeed Feed(LogKind kind, BlockingOptions options) => new(LogReaders.Make(kind, options, TimeZoneInfo.Utc, () => Noon.AddDays(1)), Detector.Of(options));

    public static List<string> Blocked(LogKind kind, IEnumerable<string> lines, Action<BlockingOptions>? change = null) =>
        [.. Decisions(kind, lines, change).Where(d => d.Outcome == BlockOutcome.Block).Select(d => d.Address.ToString()).Distinct()];

    /// <summary>What a single line is, and of whom.</summary>
    public static (LineOutcome Outcome, Sighting Sighting) Line(LogKind kind, string line, Action<BlockingOptions>? change = null)
    {
        var options = new BlockingOptions();
        change?.Invoke(options);
        var reader = LogReaders.Make(kind, options, TimeZoneInfo.Utc, () => Noon.AddDays(1));
        var sighting = default(Sighting);
        return (reader.Read(Encoding.Latin1.GetBytes(line), ref sighting), sighting);
    }

    public static string Nginx(string address, DateTimeOffset at, int status = 401, string request = "POST /users/sign_in HTTP/1.1", string agent = "Mozilla/5.0", string? forwarded = "-", string user = "-") =>
        $"{address} - {user} [{at.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture)} +0000] \"{request}\" {status} 162 \"-\" \"{agent}\"{(forwarded is null ? "" : $" \"{forwarded}\"")}";

    public static string Auth(DateTimeOffset at, string message, string program = "sshd[4711]") =>
        $"{at.UtcDateTime.ToString("MMM", CultureInfo.InvariantCulture)} {at.Day,2} {at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} web1 {program}: {message}";

    public static string Iso(DateTimeOffset at, string message, string program = "sshd-session[4711]") =>
        $"{at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00:00 web1 {program}: {message}";

    public static string Failed(string address, string user = "root", int port = 40_000) => $"Failed password for {user} from {address} port {port} ssh2";
}
