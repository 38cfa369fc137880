using FestivalOps.Hosts.Files;
using FestivalOps.Hosts.Running;

namespace FestivalOps.Hosts.Ssh;

/// <summary>A machine that is reached over SSH: one connection for commands and one for files, each opened when first needed.</summary>
internal sealed class SshHost : IHost, IDisposable
{
    private readonly SshTransport _transport;
    private readonly HostRunner _runner;
    private readonly SshFiles _files;

    /// <summary>Makes it; nothing is connected yet.</summary>
    /// <param name="name">Its name in the settings.</param>
    /// <param name="settings">Where it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public SshHost(string name, RemoteHost settings, TimeProvider time, ILogger<SshHost> logger)
    {
        var login = new SshLogin(name, settings);
        Name = name;
        Place = login.Place;
        _transport = new(login, time, logger);
        _runner = new(name, _transport, time, logger);
        _files = new(login, time, logger);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Place { get; }

    /// <inheritdoc/>
    public IHostFiles Files => _files;

    /// <inheritdoc/>
    public Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct) => _runner.RunAsync(command, line, ct);

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner.Dispose();
        _transport.Dispose();
        _files.Dispose();
    }
}
