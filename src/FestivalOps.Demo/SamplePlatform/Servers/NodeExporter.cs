using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>A node_exporter of this machine's packages on 127.0.0.1: the host's CPU, memory, disk and load as metrics.</summary>
internal sealed class NodeExporter : LocalServer
{
    private const string Program = "prometheus-node-exporter";
    private static readonly HttpClient Probe = new();
    private static readonly string[] Collectors = ["cpu", "diskstats", "filesystem", "loadavg", "meminfo", "stat", "time", "uname"];
    private readonly string program;
    private readonly Account? account = Account.ForServer("prometheus");

    private NodeExporter(string program) : base("node-exporter") => this.program = program;

    /// <summary>Its address; the metrics are under /metrics.</summary>
    public Uri Address => new(FormattableString.Invariant($"http://127.0.0.1:{Port}"));

    /// <inheritdoc />
    protected override ServerCommand Command => new(
        program,
        [
            FormattableString.Invariant($"--web.listen-address=127.0.0.1:{Port}"),
            "--collector.disable-defaults",
            .. Collectors.Select(collector => $"--collector.{collector}"),
        ],
        Folder,
        account);

    /// <summary>Whether node_exporter is installed; if not, <paramref name="reason"/> is a sentence for people.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = Programs.Find(Program) is null ? $"node_exporter is not installed: sudo apt-get install -y {Program}" : "";
        return reason.Length == 0;
    }

    /// <summary>Starts it and returns when it answers.</summary>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start.</exception>
    public static Task<NodeExporter> StartAsync(CancellationToken cancellationToken = default)
    {
        if (!IsAvailable(out var reason)) throw new InvalidOperationException(reason);
        var server = new NodeExporter(Programs.Find(Program)!);
        return StartNewAsync(server, () => RunFolder.GiveAsync(server.Folder, server.account, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Probe.GetAsync(new Uri(Address, "/metrics"), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
