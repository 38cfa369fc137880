using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Hosts.Local;
using FestivalOps.Language;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Demo;

/// <summary>This machine as the bot of the demo has it: looked at; what needs root, <c>sync</c> and deleting files is refused. Whoever tries the demo did not ask for upgrades of their own packages.</summary>
internal sealed class DemoHost(LocalHost local) : IHost
{
    private static readonly LocalizedText Unchanged = new("デモのため、このマシンは変更しません。", "this is the demo: nothing on this machine is changed.");

    /// <inheritdoc/>
    public string Name => local.Name;

    /// <inheritdoc/>
    public string Place => local.Place;

    /// <inheritdoc/>
    public IHostFiles Files { get; } = new LookedAt(local.Files);

    /// <inheritdoc/>
    public Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct) => command.AsRoot || command == HostCommands.Sync
        ? Task.FromResult(new HostResult(HostOutcome.NotAvailable, null, HostOutput.Empty, HostOutput.Empty, TimeSpan.Zero, Unchanged))
        : local.RunAsync(command, line, ct);

    private sealed class LookedAt(IHostFiles files) : IHostFiles
    {
        public Task<HostAnswer<HostFile>> HeadAsync(string path, int bytes, CancellationToken ct) => files.HeadAsync(path, bytes, ct);

        public Task<HostAnswer<HostFile>> TailAsync(string path, int bytes, CancellationToken ct) => files.TailAsync(path, bytes, ct);

        public Task<HostAnswer<HostPart>> PartAsync(string path, long offset, int bytes, int head, CancellationToken ct) => files.PartAsync(path, offset, bytes, head, ct);

        public Task<HostAnswer<HostFolder>> ListAsync(string path, CancellationToken ct) => files.ListAsync(path, ct);

        public Task<HostAnswer<HostSpace>> SpaceAsync(string path, CancellationToken ct) => files.SpaceAsync(path, ct);

        public Task<HostAnswer<HostEntry>> DeleteAsync(string path, CancellationToken ct) => Task.FromResult(new HostAnswer<HostEntry>(HostOutcome.NotAvailable, null, Unchanged));
    }
}
