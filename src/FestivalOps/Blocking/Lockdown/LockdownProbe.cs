using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FestivalOps.Hosts;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>Tries whether a locked host can still be reached.</summary>
internal interface ILockdownProbe
{
    /// <summary>Where it would be tried from and what; null: there is no way to try it, <see cref="TryAsync"/> says why.</summary>
    LocalizedText? Way(string host);

    /// <summary>Opens a new connection to the host, through its firewall. Null: it came about.</summary>
    Task<LocalizedText?> TryAsync(string host, CancellationToken ct);
}

/// <summary>
/// Opens a new TCP connection to a locked host's SSH port: from this machine, or from the host that the settings name. A connection that is there
/// already proves nothing: the firewall lets it go on.
/// </summary>
internal sealed class LockdownProbe(HostBook hosts, IOptions<HostsOptions> known, IOptions<LockdownOptions> options, TimeProvider time) : ILockdownProbe
{
    /// <summary>So long a connection may take: 5 seconds.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public LocalizedText? Way(string host) => Place(host) is { } place && (options.Value.ProbeFrom.Length > 0 || host != HostsOptions.Local)
        ? LockdownTexts.Way(options.Value.ProbeFrom.Length > 0 ? options.Value.ProbeFrom : HostsOptions.Local, string.Create(CultureInfo.InvariantCulture, $"{place.Address}:{place.Port}"))
        : null;

    /// <inheritdoc/>
    public async Task<LocalizedText?> TryAsync(string host, CancellationToken ct)
    {
        if (Way(host) is null || Place(host) is not { } place) return LockdownTexts.NoWay(host);
        if (options.Value.ProbeFrom.Length == 0) return await FromHereAsync(host, place.Address, place.Port, ct);
        if (hosts.Find(options.Value.ProbeFrom) is not { } from) return LockdownTexts.NoWay(host);
        var result = await from.RunAsync(HostCommands.Connects(place.Address, place.Port), null, ct);
        return result.Succeeded ? null : LockdownTexts.NotReached(host, result.Sentence ?? LocalizedText.Same(ForeignText.OneLine(result.Error.Text, 200)));
    }

    private async Task<LocalizedText?> FromHereAsync(string host, string address, int port, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address, port, either.Token);
            return null;
        }
        catch (SocketException failure)
        {
            return LockdownTexts.NotReached(host, LocalizedText.Same(failure.Message));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return LockdownTexts.NotReached(host, LockdownTexts.NoAnswer(Patience));
        }
    }

    private (string Address, int Port)? Place(string host) =>
        known.Value.Remote.TryGetValue(host, out var remote) ? (remote.Address, remote.Port)
        : IPEndPoint.TryParse(options.Value.ProbeTo, out var here) && here.Port > 0 ? (here.Address.ToString(), here.Port)
        : null;
}
