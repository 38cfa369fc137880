using System.Diagnostics;
using FestivalOps.Blocking;
using FestivalOps.Blocking.Blocks.Radius;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Blocks;

/// <summary>What a block would hit, counted in logs of the last 24 hours.</summary>
public sealed class BlastRadiusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fops-radius-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Access => Path.Combine(_folder, "access.log");

    private string Auth => Path.Combine(_folder, "auth.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Requests_log_ins_and_payments_of_24_hours_are_counted()
    {
        await File.WriteAllLinesAsync(Access + ".1",
        [
            Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(-30), 200), Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(-23), 404), Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(-22), 200, "GET / HTTP/1.1"),
        ], Ct);
        await File.WriteAllLinesAsync(Access,
        [
            Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(-2), 302), Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(-1), 401), Scan.Nginx("203.0.113.10", Scan.Noon, 200),
            Scan.Nginx("203.0.113.9", Scan.Noon, 201, "POST /festivals/7/payments HTTP/1.1"), Scan.Nginx("203.0.113.9", Scan.Noon, 422, "POST /festivals/7/payments HTTP/1.1"), "broken line",
        ], Ct);
        await File.WriteAllLinesAsync(Auth,
        [
            Scan.Auth(Scan.Noon.AddHours(-30), "Accepted publickey for deploy from 203.0.113.9 port 40000 ssh2: ED25519 SHA256:abc"),
            Scan.Auth(Scan.Noon.AddHours(-3), "Accepted publickey for deploy from 203.0.113.9 port 40000 ssh2: ED25519 SHA256:abc"),
            Scan.Auth(Scan.Noon.AddHours(-3), "Accepted password for deploy from 198.51.100.1 port 40000 ssh2"),
            Scan.Auth(Scan.Noon.AddHours(-3), Scan.Failed("203.0.113.9")),
            Scan.Auth(Scan.Noon.AddHours(-3), "Accepted publickey for deploy from 203.0.113.9 port 40000 ssh2", "evil[1]"),
        ], Ct);
        var found = await Radius().OfAsync(BlockStage.Range("203.0.113.9"), Ct);
        (found.Requests, found.Refused, found.WebLogins, found.Payments, found.SshLogins).ShouldBe((6, 2, 1, 1, 1));
        (found.AccessLogs, found.AuthLogs, found.Since, found.Unread.Count).ShouldBe((1, 1, null, 0));
        (await Radius().OfAsync(BlockStage.Range("203.0.113.0/24"), Ct)).Requests.ShouldBe(7);
    }

    [Fact]
    public async Task A_log_that_reaches_back_less_says_since_when()
    {
        await File.WriteAllLinesAsync(Access, [Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(-2), 200)], Ct);
        (await Radius().OfAsync(BlockStage.Range("203.0.113.9"), Ct)).Since.ShouldBe(Scan.Noon.AddHours(-2));
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_not_zero()
    {
        var found = await Radius().OfAsync(BlockStage.Range("203.0.113.9"), Ct);
        (found.AccessLogs, found.AuthLogs, found.Unread.Count).ShouldBe((0, 0, 2));
    }

    [Fact]
    public async Task The_top_addresses_are_those_whose_requests_were_refused_most()
    {
        var lines = Enumerable.Range(1, 12).SelectMany(i => Enumerable.Range(0, i).Select(_ => Scan.Nginx($"203.0.113.{i}", Scan.Noon.AddMinutes(-5), 404))).Append(Scan.Nginx("203.0.113.99", Scan.Noon, 200));
        await File.WriteAllLinesAsync(Access, lines, Ct);
        var top = await Radius().TopAsync(10, Ct);
        top.Addresses.Select(a => (a.Address.ToString(), a.Refused)).ShouldBe(Enumerable.Range(3, 10).Reverse().Select(i => ($"203.0.113.{i}", i)));
        top.All.ShouldBe(12);
    }

    [Fact]
    public void A_log_is_read_from_its_end_line_by_line()
    {
        var file = Path.Combine(_folder, "lines");
        var written = Enumerable.Range(0, 60_000).Select(i => $"{i} {new string('x', i % 97)}").ToList();
        File.WriteAllText(file, string.Join('\n', written) + "\n");
        var seen = new List<string>();
        new RecentLines(long.MaxValue, long.MaxValue).Read(file, line =>
        {
            seen.Add(System.Text.Encoding.ASCII.GetString(line));
            return true;
        }).ShouldBeTrue();
        seen.Reverse();
        seen.ShouldBe(written);
        var late = new RecentLines(Stopwatch.GetTimestamp() - 1, long.MaxValue);
        late.Read(file, _ => true).ShouldBeFalse();
        late.IsCut.ShouldBeTrue();
    }

    [Fact]
    public void The_line_that_met_a_rule_is_the_evidence()
    {
        var lines = Enumerable.Range(0, 20).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(i), request: $"GET /{i}\u001b[31m HTTP/1.1"));
        var decision = Scan.Decisions(LogKind.Nginx, lines).Single(d => d.Outcome == BlockOutcome.Block);
        decision.Evidence.ShouldStartWith("203.0.113.9 - - [29/Nov/2026:04:00:19 +0000] \"GET /19");
        decision.Evidence.ShouldNotContain('\u001b');
        decision.Evidence.Length.ShouldBeLessThanOrEqualTo(BlockDecision.MaxEvidence);
    }

    private BlastRadius Radius()
    {
        var options = new BlockingOptions { TrustedProxies = ["none"] };
        options.Logs["access"] = new() { Path = Access };
        options.Logs["auth"] = new() { Path = Auth, Kind = "Auth", TimeZone = "Etc/UTC" };
        return new(Options.Create(options), new FakeTimeProvider(Scan.Noon));
    }
}
