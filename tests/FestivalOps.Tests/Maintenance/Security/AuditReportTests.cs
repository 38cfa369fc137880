using FestivalOps.Maintenance.Security;
using FestivalOps.Maintenance.SecurityCheck;
using FestivalOps.Maintenance.SystemUpdates;
using FestivalOps.Scheduling;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Security;

/// <summary>What the tools say, read: as they say it, and as nobody should.</summary>
public sealed class AuditReportTests
{
    internal const string Bundle = """
        {"version":"0.9.2","created_at":"2026-11-27 09:30:00 +0900","results":[
        {"type":"unpatched_gem","gem":{"name":"rack","version":"2.2.3"},"advisory":{"id":"CVE-2022-30122","title":"Denial of Service in Rack","criticality":"high"}},
        {"type":"unpatched_gem","gem":{"name":"nokogiri","version":"1.13.0"},"advisory":{"id":"CVE-2022-24836","title":"Slow \u202E\nregexp","criticality":"critical"}},
        {"type":"unpatched_gem","gem":{"name":"puma","version":"5.0.0"},"advisory":{"id":"CVE-2022-23634","title":"Leak","criticality":null}},
        {"type":"insecure_source","source":"http://gems.example.com/"}]}
        """;

    internal const string Npm = """
        {"auditReportVersion":2,"vulnerabilities":{
        "braces":{"name":"braces","severity":"high","via":[{"source":1,"title":"Uncontrolled resource consumption in braces"}]},
        "micromatch":{"name":"micromatch","severity":"moderate","via":["braces"]}},"metadata":{"vulnerabilities":{"high":1,"moderate":1,"total":2}}}
        """;

    [Fact]
    public void Bundler_audits_JSON_is_read_also_behind_words_about_its_update()
    {
        var found = BundleAuditReport.Read("Updating ruby-advisory-db ...\nAlready up to date.\n" + Bundle)!;
        found.Select(f => (f.Package, f.Severity)).ShouldBe([("rack 2.2.3", Severity.High), ("nokogiri 1.13.0", Severity.Critical), ("puma 5.0.0", Severity.Unknown), ("http://gems.example.com/", Severity.High)]);
        found[1].Title.ShouldBe("CVE-2022-24836 Slow  regexp");
    }

    [Fact]
    public void So_is_the_text_of_older_versions()
    {
        const string text = "Name: actionpack\nVersion: 3.2.10\nCVE: CVE-2013-0156\nCriticality: High\nURL: http://example.com\nTitle: Object injection\nSolution: upgrade\n\nName: rack\nVersion: 1\nTitle: x\n\nVulnerabilities found!\n";
        BundleAuditReport.Read(text)!.Select(f => (f.Package, f.Severity, f.Title)).ShouldBe([("actionpack 3.2.10", Severity.High, "Object injection"), ("rack 1", Severity.Unknown, "x")]);
        BundleAuditReport.Read("ruby-advisory-db: 900 advisories\nNo vulnerabilities found\n").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>502</html>")]
    [InlineData("{\"results\":")]
    [InlineData("{\"results\":7}")]
    [InlineData("[]")]
    public void What_is_neither_is_no_success(string said)
    {
        BundleAuditReport.Read(said).ShouldBeNull();
        NpmAuditReport.Read(said, out _).ShouldBeNull();
    }

    [Fact]
    public void Npm_audits_JSON_is_read_with_its_own_errors()
    {
        var report = NpmAuditReport.Read(Npm, out var error)!;
        error.ShouldBeNull();
        report.Weaknesses.Select(w => (w.Package, w.Severity, w.Title)).ShouldBe([("braces", Severity.High, "Uncontrolled resource consumption in braces"), ("micromatch", Severity.Moderate, "")]);
        NpmAuditReport.Read("""{"error":{"code":"ENOTFOUND","summary":"request failed\nagain"}}""", out error).ShouldBeNull();
        error.ShouldBe("ENOTFOUND request failed again");
        NpmAuditReport.Read("""{"added":2,"removed":1,"changed":3,"audit":{"vulnerabilities":{}}}""", out _)!.Changed.ShouldBe(6);
        NpmAuditReport.Read("""{"added":[{}],"removed":[],"changed":[{},{}]}""", out _)!.Changed.ShouldBe(3);
        NpmAuditReport.Read("""{"vulnerabilities":{"a":7,"b":{"via":7}}}""", out _)!.Weaknesses.Count.ShouldBe(2);
    }

    [Fact]
    public void An_upgrade_is_read_with_versions_and_security()
    {
        const string said = "NOTE: This is only a simulation!\nInst openssl [3.0.17-1] (3.0.18-1 Debian-Security:12/stable-security [amd64])\nInst base-files [12.4] (12.5 Debian:12.8/stable [amd64]) []\nInst new (1.0 Debian:12/stable [all])\nConf openssl (3.0.18-1 Debian-Security:12 [amd64])\n";
        PackagePlan.Apt(said).Select(p => (p.ToString(), p.IsSecurity)).ShouldBe([("base-files 12.4 → 12.5", false), ("new - → 1.0", false), ("openssl 3.0.17-1 → 3.0.18-1", true)]);
        PackagePlan.Gems("\nrack (newest 2.2.9, installed 2.2.3, requested ~> 2.2)\npuma (newest 6.4.3, installed 6.4.2)\nnonsense\n").Select(p => p.ToString()).ShouldBe(["puma 6.4.2 → 6.4.3", "rack 2.2.3 → 2.2.9"]);
    }

    [Theory]
    [InlineData("notBefore=Nov  1 00:00:00 2026 GMT\nnotAfter=Dec  5 12:34:56 2026 GMT\n", "2026-12-05T12:34:56")]
    [InlineData("notAfter=Nov 30 00:00:00 2027 GMT", "2027-11-30T00:00:00")]
    [InlineData("notAfter=tomorrow", null)]
    [InlineData("unable to load certificate", null)]
    public void The_end_of_a_certificate_is_read_as_openssl_writes_it(string said, string? end) =>
        (SecurityCheckTask.NotAfter(said)?.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(end);

    [Theory]
    [InlineData("Status: active\nLogging: on (low)\nDefault: deny (incoming), allow (outgoing), disabled (routed)\n\nTo   Action   From\n22/tcp   ALLOW IN   Anywhere\n", TaskEnd.Ok)]
    [InlineData("Status: active\nDefault: allow (incoming), allow (outgoing)\n", TaskEnd.Failed)]
    [InlineData("Status: inactive\n", TaskEnd.Failed)]
    internal void Ufw_is_judged(string said, TaskEnd end) => Firewall.JudgeUfw(said).End.ShouldBe(end);

    [Theory]
    [InlineData("table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n", TaskEnd.Ok)]
    [InlineData("table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t\ttcp dport 22 accept\n\t\tdrop\n\t}\n}\n", TaskEnd.Ok)]
    [InlineData("table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t}\n\tchain forward {\n\t\ttype filter hook forward priority filter; policy drop;\n\t}\n}\n", TaskEnd.Warning)]
    [InlineData("", TaskEnd.Failed)]
    internal void Nftables_is_judged(string said, TaskEnd end) => Firewall.JudgeNft(said).End.ShouldBe(end);

    [Fact]
    public void The_report_is_found_behind_chatter_and_its_score_may_be_a_decimal_in_quotes()
    {
        var report = RailsAudit.Read("""
            DEPRECATION WARNING: {"audit": "no"}
            festivalops-report:{"audit":{"overall_score":"85.5","critical_issues":[{"message":"Admin without 2FA: taro@example.com"},"plain",{"code":7}],"warnings":[1,2],"passed_checks":[1]}}
            bye
            """)!;
        (report.Score, report.Warnings, report.Passed).ShouldBe((85.5, 2, 1));
        report.Critical.ShouldBe(["Admin without 2FA: ***@example.com", "plain", "{\"code\":7}"]);
        RailsAudit.Read("no report").ShouldBeNull();
        RailsAudit.Read("festivalops-report:{\"audit\":").ShouldBeNull();
        RailsAudit.Read("festivalops-report:{\"audit\":[]}").ShouldBeNull();
        RailsAudit.Read("festivalops-report:{\"audit\":{}}")!.Score.ShouldBeNull();
    }
}
