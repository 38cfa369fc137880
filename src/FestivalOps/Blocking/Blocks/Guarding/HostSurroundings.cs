using System.Globalization;
using System.Net.NetworkInformation;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Hosts;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Blocks.Guarding;

/// <summary>
/// Asks our hosts for their own addresses, their gateways, and from where someone is logged in over SSH: this machine through the kernel, others by
/// fixed commands. What was asked for less than a minute ago is not asked for again, and a host that hangs holds nobody up for long.
/// </summary>
internal sealed partial class HostSurroundings(HostBook hosts, IOptions<HostsOptions> options, TimeProvider time, ILogger<HostSurroundings> logger) : ISurroundings
{
    /// <summary>What is known counts as new for so long: 1 minute.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    /// <summary>So long we wait for hosts of which nothing new is known: 5 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const int SshPort = 22;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<Surroundings> NowAsync(CancellationToken ct)
    {
        var asking = hosts.All.Select(Asking).ToList();
        try
        {
            await Task.WhenAll(asking).WaitAsync(Patience, time, ct);
        }
        catch (TimeoutException)
        {
            // What was known of them before holds.
            lock (_lock)
            {
                foreach (var known in _known.Values.Where(k => k.Asking is { IsCompleted: false })) known.IsSlow = true;
            }
        }
        lock (_lock)
        {
            var places = hosts.All.SelectMany(h => _known[h.Name].Places).ToList();
            var unasked = hosts.All.Where(h => _known[h.Name].Problem is not null).Select(h => (h.Name, _known[h.Name].Problem!)).ToList();
            return new(places, unasked);
        }
    }

    // Of one host one question at a time.
    private Task Asking(IHost host)
    {
        lock (_lock)
        {
            if (!_known.TryGetValue(host.Name, out var known)) _known[host.Name] = known = new();
            // Who hangs is waited for once.
            if (known.Asking is { IsCompleted: false }) return known.IsSlow ? Task.CompletedTask : known.Asking;
            if (known.AskedAt is { } at && time.GetUtcNow() - at < Fresh) return Task.CompletedTask;
            known.Problem ??= known.AskedAt is null ? SurroundingTexts.NoAnswerYet : null;
            known.IsSlow = false;
            return known.Asking = AskAsync(host, known);
        }
    }

    private async Task AskAsync(IHost host, Known known)
    {
        await Task.Yield();
        IReadOnlyList<ProtectedPlace>? places = null;
        LocalizedText? problem = null;
        try
        {
            if (host.Name == HostsOptions.Local) places = OfThisMachine();
            else (places, problem) = await OfAsync(host);
        }
        catch (Exception failure) when (failure is NetworkInformationException or IOException or PlatformNotSupportedException or UnauthorizedAccessException)
        {
            Log.Failed(logger, failure, host.Name);
            problem = SurroundingTexts.NotRead;
        }
        lock (_lock)
        {
            if (places is not null) known.Places = places;
            (known.Problem, known.AskedAt) = (problem, time.GetUtcNow());
        }
    }

    private static List<ProtectedPlace> OfThisMachine()
    {
        const string name = HostsOptions.Local;
        var places = new List<ProtectedPlace>();
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            var properties = network.GetIPProperties();
            foreach (var own in properties.UnicastAddresses) Add(places, own.Address.ToString(), PlaceKind.Own, name);
            foreach (var gateway in properties.GatewayAddresses) Add(places, gateway.Address.ToString(), PlaceKind.Gateway, name);
        }
        foreach (var connection in IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections())
        {
            if (connection.State == TcpState.Established && connection.LocalEndPoint.Port == SshPort) Add(places, connection.RemoteEndPoint.Address.ToString(), PlaceKind.Operator, name);
        }
        return places;
    }

    private async Task<(IReadOnlyList<ProtectedPlace>? Places, LocalizedText? Problem)> OfAsync(IHost host)
    {
        var places = new List<ProtectedPlace>();
        var port = options.Value.Remote.TryGetValue(host.Name, out var remote) ? remote.Port : SshPort;
        foreach (var (command, read) in new (HostCommand, Func<string, IEnumerable<(string, PlaceKind)>>)[]
        {
            (HostCommands.Addresses, HostAnswers.Addresses), (HostCommands.GatewaysV4, HostAnswers.Gateways), (HostCommands.GatewaysV6, HostAnswers.Gateways), (HostCommands.SshSessions(port), HostAnswers.Peers),
        })
        {
            var result = await host.RunAsync(command, null, CancellationToken.None);
            if (!result.Succeeded) return (null, result.Sentence ?? SurroundingTexts.Refused(ForeignText.OneLine(command.ToString(), 80), result.ExitCode ?? -1));
            foreach (var (address, kind) in read(result.Output.Text)) Add(places, address, kind, host.Name);
        }
        return (places, null);
    }

    private static void Add(List<ProtectedPlace> places, string address, PlaceKind kind, string host)
    {
        var zone = address.IndexOf('%', StringComparison.Ordinal);
        // Loopback and what can't be a client are protected anyway.
        if (ClientAddress.TryParse(zone < 0 ? address : address[..zone], out var found) && found.CanBeClient) places.Add(new(AddressRange.Of(found), kind, host));
    }

    private sealed class Known
    {
        public IReadOnlyList<ProtectedPlace> Places { get; set; } = [];

        public LocalizedText? Problem { get; set; }

        public DateTimeOffset? AskedAt { get; set; }

        public Task? Asking { get; set; }

        public bool IsSlow { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The addresses of {Host} can't be read; what was known before is protected")]
        public static partial void Failed(ILogger logger, Exception failure, string host);
    }
}

/// <summary>Reads what hosts answer about their addresses.</summary>
internal static class HostAnswers
{
    /// <summary><c>ip -o address</c>: <c>2: eth0    inet 10.0.0.5/24 brd …</c>.</summary>
    public static IEnumerable<(string Address, PlaceKind Kind)> Addresses(string text) =>
        from line in text.Split('\n')
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let at = Array.FindIndex(words, w => w is "inet" or "inet6")
        where at > 0 && at + 1 < words.Length
        select (words[at + 1].Split('/')[0], PlaceKind.Own);

    /// <summary><c>ip -o route show default</c>: <c>default via 10.0.0.1 dev eth0</c>; over several ways <c>nexthop via …</c>.</summary>
    public static IEnumerable<(string Address, PlaceKind Kind)> Gateways(string text)
    {
        var words = text.Split([' ', '\n', '\\'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words[i] != "via") continue;
            yield return (words[i + 1] is "inet" or "inet6" && i + 2 < words.Length ? words[i + 2] : words[i + 1], PlaceKind.Gateway);
        }
    }

    /// <summary><c>ss -Htn state established</c>: <c>0 0 10.0.0.5:22 203.0.113.9:51234</c>, <c>[::ffff:10.0.0.5]:22 [2001:db8::1]:51234</c>.</summary>
    public static IEnumerable<(string Address, PlaceKind Kind)> Peers(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 4 || words[3].LastIndexOf(':') is not (> 0 and var colon)) continue;
            yield return (words[3][..colon].Trim('[', ']'), PlaceKind.Operator);
        }
    }
}

/// <summary>Why the addresses of a host are not known.</summary>
internal static class SurroundingTexts
{
    public static readonly LocalizedText NoAnswerYet = new("まだ応答がありません", "it has not answered yet");
    public static readonly LocalizedText NotRead = new("アドレスを読み取れません", "its addresses can't be read");

    public static LocalizedText Refused(string command, int code) => new(
        string.Create(CultureInfo.InvariantCulture, $"`{command}` が失敗しました (終了コード {code})"), string.Create(CultureInfo.InvariantCulture, $"`{command}` failed with exit code {code}"));
}
