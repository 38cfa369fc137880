using System.Diagnostics;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Firewalls;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>What the firewalls whose blocks live in the kernel's sets do besides.</summary>
public abstract class KernelFirewallSpecs : FirewallSpecs
{
    [Fact]
    public async Task A_block_ends_by_itself_in_the_kernel()
    {
        await ApplyAsync(new([new(Range(FirewalledMachine.First), TimeSpan.FromSeconds(1)), new(Range("2001:db8:1::/48"), TimeSpan.FromSeconds(1)), new(Range(FirewalledMachine.Second), TimeSpan.FromHours(1))], []));
        (await FirewalledMachine.ComesTrueAsync(() => Machine.GetsInAsync(FirewalledMachine.First, isExpected: false), Ct)).ShouldBeTrue();
        (await FirewalledMachine.ComesTrueAsync(() => Machine.GetsInAsync(FirewalledMachine.OtherV6, isExpected: false), Ct)).ShouldBeTrue();
        (await GetsInAsync(FirewalledMachine.Second, isExpected: false)).ShouldBeFalse();
        (await ReadAsync()).ShouldBe([FirewalledMachine.Second]);
    }

    [Fact]
    public async Task Blocked_anew_its_time_begins_anew()
    {
        await BlockForAsync(FirewalledMachine.First, TimeSpan.FromSeconds(30));
        await BlockForAsync(FirewalledMachine.First, TimeSpan.FromHours(1));
        (await LeftAsync()).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromMinutes(50));
        await BlockForAsync(FirewalledMachine.First, null);
        (await LeftAsync()).ShouldBeNull();
        await BlockForAsync(FirewalledMachine.First, TimeSpan.FromSeconds(20));
        (await LeftAsync()).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(20));
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_connection_that_is_there_is_cut_too()
    {
        using var call = (await Machine.CallAsync(FirewalledMachine.First)).ShouldNotBeNull();
        (await FirewalledMachine.AnswersAsync(call)).ShouldBeTrue();
        await BlockAsync(FirewalledMachine.First);
        (await FirewalledMachine.AnswersAsync(call, isExpected: false)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_hundred_thousand_are_blocked_at_once()
    {
        var many = Enumerable.Range(0, 100_000).Select(n => new FirewallEntry(AddressRange.Of(ClientAddress.Of(0x0b000000 + (uint)n * 7)), TimeSpan.FromHours(1))).ToList();
        var watch = Stopwatch.StartNew();
        await ApplyAsync(new([.. many, new(Range(FirewalledMachine.First), null)], []));
        var applied = watch.Elapsed;
        var read = (await Firewall.ReadAsync(Ct)).Entries.ShouldNotBeNull();
        TestContext.Current.SendDiagnosticMessage("{0}: 100,000 applied in {1:0} ms, read in {2:0} ms", Kind, applied.TotalMilliseconds, (watch.Elapsed - applied).TotalMilliseconds);
        read.Select(e => e.Range).ToHashSet().SetEquals([.. many.Select(e => e.Range), Range(FirewalledMachine.First)]).ShouldBeTrue();
        (await GetsInAsync(FirewalledMachine.First, isExpected: false)).ShouldBeFalse();
        applied.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_is_not_ours_stays_as_it_is()
    {
        await Machine.RunWithAsync(
            """
            add table inet someone
            add set inet someone s { type ipv4_addr; elements = { 203.0.113.1 }; }
            add chain inet someone input { type filter hook input priority 0; policy accept; }
            add rule inet someone input ip saddr @s drop
            add table ip filter
            add chain ip filter INPUT { type filter hook input priority 0; policy accept; }
            add rule ip filter INPUT ip saddr 203.0.113.2 counter drop
            """, "/usr/sbin/nft", "-f", "-");
        var before = await ForeignAsync();
        await BlockAsync(FirewalledMachine.First, FirewalledMachine.FirstV6, "198.51.100.0/24");
        await UnblockAsync("198.51.100.0/24", "203.0.113.1", "203.0.113.2");
        await BlockAsync(FirewalledMachine.Second);
        (await ForeignAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_verb_or_a_kind_that_is_none_does_nothing()
    {
        using var host = Machine.HostOfRoot();
        foreach (var words in (string[][])[[], ["apply"], ["apply", "nftables", "more"], ["flush", "nftables"], ["apply", "pf"], ["lock", "iptables"], ["apply", "../nftables"], ["", ""]])
        {
            var result = await host.RunAsync(new("/usr/local/sbin/festivalops-firewall", words.Select(w => (FestivalOps.Hosts.HostArgument)w)), null, Ct);
            result.ExitCode.ShouldBe(2, string.Join(' ', words));
        }
    }

    private async Task<TimeSpan?> LeftAsync() => (await Firewall.ReadAsync(Ct)).Entries.ShouldNotBeNull().ShouldHaveSingleItem().For;

    /// <summary>All rules of the machine that are not ours.</summary>
    protected abstract Task<string> ForeignAsync();
}
