using FestivalOps.Hosts.Files;
using FestivalOps.Hosts.Running;

namespace FestivalOps.Hosts.Local;

/// <summary>The machine that the bot runs on.</summary>
internal sealed class LocalHost(TimeProvider time, ILogger<LocalHost> logger) : IHost, IDisposable
{
    private readonly HostRunner _runner = new(HostsOptions.Local, new LocalTransport(), time, logger);

    /// <inheritdoc/>
    public string Name => HostsOptions.Local;

    /// <inheritdoc/>
    public string Place => Environment.MachineName;

    /// <inheritdoc/>
    public IHostFiles Files { get; } = new LocalFiles(time);

    /// <inheritdoc/>
    public Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct) => _runner.RunAsync(command, line, ct);

    /// <inheritdoc/>
    public void Dispose() => _runner.Dispose();
}
