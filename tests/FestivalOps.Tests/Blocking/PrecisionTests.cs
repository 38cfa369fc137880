using FestivalOps.Blocking.Reading;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>Generated logs with known attackers among many innocents: exactly those are blocked.</summary>
public sealed class PrecisionTests
{
    /// <summary>What an address does, in seconds from the beginning, and whether it is an attacker: 20 of which newest and oldest lie less than 300 s apart.</summary>
    private static readonly (string Name, double[] At, bool IsAttacker)[] Patterns =
    [
        ("19 at once", Spread(19, 1), false),
        ("20 at once", Spread(20, 1), true),
        ("20 in the same second", Spread(20, 0), true),
        ("20 in 299 s", Spread(20, 299), true),
        ("20 in exactly 300 s", Spread(20, 300), false),
        ("20 in 301 s", Spread(20, 301), false),
        ("19 in 299 s and one at 300", [.. Spread(19, 299), 300], false),
        ("one, then 20 in 299 s", [0, .. Spread(20, 299).Select(s => s + 400)], true),
        ("19 and 19 with a pause", [.. Spread(19, 60), .. Spread(19, 60).Select(s => s + 360)], false),
        ("19 and 19 just too near", [.. Spread(19, 60), .. Spread(19, 60).Select(s => s + 299)], true),
        ("for ever slow: one in 16 s", [.. Enumerable.Range(0, 200).Select(i => i * 16.0)], false),
        ("for ever a bit faster: one in 15 s", [.. Enumerable.Range(0, 200).Select(i => i * 15.0)], true),
        ("the twentieth comes late", [.. Spread(20, 290).Where((_, i) => i != 10), 290, 150], true),
    ];

    // Only logs with fractions of a second can tell these apart.
    private static readonly (string Name, double[] At, bool IsAttacker)[] Fine =
    [
        .. Patterns,
        ("20 in 299.999999 s", Spread(20, 299.999999), true),
        ("20 in 300.000001 s", Spread(20, 300.000001), false),
        ("20 in 299.4 s", Spread(20, 299.4), true),
    ];

    public static TheoryData<string, int> Logs => new(from kind in new[] { "Nginx", "Auth", "Rails" } from seed in Enumerable.Range(1, 5) select (kind, seed));

    [Theory]
    [MemberData(nameof(Logs))]
    public void Precision_and_recall_are_one(string log, int seed)
    {
        var kind = Enum.Parse<LogKind>(log);
        var random = new Random(seed);
        var patterns = kind == LogKind.Nginx ? Patterns : Fine;
        var attackers = new List<string>();
        var lines = new List<(double At, double Written, string Address, bool IsFailure)>();
        for (var i = 0; i < 600; i++)
        {
            var (_, at, isAttacker) = patterns[i % patterns.Length];
            var address = Address(i);
            var begin = random.Next(0, 3000);
            if (isAttacker) attackers.Add(Counted(address));
            // The order in the log is that of the pattern: a late line stands behind those that happened after it.
            var last = 0.0;
            foreach (var second in at)
            {
                last = Math.Max(last, begin + second);
                lines.Add((begin + second, last, address, true));
            }
        }
        for (var i = 0; i < 20_000; i++)
        {
            var at = random.NextDouble() * 6000;
            // Innocents fail now and then, each a few times in all.
            lines.Add((at, at, $"100.64.{i / 8 % 256}.{i / 2048}", i % 3 == 0));
        }
        var written = lines.OrderBy(l => l.Written).SelectMany((l, i) => Write(kind, l.Address, l.At, l.IsFailure, i));
        Scan.Blocked(kind, written).Order(StringComparer.Ordinal).ShouldBe(attackers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_decision_names_the_twentieth_line_and_its_second()
    {
        var lines = Enumerable.Range(0, 25).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(i))).ToList();
        lines.InsertRange(3, Enumerable.Range(0, 4).Select(i => Scan.Nginx("192.0.2.1", Scan.Noon.AddSeconds(i), 200)));
        var decision = Scan.Decisions(LogKind.Nginx, lines).Single(d => d.Outcome == FestivalOps.Blocking.Deciding.BlockOutcome.Block);
        (decision.Line, decision.At).ShouldBe((24, Scan.Noon.AddSeconds(19)));
        decision.Reason.En.ShouldBe("20 refused requests within 19 s (the rule: 20 in less than 300 s)");
        decision.Reason.Ja.ShouldBe("拒否されたリクエストが 19 秒間に 20 件 (基準: 300 秒未満に 20 件)");
    }

    private static IEnumerable<string> Write(LogKind kind, string address, double second, bool isFailure, int number)
    {
        var at = Scan.Noon.AddTicks((long)(second * TimeSpan.TicksPerSecond));
        if (kind == LogKind.Nginx) return [Scan.Nginx(address, at, isFailure ? 401 : 200)];
        if (kind == LogKind.Rails) return [$"{{\"timestamp\":\"{at:yyyy-MM-ddTHH:mm:ss.ffffff}Z\",\"status\":{(isFailure ? 401 : 200)},\"remote_ip\":\"{address}\",\"path\":\"/\"}}"];
        var (port, process) = (1024 + number % 60_000, $"sshd[{number}]");
        if (!isFailure) return [Scan.Iso(at, $"Accepted publickey for deploy from {address} port {port} ssh2: ED25519 SHA256:x", process)];
        // A failure of an unknown user is two lines, one failure.
        return number % 2 == 0
            ? [Scan.Iso(at, Scan.Failed(address, "root", port), process)]
            : [Scan.Iso(at, $"Invalid user admin from {address} port {port}", process), Scan.Iso(at, Scan.Failed(address, "invalid user admin", port), process)];
    }

    // Every seventh is a /64 of which each line has another address… of one customer.
    private static string Address(int i) => i % 7 == 0 ? $"2001:db8:{i:x}:1::{i + 1:x}" : $"203.{i / 256}.{i % 256}.9";

    private static string Counted(string address) => address.Contains(':', StringComparison.Ordinal) ? $"{address[..address.IndexOf("::", StringComparison.Ordinal)]}::/64" : address;

    private static double[] Spread(int count, double seconds) => [.. Enumerable.Range(0, count).Select(i => seconds * i / (count - 1))];
}
