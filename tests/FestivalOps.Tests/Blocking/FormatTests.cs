using FestivalOps.Blocking;
using FestivalOps.Blocking.Reading;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>Lines of all formats that are read, and what is taken from them.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("Nginx", "203.0.113.9 - - [29/Nov/2026:13:00:05 +0900] \"GET /x HTTP/1.1\" 403 5 \"-\" \"Mozilla\"", "203.0.113.9", 1795924805.0)]
    [InlineData("Nginx", "203.0.113.9 - sato [29/Nov/2026:04:00:05 +0000] \"GET /x HTTP/1.1\" 404 5 \"-\" \"Mozilla\" \"-\"", "203.0.113.9", 1795924805.0)]
    [InlineData("Nginx", "{\"time_local\":\"29/Nov/2026:04:00:05 +0000\",\"remote_addr\":\"203.0.113.9\",\"status\": 429,\"request_uri\":\"/x\"}", "203.0.113.9", 1795924805.0)]
    [InlineData("Nginx", "{\"msec\":\"1795924805.125\",\"remote_addr\":\"2001:DB8::9\",\"status\":\"401\"}", "2001:db8::/64", 1795924805.125)]
    [InlineData("NginxError", "2026/11/29 04:00:05 [error] 7#7: *12 limiting requests, excess: 5.900 by zone \"login\", client: 203.0.113.9, server: _, request: \"GET / HTTP/1.1\"", "203.0.113.9", 1795924805.0)]
    [InlineData("NginxError", "2026/11/29 04:00:05 [error] 7#7: *12 directory index of \"/var/www/\" is forbidden, client: 203.0.113.9, server: _", "203.0.113.9", 1795924805.0)]
    [InlineData("Auth", "Nov 29 04:00:05 web1 sshd[12]: Failed password for root from 203.0.113.9 port 4711 ssh2", "203.0.113.9", 1795924805.0)]
    [InlineData("Auth", "Nov 29 04:00:05 web1 sshd[12]: Failed keyboard-interactive/pam for invalid user a from 203.0.113.9 port 4711 ssh2", "203.0.113.9", 1795924805.0)]
    [InlineData("Auth", "2026-11-29T13:00:05.250000+09:00 web1 sshd-session[12]: Invalid user admin from 203.0.113.9 port 4711", "203.0.113.9", 1795924805.25)]
    [InlineData("Auth", "Nov 29 04:00:05 web1 sshd[12]: Invalid user admin from 203.0.113.9", "203.0.113.9", 1795924805.0)]
    [InlineData("Syslog", "<38>Nov 29 04:00:05 web1 sshd[12]: Failed password for root from 203.0.113.9 port 4711 ssh2", "203.0.113.9", 1795924805.0)]
    [InlineData("Syslog", "<38>1 2026-11-29T04:00:05.5Z web1 sshd 12 - [a b=\"c\\]d\"] Failed password for root from 203.0.113.9 port 4711 ssh2", "203.0.113.9", 1795924805.5)]
    [InlineData("Syslog", "<190>Nov 29 04:00:09 web1 nginx: 203.0.113.9 - - [29/Nov/2026:04:00:05 +0000] \"GET /x HTTP/1.1\" 403 5 \"-\" \"M\" \"-\"", "203.0.113.9", 1795924805.0)]
    [InlineData("Syslog", "<187>Nov 29 04:00:09 web1 nginx: 2026/11/29 04:00:05 [error] 7#7: *12 access forbidden by rule, client: 203.0.113.9, server: _", "203.0.113.9", 1795924805.0)]
    [InlineData("Journal", "{\"__REALTIME_TIMESTAMP\":\"1795924805250000\",\"_COMM\":\"sshd-session\",\"_UID\":\"0\",\"_PID\":\"12\",\"MESSAGE\":\"Failed password for root from 203.0.113.9 port 4711 ssh2\"}", "203.0.113.9", 1795924805.25)]
    [InlineData("Rails", "{\"timestamp\":\"2026-11-29T04:00:05.500Z\",\"level\":\"INFO\",\"method\":\"POST\",\"path\":\"/users/sign_in\",\"status\":401,\"remote_ip\":\"203.0.113.9\"}", "203.0.113.9", 1795924805.5)]
    public void A_line_tells_who_and_when(string kind, string line, string address, double second)
    {
        var (outcome, sighting) = Scan.Line(Enum.Parse<LogKind>(kind), line);
        outcome.ShouldBe(LineOutcome.Counted);
        (sighting.Address.ToString(), sighting.At / 1e6).ShouldBe((address, second));
    }

    [Theory]
    [InlineData("Nov 29 04:00:05 web1 sshd[12]: Failed none for invalid user a from 203.0.113.9 port 4711 ssh2")]
    [InlineData("Nov 29 04:00:05 web1 sshd[12]: Accepted password for root from 203.0.113.9 port 4711 ssh2")]
    [InlineData("Nov 29 04:00:05 web1 CRON[12]: pam_unix(cron:session): session opened for user root by (uid=0)")]
    [InlineData("Nov  9 04:00:05 web1 sshd[12]: Server listening on 0.0.0.0 port 22.")]
    [InlineData("")]
    public void Other_lines_of_auth_log_are_harmless(string line) => Scan.Line(LogKind.Auth, line).Outcome.ShouldBe(LineOutcome.Harmless);

    [Fact]
    public void A_repeated_message_counts_as_often_as_it_says()
    {
        string[] lines =
        [
            Scan.Auth(Scan.Noon, Scan.Failed("203.0.113.9")),
            Scan.Auth(Scan.Noon.AddSeconds(1), $"message repeated 18 times: [ {Scan.Failed("203.0.113.9")}]"),
        ];
        Scan.Blocked(LogKind.Auth, lines).ShouldBeEmpty();
        Scan.Blocked(LogKind.Auth, [.. lines, Scan.Auth(Scan.Noon.AddSeconds(2), Scan.Failed("203.0.113.9"))]).ShouldBe(["203.0.113.9"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_unknown_user_and_its_failed_password_are_one_failure(bool namesPort)
    {
        IEnumerable<string> Connection(int i) =>
        [
            Scan.Auth(Scan.Noon.AddSeconds(i), $"Invalid user admin from 203.0.113.9{(namesPort ? $" port {4000 + i}" : "")}", $"sshd[{i + 1}]"),
            Scan.Auth(Scan.Noon.AddSeconds(i), Scan.Failed("203.0.113.9", "invalid user admin", 4000 + i), $"sshd[{i + 1}]"),
        ];
        Scan.Blocked(LogKind.Auth, Enumerable.Range(0, 19).SelectMany(Connection)).ShouldBeEmpty();
        Scan.Blocked(LogKind.Auth, Enumerable.Range(0, 20).SelectMany(Connection)).ShouldBe(["203.0.113.9"]);
        // In whichever order the two come, when both name the port.
        if (namesPort) Scan.Blocked(LogKind.Auth, Enumerable.Range(0, 19).SelectMany(i => Connection(i).Reverse())).ShouldBeEmpty();
    }

    [Fact]
    public void Further_passwords_of_one_connection_count_each()
    {
        var lines = Enumerable.Range(0, 4).SelectMany(c => Enumerable.Range(0, 6).Select(i => i == 0
            ? Scan.Auth(Scan.Noon, $"Invalid user admin from 203.0.113.9 port {c + 1}")
            : Scan.Auth(Scan.Noon, Scan.Failed("203.0.113.9", "invalid user admin", c + 1))));
        // Four connections of five attempts.
        Scan.Blocked(LogKind.Auth, lines).ShouldBe(["203.0.113.9"]);
        Scan.Blocked(LogKind.Auth, lines.SkipLast(1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_log_without_years_goes_over_new_year()
    {
        var feed = new LineFeed(LogReaders.Make(LogKind.Auth, new(), TimeZoneInfo.Utc, () => new(2027, 1, 1, 1, 0, 0, TimeSpan.Zero)), FestivalOps.Blocking.Deciding.Detector.Of(new()));
        var decisions = new List<FestivalOps.Blocking.Deciding.BlockDecision>();
        var lines = Enumerable.Range(0, 20).Select(i => Scan.Auth(new DateTimeOffset(2026, 12, 31, 23, 59, 50, TimeSpan.Zero).AddSeconds(i), Scan.Failed("203.0.113.9")));
        feed.Take(System.Text.Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n"), decisions);
        decisions.Single(d => d.Outcome == FestivalOps.Blocking.Deciding.BlockOutcome.Block).At.ShouldBe(new(2027, 1, 1, 0, 0, 9, TimeSpan.Zero));
    }

    [Fact]
    public void Plain_Rails_lines_are_brought_together_by_their_request_and_only_warned_of()
    {
        static IEnumerable<string> Request(int i) =>
        [
            $"I, [2026-11-29T04:00:{i:00}.000000 #1]  INFO -- : [9f0c2d4e-{i:0000}] Started POST \"/x\" for 8.8.8.8 at 2026-11-29 04:00:{i:00} +0000\" for 203.0.113.9 at 2026-11-29 04:00:{i:00} +0000",
            $"I, [2026-11-29T04:00:{i:00}.000000 #1]  INFO -- : [aaaaaaaa-{i:0000}] Started GET \"/\" for 192.0.2.1 at 2026-11-29 04:00:{i:00} +0000",
            $"I, [2026-11-29T04:00:{i:00}.000000 #1]  INFO -- : [9f0c2d4e-{i:0000}] Completed 401 Unauthorized in 5ms",
            $"I, [2026-11-29T04:00:{i:00}.000000 #1]  INFO -- : [aaaaaaaa-{i:0000}] Completed 200 OK in 5ms",
        ];
        var plain = Enumerable.Range(0, 30).SelectMany(Request).ToList();
        var decisions = Scan.Decisions(LogKind.Rails, plain);
        decisions.Select(d => (d.Address.ToString(), d.Outcome)).Distinct().ShouldBe([("203.0.113.9", FestivalOps.Blocking.Deciding.BlockOutcome.Warn)]);
        decisions[^1].Reason.En.ShouldEndWith("Lines of this log can be forged, so it is not blocked");
        // The same within JSON can't be forged.
        var json = plain.Select(l => $"{{\"timestamp\":\"2026-11-29T04:00:00Z\",\"level\":\"INFO\",\"message\":{System.Text.Json.JsonSerializer.Serialize(l[(l.IndexOf(" : ", StringComparison.Ordinal) + 3)..])}}}");
        Scan.Blocked(LogKind.Rails, json).ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public void Rails_lines_without_a_request_id_accuse_nobody()
    {
        var lines = Enumerable.Range(0, 30).SelectMany(i => new[] { $"Started POST \"/x\" for 203.0.113.9 at 2026-11-29 04:00:{i:00} +0000", "Completed 401 Unauthorized in 5ms" });
        Scan.Decisions(LogKind.Rails, lines).ShouldBeEmpty();
    }

    [Fact]
    public void A_journal_is_read_in_export_format_and_what_a_binary_field_holds_is_no_field()
    {
        var entry = "__REALTIME_TIMESTAMP=1795924805250000\n_COMM=sshd\n_UID=0\n_PID=12\nMESSAGE=Failed password for root from 203.0.113.9 port 4711 ssh2\n\n";
        Scan.Decisions(LogKind.Journal, Repeat(entry, 20)).Where(d => d.Outcome == FestivalOps.Blocking.Deciding.BlockOutcome.Block).ShouldHaveSingleItem();
        // Another user's program may call itself sshd only in the fields that it writes itself.
        Scan.Decisions(LogKind.Journal, Repeat(entry.Replace("_COMM=sshd", "_COMM=logger\nSYSLOG_IDENTIFIER=sshd", StringComparison.Ordinal), 30)).ShouldBeEmpty();
        Scan.Decisions(LogKind.Journal, Repeat(entry.Replace("_UID=0", "_UID=1000", StringComparison.Ordinal), 30)).ShouldBeEmpty();

        var forged = "\n\n" + entry;
        foreach (var length in new[] { forged.Length, 10, 70_000 })
        {
            var content = length == forged.Length ? forged : length == 10 ? "0123\n56789" : string.Concat(Enumerable.Repeat(forged, 1_000))[..length];
            var binary = "_COMM=evil\n_UID=1000\nMESSAGE\n" + System.Text.Encoding.Latin1.GetString(BitConverter.GetBytes((ulong)length)) + content + "\nPRIORITY=6\n\n";
            Scan.Decisions(LogKind.Journal, Repeat(binary, 30)).ShouldBeEmpty();
            // And the entries behind it are read.
            Scan.Decisions(LogKind.Journal, [.. Repeat(binary, 3), .. Repeat(entry, 20)]).Where(d => d.Outcome == FestivalOps.Blocking.Deciding.BlockOutcome.Block).ShouldHaveSingleItem();
        }
    }

    private static byte[] Repeat(string text, int times) => System.Text.Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}
