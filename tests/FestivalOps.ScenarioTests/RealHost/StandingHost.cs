using System.Diagnostics;
using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Demo.SamplePlatform;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Ssh;
using Microsoft.Extensions.Logging.Abstractions;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>
/// What the tests on a real host share: the host, booted once, with the account festivalops as <c>deploy/README.md</c> makes it, and a platform in small.
/// Where there can't be one, <see cref="Missing"/> says why, and the tests are skipped.
/// </summary>
public sealed class StandingHost : IAsyncLifetime
{
    private const string Owner = "owner-of-the-sample-platform";

    private BootedHost? machine;
    private string folder = "";

    /// <summary>Why there is none; null when there is one.</summary>
    public string? Missing { get; private set; }

    /// <summary>The machine, from outside.</summary>
    internal BootedHost Machine => machine!;

    /// <summary>The bot's private key.</summary>
    internal string KeyFile => Path.Combine(folder, "ssh_key");

    /// <summary>The bot's list of known host keys.</summary>
    internal string KnownHosts => Path.Combine(folder, "known_hosts");

    /// <summary>The platform's database, as its owner.</summary>
    internal string Database => $"Host={Machine.Address};Database={SampleDatabase.Name};Username=planner;Password={Owner};Timeout=10";

    /// <summary>The platform's Redis.</summary>
    internal string Redis => $"{Machine.Address}:6379";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Missing = await HostBase.MissingAsync(ct);
        if (Missing is not null) return;
        var watch = Stopwatch.StartNew();
        var system = await HostBase.MadeAsync(ct);
        var made = watch.Elapsed;
        folder = RunFolder.Current.Create("bot-of-realhost");
        machine = new(system);
        await machine.BootAsync(ct);
        await machine.ScriptAsync(string.Join('\n', (string[])["cd /srv/festivalops", .. DeployGuide.Block("A host that tasks act on", 1)]), ct);
        await EnterKeysAsync(ct);
        await machine.ScriptAsync(await File.ReadAllTextAsync(HostBase.Script("platform.sh"), ct), ct, PlatformFiles.Schema, Owner);
        await machine.ScriptAsync(string.Join('\n', DeployGuide.Block("A host that tasks act on", 2)), ct);
        TestContext.Current.SendDiagnosticMessage("The real host is up after {0:0} s, {1:0} s of them for its system", watch.Elapsed.TotalSeconds, made.TotalSeconds);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (machine is not null) await machine.DisposeAsync();
    }

    /// <summary>The settings of the bot's for this host.</summary>
    internal RemoteHost Settings() => new() { Address = Machine.Address, KeyFile = KeyFile, KnownHosts = KnownHosts, ConnectTimeoutSeconds = 5, KeepAliveSeconds = 2 };

    /// <summary>The host as the bot's tasks see it.</summary>
    internal SshHost Connect() => new("web1", Settings(), TimeProvider.System, NullLogger<SshHost>.Instance);

    /// <summary>
    /// The settings of a bot whose platform is this host, for a stage: host, database and Redis. A scenario of a task sets its stage with these
    /// and types <c>/fops run TASK</c>.
    /// </summary>
    internal Dictionary<string, string?> BotSettings() => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Channels:Reports"] = Seed.Ops,
        ["Hosts:Platform"] = "web1",
        ["Hosts:Remote:web1:Address"] = Machine.Address,
        ["Hosts:Remote:web1:KeyFile"] = KeyFile,
        ["Hosts:Remote:web1:KnownHosts"] = KnownHosts,
        ["Platform:BaseUrl"] = $"http://{Machine.Address}",
        ["Platform:Database"] = Database,
        ["Platform:Redis"] = Redis,
    };

    /// <summary>Enters the host's key into the bot's list, as it is in the host now.</summary>
    internal async Task EnterHostKeyAsync(CancellationToken ct)
    {
        var key = (await Machine.ScriptAsync("cat /etc/ssh/ssh_host_ed25519_key.pub", ct)).Split(' ');
        await File.WriteAllTextAsync(KnownHosts, $"{Machine.Address} {key[0]} {key[1]}\n", ct);
    }

    private async Task EnterKeysAsync(CancellationToken ct)
    {
        var made = await Machine.ScriptAsync("umask 077; cd \"$(mktemp -d)\"; ssh-keygen -q -t ed25519 -N '' -f key; cat key.pub; echo; cat key; rm -r \"$PWD\"", ct);
        var (pub, key) = made.Split("\n\n", 2) is [var first, var second] ? (first, second) : throw new InvalidOperationException("ssh-keygen made no keys.");
        await using (var file = new FileStream(KeyFile, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead }))
            await file.WriteAsync(System.Text.Encoding.ASCII.GetBytes(key), ct);
        await Machine.ScriptAsync(
            "install --directory --mode 0700 --owner festivalops --group festivalops ~festivalops/.ssh; cat >~festivalops/.ssh/authorized_keys", ct, $"restrict {pub}\n");
        await EnterHostKeyAsync(ct);
    }
}

/// <summary>Tests that share the real host.</summary>
[CollectionDefinition]
public sealed class RealHostTests : ICollectionFixture<StandingHost>;
