using System.Globalization;
using System.Text;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Ssh;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Hosts;

/// <summary>The account festivalops with the sudoers file of deploy/, by a real sshd and a real sudo.</summary>
public sealed class SudoTests : IAsyncLifetime
{
    // "update" ends at once; "upgrade" never, with a child, and neither minds SIGTERM.
    private const string AptGet = """
        #!/bin/sh
        case "$*" in
          *update) echo "$(id -u) $DEBIAN_FRONTEND" ;;
          *) trap '' TERM; sleep 307 & echo $!; echo $$; wait; sleep 308 ;;
        esac
        """;

    private SshServer _server = null!;
    private SshHost _host = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        Assert.SkipUnless(SshServer.IsSudoAvailable(out reason), reason);
        _server = await SshServer.StartWithSudoAsync(AptGet, Ct);
        _host = _server.Host(s => s.User = "festivalops");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null) return;
        _host.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_the_catalogue_holds_runs_as_root()
    {
        (await _host.RunAsync(new("/usr/bin/id", "-un"), null, Ct)).Output.Text.ShouldBe("festivalops\n");
        var result = await _host.RunAsync(HostCommands.UpdatePackageLists, null, Ct);
        (result.Sentence?.En, result.Output.Text).ShouldBe((null, "0 noninteractive\n"));
    }

    [Theory]
    [InlineData("/usr/bin/id")]
    [InlineData("/usr/bin/apt-get")]
    [InlineData("/usr/bin/apt-get", "update", "-o", "APT::Update::Pre-Invoke::=id")]
    [InlineData("/usr/bin/apt-get", "install", "x")]
    [InlineData("/usr/local/sbin/festivalops-stop", "1")]
    [InlineData("/bin/sh", "-c", "id")]
    public async Task Anything_else_is_refused(string program, params string[] arguments)
    {
        var result = await _host.RunAsync(new HostCommand(program, arguments.Select(a => (HostArgument)a)) { AsRoot = true }, null, Ct);
        result.Outcome.ShouldBe(HostOutcome.NotAvailable);
        result.Sentence!.En.ShouldStartWith($"not available: sudo on web1 does not allow sudo {program}");
    }

    [Fact]
    public async Task A_time_out_ends_what_runs_as_root_with_its_children()
    {
        var result = await _host.RunAsync(HostCommands.UpgradePackages with { Timeout = TimeSpan.FromSeconds(2) }, null, Ct);
        result.Outcome.ShouldBe(HostOutcome.TimedOut);
        result.Sentence!.En.ShouldEndWith("and was ended.");
        Living(result).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_festivalops_stop_it_is_said_that_it_may_still_run()
    {
        File.Delete(Path.Combine(_server.Folder, "sbin", "festivalops-stop"));
        var result = await _host.RunAsync(HostCommands.UpgradePackages with { Timeout = TimeSpan.FromSeconds(2) }, null, Ct);
        result.Outcome.ShouldBe(HostOutcome.TimedOut);
        result.Sentence!.En.ShouldEndWith("it may still be running.");
        Living(result).Count.ShouldBe(2);
        // The parent first, which would go on with what comes next.
        foreach (var id in Living(result).AsEnumerable().Reverse()) ProcessTree.SignalOne(id, PosixSignalNumber.Kill);
    }

    [Fact]
    public async Task Festivalops_stop_ends_nothing_of_anybody_else()
    {
        var server = _server.ProcessIds[0];
        foreach (var (input, code) in ((string, int)[])[($"{server} sshd:", 2), ($"{server} fops-1", 3), ("1 fops-1", 3), ("-1 fops-1", 2), ("1 1 1", 2), ("", 2)])
        {
            var stop = new HostCommand("/usr/local/sbin/festivalops-stop") { AsRoot = true, Input = Encoding.ASCII.GetBytes(input + "\n") };
            (await _host.RunAsync(stop, null, Ct)).ExitCode.ShouldBe(code, input);
        }
        ProcessTree.Look(server).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_machine_without_systemd_has_no_units_to_restart()
    {
        Assert.SkipWhen(Directory.Exists("/run/systemd/system") || !File.Exists("/usr/bin/systemctl"), "systemd runs here, or is not installed");
        var result = await _host.RunAsync(HostCommands.RestartNginx, null, Ct);
        result.Outcome.ShouldBe(HostOutcome.NotAvailable);
        result.Sentence!.En.ShouldContain("systemd");
    }

    [Fact]
    public async Task A_full_disk_keeps_nobody_from_reading_and_running()
    {
        var full = Path.Combine(_server.Folder, "full");
        // SFTP's answer is that of the namespace in which sshd runs.
        (await _host.Files.SpaceAsync(full, Ct)).Value.ShouldNotBeNull().FreeBytes.ShouldBe(0);
        (await _host.Files.HeadAsync($"{full}/file", 100, Ct)).Value.ShouldNotBeNull().Bytes.Length.ShouldBe(100);
        (await _host.RunAsync(new("/usr/bin/ls") { Folder = full }, null, Ct)).Output.Text.ShouldBe("file\n");
    }

    [Fact]
    public async Task What_the_account_may_not_read_is_said_to_be_so()
    {
        (await _host.Files.HeadAsync("/etc/shadow", 10, Ct)).Sentence!.En.ShouldBe("not available: we may not access /etc/shadow on web1.");
        (await _host.Files.DeleteAsync("/etc/passwd", Ct)).Outcome.ShouldBe(HostOutcome.NotAvailable);
    }

    private static List<int> Living(HostResult result)
    {
        var ids = result.Output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, CultureInfo.InvariantCulture)).ToList();
        ids.Count.ShouldBe(2);
        return [.. ids.Where(id => ProcessTree.Look(id) is not null)];
    }
}
