using FestivalOps.Hosts;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Firewalls;

/// <summary>The firewalls of all hosts that have one in the settings. A host has one, and everybody gets the same.</summary>
internal sealed class FirewallBook : IFirewalls, IAsyncDisposable
{
    private readonly Dictionary<string, (IFirewall Firewall, ILockdownFirewall Lockdown)> _firewalls;
    private readonly List<FirewallSession> _sessions = [];

    /// <summary>Makes the firewalls of the settings, which were checked.</summary>
    public FirewallBook(HostBook hosts, IOptions<BlockingOptions> options, TimeProvider time, ILogger<FirewallSession> logger)
    {
        _firewalls = options.Value.Firewalls.ToDictionary(pair => pair.Key, pair => Make(hosts.Find(pair.Key)!, pair.Value.GetKind()), StringComparer.OrdinalIgnoreCase);

        (IFirewall, ILockdownFirewall) Make(IHost host, FirewallKind kind)
        {
            var session = new FirewallSession(host, HostFirewall.Serving(kind), time, logger);
            _sessions.Add(session);
            return (new HostFirewall(host, kind, session), kind == FirewallKind.Nftables ? new NftablesLockdown(host) : new NoLockdown(host.Name, kind));
        }
    }

    /// <summary>All of them, by the names of their hosts.</summary>
    public IReadOnlyList<IFirewall> All => [.. _firewalls.Values.Select(f => f.Firewall).OrderBy(f => f.Host, StringComparer.Ordinal)];

    /// <summary>The lock-downs of all of them; of some kinds one that only says that it can't be done.</summary>
    public IReadOnlyList<ILockdownFirewall> Lockdowns => [.. _firewalls.Values.Select(f => f.Lockdown).OrderBy(f => f.Host, StringComparer.Ordinal)];

    /// <summary>The firewall of a host; null when the settings name none.</summary>
    public IFirewall? Find(string host) => _firewalls.TryGetValue(host, out var found) ? found.Firewall : null;

    /// <summary>The lock-down of a host; null when the settings name no firewall of it.</summary>
    public ILockdownFirewall? FindLockdown(string host) => _firewalls.TryGetValue(host, out var found) ? found.Lockdown : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Task.WhenAll(_sessions.Select(s => s.DisposeAsync().AsTask()));
}
