using System.Diagnostics;
using System.Globalization;
using System.Text;
using FestivalOps.Alerting.Export;
using FestivalOps.Checks;
using FestivalOps.Tests.House;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace FestivalOps.Tests.Alerting;

/// <summary>The exported rule file, judged by Prometheus' own tool.</summary>
public sealed class RuleExportTests
{
    // Series of one value a minute, that are well and that are bad (critical) by the delivered limits.
    private static readonly Dictionary<string, (string[] Well, string[] Bad)> Series = new(StringComparer.Ordinal)
    {
        ["up"] = (["up{job=\"festival-planner-app\",instance=\"app:3000\"} | 1"], ["up{job=\"festival-planner-app\",instance=\"app:3000\"} | 0"]),
        ["postgresql"] = (
            ["up{job=\"postgres\",instance=\"db\"} | 1", "pg_up{job=\"postgres\",instance=\"db\"} | 1"],
            ["up{job=\"postgres\",instance=\"db\"} | 1", "pg_up{job=\"postgres\",instance=\"db\"} | 0"]),
        ["redis"] = (["up{job=\"redis\",instance=\"r\"} | 1"], ["up{job=\"redis\",instance=\"r\"} | 0"]),
        ["disk"] = (Disk(free: 50), Disk(free: 5)),
        ["response-time"] = (
            ["http_request_duration_seconds{quantile=\"0.95\",instance=\"app\"} | 0.4"], ["http_request_duration_seconds{quantile=\"0.95\",instance=\"app\"} | 1.5"]),
        ["error-rate"] = (
            ["http_requests_total{status=\"200\"} + 1000", "http_requests_total{status=\"500\"} + 5"],
            ["http_requests_total{status=\"200\"} + 1000", "http_requests_total{status=\"503\"} + 100"]),
        ["availability"] = (["up{job=\"festival-planner-app\",instance=\"app:3000\"} | 1"], ["up{job=\"festival-planner-app\",instance=\"app:3000\"} | 0"]),
        ["payment-failures"] = (
            ["payment_attempts_total{} + 100", "payment_failures_total{} + 1"], ["payment_attempts_total{} + 100", "payment_failures_total{} + 10"]),
        ["db-connections"] = (
            ["pg_stat_database_numbackends{instance=\"db\",datname=\"a\"} | 20", "pg_settings_max_connections{instance=\"db\"} | 100"],
            ["pg_stat_database_numbackends{instance=\"db\",datname=\"a\"} | 50", "pg_stat_database_numbackends{instance=\"db\",datname=\"b\"} | 45", "pg_settings_max_connections{instance=\"db\"} | 100"]),
        ["redis-memory"] = (
            ["redis_memory_used_bytes{instance=\"r\"} | 50", "redis_memory_max_bytes{instance=\"r\"} | 100"],
            ["redis_memory_used_bytes{instance=\"r\"} | 97", "redis_memory_max_bytes{instance=\"r\"} | 100"]),
        ["memory"] = (
            ["node_memory_MemAvailable_bytes{instance=\"w\"} | 40", "node_memory_MemTotal_bytes{instance=\"w\"} | 100"],
            ["node_memory_MemAvailable_bytes{instance=\"w\"} | 3", "node_memory_MemTotal_bytes{instance=\"w\"} | 100"]),
        ["cpu"] = (
            ["node_cpu_seconds_total{instance=\"w\",mode=\"idle\",cpu=\"0\"} + 30", "node_cpu_seconds_total{instance=\"w\",mode=\"user\",cpu=\"0\"} + 30"],
            ["node_cpu_seconds_total{instance=\"w\",mode=\"idle\",cpu=\"0\"} + 3", "node_cpu_seconds_total{instance=\"w\",mode=\"user\",cpu=\"0\"} + 57"]),
        ["load"] = (
            ["node_load5{instance=\"w\"} | 1", "node_cpu_seconds_total{instance=\"w\",mode=\"idle\",cpu=\"0\"} | 1"],
            ["node_load5{instance=\"w\"} | 25", "node_cpu_seconds_total{instance=\"w\",mode=\"idle\",cpu=\"0\"} | 1", "node_cpu_seconds_total{instance=\"w\",mode=\"idle\",cpu=\"1\"} | 1"]),
        // promtool's clock begins at 1970: 400 days and 3 days after that.
        ["certificate"] = (["probe_ssl_earliest_cert_expiry{instance=\"h\"} | 34560000"], ["probe_ssl_earliest_cert_expiry{instance=\"h\"} | 259200"]),
    };

    [Fact]
    public async Task Promtool_accepts_the_file()
    {
        var (code, said) = await PromtoolAsync(["check", "rules"], Export());
        code.ShouldBe(0, said);
        said.ShouldContain("rules found");
    }

    [Fact]
    public async Task Each_rule_fires_when_it_should_and_not_before_and_not_otherwise()
    {
        var rules = Rules(Export());
        rules.Select(r => r.Check).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal).ShouldBe(Series.Keys, ignoreOrder: true);
        var (code, said) = await PromtoolAsync(["test", "rules"], Export(), Cases(rules));
        code.ShouldBe(0, said);
    }

    [Fact]
    public async Task A_rule_that_would_not_fire_is_noticed_by_this_very_test()
    {
        // CPU limits that 95 % is within: the cases written for the delivered limits must fail.
        var lax = Export(("Checks:Cpu:Warning", "96"), ("Checks:Cpu:Critical", "97"));
        var (code, said) = await PromtoolAsync(["test", "rules"], lax, Cases(Rules(Export())));
        code.ShouldNotBe(0);
        said.ShouldContain("HighCpuUsage");
    }

    [Fact]
    public void The_file_follows_the_settings()
    {
        var file = Export(
            ("Checks:Cpu:Warning", "70.5"), ("Alerting:Rules:Cpu:WarningForSeconds", "42"), ("Alerting:Export:DatabaseJob", "postgresql"),
            ("Checks:ErrorRate:Query", "festival:errors{path=~'/a''b'}"), ("Alerting:Watchdog:AlertName", "StillAlive"));
        var rules = Rules(file);
        rules.ShouldContain(r => r.Check == "cpu" && r.Expression.EndsWith("> 70.5", StringComparison.Ordinal) && r.For == "42s");
        rules.ShouldContain(r => r.Check == "postgresql" && r.Expression.Contains("up{job=\"postgresql\"}", StringComparison.Ordinal));
        rules.ShouldContain(r => r.Check == "error-rate" && r.Expression == "(festival:errors{path=~'/a''b'}) > 1");
        rules.ShouldContain(r => r.Alert == "StillAlive" && r.Expression == "vector(1)");
    }

    [Fact]
    public void What_is_not_exported_is_named_and_everything_else_is()
    {
        using var bot = (IDisposable)TestBot.Build();
        var checks = ((Microsoft.AspNetCore.Builder.WebApplication)bot).Services.GetServices<ICheck>().Select(c => c.Name);
        checks.Except(Series.Keys, StringComparer.Ordinal).ShouldBe(["health-url"]);
        Export().ShouldContain("health-url");
    }

    [Fact]
    public void A_wrong_limit_is_refused_as_at_the_start_of_the_bot() =>
        Should.Throw<FestivalOps.Settings.SettingsException>(() => Export(("Checks:Cpu:Warning", "101"))).Message
            .ShouldStartWith("Checks:Cpu: Warning must be between 0 and 100, but is 101.");

    [Fact]
    public async Task The_bot_gives_the_same_file_by_http()
    {
        await using var app = TestBot.Build(("Checks:Cpu:Warning", "71"));
        var endpoint = ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Single(e => e.RoutePattern.RawText == "/alerts/rules.yml");
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = app.Services, Response = { Body = body } };
        await endpoint.RequestDelegate!(context);
        context.Response.ContentType.ShouldBe("application/yaml; charset=utf-8");
        Encoding.UTF8.GetString(body.ToArray()).ShouldBe(Export(("Checks:Cpu:Warning", "71")));
    }

    private static string Export(params (string Key, string Value)[] settings) => ExportSetup.ExportRules(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))).Build());

    private static string[] Disk(int free) =>
    [
        $"node_filesystem_size_bytes{{instance=\"w\",mountpoint=\"/\",fstype=\"ext4\"}} | 100",
        $"node_filesystem_free_bytes{{instance=\"w\",mountpoint=\"/\",fstype=\"ext4\"}} | {free}",
        $"node_filesystem_avail_bytes{{instance=\"w\",mountpoint=\"/\",fstype=\"ext4\"}} | {free}",
    ];

    private static List<Rule> Rules(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(file));
        var rules = (YamlSequenceNode)yaml.Documents[0].RootNode["groups"][0]["rules"];
        return [.. rules.Cast<YamlMappingNode>().Select(r => new Rule(
            r["alert"].ToString(),
            r["labels"] is YamlMappingNode labels && labels.Children.TryGetValue("check", out var check) ? check.ToString() : "",
            r["expr"].ToString(),
            r.Children.TryGetValue("for", out var wait) ? wait.ToString() : "0s",
            r["labels"]["severity"].ToString()))];
    }

    // For each check: bad for longer than its rules wait; bad for a minute less than the quickest waits; well throughout.
    private static string Cases(List<Rule> rules)
    {
        var cases = new StringBuilder("rule_files: [rules.yml]\nevaluation_interval: 1m\ntests:\n");
        foreach (var group in rules.Where(r => r.Check.Length > 0).GroupBy(r => r.Check, StringComparer.Ordinal))
        {
            var (well, bad) = Series[group.Key];
            var alert = group.First().Alert;
            var waits = group.Select(r => int.Parse(r.For.TrimEnd('s'), CultureInfo.InvariantCulture) / 60).ToList();
            var wait = waits.Max();
            // Rates need a few samples, availability 200 of them.
            var begin = group.Key == "availability" ? 200 : 3;
            Case(cases, bad, begin + wait + 3, alert, group.Select(r => r.Severity));
            if (waits.Min() > 0) Case(cases, bad, waits.Min() - 1, alert, []);
            Case(cases, well, begin + wait + 3, alert, []);
        }
        return cases.ToString();
    }

    private static void Case(StringBuilder cases, string[] series, int minute, string alert, IEnumerable<string> severities)
    {
        cases.Append("  - interval: 1m\n    input_series:\n");
        foreach (var line in series)
        {
            var (name, values) = line.Split(" | ") is [var gauge, var value] ? (gauge, $"{value}x300") : (line.Split(" + ")[0], $"0+{line.Split(" + ")[1]}x300");
            cases.Append(CultureInfo.InvariantCulture, $"      - series: '{name}'\n        values: '{values}'\n");
        }
        // promql_expr_test compares without labels that a test would only repeat.
        cases.Append(CultureInfo.InvariantCulture, $"    promql_expr_test:\n      - eval_time: {minute}m\n        expr: 'count by (severity) (ALERTS{{alertname=\"{alert}\",alertstate=\"firing\"}})'\n");
        var expected = severities.Select(s => $"          - labels: '{{severity=\"{s}\"}}'\n            value: 1\n").ToList();
        cases.Append(expected.Count == 0 ? "        exp_samples: []\n" : "        exp_samples:\n" + string.Concat(expected));
    }

    private static async Task<(int Code, string Said)> PromtoolAsync(string[] command, string rules, string? cases = null)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not installed: sudo apt-get install -y prometheus");
        var folder = Directory.CreateTempSubdirectory("fops-rules-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "rules.yml"), rules);
            if (cases is not null) await File.WriteAllTextAsync(Path.Combine(folder.FullName, "cases.yml"), cases);
            using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", [.. command, cases is null ? "rules.yml" : "cases.yml"])
            {
                WorkingDirectory = folder.FullName, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
            })!;
            var (output, error) = (promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
            await promtool.WaitForExitAsync();
            return (promtool.ExitCode, await output + await error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Rule(string Alert, string Check, string Expression, string For, string Severity);
}
