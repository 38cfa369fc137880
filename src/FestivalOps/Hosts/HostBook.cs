using FestivalOps.Hosts.Ssh;
using Microsoft.Extensions.Options;

namespace FestivalOps.Hosts;

/// <summary>All hosts by their names in the settings.</summary>
internal sealed class HostBook(IHost local, IOptions<HostsOptions> options, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    private readonly Dictionary<string, SshHost> _remote = options.Value.Remote.ToDictionary(
        pair => pair.Key, pair => new SshHost(pair.Key, pair.Value, time, loggers.CreateLogger<SshHost>()), StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, the local one first.</summary>
    public IReadOnlyList<IHost> All => [local, .. _remote.Values];

    /// <summary>The host that runs the platform.</summary>
    public IHost Platform => Find(options.Value.Platform) ?? local;

    /// <summary>The host of this name; null when there is none.</summary>
    public IHost? Find(string name) => name == HostsOptions.Local ? local : _remote.GetValueOrDefault(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var host in _remote.Values) host.Dispose();
    }
}
