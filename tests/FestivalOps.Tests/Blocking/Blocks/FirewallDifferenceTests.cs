using FestivalOps.Blocking.Blocks.Enforcing;
using FestivalOps.Blocking.Firewalls;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Blocks;

/// <summary>What a firewall lacks or has too much, and whose doing that is.</summary>
public sealed class FirewallDifferenceTests
{
    private static readonly DateTimeOffset Now = Scan.Noon;
    private static readonly DateTimeOffset Agreed = Now.AddMinutes(-1);

    [Fact]
    public void What_agrees_needs_nothing_also_when_the_firewall_joined_ranges()
    {
        Of([Entry("203.0.113.8/31", 60)], [Want("203.0.113.8", 60), Want("203.0.113.9", 60)]).IsNone.ShouldBeTrue();
        Of([Entry("203.0.113.8", 60), Entry("203.0.113.9", 60)], [Want("203.0.113.8/31", 60)]).IsNone.ShouldBeTrue();
        Of([Entry("2001:db8:1::/48", null)], [Want("2001:db8:1::/48", null)]).IsNone.ShouldBeTrue();
        // ufw has no times.
        Of([Entry("203.0.113.9", null)], [Want("203.0.113.9", 60)]).IsNone.ShouldBeTrue();
        // Clocks of seconds, and what is nearly over.
        Of([Entry("203.0.113.9", 61)], [Want("203.0.113.9", 60)]).IsNone.ShouldBeTrue();
        Of([], [new(BlockStage.Range("203.0.113.9"), Now.AddSeconds(2), Now.AddHours(-1))]).IsNone.ShouldBeTrue();
    }

    [Fact]
    public void What_we_decided_since_they_agreed_is_caught_up_with_and_is_no_drift()
    {
        var difference = Of([Entry("203.0.113.1", 60)], [new(BlockStage.Range("203.0.113.2"), Now.AddHours(1), Now.AddSeconds(-30))], [new(BlockStage.Range("203.0.113.1"), Now.AddSeconds(-20))]);
        difference.Change.Block.ShouldHaveSingleItem().ShouldBe(new FirewallEntry(BlockStage.Range("203.0.113.2"), TimeSpan.FromHours(1)));
        difference.Change.Unblock.ShouldBe([BlockStage.Range("203.0.113.1")]);
        difference.IsDrift.ShouldBeFalse();
    }

    [Fact]
    public void What_somebody_else_did_is_drift()
    {
        var difference = Of([Entry("192.0.2.1", null)], [Want("203.0.113.2", 60)]);
        difference.Missing.ShouldBe([BlockStage.Range("203.0.113.2")]);
        difference.Extra.ShouldBe([BlockStage.Range("192.0.2.1")]);
        // A firewall that was never told anything learns of blocks; who it lets in is said.
        FirewallDifference.Of([Entry("192.0.2.1", null)], [Want("203.0.113.2", 60)], [], null, Now).Extra.ShouldBe([BlockStage.Range("192.0.2.1")]);
        FirewallDifference.Of([Entry("192.0.2.1", null)], [Want("203.0.113.2", 60)], [], null, Now).Missing.ShouldBeEmpty();
    }

    [Fact]
    public void A_wrong_time_is_set_anew_and_a_block_without_end_has_none()
    {
        Of([Entry("203.0.113.9", 5)], [Want("203.0.113.9", 60)]).Change.Block.ShouldHaveSingleItem().For.ShouldBe(TimeSpan.FromHours(1));
        Of([Entry("203.0.113.9", 5)], [Want("203.0.113.9", null)]).Change.Block.ShouldHaveSingleItem().For.ShouldBeNull();
    }

    [Fact]
    public void Letting_in_a_joined_range_leaves_what_else_is_blocked_in_it()
    {
        var difference = Of([Entry("203.0.113.8/30", 60)], [Want("203.0.113.9", 60)]);
        difference.Change.Unblock.ShouldBe([BlockStage.Range("203.0.113.8/30")]);
        difference.Change.Block.Select(b => b.Range).ShouldBe([BlockStage.Range("203.0.113.9")]);
    }

    private static FirewallDifference Of(FirewallEntry[] actual, WantedBlock[] wanted, EndedBlock[]? ended = null) => FirewallDifference.Of(actual, wanted, ended ?? [], Agreed, Now);

    private static FirewallEntry Entry(string range, int? minutes) => new(BlockStage.Range(range), minutes is { } some ? TimeSpan.FromMinutes(some) : null);

    private static WantedBlock Want(string range, int? minutes) => new(BlockStage.Range(range), minutes is { } some ? Now.AddMinutes(some) : null, Now.AddHours(-2));
}
