using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>The way to a firewall that is kept open: faster, and never the only one.</summary>
public sealed class FirewallSessionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private FirewalledMachine _machine = null!;
    private MachineHost _host = null!;
    private CountingHost _counted = null!;
    private FirewallSession _session = null!;
    private HostFirewall _firewall = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(FirewalledMachine.IsAvailable(FirewallKind.Nftables, out var reason), reason);
        _machine = await FirewalledMachine.StartAsync(Ct);
        _host = _machine.Host();
        _counted = new(_host);
        _session = new(_counted, HostFirewall.Serving(FirewallKind.Nftables), _time, NullLogger.Instance);
        _firewall = new(_counted, FirewallKind.Nftables, _session);
    }

    public async ValueTask DisposeAsync()
    {
        if (_machine is null) return;
        await _session.DisposeAsync();
        _host.Dispose();
        await _machine.DisposeAsync();
    }

    [Fact]
    public async Task Changes_go_through_one_command_and_hold_as_any()
    {
        await OpensAsync();
        (await _machine.GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.First, FirewalledMachine.Second);
        (await _machine.GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await _firewall.ApplyAsync(new([], [Range(FirewalledMachine.First)]), Ct)).Problem.ShouldBeNull();
        (await _machine.GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
        (await _machine.GetsInAsync(FirewalledMachine.Second, isExpected: false)).ShouldBeFalse();
        _counted.Commands.ShouldBe([HostCommands.ServeNftables.ToString()]);
    }

    [Fact]
    public async Task What_is_large_goes_by_a_command_of_its_own()
    {
        await OpensAsync();
        var many = Enumerable.Range(1, FirewallSession.MostLines + 1).Select(n => new FirewallEntry(AddressRange.Of(ClientAddress.Of(0x0b000000 + (uint)n)), null)).ToList();
        (await _firewall.ApplyAsync(new(many, []), Ct)).Problem.ShouldBeNull();
        _counted.Commands.ShouldBe([HostCommands.ServeNftables.ToString(), HostCommands.ChangeNftables.ToString()]);
        (await _firewall.ReadAsync(Ct)).Entries!.Count.ShouldBe(many.Count);
    }

    [Fact]
    public async Task A_tool_that_refuses_is_told_and_the_next_change_goes_the_same_way()
    {
        await OpensAsync();
        await _machine.ReplaceAsync("/usr/sbin/nft", "#!/bin/sh\ncat >/dev/null\necho 'Operation not permitted' >&2\necho more >&2\nexit 1\n");
        (await _firewall.ApplyAsync(Blocking(FirewalledMachine.First), Ct)).Problem.ShouldNotBeNull().En.ShouldBe("nftables on web1 failed: Operation not permitted");
        await _machine.RunAsync("/bin/umount", "/usr/sbin/nft");
        await BlockAsync(FirewalledMachine.First);
        (await _machine.GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        _counted.Commands.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_tool_that_hangs_is_ended_and_the_way_opens_again_after_a_rest()
    {
        await OpensAsync();
        await _machine.ReplaceAsync("/usr/sbin/nft", "#!/bin/sh\ntouch /run/hangs\nsleep 3600\n");
        var asked = _firewall.ApplyAsync(Blocking(FirewalledMachine.First), Ct);
        (await FirewalledMachine.ComesTrueAsync(async () => (await _machine.RunAsync("/bin/ls", "/run")).Contains("hangs", StringComparison.Ordinal), Ct)).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(16));
        (await asked).Problem.ShouldNotBeNull().En.ShouldBe("web1: it did not end within 15 s and was ended.");
        // Ended with all that it had begun.
        (await FirewalledMachine.ComesTrueAsync(() => Task.FromResult(!_session.IsOpen && _counted.Running == 0), Ct)).ShouldBeTrue();
        await _machine.RunAsync("/bin/umount", "/usr/sbin/nft");
        await BlockAsync(FirewalledMachine.First);
        _counted.Commands.ShouldBe([HostCommands.ServeNftables.ToString(), HostCommands.ChangeNftables.ToString()]);
        _time.Advance(FirewallSession.Rest);
        await OpensAsync();
        await BlockAsync(FirewalledMachine.Second);
        _counted.Commands.Count.ShouldBe(3);
        (await _machine.GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await _machine.GetsInAsync(FirewalledMachine.Second, isExpected: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_way_that_broke_costs_no_block()
    {
        await OpensAsync();
        // Its first change ends all that belongs to it.
        await _machine.ReplaceAsync("/usr/sbin/nft", "#!/bin/sh\nif [ -e /run/ended ]; then cat >>/run/took; exit; fi\ntouch /run/ended\nkill -KILL 0\n");
        await BlockAsync(FirewalledMachine.First);
        (await _machine.RunAsync("/bin/cat", "/run/took")).ShouldContain(FirewalledMachine.First);
        _counted.Commands.ShouldBe([HostCommands.ServeNftables.ToString(), HostCommands.ChangeNftables.ToString()]);
    }

    [Fact]
    public async Task Where_sudo_does_not_allow_it_each_change_is_a_command_of_its_own()
    {
        var rules = Path.Combine(_machine.Folder, "sudoers.d", "festivalops");
        await File.WriteAllLinesAsync(rules, (await File.ReadAllLinesAsync(rules, Ct)).Where(l => !l.Contains(" serve ", StringComparison.Ordinal)), Ct);
        _session.Open();
        (await FirewalledMachine.ComesTrueAsync(() => Task.FromResult(_counted is { Commands.Count: 1, Running: 0 }), Ct)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.First);
        (await _machine.GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        _counted.Commands.ShouldBe([HostCommands.ServeNftables.ToString(), HostCommands.ChangeNftables.ToString()]);
    }

    [Fact]
    public async Task When_we_leave_it_ends()
    {
        await OpensAsync();
        await _session.DisposeAsync();
        _counted.Running.ShouldBe(0);
        await BlockAsync(FirewalledMachine.First);
        _counted.Commands.ShouldBe([HostCommands.ServeNftables.ToString(), HostCommands.ChangeNftables.ToString()]);
    }

    [Fact]
    public async Task The_script_answers_each_change_by_itself_and_a_hostile_line_spoils_only_its_own()
    {
        var crowd = string.Concat(Enumerable.Repeat("del 198.51.100.1\n", 1001));
        var input = $"add 203.0.113.5 60\n.\nadd 203.0.113.6 60\nadd $(id) 60\n.\n{crowd}.\nadd 203.0.113.7 60; flush ruleset\n.\n.\ndel 203.0.113.5\nadd 203.0.113.8 0\n.\nadd 203.0.113.9 60\n";
        var result = await _host.RunAsync(HostCommands.ServeNftables with { Input = System.Text.Encoding.ASCII.GetBytes(input) }, null, Ct);
        result.ExitCode.ShouldBe(0);
        result.Output.Text.Split('\n').ShouldBe(
            [
                "ready", "0 ", "2 festivalops-firewall: line 2 is neither add ADDRESS SECONDS nor del ADDRESS", "2 more than 1000 lines",
                "2 festivalops-firewall: line 1 is neither add ADDRESS SECONDS nor del ADDRESS", "0 ", "0 ", "",
            ]);
        // What has no end is no change.
        (await _firewall.ReadAsync(Ct)).Entries!.Select(e => e.Range.ToString()).ShouldBe(["203.0.113.8"]);
    }

    private static AddressRange Range(string text) => AddressRange.TryParse(text, out var range) ? range : throw new FormatException(text);

    private static FirewallChange Blocking(params string[] ranges) => new([.. ranges.Select(r => new FirewallEntry(Range(r), TimeSpan.FromHours(1)))], []);

    private async Task BlockAsync(params string[] ranges) => (await _firewall.ApplyAsync(Blocking(ranges), Ct)).Problem?.En.ShouldBeNull();

    private async Task OpensAsync()
    {
        _session.Open();
        (await FirewalledMachine.ComesTrueAsync(() => Task.FromResult(_session.IsOpen), Ct)).ShouldBeTrue();
    }

    // Notes what it is asked for.
    private sealed class CountingHost(IHost host) : IHost
    {
        private readonly List<string> _commands = [];
        private int _running;

        public IReadOnlyList<string> Commands
        {
            get
            {
                lock (_commands) return [.. _commands];
            }
        }

        public int Running => Volatile.Read(ref _running);

        public string Name => host.Name;

        public string Place => host.Place;

        public IHostFiles Files => host.Files;

        public async Task<HostResult> RunAsync(HostCommand command, Action<HostLine>? line, CancellationToken ct)
        {
            lock (_commands) _commands.Add(command.ToString());
            Interlocked.Increment(ref _running);
            try
            {
                return await host.RunAsync(command, line, ct);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }
}
