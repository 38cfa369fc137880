using FestivalOps.Blocking;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>Windows are exact, with late lines, too, and bounded.</summary>
public sealed class WindowTests
{
    private static readonly Rule Five = new("Five", Signal.Request, DecisionTexts.Requests, 5, 100, Blocks: true);

    [Fact]
    public void Late_lines_are_decided_as_if_they_had_come_in_time()
    {
        // Against the plain definition: whichever five of all moments lie less than 100 apart.
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var windows = new SlidingWindows(100, 1 << 20, isDistinct: false, [Five]);
            var all = new List<long>();
            var now = 1_000L;
            for (var i = 0; i < 60; i++)
            {
                now += random.Next(0, 45);
                var at = now - (random.Next(3) == 0 ? random.Next(0, 100) : 0);
                all.Add(at);
                all.Sort();
                var expected = Enumerable.Range(0, Math.Max(0, all.Count - 4)).Any(j => all[j + 4] - all[j] < 100);
                (windows.Add(ClientAddress.Of(1), at, 0, Doubt.None, out _, out _) is not null).ShouldBe(expected, $"seed {seed}, line {i}");
                if (expected) break;
            }
        }
    }

    [Fact]
    public void More_addresses_than_are_remembered_push_out_the_quiet_ones_and_never_an_attacker_that_goes_on()
    {
        const int most = 1_000;
        var windows = new SlidingWindows(most, 1 << 20, isDistinct: false, [Five with { Count = 20, Window = 1_000_000 }]);
        Rule? met = null;
        for (uint i = 0; i < 10_000; i++)
        {
            windows.Add(ClientAddress.Of(0x0a00_0000 + i), i, 0, Doubt.None, out _, out _).ShouldBeNull();
            // One line among 500 of others: the twentieth, and no other, meets the rule.
            if (i % 500 == 0) met = windows.Add(ClientAddress.Of(0xc000_0201), i, 0, Doubt.None, out _, out _);
            (met is not null).ShouldBe(i >= 9_500);
            windows.Count.ShouldBeLessThanOrEqualTo(most);
        }
    }

    [Fact]
    public void What_many_addresses_did_fits_into_the_memory_that_it_may_have()
    {
        var detector = Detector.Of(new());
        var decisions = new List<BlockDecision>();
        // Everything that it ever took, what it gave back while it grew included; others run beside this test.
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 15; round++)
        {
            for (uint i = 0; i < 200_000; i++)
            {
                var at = (round * 200_000L + i) * 1000;
                detector.Count(new() { Signal = Signal.Request, Address = ClientAddress.Of(0x0a00_0000 + i), At = at, Times = 1 }, 1, decisions);
            }
        }
        detector.Remembered(Signal.Request).ShouldBe(100_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(60L * 1024 * 1024);
    }

    [Fact]
    public void Blocks_grow_and_are_forgiven()
    {
        var decisions = new List<BlockDecision>();
        var detector = Detector.Of(new());
        var at = 1_000_000_000_000_000L;
        void Attack()
        {
            for (var i = 0; i < 20; i++) detector.Count(new() { Signal = Signal.Login, Address = ClientAddress.Of(5), At = at, Times = 1 }, 1, decisions);
        }
        foreach (var hours in new[] { 1, 6, 24, 168, 168 })
        {
            decisions.Clear();
            Attack();
            var block = decisions.Single(d => d.Outcome == BlockOutcome.Block);
            block.For.ShouldBe(TimeSpan.FromHours(hours));
            // While it lasts its lines change nothing.
            at += hours * 3600L * LogTime.Second - 1;
            decisions.Clear();
            Attack();
            decisions.ShouldBeEmpty();
            at += 1;
        }
        at += 31L * 86_400 * LogTime.Second;
        decisions.Clear();
        Attack();
        decisions.Single(d => d.Outcome == BlockOutcome.Block).For.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public void Ten_in_a_minute_are_a_warning_once_an_hour()
    {
        var lines = Enumerable.Range(0, 60).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddMinutes(i * 2).AddSeconds(0)))
            .Concat(Enumerable.Range(0, 10).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(3).AddSeconds(i * 6.5))))
            .Concat(Enumerable.Range(0, 5).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddHours(3).AddSeconds(60 + i))));
        var warning = Scan.Decisions(LogKind.Nginx, lines).Single();
        (warning.Outcome, warning.Rule, warning.Line, warning.For).ShouldBe((BlockOutcome.Warn, "Unauthorised", 70, TimeSpan.FromHours(1)));
    }

    [Fact]
    public void An_address_that_is_never_to_be_blocked_is_warned_of_once()
    {
        var lines = Enumerable.Range(0, 100).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(i)));
        var decisions = Scan.Decisions(LogKind.Nginx, lines, o => o.NeverBlock = ["203.0.113.0/24"]);
        decisions.Select(d => (d.Outcome, d.Rule)).ShouldBe([(BlockOutcome.Warn, "Unauthorised"), (BlockOutcome.Warn, "BruteForce")]);
        decisions[1].Reason.En.ShouldEndWith("It is in Blocking:NeverBlock, so it is not blocked");
    }

    [Theory]
    [InlineData("ScannerPaths")]
    [InlineData("TooManyRequests")]
    [InlineData("UserNames")]
    public void The_other_rules_warn_and_block_when_they_are_set_to(string rule)
    {
        IEnumerable<string> lines = rule switch
        {
            "ScannerPaths" => Enumerable.Range(0, 5).Select(i => Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(i), 404, i % 2 == 0 ? "GET /WP-login.php?x=1 HTTP/1.1" : "GET //shell.PHP HTTP/1.1")),
            "TooManyRequests" => Enumerable.Range(0, 15).SelectMany(i => Enumerable.Repeat(Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(i), 429), 4)),
            _ => Enumerable.Range(0, 8).Select(i => Scan.Auth(Scan.Noon.AddSeconds(i), Scan.Failed("203.0.113.9", $"invalid user name{i}", 4000 + i))),
        };
        var kind = rule == "UserNames" ? LogKind.Auth : LogKind.Nginx;
        void Only(BlockingOptions o)
        {
            (o.BruteForce.Action, o.Unauthorised.Action) = (RuleAction.Off, RuleAction.Off);
        }
        Scan.Decisions(kind, lines, Only).ShouldHaveSingleItem().Outcome.ShouldBe(BlockOutcome.Warn);
        Scan.Decisions(kind, lines, o =>
        {
            Only(o);
            (o.ScannerPaths.Action, o.TooManyRequests.Action, o.UserNames.Action) = (RuleAction.Block, RuleAction.Block, RuleAction.Block);
        }).ShouldHaveSingleItem().Outcome.ShouldBe(BlockOutcome.Block);
        Scan.Decisions(kind, lines.Skip(1), Only).ShouldBeEmpty();
    }

    [Fact]
    public void One_user_name_tried_often_is_one_name()
    {
        var lines = Enumerable.Range(0, 70).Select(i => Scan.Auth(Scan.Noon.AddSeconds(i * 20), Scan.Failed("203.0.113.9", $"invalid user name{i % 7}", 4000 + i)));
        Scan.Decisions(LogKind.Auth, lines).ShouldBeEmpty();
    }
}
