using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using FestivalOps.Benchmarks.Comparison;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>Makes the programs that are compared, each with a new, empty data folder under <paramref name="root"/>.</summary>
internal sealed class Contestants(string root, int sinkPort)
{
    private const string Alertmanager = "prometheus-alertmanager";

    /// <summary>Channels of the bot.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["C0BENCHA01", "C0BENCHA02", "C0BENCHA03"];

    private int _made;

    /// <summary>Why Alertmanager can't be run here; null when it can.</summary>
    public static async Task<string?> ProblemAsync()
    {
        try
        {
            await using var version = Child.Start(Alertmanager, ["--version"], AppContext.BaseDirectory);
            return await version.EndAsync(TimeSpan.FromSeconds(10)) == 0 ? null : $"{Alertmanager} --version failed:\n{version.Said}";
        }
        catch (Win32Exception)
        {
            return $"{Alertmanager} is not installed (Debian: apt-get install {Alertmanager})";
        }
    }

    /// <summary>The bot as in production: its own process, SQLite in a real file with synchronous=FULL.</summary>
    /// <param name="settings">Settings beyond those, without the prefix: <c>Alerting__Webhook__…</c>.</param>
    public Contestant Bot(params IEnumerable<(string Name, string Value)> settings)
    {
        var folder = Folder();
        var port = FreePort.Take();
        var token = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FOPS_Slack__Transport"] = "Http",
            ["FOPS_Slack__BotToken"] = "xoxb-bench-bench-bench",
            ["FOPS_Slack__SigningSecret"] = RandomNumberGenerator.GetHexString(32, lowercase: true),
            ["FOPS_Slack__ApiBaseUrl"] = $"http://127.0.0.1:{sinkPort}/api/",
            ["FOPS_Slack__AllowInsecureLoopback"] = "true",
            // What is measured is alerts; the checks of this host would add their own.
            ["FOPS_Checks__Run__EverySeconds"] = "0",
            ["FOPS_Storage__SqliteFile"] = Path.Combine(folder, "bot.db"),
            ["FOPS_Http__Address"] = $"http://127.0.0.1:{port}",
            ["FOPS_Log__Level"] = "Warning",
            ["FOPS_Alerting__Webhook__BearerToken"] = token,
            ["FOPS_Channels__Alerts"] = Channels[0],
        };
        foreach (var (name, value) in settings) all[$"FOPS_{name}"] = value;
        return new(
            new("FestivalOps", port, "/alerts/alertmanager", Answers: false, () => Child.Start(
                "dotnet", [Path.Combine(AppContext.BaseDirectory, "FestivalOps.dll")], folder, all)),
            Dialect.Webhook, token, "/ready", folder);
    }

    /// <summary>Alertmanager with its own configuration: groups by name, and posts to Slack's incoming webhook.</summary>
    /// <param name="groupWait">How long it waits for more alerts of a group before it tells: its default is 30s.</param>
    public Contestant Theirs(string groupWait)
    {
        var folder = Folder();
        var port = FreePort.Take();
        var configuration = Path.Combine(folder, "alertmanager.yml");
        File.WriteAllText(configuration, $$"""
            route:
              receiver: slack
              group_by: ['alertname']
              group_wait: {{groupWait}}
              group_interval: 5m
              repeat_interval: 4h
            receivers:
              - name: slack
                slack_configs:
                  - api_url: http://127.0.0.1:{{sinkPort.ToString(CultureInfo.InvariantCulture)}}/hook/T0BENCH01/B0BENCH01/secret
                    channel: '#alerts'
            """);
        return new(
            new("Alertmanager", port, "/api/v2/alerts", Answers: false, () => Child.Start(
                Alertmanager,
                [
                    $"--config.file={configuration}", $"--storage.path={Path.Combine(folder, "data")}",
                    $"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=", "--log.level=error",
                ],
                folder)),
            Dialect.Prometheus, "", "/-/ready", folder);
    }

    private string Folder() => Directory.CreateDirectory(Path.Combine(root, (++_made).ToString(CultureInfo.InvariantCulture))).FullName;
}
