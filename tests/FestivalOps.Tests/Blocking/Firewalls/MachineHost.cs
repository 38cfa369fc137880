using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using FestivalOps.Hosts.Local;
using FestivalOps.Hosts.Running;
using Microsoft.Extensions.Logging.Abstractions;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>A machine of a test as a host: commands begin in its namespaces, and all else is as on any host.</summary>
/// <param name="machine">The machine.</param>
/// <param name="asAccount">True: as the account festivalops; false: as root.</param>
/// <param name="patience">No command gets more time; null: what it asks for.</param>
internal sealed class MachineHost(FirewalledMachine machine, bool asAccount, TimeSpan? patience) : IHost, IDisposable
{
    private readonly HostRunner _runner = new("web1", new Entering(machine, asAccount), TimeProvider.System, NullLogger.Instance);

    public string Name => "web1";

    public string Place => "a namespace";

    public IHostFiles Files => throw new NotSupportedException();

    public Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct) =>
        _runner.RunAsync(patience is { } limit ? command with { Timeout = limit } : command, line, ct);

    public void Dispose() => _runner.Dispose();

    private sealed class Entering(FirewalledMachine machine, bool asAccount) : IHostTransport
    {
        private readonly LocalTransport _local = new();

        public string Place => "a namespace";

        public Task<int?> RunAsync(IReadOnlyList<string> words, Stream? input, OutputCatcher output, OutputCatcher error, CancellationToken abandon)
        {
            string[] account = asAccount ? [$"--setuid={FirewalledMachine.AccountId}", $"--setgid={FirewalledMachine.AccountId}"] : [];
            return _local.RunAsync(["/usr/bin/nsenter", $"--target={machine.Id}", "--mount", "--net", .. account, "--", .. words], input, output, error, abandon);
        }

        public void Reset() => _local.Reset();
    }
}
