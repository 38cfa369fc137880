using System.Diagnostics;
using System.Runtime.InteropServices;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Reading;
using FestivalOps.Hosts;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks.Radius;

/// <summary>What came from some addresses in the last 24 hours, as far as the watched logs of this machine say.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="Refused">Of these: refused (the settings' statuses).</param>
/// <param name="WebLogins">Of these: log-ins to the application that went well (<c>POST …/sign_in</c> that was answered with a redirect).</param>
/// <param name="Payments">Of these: <c>POST</c> to a path with <c>/payments</c> that went well.</param>
/// <param name="SshLogins">SSH log-ins that went well.</param>
/// <param name="AccessLogs">So many access logs were counted.</param>
/// <param name="AuthLogs">So many logs of sshd were counted.</param>
/// <param name="Since">From when on it is counted, UTC, when that is later than 24 hours ago; null: all of them.</param>
/// <param name="Unread">Logs that could not be read, each with why; and those of other hosts.</param>
internal sealed record Impact(
    int Requests, int Refused, int WebLogins, int Payments, int SshLogins, int AccessLogs, int AuthLogs, DateTimeOffset? Since, IReadOnlyList<LocalizedText> Unread)
{
    /// <summary>Whether the settings name an access log at all. Default: false.</summary>
    public bool HasAccessLog { get; init; }

    /// <summary>The same of sshd's. Default: false.</summary>
    public bool HasAuthLog { get; init; }
}

/// <summary>The addresses whose requests were refused most.</summary>
/// <param name="Addresses">Each with how often, most first.</param>
/// <param name="All">So many addresses there were.</param>
/// <param name="AccessLogs">So many access logs were counted.</param>
/// <param name="Since">See <see cref="Impact.Since"/>.</param>
/// <param name="Unread">See <see cref="Impact.Unread"/>.</param>
internal sealed record TopAddresses(IReadOnlyList<(ClientAddress Address, int Refused)> Addresses, int All, int AccessLogs, DateTimeOffset? Since, IReadOnlyList<LocalizedText> Unread);

/// <summary>Counts in the watched logs of this machine, from their ends backwards, and stops in time: an answer that says since when it counts is better than none.</summary>
internal sealed class BlastRadius(IOptions<BlockingOptions> options, TimeProvider time)
{
    /// <summary>So long a person waits: 2 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>So far back.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromHours(24);

    // So much of one log at most.
    private const long MostBytes = 1024L * 1024 * 1024;

    private const int MostAddresses = 200_000;

    // Requests are written when they end: a line may be a little older than the one before it.
    private static readonly long Disorder = (long)TimeSpan.FromMinutes(5).TotalMicroseconds;

    /// <summary>What came from these addresses.</summary>
    public Task<Impact> OfAsync(AddressRange range, CancellationToken ct) => Task.Run(() => Count(range, ct), ct);

    /// <summary>Whose requests were refused most.</summary>
    public Task<TopAddresses> TopAsync(int most, CancellationToken ct) => Task.Run(() => Top(most, ct), ct);

    private Impact Count(AddressRange range, CancellationToken ct)
    {
        var refusals = new Refusals(options.Value.GetStatuses(), []);
        int requests = 0, refused = 0, webLogins = 0, payments = 0, sshLogins = 0;
        var look = new Look(options.Value, time.GetUtcNow(), ct);
        look.Access((ClientAddress address, ReadOnlySpan<byte> line) =>
        {
            if (!range.Contains(address)) return;
            requests++;
            var (status, request) = Request(line);
            if (refusals.Counts(status)) refused++;
            if (status is < 200 or > 399 || !request.StartsWith("POST "u8)) return;
            if (status is 302 or 303 && request.IndexOf("/sign_in"u8) > 0) webLogins++;
            if (request.IndexOf("/payments"u8) > 0) payments++;
        });
        look.Auth(address =>
        {
            if (range.Contains(address)) sshLogins++;
        });
        return new(requests, refused, webLogins, payments, sshLogins, look.AccessLogs, look.AuthLogs, look.Since, look.Unread)
        {
            HasAccessLog = options.Value.Logs.Values.Any(l => l.GetKind() == LogKind.Nginx), HasAuthLog = options.Value.Logs.Values.Any(l => l.GetKind() == LogKind.Auth),
        };
    }

    private TopAddresses Top(int most, CancellationToken ct)
    {
        var refusals = new Refusals(options.Value.GetStatuses(), []);
        var counts = new Dictionary<ulong, int>();
        var look = new Look(options.Value, time.GetUtcNow(), ct);
        look.Access((ClientAddress address, ReadOnlySpan<byte> line) =>
        {
            if (!refusals.Counts(Request(line).Status)) return;
            // Of very many addresses those that come first are counted: they are the newest.
            if (counts.Count >= MostAddresses && !counts.ContainsKey(address.Bits)) return;
            CollectionsMarshal.GetValueRefOrAddDefault(counts, address.Bits, out _)++;
        });
        return new(
            [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(most).Select(c => (new ClientAddress(c.Key), c.Value))], counts.Count, look.AccessLogs, look.Since, look.Unread);
    }

    // The status and the request of a line that was read already; JSON by its names.
    private static RequestOf Request(ReadOnlySpan<byte> line)
    {
        if (line[0] == '{') return new(Number(Behind(line, "\"status\":"u8)), Behind(line, "\"request\":\""u8));
        var open = line.IndexOf((byte)'"');
        var close = open < 0 ? -1 : QuotedFields.End(line, open + 1);
        return close < 0 ? default : new(Number(line[Math.Min(close + 2, line.Length)..]), line[(open + 1)..close]);
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        var at = line.IndexOf(name);
        return at < 0 ? [] : line[(at + name.Length)..];
    }

    private static int Number(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \""u8);
        return System.Buffers.Text.Utf8Parser.TryParse(text[..Math.Min(3, text.Length)], out int number, out _) && number is >= 0 and < 1000 ? number : 0;
    }

    private readonly ref struct RequestOf(int status, ReadOnlySpan<byte> request)
    {
        public int Status { get; } = status;

        public ReadOnlySpan<byte> Text { get; } = request;

        public void Deconstruct(out int status, out ReadOnlySpan<byte> request)
        {
            status = Status;
            request = Text;
        }
    }

    /// <summary>One look at the logs.</summary>
    private sealed class Look(BlockingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        private readonly long _limit = Stopwatch.GetTimestamp() + (long)(Patience.TotalSeconds * Stopwatch.Frequency);
        private readonly long _from = LogTime.Of(now - Span);
        private long _oldest;

        public delegate void Visit(ClientAddress address, ReadOnlySpan<byte> line);

        public int AccessLogs { get; private set; }

        public int AuthLogs { get; private set; }

        public List<LocalizedText> Unread { get; } = [];

        /// <summary>Since when all logs were counted; null: for the whole time.</summary>
        public DateTimeOffset? Since => _oldest == 0 ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(_oldest);

        public void Access(Visit visit)
        {
            // Every status counts here.
            var every = new Refusals(Enumerable.Range(100, 900), []);
            var clients = options.Clients();
            foreach (var (name, log) in Logs(LogKind.Nginx))
            {
                var reader = new NginxReader(every, clients);
                AccessLogs += Read(name, log, line =>
                {
                    var sighting = default(Sighting);
                    if (reader.Read(line, ref sighting) != LineOutcome.Counted) return null;
                    if (sighting.At >= _from) visit(sighting.Address, line);
                    return sighting.At;
                });
            }
        }

        public void Auth(Action<ClientAddress> visit)
        {
            foreach (var (name, log) in Logs(LogKind.Auth))
            {
                var reader = new AcceptedLogins(new SyslogClock(log.GetZone(), () => now));
                AuthLogs += Read(name, log, line =>
                {
                    var at = reader.Read(line, out var isAccepted, out var address);
                    if (isAccepted && at >= _from) visit(address);
                    return at;
                });
            }
        }

        private delegate long? TimeOf(ReadOnlySpan<byte> line);

        private List<(string Name, WatchedLog Log)> Logs(LogKind kind)
        {
            var logs = options.Logs.Where(l => l.Value.GetKind() == kind).Select(l => (l.Key, l.Value)).ToList();
            foreach (var (name, log) in logs.Where(l => l.Value.Host != HostsOptions.Local)) Unread.Add(RadiusTexts.Elsewhere(name, log.Host));
            return [.. logs.Where(l => l.Value.Host == HostsOptions.Local)];
        }

        // The log, and what it was before its last rotation. 1: it was counted.
        private int Read(string name, WatchedLog log, TimeOf timeOf)
        {
            var lines = new RecentLines(_limit, MostBytes);
            var seen = long.MaxValue;
            var isComplete = false;
            try
            {
                foreach (var path in new[] { log.Path, log.Path + ".1" })
                {
                    if (path != log.Path && !File.Exists(path)) break;
                    if (lines.Read(path, Take)) continue;
                    isComplete = !lines.IsCut;
                    break;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Unread.Add(failure is FileNotFoundException or DirectoryNotFoundException ? RadiusTexts.NotThere(name, log.Path) : RadiusTexts.NotRead(name, ForeignText.OneLine(failure.Message, 150)));
                return 0;
            }
            // It may not reach back further: older lines were packed, or there never were any.
            if (!isComplete && seen != long.MaxValue && seen > _from) _oldest = Math.Max(_oldest, seen);
            return 1;

            bool Take(ReadOnlySpan<byte> line)
            {
                ct.ThrowIfCancellationRequested();
                if (timeOf(line) is not { } at) return true;
                if (at < _from - Disorder) return false;
                if (at < seen) seen = at;
                return true;
            }
        }
    }
}

/// <summary>What is said of counting.</summary>
internal static class RadiusTexts
{
    public static LocalizedText Elsewhere(string log, string host) => new($"{log} は {host} にあるため数えていません", $"{log} is on {host} and not counted");

    public static LocalizedText NotThere(string log, string path) => new($"{log} がありません ({path})", $"{log} is not there ({path})");

    public static LocalizedText NotRead(string log, string why) => new($"{log} を読めません: {why}", $"{log} can't be read: {why}");
}
