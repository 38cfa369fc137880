using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>
/// A machine with systemd, sshd, nginx, PostgreSQL and Redis, as a container with processes, network, users and a system bus of its own. It is reached over SSH
/// as any other host; the tests look behind it as root, from outside. Killed, it leaves nothing: what it wrote is in the run folder.
/// </summary>
internal sealed class BootedHost : IAsyncDisposable
{
    private static readonly string[] Namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup"];

    private readonly string system;
    private readonly string folder = RunFolder.Current.Create("realhost");
    private readonly string name;
    private readonly string here;
    private ServerProcess? running;
    private int init;

    /// <summary>Makes it; <see cref="BootAsync"/> boots it.</summary>
    /// <param name="system">The folder of the system that it boots from; nothing is written there.</param>
    public BootedHost(string system)
    {
        this.system = system;
        // One of the networks of four addresses in 198.18.0.0/15, which is for tests (RFC 2544).
        var number = RandomNumberGenerator.GetInt32(1 << 15);
        string At(int last) => string.Create(CultureInfo.InvariantCulture, $"198.{18 + (number >> 14)}.{(number >> 6) & 255}.{((number & 63) << 2) + last}");
        (here, Address) = (At(1), At(2));
        name = string.Create(CultureInfo.InvariantCulture, $"fopshost{number:x4}");
    }

    /// <summary>Its address.</summary>
    public string Address { get; }

    /// <summary>Boots it, also after it was off; ends when all its units are up and sshd answers.</summary>
    public async Task BootAsync(CancellationToken ct)
    {
        string[] words =
        [
            "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc", "/bin/sh", HostBase.Script("boot.sh"),
            folder, system, name, here, Address, HostBase.Repository, DotnetRoot(),
        ];
        running = new(new("/usr/bin/unshare", words, folder, null));
        var limit = TimeSpan.FromMinutes(2);
        await Soon.TrueAsync(() => running.HasExited || (init = Init()) != 0, "systemd starts", () => running.LastLines, limit);
        if (running.HasExited) throw new InvalidOperationException($"The host did not boot: {running.LastLines}");
        var state = "";
        await Soon.TrueAsync(
            async () => (state = (await RootAsync(ct, "/usr/bin/systemctl", "is-system-running")).StandardOutput.Trim()) is "running" or "degraded", "all units are up", () => state, limit);
        if (state != "running") throw new InvalidOperationException($"Not all is up: {(await RootAsync(ct, "/usr/bin/systemctl", "--failed", "--no-pager")).StandardOutput}");
        await Soon.TrueAsync(() => AnswersAsync(ct), "sshd answers", limit: limit);
    }

    /// <summary>As if someone pulled its plug.</summary>
    public async Task CutPowerAsync()
    {
        if (running is null) return;
        await running.StopAsync(PosixSignalNumber.Kill, TimeSpan.FromSeconds(20));
        running.Dispose();
        (running, init) = (null, 0);
        await Soon.TrueAsync(() => !Directory.Exists($"/sys/class/net/ve-{name}"), "its interface is gone");
        var groups = ((string[])["/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified"]).Select(tree => $"{tree}/{name}").ToList();
        // The last processes leave their groups a moment after they have ended.
        await Soon.TrueAsync(
            async () =>
            {
                if (groups.Where(Directory.Exists).ToList() is not { Count: > 0 } left) return true;
                await Cli.Wrap("/usr/bin/find").WithArguments([.. left, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"]).WithValidation(CommandResultValidation.None).ExecuteAsync();
                return false;
            },
            "its control groups are gone");
    }

    /// <summary>Runs a program in it as root, not over SSH.</summary>
    public async Task<BufferedCommandResult> RootAsync(CancellationToken ct, params string[] words) => await InsideAsync(words, "", ct);

    /// <summary>Runs a script in it as root, and expects it to succeed. Gives its output.</summary>
    public async Task<string> ScriptAsync(string script, CancellationToken ct, string input = "", params string[] arguments)
    {
        var said = await InsideAsync(["/bin/sh", "-ec", script, "script", .. arguments], input, ct);
        return said.ExitCode == 0 ? said.StandardOutput : throw new InvalidOperationException($"{script}\nended with {said.ExitCode}: {said.StandardError}{said.StandardOutput}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CutPowerAsync();

    private async Task<BufferedCommandResult> InsideAsync(string[] words, string input, CancellationToken ct) => await Cli.Wrap("/usr/bin/nsenter")
        .WithArguments([$"--target={init}", .. Namespaces, "--", "/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root", .. words])
        .WithStandardInputPipe(PipeSource.FromString(input)).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(ct);

    // The first process of the host: systemd itself, below unshare and nspawn.
    private int Init() => ProcessTree.Of(running!.Id).FirstOrDefault(id =>
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").Trim() == "systemd";
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    });

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        using var client = new TcpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(2));
        try
        {
            await client.ConnectAsync(Address, 22, limit.Token);
            var hello = new byte[4];
            await client.GetStream().ReadExactlyAsync(hello, limit.Token);
            return hello is [(byte)'S', (byte)'S', (byte)'H', (byte)'-'];
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            ct.ThrowIfCancellationRequested();
            return false;
        }
    }

    // The runtime that runs these tests, for the bot in the host.
    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
}
