using FestivalOps.Hosts;

namespace FestivalOps.ScenarioTests.RealHost;

/// <summary>A real host that goes wrong while a command runs on it. Each has its sentence, and the next run works when the host does.</summary>
public sealed class BadRealHost(StandingHost real) : OnRealHost(real)
{
    private const string Refused = "web1 (festivalops@";

    [Fact]
    public async Task A_command_that_hangs_is_ended_in_the_host_with_all_that_it_started()
    {
        var result = await RunAsync(Sleeping("411") with { Timeout = TimeSpan.FromSeconds(2) });
        (result.Outcome, result.Sentence!.En).ShouldBe((HostOutcome.TimedOut, "web1: it did not end within 2 s and was ended."));
        (await ProcessesAsync("sleep 411")).ShouldBe(0);
    }

    [Fact]
    public async Task A_stop_ends_the_command_in_the_host()
    {
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = Host.RunAsync(Sleeping("412"), line => asked.CancelAfter(TimeSpan.FromMilliseconds(100)), asked.Token);
        var result = await running;
        (result.Outcome, result.Sentence!.En).ShouldBe((HostOutcome.Cancelled, "Stopped on request."));
        (await ProcessesAsync("sleep 412")).ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_that_is_cut_ends_the_command_when_the_host_can_be_reached_again()
    {
        var result = await CutAsync("413", "pkill -KILL -x -u festivalops sshd");
        (result.Outcome, result.ExitCode).ShouldBe((HostOutcome.Unreachable, null));
        result.Sentence!.En.ShouldEndWith("The command that ran on web1 was ended.");
        (await ProcessesAsync("sleep 413")).ShouldBe(0);
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_sshd_it_is_said_that_the_command_may_still_run_and_it_does()
    {
        try
        {
            var result = await CutAsync("414", "systemctl stop ssh; pkill -KILL -x -u festivalops sshd");
            result.Outcome.ShouldBe(HostOutcome.Unreachable);
            result.Sentence!.En.ShouldEndWith("The command may still be running on web1.");
            (await ProcessesAsync("sleep 414")).ShouldBe(2, "nobody could end it");
            (await ShellAsync("id")).Sentence!.En.ShouldStartWith($"{Refused}");
        }
        finally
        {
            await BehindAsync("systemctl start ssh; pkill -KILL -fx 'sleep 414' || true");
        }
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_host_that_loses_its_power_midway_is_unreachable_until_it_is_up_again()
    {
        var begun = new TaskCompletionSource();
        var running = Host.RunAsync(Sleeping("415"), line => begun.TrySetResult(), Ct);
        await begun.Task.WaitAsync(Soon.Generous, Ct);
        await BehindAsync("touch /var/lib/written-before; sync -f /var/lib");
        await Real.Machine.CutPowerAsync();
        try
        {
            var result = await running.WaitAsync(TimeSpan.FromMinutes(1), Ct);
            result.Outcome.ShouldBe(HostOutcome.Unreachable);
            result.Sentence!.En.ShouldEndWith("The command may still be running on web1.");
            (await ShellAsync("id")).Outcome.ShouldBe(HostOutcome.Unreachable);
            (await Host.Files.ListAsync("/", Ct)).Outcome.ShouldBe(HostOutcome.Unreachable);
        }
        finally
        {
            await Real.Machine.BootAsync(Ct);
        }
        (await ShellAsync("test -e /var/lib/written-before && ps -e -o args=")).Output.Text.ShouldNotContain("sleep 415");
        (await Host.Files.ListAsync("/", Ct)).Outcome.ShouldBe(HostOutcome.Done);
    }

    [Fact]
    public async Task A_full_disk_fails_the_command_with_the_reason_and_leaves_the_rest_readable()
    {
        await BehindAsync("mkdir -p /mnt/small; mount -t tmpfs -o size=64k,mode=1777 none /mnt/small; head -c 100000 /dev/zero >/mnt/small/zeros 2>/dev/null || true");
        try
        {
            var result = await RunAsync(HostCommands.DumpDatabase("festival_planner_platform_production", "/mnt/small/platform.dump"));
            (result.Outcome, result.Succeeded).ShouldBe((HostOutcome.Done, false));
            result.Error.Text.ShouldContain("No space left on device");
            (await Host.Files.SpaceAsync("/mnt/small", Ct)).Value.ShouldNotBeNull().FreeBytes.ShouldBe(0);
            (await Host.Files.HeadAsync("/mnt/small/zeros", 10, Ct)).Outcome.ShouldBe(HostOutcome.Done);
        }
        finally
        {
            await BehindAsync("umount /mnt/small");
        }
    }

    [Fact]
    public async Task A_host_that_was_made_anew_shows_another_key_and_is_refused_until_that_is_entered()
    {
        (await ShellAsync("id")).Succeeded.ShouldBeTrue();
        await BehindAsync("cp -p /etc/ssh/ssh_host_ed25519_key* /root/; rm /etc/ssh/ssh_host_ed25519_key*; ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key; systemctl restart ssh");
        try
        {
            using var next = Real.Connect();
            var result = await next.RunAsync(new("/usr/bin/id"), null, Ct);
            result.Outcome.ShouldBe(HostOutcome.Unreachable);
            result.Sentence!.En.ShouldContain("shows another host key: expected ssh-ed25519 SHA256:");
            (await next.Files.ListAsync("/", Ct)).Outcome.ShouldBe(HostOutcome.Unreachable);

            await Real.EnterHostKeyAsync(Ct);
            (await next.RunAsync(new("/usr/bin/id"), null, Ct)).Succeeded.ShouldBeTrue();
        }
        finally
        {
            await BehindAsync("mv /root/ssh_host_ed25519_key* /etc/ssh/; systemctl restart ssh");
            await Real.EnterHostKeyAsync(Ct);
        }
    }

    // A command with a child; both are called by the number.
    private static HostCommand Sleeping(string seconds) => new("/bin/sh", "-c", $"sleep {seconds} & echo begun; exec sleep {seconds}");

    private async Task<HostResult> CutAsync(string seconds, string how)
    {
        var begun = new TaskCompletionSource();
        var running = Host.RunAsync(Sleeping(seconds), line => begun.TrySetResult(), Ct);
        await begun.Task.WaitAsync(Soon.Generous, Ct);
        // The line comes before the last exec.
        await Soon.TrueAsync(async () => await ProcessesAsync($"sleep {seconds}") == 2, "both sleep");
        await BehindAsync(how);
        return await running.WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }
}
