using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Maintenance.SecurityAudit;
using FestivalOps.Maintenance.SecurityCheck;
using FestivalOps.Scheduling;
using FestivalOps.Tests.Hosts;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Security;

/// <summary>The Friday check and the quarterly audit, with a real nginx and its log, and programs that say what the real ones say.</summary>
public sealed class SecurityTasksTests : IAsyncLifetime
{
    private static readonly HttpClient Http = new();

    private readonly TaskStage _stage = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await SayAsync("bundle", AuditReportTests.Bundle, code: 1);
        await SayAsync("npm", AuditReportTests.Npm, code: 1);
        _stage.Set("Maintenance:Application:Folder", _stage.Folder).Set("Maintenance:Application:Bundle", Path.Combine(_stage.Folder, "bundle")).Set("Maintenance:Application:Npm", Path.Combine(_stage.Folder, "npm"))
            .Set("Maintenance:SecurityCheck:CertificateFile", "").Set("Maintenance:SecurityCheck:AccessLog", Path.Combine(_stage.Folder, "access.log"));
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Weaknesses_are_counted_by_severity_and_the_worst_named()
    {
        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<SecurityCheckTask>(run);
        outcome.End.ShouldBe(TaskEnd.Warning);
        run.Output().ShouldContain("figure gem_weaknesses=4\nfigure npm_weaknesses=2\n", customMessage: "the checklist reads these");
        run.Output().ShouldNotContain("figure answers_404");
        outcome.En().ShouldContain("△ bundle audit: 4 known weakness(es) (1 critical, 2 high, 1 unknown)\n└ nokogiri 1.13.0 (critical) CVE-2022-24836 Slow  regexp\n");
        outcome.En().ShouldContain("△ npm audit: 2 known weakness(es) (1 high, 1 moderate)\n└ braces (high) Uncontrolled resource consumption in braces\n");
        outcome.Ja().ShouldContain("bundle audit: 既知の脆弱性 4 件(緊急 1・高 2・不明 1)");
        outcome.En().ShouldContain($"? access log: not available: local has no {_stage.Folder}/access.log.");
        outcome.En().ShouldContain("? TLS: not available: ");
    }

    [Theory]
    [InlineData("<html>", 0, "× bundle audit: what it said can't be read")]
    [InlineData("", 2, "× bundle audit: exit code 2")]
    [InlineData("Could not find command audit.", 15, "? bundle audit: not available: local says \"Could not find command audit.")]
    public async Task A_tool_that_says_something_else_is_said_and_the_others_go_on(string says, int code, string line)
    {
        await SayAsync("bundle", says, code);
        var outcome = await _stage.RunAsync<SecurityCheckTask>();
        outcome.En().ShouldContain(line);
        outcome.En().ShouldContain("npm audit: 2 known weakness(es)");
    }

    [Fact]
    public async Task Without_the_tools_they_are_not_available()
    {
        _stage.Set("Maintenance:Application:Bundle", "/no/bundle").Set("Maintenance:Application:Npm", "/no/npm");
        var outcome = await _stage.RunAsync<SecurityCheckTask>();
        outcome.End.ShouldBe(TaskEnd.NotAvailable);
        outcome.En().ShouldContain("? bundle audit: not available: local has no /no/bundle.");
        outcome.En().ShouldContain("? npm audit: not available: local has no /no/npm.");
    }

    [Theory]
    [InlineData(60, TaskEnd.Ok, "59 day(s) left")]
    [InlineData(20, TaskEnd.Warning, "19 day(s) left")]
    [InlineData(3, TaskEnd.Failed, "2 day(s) left")]
    [InlineData(-1.5, TaskEnd.Failed, "expired 2 day(s) ago")]
    internal async Task The_certificate_file_and_the_live_one_are_held_against_30_and_7_days(double days, TaskEnd end, string says)
    {
        await using var app = await StartAppAsync();
        await using var nginx = await NginxServer.StartAsync(new() { Application = app.Address, CertificateDaysLeft = days }, Ct);
        await SayAsync("bundle", "No vulnerabilities found\n", 0);
        await SayAsync("npm", "{\"vulnerabilities\":{}}", 0);
        _stage.Set("Maintenance:SecurityCheck:CertificateFile", nginx.CertificateFile).Set("Checks:Certificate:Endpoint", $"127.0.0.1:{nginx.HttpsPort}");
        var outcome = await _stage.RunAsync<SecurityCheckTask>();
        var lines = outcome.Details.Select(d => d.En).ToList();
        var sign = end == TaskEnd.Ok ? "○" : end == TaskEnd.Warning ? "△" : "×";
        lines.ShouldContain(l => l.StartsWith($"{sign} certificate {nginx.CertificateFile}: {says}", StringComparison.Ordinal), outcome.En());
        // Nobody trusts the live one here, which is said whatever its dates are.
        lines.ShouldContain(l => l.StartsWith($"× certificate 127.0.0.1:{nginx.HttpsPort} is not trusted: its chain does not hold (", StringComparison.Ordinal), outcome.En());
        lines.ShouldContain(l => l.StartsWith($"└ certificate 127.0.0.1:{nginx.HttpsPort}: {says}", StringComparison.Ordinal), outcome.En());
        lines.ShouldContain(l => l.StartsWith("└ Tls1", StringComparison.Ordinal), outcome.En());
    }

    [Fact]
    public async Task Refused_requests_of_a_real_nginx_are_counted_by_status_and_not_by_whatever_holds_the_number()
    {
        await using var app = await StartAppAsync();
        await using var nginx = await NginxServer.StartAsync(new() { Application = app.Address }, Ct);
        foreach (var path in (string[])["/404", "/no/such/403?x=429", "/no/such/403", "/up"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(nginx.Address, path));
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("User-Agent", "429 404");
            using var response = await Http.SendAsync(request, Ct);
        }
        var statuses = (await File.ReadAllLinesAsync(nginx.AccessLog, Ct)).Select(l => AccessLine.Read(l)!.Value).ToList();
        _stage.Set("Maintenance:SecurityCheck:AccessLog", nginx.AccessLog);
        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<SecurityCheckTask>(run);
        outcome.En().ShouldContain($"access log: 403: 0, 404: {statuses.Count(s => s.Status == 404)}, 429: 0 (of 4 requests since ");
        outcome.En().ShouldContain("most from: 203.0.113.9 ");
        run.Output().ShouldContain("figure answers_403=0\nfigure answers_404=3\nfigure answers_429=0\n");
        statuses.Count(s => s.Status == 404).ShouldBe(3);
        outcome.En().ShouldContain("most for: /no/such/403 2, /404 1");
    }

    [Fact]
    public async Task The_log_that_was_rotated_last_counts_what_is_old_does_not_and_nonsense_is_said()
    {
        var log = Path.Combine(_stage.Folder, "access.log");
        string Line(int daysAgo, int status) => $"198.51.100.7 - - [{TimeProvider.System.GetUtcNow().AddDays(-daysAgo):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET / HTTP/1.1\" {status} 1 \"-\" \"-\"";
        await File.WriteAllLinesAsync(log, [Line(1, 429), "nonsense", Line(0, 200)], Ct);
        await File.WriteAllLinesAsync(log + ".1", [Line(20, 404), Line(3, 404)], Ct);
        var said = (await _stage.RunAsync<SecurityCheckTask>()).En();
        said.ShouldContain("access log: 403: 0, 404: 1, 429: 1 (of 3 requests since ");
        said.ShouldContain("lines that can't be read: 1");
    }

    [Fact]
    public async Task The_audit_keeps_the_report_as_JSON_without_personal_data()
    {
        await SayAsync("bundle", "festivalops-report:{\"audit\":{\"overall_score\":92,\"critical_issues\":[],\"warnings\":[\"mail to taro@example.com from 203.0.113.9\"],\"passed_checks\":[]}}", 0);
        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<SecurityAuditTask>(run);
        outcome.En().ShouldContain("○ security audit: score 92 % (target > 80 %), 0 critical issue(s), 1 warning(s)");
        run.Output().ShouldContain("figure security_score=92\nfigure security_critical_issues=0\n");
        run.Output().ShouldContain("\"overall_score\": 92");
        run.Output().ShouldContain("mail to ***@example.com from 203.0.113.x");
    }

    [Theory]
    [InlineData("echo 'festivalops-report:{\"audit\":{\"overall_score\":80,\"critical_issues\":[]}}'", "△ security audit: score 80 % (target > 80 %)")]
    [InlineData("echo 'festivalops-report:{\"audit\":{\"overall_score\":95,\"critical_issues\":[\"open redirect\"]}}'", "× security audit: score 95 % (target > 80 %), 1 critical issue(s), 0 warning(s)\n└ critical: open redirect")]
    [InlineData("echo 'festivalops-report:{\"audit\":{}}'", "△ security audit: score unknown (target > 80 %)")]
    [InlineData("echo 'uninitialized constant SecurityAuditService (NameError)' >&2; exit 1", "? security audit: not available: the application has no SecurityAuditService")]
    [InlineData("echo hello", "× SecurityAuditService: what it said can't be read")]
    [InlineData("echo 'password=hush-hush refused' >&2; exit 1", "× security audit: exit code 1: password=*** refused")]
    public async Task The_score_must_be_above_80_and_nothing_critical(string script, string says)
    {
        await _stage.ProgramAsync("bundle", $"case \"$1\" in exec) {script} ;; *) echo 'No vulnerabilities found' ;; esac");
        (await _stage.RunAsync<SecurityAuditTask>()).En().ShouldContain(says);
    }

    [Fact]
    public async Task A_host_that_is_gone_fails_every_part_with_its_reason_and_none_with_a_zero()
    {
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        var ssh = await SshServer.StartAsync(Ct);
        _stage.Over(ssh);
        await ssh.StopAsync();
        var outcome = await _stage.RunAsync<SecurityCheckTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        foreach (var part in (string[])["bundle audit", "npm audit", "access log"]) outcome.En().ShouldContain($"× {part}: web1 (");
        outcome.En().ShouldNotContain("404: 0");
    }

    private static async Task<SampleApp> StartAppAsync()
    {
        Assert.SkipUnless(NginxServer.IsAvailable(out var reason), reason);
        return await SampleApp.StartAsync(new(), Ct);
    }

    private async Task SayAsync(string name, string says, int code)
    {
        await File.WriteAllTextAsync(Path.Combine(_stage.Folder, name + ".out"), says, Ct);
        await _stage.ProgramAsync(name, $"cat '{_stage.Folder}/{name}.out'; exit {code}");
    }
}
