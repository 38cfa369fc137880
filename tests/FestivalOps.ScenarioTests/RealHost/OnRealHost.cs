using System.Globalization;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Ssh;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>
/// A class of tests on the real host: it is skipped where there is none, and each test has a connection of its own. A test that stops something or
/// changes what others need puts it right again.
/// </summary>
[Collection(typeof(RealHostTests))]
public abstract class OnRealHost(StandingHost real) : IAsyncLifetime
{
    private SshHost? host;

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected StandingHost Real => real;

    /// <summary>The host as the bot's tasks see it.</summary>
    private protected SshHost Host => host!;

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(real.Missing is not null, $"No real host: {real.Missing}");
        host = real.Connect();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        host?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected Task<HostResult> RunAsync(HostCommand command) => Host.RunAsync(command, null, Ct);

    private protected Task<HostResult> ShellAsync(string script) => RunAsync(new("/bin/sh", "-c", script));

    /// <summary>Runs a script in the host as root, behind the bot's back.</summary>
    private protected Task<string> BehindAsync(string script) => real.Machine.ScriptAsync(script, Ct);

    /// <summary>festival-sample can be upgraded.</summary>
    // apt believes its cache as long as the second and the size of dpkg's status are the same, and 1.0 is as long as 2.0.
    private protected Task AnUpdateIsThereAsync() => BehindAsync("apt-get -q update; dpkg --install /srv/packages/festival-sample_1.0.deb; rm -f /var/cache/apt/*pkgcache.bin");

    /// <summary>How many processes in the host have exactly this command line.</summary>
    private protected async Task<int> ProcessesAsync(string commandLine) => int.Parse(
        await BehindAsync($"ps -eo stat=,args= | awk '$1 !~ /^Z/' | sed 's/^[^ ]* *//' | grep -cFx -- '{commandLine}' || true"), CultureInfo.InvariantCulture);
}
