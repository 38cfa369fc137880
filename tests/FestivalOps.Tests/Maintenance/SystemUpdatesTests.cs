using FestivalOps.Maintenance.SystemUpdates;
using FestivalOps.Scheduling;
using FestivalOps.Tests.Hosts;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>System updates by the account festivalops with a real sshd and sudo; apt-get is a script of the test that no package follows.</summary>
public sealed class SystemUpdatesTests : IAsyncDisposable
{
    // Says what the real one says. "update" and "upgrade" leave a mark; FOLDER is the test's.
    private const string AptGet = """
        #!/bin/sh
        cd FOLDER
        echo "$(id -u) $*" >>calls
        case "$*" in
          *-s*) cat plan ;;
          *' update') [ ! -f plan.next ] || mv plan.next plan ;;
          *) [ ! -f hang ] || { sleep 300; }; [ -f broken ] && { echo "E: Sub-process dpkg returned an error code (1)" >&2; exit 100; }; : >plan; echo upgraded ;;
        esac
        """;

    private const string Openssl = "Inst openssl [3.0.17-1] (3.0.18-1 Debian-Security:12/stable-security [amd64])\n";

    private readonly TaskStage _stage = new();
    private SshServer? _server;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task The_plan_names_every_package_and_command_and_changes_nothing()
    {
        await StartAsync(Openssl);
        var plan = await _stage.PlanAsync<SystemUpdatesTask>();
        plan.Host.ShouldBe("web1");
        plan.Steps.Select(s => s.Exact).ShouldBe(
        [
            "sudo /usr/bin/dpkg --force-confold --configure -a", "sudo /usr/bin/apt-get --error-on=any update",
            "sudo /usr/bin/apt-get -y -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 upgrade",
            $"{_stage.Folder}/bundle update --all --conservative", $"{_stage.Folder}/npm audit fix --json",
        ]);
        plan.Facts.Select(f => f.En).ShouldBe(
            ["1 package(s) of the system, 1 for security", "1 gem(s) have newer versions", "npm: 3 package(s) would change", "openssl 3.0.17-1 → 3.0.18-1 (security)", "gem rack 2.2.3 → 2.2.9"]);
        Calls().ShouldAllBe(c => c.Contains(" -s ", StringComparison.Ordinal));
        (await _stage.PlanAsync<SystemUpdatesTask>()).Facts.ShouldBe(plan.Facts, "an approval is bound to them");
    }

    [Fact]
    public async Task Each_step_is_done_and_said()
    {
        await StartAsync(Openssl);
        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<SystemUpdatesTask>(run);
        outcome.En().ShouldContain("○ 1 package(s) of the system upgraded, 1 for security\n└ openssl 3.0.17-1 → 3.0.18-1 (security)");
        outcome.En().ShouldContain("○ update the gems, conservatively: done");
        outcome.En().ShouldContain("○ npm: 3 package(s) changed");
        Calls().ShouldContain("0 --error-on=any update");
        run.Output().ShouldContain("$ sudo /usr/bin/apt-get --error-on=any update");
        run.Output().ShouldContain("Bundle updated!");
    }

    [Fact]
    public async Task What_the_fresh_lists_add_was_not_approved_and_is_not_upgraded()
    {
        await StartAsync(Openssl);
        await File.WriteAllTextAsync(In("plan.next"), Openssl + "Inst nginx [1] (2 Debian:12/stable [amd64])\n", Ct);
        var outcome = await _stage.RunAsync<SystemUpdatesTask>();
        outcome.En().ShouldContain("△ packages of the system: what is to be upgraded changed when the lists were fetched, so nothing was upgraded (2 now).");
        outcome.En().ShouldContain("○ update the gems, conservatively: done");
        Calls().ShouldNotContain(c => c.EndsWith(" upgrade", StringComparison.Ordinal) && !c.Contains("-s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_fails_is_said_with_its_reason_and_the_others_are_done()
    {
        await StartAsync(Openssl);
        await File.WriteAllTextAsync(In("broken"), "", Ct);
        await _stage.ProgramAsync("npm", "echo '<html>'");
        var outcome = await _stage.RunAsync<SystemUpdatesTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("× upgrade the system's packages: exit code 100: E: Sub-process dpkg returned an error code (1)");
        outcome.En().ShouldContain("○ update the gems, conservatively: done");
        outcome.En().ShouldContain("× npm audit fix: what it said can't be read");
    }

    [Fact]
    public async Task A_run_that_is_stopped_in_an_upgrade_ends_it_and_does_nothing_more()
    {
        await StartAsync(Openssl);
        await File.WriteAllTextAsync(In("hang"), "", Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = _stage.RunAsync<SystemUpdatesTask>(ct: stop.Token);
        while (!Calls().Any(c => c.EndsWith("Use-Pty=0 upgrade", StringComparison.Ordinal)) && !running.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        File.Exists(In("bundle.calls")).ShouldBeFalse("the steps behind it are not begun");
    }

    [Fact]
    public async Task Of_a_host_that_is_gone_there_is_no_plan_and_that_is_a_failure()
    {
        _stage.Set("Maintenance:Application:Folder", _stage.Folder).Set("Maintenance:Application:Bundle", "/no/bundle").Set("Maintenance:Application:Npm", "/no/npm");
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        var server = await SshServer.StartAsync(Ct);
        _stage.Over(server);
        await server.StopAsync();
        var plan = await _stage.PlanAsync<SystemUpdatesTask>();
        (plan.Instead!.End, plan.Instead.Details.Count).ShouldBe((TaskEnd.Failed, 2));
        plan.Instead.Sentence.En.ShouldStartWith("upgrade the system's packages: web1 (");
        plan.Steps.ShouldBeEmpty();
    }

    private string In(string name) => Path.Combine(_stage.Folder, name);

    private IReadOnlyList<string> Calls() => File.Exists(In("calls")) ? File.ReadAllLines(In("calls")) : [];

    private async Task StartAsync(string plan)
    {
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        Assert.SkipUnless(SshServer.IsSudoAvailable(out reason), reason);
        await File.WriteAllTextAsync(In("plan"), plan, Ct);
        await File.WriteAllTextAsync(In("calls"), "", Ct);
        await _stage.ProgramAsync("bundle", """
            cd "$(dirname "$0")"; echo "$*" >>bundle.calls
            case "$1" in outdated) echo 'rack (newest 2.2.9, installed 2.2.3)'; exit 1 ;; update) echo 'Bundle updated!' ;; esac
            """);
        await _stage.ProgramAsync("npm", "echo '{\"added\":1,\"removed\":0,\"changed\":2,\"audit\":{\"vulnerabilities\":{}}}'");
        // The account festivalops writes here, too.
        const UnixFileMode all = (UnixFileMode)0b111_111_111;
        File.SetUnixFileMode(_stage.Folder, all);
        foreach (var name in (string[])["calls", "plan", "bundle", "npm"]) File.SetUnixFileMode(In(name), all);
        _server = await SshServer.StartWithSudoAsync(AptGet.Replace("FOLDER", _stage.Folder, StringComparison.Ordinal), Ct);
        _stage.Over(_server, h => h.User = "festivalops").Set("Maintenance:Application:Folder", _stage.Folder)
            .Set("Maintenance:Application:Bundle", In("bundle")).Set("Maintenance:Application:Npm", In("npm"));
    }
}
