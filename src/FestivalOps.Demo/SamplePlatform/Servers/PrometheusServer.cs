using System.Globalization;
using System.Text.Json;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>
/// A Prometheus of this machine's packages on 127.0.0.1 that reads a node_exporter twice a second, under the platform's job
/// name "node-exporter".
/// </summary>
internal sealed class PrometheusServer : LocalServer
{
    private static readonly HttpClient Client = new();
    private readonly string program;
    private readonly Uri nodeExporter;
    private readonly string? rules;
    private readonly Uri? alertmanager;
    private readonly Account? account = Account.ForServer("prometheus");

    private PrometheusServer(string program, Uri nodeExporter, string? rules, Uri? alertmanager) : base("prometheus")
    {
        this.program = program;
        this.nodeExporter = nodeExporter;
        this.rules = rules;
        this.alertmanager = alertmanager;
    }

    /// <summary>Its address; queries go to /api/v1/query.</summary>
    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{Port}"));

    /// <inheritdoc />
    protected override ServerCommand Command => new(
        program,
        [
            $"--config.file={ConfigurationFile}",
            $"--storage.tsdb.path={Path.Combine(Folder, "data")}",
            "--storage.tsdb.retention.time=1d",
            FormattableString.Invariant($"--web.listen-address=127.0.0.1:{Port}"),
        ],
        Folder,
        account);

    private string ConfigurationFile => Path.Combine(Folder, "prometheus.yml");

    /// <summary>Whether Prometheus is installed; if not, <paramref name="reason"/> is a sentence for people.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = Programs.Find("prometheus") is null ? "Prometheus is not installed: sudo apt-get install -y prometheus" : "";
        return reason.Length == 0;
    }

    /// <summary>Starts it and returns when a query finds the node exporter up: one to two seconds.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start.</exception>
    public static Task<PrometheusServer> StartAsync(Uri nodeExporter, CancellationToken cancellationToken = default) =>
        StartAsync(nodeExporter, null, null, cancellationToken);

    /// <summary>Starts it with alert rules, evaluated twice a second, whose alerts go to an Alertmanager.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start.</exception>
    public static Task<PrometheusServer> StartAsync(Uri nodeExporter, string? rules, Uri? alertmanager, CancellationToken cancellationToken = default)
    {
        if (!IsAvailable(out var reason)) throw new InvalidOperationException(reason);
        var server = new PrometheusServer(Programs.Find("prometheus")!, nodeExporter, rules, alertmanager);
        return StartNewAsync(server, () => server.ConfigureAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        var query = new Uri(Address, "/api/v1/query?query=" + Uri.EscapeDataString("up{job=\"node-exporter\"} == 1"));
        try
        {
            using var response = await Client.GetAsync(query, cancellationToken);
            if (!response.IsSuccessStatusCode) return false;
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
            return answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() > 0;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $$"""
            global:
              scrape_interval: 500ms
              scrape_timeout: 500ms
              evaluation_interval: 500ms
            scrape_configs:
              - job_name: node-exporter
                static_configs:
                  - targets: ["{{nodeExporter.Authority}}"]

            """);
        if (alertmanager is not null)
        {
            text += $"alerting:\n  alertmanagers:\n    - static_configs:\n        - targets: [\"{alertmanager.Authority}\"]\n";
            text += "rule_files: [alert.rules.yml]\n";
            await File.WriteAllTextAsync(Path.Combine(Folder, "alert.rules.yml"), rules, cancellationToken);
        }
        await File.WriteAllTextAsync(ConfigurationFile, text, cancellationToken);
        await RunFolder.GiveAsync(Folder, account, cancellationToken);
    }
}
