using FestivalOps.Blocking.Firewalls;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>iptables and ip6tables with ipset.</summary>
public sealed class IptablesTests : KernelFirewallSpecs
{
    private protected override FirewallKind Kind => FirewallKind.Iptables;

    [Fact]
    public async Task It_stands_before_rules_that_let_in_also_those_that_come_later()
    {
        await Machine.RunAsync("/usr/sbin/iptables", "-A", "INPUT", "-p", "tcp", "-j", "ACCEPT");
        await BlockAsync(FirewalledMachine.First);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        await Machine.RunAsync("/usr/sbin/iptables", "-I", "INPUT", "1", "-p", "tcp", "-j", "ACCEPT");
        (await GetsInAsync(FirewalledMachine.First)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.Second);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await Machine.RunAsync("/usr/sbin/iptables", "-S", "INPUT")).ShouldBe("-P INPUT ACCEPT\n-A INPUT -j FESTIVALOPS\n-A INPUT -p tcp -j ACCEPT\n-A INPUT -p tcp -j ACCEPT\n");
    }

    [Fact]
    public async Task Rules_that_were_taken_away_are_missed_and_put_back()
    {
        await BlockAsync(FirewalledMachine.First, FirewalledMachine.FirstV6);
        await Machine.RunAsync("/usr/sbin/iptables", "-F", "FESTIVALOPS");
        (await ReadAsync()).ShouldBe(["2001:db8:1:2::/64"]);
        await Machine.RunAsync("/usr/sbin/ip6tables", "-F", "INPUT");
        (await ReadAsync()).ShouldBeEmpty();
        await ApplyAsync(new([], []));
        (await ReadAsync()).ShouldBe([FirewalledMachine.First, "2001:db8:1:2::/64"], ignoreOrder: true);
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        (await GetsInAsync(FirewalledMachine.FirstV6, isExpected: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_time_beyond_what_ipset_knows_is_cut_to_that()
    {
        await BlockForAsync(FirewalledMachine.First, TimeSpan.FromDays(365));
        (await Firewall.ReadAsync(Ct)).Entries.ShouldNotBeNull().ShouldHaveSingleItem().For.ShouldNotBeNull().TotalDays.ShouldBeInRange(24, 25);
    }

    protected override async Task<string> ForeignAsync()
    {
        var all = await Machine.RunAsync("/usr/sbin/nft", "list", "ruleset");
        var foreign = all.Split("\ntable ").Where(t => t.Contains("someone", StringComparison.Ordinal) || t.Contains("203.0.113.2", StringComparison.Ordinal));
        return string.Join('\n', string.Join('\n', foreign).Split('\n').Where(l => l.Contains("saddr", StringComparison.Ordinal) || l.Contains("203.0.113", StringComparison.Ordinal)));
    }
}
