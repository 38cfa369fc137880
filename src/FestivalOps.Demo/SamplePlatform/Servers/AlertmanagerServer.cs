using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>An Alertmanager of this machine's packages on 127.0.0.1 that brings every alert to one webhook, with short waits.</summary>
internal sealed class AlertmanagerServer : LocalServer
{
    private const string Program = "prometheus-alertmanager";
    private static readonly HttpClient Client = new();
    private readonly string program;
    private readonly Uri webhook;
    private readonly string token;
    private readonly Account? account = Account.ForServer("prometheus");

    private AlertmanagerServer(string program, Uri webhook, string token) : base("alertmanager") =>
        (this.program, this.webhook, this.token) = (program, webhook, token);

    /// <summary>Its address.</summary>
    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{Port}"));

    /// <inheritdoc />
    protected override ServerCommand Command => new(
        program,
        [
            $"--config.file={ConfigurationFile}",
            $"--storage.path={Path.Combine(Folder, "data")}",
            FormattableString.Invariant($"--web.listen-address=127.0.0.1:{Port}"),
            "--cluster.listen-address=",
        ],
        Folder,
        account);

    private string ConfigurationFile => Path.Combine(Folder, "alertmanager.yml");

    /// <summary>Whether Alertmanager is installed; if not, <paramref name="reason"/> is a sentence for people.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = Programs.Find(Program) is null ? $"Alertmanager is not installed: sudo apt-get install -y {Program}" : "";
        return reason.Length == 0;
    }

    /// <summary>Starts it and returns when it is ready.</summary>
    /// <param name="webhook">Where it brings alerts.</param>
    /// <param name="token">Bearer token that it gives there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start.</exception>
    public static Task<AlertmanagerServer> StartAsync(Uri webhook, string token, CancellationToken cancellationToken = default)
    {
        if (!IsAvailable(out var reason)) throw new InvalidOperationException(reason);
        var server = new AlertmanagerServer(Programs.Find(Program)!, webhook, token);
        return StartNewAsync(server, () => server.ConfigureAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Client.GetAsync(new Uri(Address, "/-/ready"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        var text = $$"""
            route:
              group_by: [alertname]
              group_wait: 200ms
              group_interval: 1s
              repeat_interval: 1h
              receiver: bot
            receivers:
              - name: bot
                webhook_configs:
                  - url: {{webhook}}
                    http_config:
                      authorization:
                        credentials: {{token}}

            """;
        await File.WriteAllTextAsync(ConfigurationFile, text, cancellationToken);
        await RunFolder.GiveAsync(Folder, account, cancellationToken);
    }
}
