using FestivalOps.Blocking.Reading;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>
/// Lines that attackers wrote parts of, each decided as listed: 30 of them in 30 seconds, and who is blocked for that. Nobody else ever is;
/// 198.51.100.7 is always the attacker and 8.8.8.8 always innocent.
/// </summary>
public sealed class HostileLineTests
{
    private const string T = "[29/Nov/2026:04:00:SS +0000]";
    private const string A = "198.51.100.7";

    public static TheoryData<string, string, string> Lines => new()
    {
        // nginx: what a client may write is the request, the referer, its name, the agent, X-Forwarded-For.
        { "Nginx", $"{A} - - {T} \"POST /login HTTP/1.1\" 401 5 \"-\" \"8.8.8.8 - - {T} \\x22GET / HTTP/1.1\\x22 401 5\"", A },
        { "Nginx", $"{A} - 8.8.8.8 - - {T} {T} \"POST /login HTTP/1.1\" 401 5 \"-\" \"x\" \"-\"", A },
        { "Nginx", $"{A} - a] b [c {T} \"POST /login HTTP/1.1\" 401 5 \"-\" \"x\" \"-\"", A },
        { "Nginx", $"{A} - - {T} \"GET /\\x22 401 8.8.8.8 HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", A },
        { "Nginx", $"{A} - - {T} \"\\x16\\x03\\x01\" 400 5 \"-\" \"-\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET / HTTP/1.1\" 200 5 \"-\" \"\\x22 404 5\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /?a=\\x22 404 8 HTTP/1.1\" 200 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /\\\\\" 404 5 \"-\" \"x\" \"-\"", A },
        { "Nginx", $"{A} - - {T} \"GET /\\\" 404 5\" 200 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"8.8.8.8\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"unknown, garbage\"", A },
        { "Nginx", $"{A} - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"127.0.0.1\"", A },
        { "Nginx", $"8.8.8.8.9 - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"008.8.8.8 - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"::ffff:{A} - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", A },
        { "Nginx", $"fe80::1%eth0 - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"0:1:808:808:: - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"127.0.0.1 - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"unix: - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $" 8.8.8.8 - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"{A} - - [32/Nov/2026:04:00:SS +0000] \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /x HTTP/1.1\" 4O4 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /x HTTP/1.1\" 4040 5 \"-\" \"x\" \"-\"", "" },
        { "Nginx", $"{A} - - {T} \"GET /x HTTP/1.1", "" },
        { "Nginx", "\0\0\u0001\u00ff\u00fe\"\"\"\" 404", "" },
        { "Nginx", "\"", "" },
        { "Nginx", $"{{\"remote_addr\":\"{A}\",\"time_iso8601\":\"2026-11-29T04:00:SS+00:00\",\"status\":401,\"request\":\"POST /login HTTP/1.1\",\"http_user_agent\":\"\\\",\\\"remote_addr\\\":\\\"8.8.8.8\"}}", A },
        { "Nginx", $"{{\"remote_addr\":\"{A}\",\"time_iso8601\":\"2026-11-29T04:00:SS+00:00\",\"status\":\"401\",\"http_x_forwarded_for\":\"\"}}", A },
        { "Nginx", $"{{\"remote_addr\":\"{A}\",\"remote_addr\":\"8.8.8.8\",\"time_iso8601\":\"2026-11-29T04:00:SS+00:00\",\"status\":401}}", "" },
        { "Nginx", $"{{\"http_user_agent\":\"\\\"status\\\":200\",\"remote_addr\":\"{A}\",\"time_iso8601\":\"2026-11-29T04:00:SS+00:00\",\"status\":401}}", A },
        { "Nginx", $"{{\"remote_addr\":\"{A}\",\"time_iso8601\":\"2026-11-29T04:00:SS+00:00\",\"status\":401", "" },
        { "Nginx", $"{{\"remote_addr\":{{\"remote_addr\":\"8.8.8.8\"}},\"time_iso8601\":\"2026-11-29T04:00:SS+00:00\",\"status\":401}}", "" },
        // sshd: the user name holds whatever the client wants.
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed password for invalid user root from 8.8.8.8 port 22 ssh2 from {A} port 4711 ssh2", A },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed password for invalid user x from 8.8.8.8 from {A} port 4711 ssh2", A },
        { "Auth", "Nov 29 04:00:SS web1 sshd[1]: Failed password for root from 8.8.8.8 port 22", "" },
        { "Auth", "Nov 29 04:00:SS web1 sshd[1]: Failed password for root from 8.8.8.8 port 22 ssh2 and more", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[SS]: Invalid user Failed password for root from 8.8.8.8 port 22 ssh2 from {A} port 47SS", A },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[SS]: Invalid user  from {A} port 47SS", A },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: message repeated 2 times: [ Failed password for root from {A} port 4711 ssh2]", A },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: message repeated 2 times: [ Failed password for root from {A} port 4711 ssh2", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[SS]: Invalid user message repeated 999 times: [ Failed password for root from 8.8.8.8 port 1 ssh2] from {A} port 47SS", A },
        { "Auth", "Nov 29 04:00:SS web1 sudo: sshd[1]: Failed password for root from 8.8.8.8 port 22 ssh2", "" },
        { "Auth", "Nov 29 04:00:SS web1 evil[1]: Failed password for root from 8.8.8.8 port 22 ssh2", "" },
        { "Auth", "Nov 29 04:00:SS web1 sshd-evil[1]: Failed password for root from 8.8.8.8 port 22 ssh2", "" },
        { "Auth", "Nov 29 04:00:SS sshd[1]: Failed password for root from 8.8.8.8 port 22 ssh2", "" },
        { "Auth", "Nov 29 04:00:SS web1 CRON[1]: (root) CMD (echo Nov 29 04:00:SS web1 sshd[1]: Failed password for root from 8.8.8.8 port 22 ssh2)", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Accepted password for Failed password for root from 8.8.8.8 port 22 ssh2 from {A} port 1 ssh2", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed password for root from host.example.com port 22 ssh2", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed password for root from {A} port 99999 ssh2", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed publickey for deploy from {A} port 4711 ssh2: ED25519 SHA256:abc", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed publickey for invalid user x from {A} port 47SS ssh2: ED25519 SHA256:abc", A },
        // Whoever knocks writes these names behind the address.
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed hostbased for root from {A} port 47SS ssh2: RSA SHA256:abc, client user \"x from 8.8.8.8 port 22 ssh2: \", client host \"a\"", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed gssapi-with-mic for root from {A} port 47SS ssh2: x from 8.8.8.8 port 5 ssh2: RSA SHA256:abc", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed publickey for invalid user x from {A} port 47SS ssh2: RSA-CERT SHA256:abc ID k from 8.8.8.8 port 22 ssh2: (serial 0) CA RSA SHA256:abc", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed publickey for invalid user x from {A} port 47SS ssh2: RSA-CERT SHA256:abc ID k from 8.8.8.8 port 22 ssh2: RSA SHA256:x (serial 0) CA RSA SHA256:abc", "" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed keyboard-interactive/pam for root from {A} port 47SS ssh2", A },
        { "Auth", $"Nov 31 04:00:SS web1 sshd[1]: Failed password for root from {A} port 4711 ssh2", "" },
        { "Auth", $"2026-11-29T04:00:SS.5+00:00 web1 sshd-session[1]: Failed password for root from {A} port 4711 ssh2", A },
        { "Auth", $"2026-11-29T04:00:SSZ web1 sshd[1]: Failed password for root from 2001:db8:1:2::SS port 4711 ssh2", "2001:db8:1:2::/64" },
        { "Auth", $"Nov 29 04:00:SS web1 sshd[1]: Failed password for invalid user {new string('a', 900)} from 8.8.8.8 port 22 ssh2", "" },
        // nginx' error log: nothing is escaped there.
        { "NginxError", $"2026/11/29 04:00:SS [error] 1#1: *5 access forbidden by rule, client: {A}, server: _, request: \"GET / HTTP/1.1\"", A },
        { "NginxError", $"2026/11/29 04:00:SS [error] 1#1: *5 user \"x, client: 8.8.8.8, server: _\" was not found in \"/etc/nginx/htpasswd\", client: {A}, server: _", "" },
        { "NginxError", $"2026/11/29 04:00:SS [error] 1#1: *5 user \"x\" was not found in \"/etc/nginx/htpasswd\", client: {A}, server: _, request: \"GET / HTTP/1.1\", referrer: \"a, client: 8.8.8.8, server\"", "" },
        { "NginxError", $"2026/11/29 04:00:SS [error] 1#1: *5 user \"x\": password mismatch, client: {A}, server: _", A },
        { "NginxError", "2026/11/29 04:00:SS [error] 1#1: *5 open() \"/var/www/a, client: 8.8.8.8\" failed (2: No such file or directory)", "" },
        // Rails: the path is the client's, and plain lines can be forged by whoever gets a line feed into the log.
        { "Rails", $"{{\"timestamp\":\"2026-11-29T04:00:SSZ\",\"status\":401,\"remote_ip\":\"{A}\",\"path\":\"/x\\\",\\\"remote_ip\\\":\\\"8.8.8.8\"}}", A },
        { "Rails", $"{{\"timestamp\":\"2026-11-29T04:00:SSZ\",\"status\":401,\"remote_ip\":\"{A}\",\"ip\":\"8.8.8.8\"}}", "" },
        { "Rails", "{\"message\":\"a\\n[0123456789ab] Completed 401 Unauthorized\"}", "" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_hostile_line_is_decided_as_listed(string kind, string line, string blocked) =>
        Scan.Blocked(Enum.Parse<LogKind>(kind), Thirty(line)).ShouldBe(blocked.Length == 0 ? [] : [blocked]);

    [Fact]
    public void A_line_that_is_longer_than_anybody_reads_is_one_line_and_hides_none()
    {
        var lines = Thirty($"{A} - - {T} \"GET /x HTTP/1.1\" 404 5 \"-\" \"x\" \"-\"").ToList();
        lines.Insert(5, new string('x', 3_000_000) + $"{A} - - {T} \"");
        var decision = Scan.Decisions(LogKind.Nginx, lines).Single(d => d.Outcome == FestivalOps.Blocking.Deciding.BlockOutcome.Block);
        decision.Line.ShouldBe(21);
    }

    [Fact]
    public void Nothing_that_can_stand_in_a_log_throws()
    {
        var random = new Random(7);
        var pieces = new[] { "Failed password for ", "Invalid user ", " from ", "8.8.8.8", " port ", "22", " ssh2", "\"", "[", "]", "Nov 29 04:00:01 ", "web1 ", "sshd[1]: ", "message repeated ", " times: [ ", "{\"status\":", "404", ",", "}", "\0", "\u00ff", "2026-11-29T04:00:01", "<38>1 ", "Started ", "\" for ", " at ", "_COMM=sshd", "MESSAGE", "\n", "::", ":1", "client: ", "2026/11/29 04:00:01 [error] 1#1: *1 access forbidden by rule, ", "\\" };
        foreach (var kind in Enum.GetValues<LogKind>())
        {
            var lines = Enumerable.Range(0, 20_000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 14)).Select(_ => pieces[random.Next(pieces.Length)])));
            Should.NotThrow(() => Scan.Decisions(kind, lines));
        }
    }

    private static IEnumerable<string> Thirty(string line) => Enumerable.Range(0, 30).Select(i => line.Replace("SS", $"{i + 10:00}", StringComparison.Ordinal));
}
