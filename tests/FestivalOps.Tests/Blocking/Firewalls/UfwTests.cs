using FestivalOps.Blocking.Firewalls;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Firewalls;

/// <summary>ufw, with copies of its files.</summary>
public sealed class UfwTests : FirewallSpecs
{
    private protected override FirewallKind Kind => FirewallKind.Ufw;

    protected override bool HasTimes => false;

    [Fact]
    public async Task Rules_of_somebody_else_stay()
    {
        await Machine.RunAsync("/usr/sbin/ufw", "deny", "from", FirewalledMachine.First);
        await Machine.RunAsync("/usr/sbin/ufw", "deny", "from", "203.0.113.1", "comment", "by hand");
        await Machine.RunAsync("/usr/sbin/ufw", "deny", "from", "2001:db8:1:2::/64");
        var before = await Machine.RunAsync("/usr/sbin/ufw", "show", "added");
        await BlockAsync(FirewalledMachine.First, "203.0.113.1", FirewalledMachine.FirstV6, FirewalledMachine.Second);
        (await ReadAsync()).ShouldBe([FirewalledMachine.Second]);
        await UnblockAsync(FirewalledMachine.First, "203.0.113.1", FirewalledMachine.FirstV6, FirewalledMachine.Second);
        (await Machine.RunAsync("/usr/sbin/ufw", "show", "added")).ShouldBe(before);
    }

    [Fact]
    public async Task One_that_is_switched_off_is_said_so()
    {
        await Machine.RunAsync("/usr/sbin/ufw", "disable");
        (await Firewall.ReadAsync(Ct)).Problem.ShouldNotBeNull().En.ShouldBe("ufw on web1 is not active. Allow SSH there first, then run: sudo ufw enable");
        (await Firewall.ApplyAsync(new([new(Range(FirewalledMachine.First), null)], []), Ct)).Problem.ShouldNotBeNull().Ja.ShouldContain("ufw enable");
    }

    [Fact]
    public async Task More_than_a_thousand_at_a_time_are_refused_with_what_to_do()
    {
        var change = new FirewallChange([], [.. Enumerable.Range(0, 1_001).Select(n => Range($"203.0.{n / 250}.{n % 250}"))]);
        (await Firewall.ApplyAsync(change, Ct)).Problem.ShouldNotBeNull().En.ShouldBe("ufw takes 1,000 changes at a time, but there are 1,001. Nothing was changed. For that many use nftables.");
    }

    protected override async Task BeginAsync()
    {
        await Machine.RunAsync("/usr/sbin/ufw", "--force", "enable");
        await Machine.RunAsync("/usr/sbin/ufw", "allow", $"{FirewalledMachine.EchoPort}/tcp");
    }
}
