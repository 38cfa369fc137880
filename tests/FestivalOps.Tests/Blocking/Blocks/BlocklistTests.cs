using FestivalOps.Alerting.Incidents;
using FestivalOps.Blocking;
using FestivalOps.Blocking.Blocks;
using FestivalOps.Blocking.Blocks.Card;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Firewalls;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Commands.Audit;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Tests.Alerting;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking.Blocks;

/// <summary>What is blocked by rules and by hand, and that firewalls agree with it; on both engines.</summary>
public sealed class BlocklistTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_storm_of_attackers_is_blocked_everywhere_and_is_one_incident(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        await stage.DecidesAsync([.. Enumerable.Range(0, 1_000).Select(i => stage.Decision($"203.0.{i / 250}.{i % 250}"))]);
        await stage.ToldAsync();
        (stage.One.Refused.Count, stage.Two.Refused.Count, (await stage.RowsAsync()).Count).ShouldBe((1_000, 1_000, 1_000));
        stage.One.Told.ShouldBe(1, "one change for all of them");
        var incident = (await stage.Alerts.IncidentsAsync()).ShouldHaveSingleItem();
        incident.TitleEn.ShouldContain("attacks and was blocked");
        incident.TitleEn.ShouldNotContain("would");
        (await stage.Alerts.OutboxAsync()).Count(r => r.Kind == IncidentPosts.CardKind).ShouldBe(1);

        var row = await stage.RowAsync();
        (row.Source, row.Rule, row.Author, row.Evidence).ShouldBe(("access", "BruteForce", AddressBlock.Bot, "203.0.0.0 - - \"GET /wp-login.php HTTP/1.1\" 404"));
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.Reconciler.LookAsync(Ct);
        while (await stage.Alerts.Get<AttackBook>().ExpireAsync(Ct) > 0)
        {
            // In several goes.
        }
        (await stage.RowsAsync()).ShouldAllBe(b => b.State == BlockState.Ended && b.EndedWhy == BlockEnd.Expired);
        (await stage.Alerts.IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
        stage.One.Refused.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_restart_announces_nothing_again_and_knows_what_is_blocked(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        var decision = stage.Decision("203.0.113.9", hours: 6, times: 2);
        await stage.DecidesAsync(decision);
        await stage.BlocksAsync("198.51.100.7");
        await stage.Reconciler.LookAsync(Ct);
        var (timeline, outbox) = (await stage.Alerts.TimelineAsync(), (await stage.Alerts.OutboxAsync()).Count);

        await using var other = stage.Another();
        var blocklist = other.Get<Blocklist>();
        (await blocklist.KnownAsync(Ct)).Select(k => (k.Address.ToString(), k.Until, k.Times)).ShouldBe(
            [("203.0.113.9", stage.Now.AddHours(6), 2), ("198.51.100.7", stage.Now.AddHours(1), 1)], ignoreOrder: true);
        // A line that was read before the stop and is read once more.
        await BlockStage.DecidesAsync(blocklist, decision);
        await other.Get<BlockReconciler>().LookAsync(Ct);
        (await stage.Alerts.TimelineAsync()).ShouldBe(timeline);
        (await stage.Alerts.OutboxAsync()).Count.ShouldBe(outbox);
        (await stage.RowsAsync()).Count.ShouldBe(2);
        stage.One.Refused.ShouldBe(["198.51.100.7", "203.0.113.9"]);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_host_that_was_away_catches_up_and_people_are_told_meanwhile(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        await stage.BlocksAsync("203.0.113.1", hours: 24);
        await stage.Reconciler.LookAsync(Ct);
        stage.Clock.Advance(TimeSpan.FromSeconds(10));
        stage.Two.IsAway = true;
        var answer = await stage.BlocksAsync("203.0.113.2", hours: 24);
        answer.Says.En.ShouldContain("Not there yet: web2 (it can't be reached.)");
        answer.Says.Ja.ShouldContain("まだ反映できていないホスト: web2");
        await stage.Blocklist.UnblockAsync(1, "U0SATO", Ct);
        await stage.Reconciler.LookAsync(Ct);
        (stage.One.Refused, stage.Two.Refused).ShouldSatisfyAllConditions(s => s.Item1.ShouldBe(["203.0.113.2"]), s => s.Item2.ShouldBe(["203.0.113.1"]));
        var incident = (await stage.Alerts.IncidentsAsync()).ShouldHaveSingleItem();
        incident.TitleEn.ShouldBe("The firewall of web2 can't be told what is blocked");

        stage.Two.IsAway = false;
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await stage.Reconciler.LookAsync(Ct);
        stage.Two.Refused.ShouldBe(["203.0.113.2"]);
        // Catching up is no drift: only the one incident, and it is over.
        (await stage.Alerts.IncidentsAsync()).ShouldHaveSingleItem().State.ShouldBe(IncidentState.Resolved);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Drift_is_mended_and_told_once(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        await stage.BlocksAsync("203.0.113.1", hours: 24);
        for (var i = 0; i < 2; i++)
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(1));
            await stage.Reconciler.LookAsync(Ct);
        }
        (await stage.Alerts.IncidentsAsync()).ShouldBeEmpty();

        stage.One.Meddle(refused =>
        {
            refused.Clear();
            refused[BlockStage.Range("192.0.2.1")] = null;
        });
        // Also over a restart.
        await using var other = stage.Another();
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.Get<BlockReconciler>().LookAsync(Ct);
        stage.One.Refused.ShouldBe(["203.0.113.1"]);
        (await stage.Alerts.IncidentsAsync()).ShouldHaveSingleItem().TitleEn.ShouldBe("The firewall of web1 differed from the blocks");
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.Get<BlockReconciler>().LookAsync(Ct);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.Get<BlockReconciler>().LookAsync(Ct);
        (await stage.Alerts.IncidentsAsync()).ShouldHaveSingleItem().State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task A_firewall_that_hangs_holds_up_neither_the_other_one_nor_a_person()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        stage.One.Hang = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = stage.BlocksAsync("203.0.113.1");
        while (!asking.IsCompleted)
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Ct);
        }
        (await asking).Says.En.ShouldContain("Not there yet: web1 (it has not answered yet.)");
        stage.Two.Refused.ShouldBe(["203.0.113.1"]);
        await stage.Reconciler.LookAsync(Ct);
        stage.One.Hang.SetResult();
        stage.One.Hang = null;
        await stage.ToldAsync();
        await stage.Reconciler.LookAsync(Ct);
        stage.One.Refused.ShouldBe(["203.0.113.1"]);
    }

    [Fact]
    public async Task Of_two_who_undo_one_does_and_the_other_is_told_that_it_is_over()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Postgres, postgres);
        await stage.BlocksAsync("203.0.113.9");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => i % 2 == 0
            ? stage.Blocklist.UnblockAsync(1, $"U{i}", Ct) : stage.Blocklist.UnblockAsync(1, "U0SATO", Ct)));
        answers.Count(a => a.IsDone).ShouldBe(1);
        answers.Where(a => !a.IsDone).ShouldAllBe(a => a.Says.En.Contains("is over already", StringComparison.Ordinal));
        (await stage.RowAsync()).Version.ShouldBe(2);
        stage.One.Refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_block_the_same_address_one_does()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Postgres, postgres);
        await using var other = stage.Another();
        var answers = await Task.WhenAll(stage.BlocksAsync("203.0.113.9"), other.Get<Blocklist>().BlockAsync(new(BlockStage.Range("203.0.113.9"), null, false, ""), "U2", AlertStage.Alerts, Ct), stage.DecidesAsync(stage.Decision("203.0.113.9")).ContinueWith(_ => new BlockAnswer(false, BlockTexts.ByHand, null), TaskScheduler.Default));
        (await stage.RowsAsync()).Count(b => b.State == BlockState.Open).ShouldBe(1);
        answers.Count(a => a.IsDone).ShouldBeLessThanOrEqualTo(1);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task After_people_let_an_address_in_it_is_only_warned_of_for_a_while(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        var corrected = new List<KnownAddress>();
        stage.Blocklist.Corrected += (_, what) => corrected.Add(what.Address);
        await stage.DecidesAsync(stage.Decision("203.0.113.9"));
        await stage.Blocklist.UnblockAsync(1, "U0SATO", Ct);
        (await stage.Alerts.IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
        corrected.ShouldHaveSingleItem().Until.ShouldBe(stage.Now);

        stage.Clock.Advance(TimeSpan.FromMinutes(30));
        await stage.DecidesAsync(stage.Decision("203.0.113.9", hours: 6, times: 2));
        (await stage.RowsAsync()).Count.ShouldBe(1);
        stage.One.Refused.ShouldBeEmpty();
        (await stage.Alerts.IncidentsAsync())[^1].TitleEn.ShouldBe("Suspicious access from 203.0.113.9");
        // The windows count again when the grace is over, and the block that was none does not count.
        (corrected[^1].Until, corrected[^1].Times).ShouldBe((stage.Now.AddMinutes(30), 1));

        stage.Clock.Advance(TimeSpan.FromMinutes(31));
        await stage.DecidesAsync(stage.Decision("203.0.113.9", hours: 6, times: 2));
        await stage.ToldAsync();
        stage.One.Refused.ShouldBe(["203.0.113.9"]);
    }

    [Theory]
    [InlineData("203.0.113.80", "an address of web1 itself")]
    [InlineData("198.51.100.7", "which is never blocked")]
    public async Task A_rule_that_meets_an_untouchable_address_warns_and_says_why(string address, string why)
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres, ("Blocking:NeverBlock:0", "198.51.100.0/24"));
        stage.Places.Add(new(BlockStage.Range("203.0.113.80"), FestivalOps.Blocking.Blocks.Guarding.PlaceKind.Own, "web1"));
        await stage.DecidesAsync(stage.Decision(address));
        (await stage.RowsAsync()).ShouldBeEmpty();
        stage.One.Told.ShouldBe(0);
        (await stage.Alerts.IncidentAsync()).TitleEn.ShouldBe($"Suspicious access from {address}");
        await using var db = stage.Alerts.Db();
        var record = await db.Set<AttackRecord>().SingleAsync(Ct);
        (record.Blocks, record.ReasonEn).ShouldSatisfyAllConditions(r => r.Blocks.ShouldBeFalse(), r => r.ReasonEn.ShouldContain(why));
        (await stage.BlocksAsync(address)).Says.En.ShouldContain(why);
    }

    [Fact]
    public async Task Times_grow_by_hand_too_and_start_over_when_forgiven()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        double[] hours = [1, 6, 24, 168, 168];
        for (var i = 0; i < hours.Length; i++)
        {
            await stage.BlocksAsync("203.0.113.9", hours: null);
            var block = await stage.RowAsync(i + 1);
            (block.Until, block.Times).ShouldBe((stage.Now.AddHours(hours[i]), i + 1));
            stage.Clock.Advance(TimeSpan.FromHours(hours[i] + 1));
            await stage.Blocklist.ExpireAsync(Ct);
        }
        stage.Clock.Advance(TimeSpan.FromDays(31));
        await stage.BlocksAsync("203.0.113.9", hours: null);
        (await stage.RowAsync(6)).Times.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_blocked_already_is_said_and_a_rule_only_makes_it_longer()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.BlocksAsync("203.0.113.9", hours: 2);
        (await stage.BlocksAsync("203.0.113.9", hours: 1)).Says.En.ShouldStartWith("203.0.113.9 is blocked already (#1, until ");
        await stage.DecidesAsync(stage.Decision("203.0.113.9", hours: 1));
        (await stage.RowAsync()).Until.ShouldBe(stage.Now.AddHours(2));
        await stage.DecidesAsync(stage.Decision("203.0.113.9", hours: 6, times: 2));
        await stage.ToldAsync();
        (await stage.RowAsync()).Until.ShouldBe(stage.Now.AddHours(6));
        stage.One.Until("203.0.113.9").ShouldBe(stage.Now.AddHours(6));
        await stage.Blocklist.ExtendAsync(1, TimeSpan.FromHours(24), "U0SATO", Ct);
        stage.One.Until("203.0.113.9").ShouldBe(stage.Now.AddHours(30));
        (await stage.Blocklist.ExtendAsync(1, TimeSpan.FromDays(366), "U0SATO", Ct)).Says.En.ShouldStartWith("A block lasts a year at the most");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_range_and_a_block_without_end_need_a_second_person(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        (await stage.BlocksAsync("203.0.113.0/24", hours: 2)).Says.En.ShouldContain("second person");
        stage.One.Refused.ShouldBeEmpty();
        (await stage.Blocklist.ApproveAsync(1, "U0SATO", Ct)).Says.ShouldBe(BlockTexts.NotYourOwn);
        (await stage.Blocklist.ApproveAsync(1, "U0SUZUKI", Ct)).IsDone.ShouldBeTrue();
        stage.One.Refused.ShouldBe(["203.0.113.0/24"]);

        (await stage.Blocklist.AskPermanentAsync(1, "U0SUZUKI", Ct)).IsDone.ShouldBeTrue();
        (await stage.Blocklist.AskPermanentAsync(1, "U0SATO", Ct)).IsDone.ShouldBeFalse();
        (await stage.Blocklist.ApproveAsync(1, "U0SUZUKI", Ct)).Says.ShouldBe(BlockTexts.NotYourOwn);
        (await stage.Blocklist.ApproveAsync(1, "U0SATO", Ct)).IsDone.ShouldBeTrue();
        (await stage.RowAsync()).Until.ShouldBeNull();
        stage.One.Until("203.0.113.0/24").ShouldBeNull();
        stage.Clock.Advance(TimeSpan.FromDays(1_000));
        await stage.Reconciler.LookAsync(Ct);
        stage.One.Refused.ShouldBe(["203.0.113.0/24"]);

        // One that nobody answers is over after an hour, and one can be declined.
        await stage.BlocksAsync("198.51.100.0/24", hours: 24);
        stage.Clock.Advance(TimeSpan.FromMinutes(61));
        (await stage.Blocklist.ApproveAsync(2, "U0SUZUKI", Ct)).Says.ShouldBe(BlockTexts.TooLate);
        await stage.Blocklist.ExpireAsync(Ct);
        (await stage.RowAsync(2)).EndedWhy.ShouldBe(BlockEnd.NotApproved);
        await stage.BlocksAsync("198.51.100.0/24", hours: 24);
        await stage.Blocklist.DeclineAsync(3, "U0SUZUKI", Ct);
        (await stage.RowAsync(3)).EndedWhy.ShouldBe(BlockEnd.Declined);
        stage.One.Refused.ShouldBe(["203.0.113.0/24"]);
    }

    [Fact]
    public async Task Letting_in_one_address_of_a_blocked_range_leaves_the_range_blocked()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.BlocksAsync("203.0.113.9", hours: 24);
        await stage.BlocksAsync("203.0.113.0/24", hours: 24);
        await stage.Blocklist.ApproveAsync(2, "U0SUZUKI", Ct);
        await stage.Blocklist.UnblockAsync(1, "U0SATO", Ct);
        stage.One.Refused.ShouldBe(["203.0.113.0/24"]);
    }

    [Fact]
    public async Task Simulation_touches_no_firewall()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres, ("Blocking:Mode", "Simulate"));
        stage.Alerts.Get<IBlocklist>().ShouldBeOfType<SimulatedBlocklist>();
        await stage.Alerts.Get<IBlocklist>().ApplyAsync("access", [stage.Decision("203.0.113.9")], Ct);
        (await stage.BlocksAsync("203.0.113.9")).Says.En.ShouldContain("simulation");
        await stage.Reconciler.LookAsync(Ct);
        (stage.One.Asked + stage.One.Told, (await stage.RowsAsync()).Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Hostile_reasons_and_lines_are_harmless_where_they_are_shown()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.BlocksAsync("203.0.113.9", reason: "$(reboot)`id`\n<!channel> <@U1> ```\u202E" + new string('x', 5_000));
        var row = await stage.RowAsync();
        row.ReasonEn.Length.ShouldBeLessThanOrEqualTo(AddressBlock.MaxReason);
        row.ReasonEn.ShouldNotContain('\n');
        row.ReasonEn.ShouldNotContain('\u202E');
        await stage.DecidesAsync(stage.Decision("203.0.113.10") with { Evidence = "203.0.113.10 - - \"GET /```<!channel> HTTP/1.1\" 404" });
        var when = stage.Alerts.Get<BlockNews>().When;
        var cards = (await stage.RowsAsync()).SelectMany(b => BlockMessage.Card(b, null, when, FestivalOps.Language.SpokenLanguage.Ja).Blocks.OfType<FestivalOps.Slack.Blocks.SectionBlock>());
        var card = string.Join('\n', cards.Select(s => s.Text!.Text));
        card.ShouldNotContain("<!channel>");
        card.ShouldNotContain("<@U1>");
        card.ShouldContain("&lt;!channel&gt;");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Every_change_stands_in_the_audit_trail_also_after_a_crash(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        await stage.DecidesAsync(stage.Decision("203.0.113.9"));
        await stage.BlocksAsync("198.51.100.7", reason: "brute force");
        // The process that made them died before the trail had them.
        await using var other = stage.Another();
        var trail = other.Get<AuditTrail>();
        await trail.StartAsync(Ct);
        await other.Get<BlockReconciler>().AuditAsync(Ct);
        await other.Get<Blocklist>().UnblockAsync(1, "U0SATO", Ct);
        await other.Get<BlockReconciler>().AuditAsync(Ct);
        await trail.StopAsync(Ct);
        await using var db = stage.Alerts.Db();
        var rows = await db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Sequence).ToListAsync(Ct);
        rows.Select(r => (r.UserId, r.Text)).ShouldBe([(AddressBlock.Bot, "block 1: 203.0.113.9"), ("U0SATO", "block 2: 198.51.100.7"), ("U0SATO", "block 1: 203.0.113.9")]);
        rows[0].Detail.ShouldStartWith("blocked until 2026-11-24 04:00:00Z; source access, BruteForce, by bot: 20 of them");
        rows[2].Detail.ShouldStartWith("ended (ByHand) by U0SATO");
    }

    [Fact]
    public async Task Without_any_firewall_nobody_believes_that_something_is_blocked()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres, _ => { }, ("Blocking:Mode", "Block"));
        var answer = await stage.Get<Blocklist>().BlockAsync(new(BlockStage.Range("203.0.113.9"), null, false, ""), "U1", "", Ct);
        answer.Says.En.ShouldContain("no firewall is set up");
        await stage.Get<BlockReconciler>().LookAsync(Ct);
        (await stage.IncidentAsync()).TitleEn.ShouldBe("No firewall is set up");
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task The_report_counts_what_was_blocked_and_says_what_was_only_simulated(Engine engine)
    {
        await using var stage = await BlockStage.OpenAsync(engine, postgres);
        await stage.DecidesAsync(stage.Decision("203.0.113.9", times: 3), stage.Decision("203.0.113.10"));
        await stage.BlocksAsync("198.51.100.7");
        // Nobody agreed to this one.
        await stage.BlocksAsync("192.0.2.0/24");
        stage.Clock.Advance(TimeSpan.FromDays(1));
        var figure = await BlockedAsync(stage.Alerts);
        (figure.Value, figure.Note!.En).ShouldBe((3m, "2 automatic, 1 by hand; most often: 203.0.113.9 ×3, 198.51.100.7 ×1, 203.0.113.10 ×1"));
        await using var simulating = stage.Alerts.Another(("Blocking:Mode", "Simulate"));
        var would = await BlockedAsync(simulating);
        (would.Value, would.Why!.En).ShouldBe((null, "missing data: blocking is simulated (Blocking:Mode); 2 addresses would have been blocked"));
    }

    [Fact]
    public async Task Prometheus_is_told_how_many_there_are_and_which_firewall_is_away()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.BlocksAsync("198.51.100.7");
        stage.Two.IsAway = true;
        await stage.DecidesAsync(stage.Decision("203.0.113.9"), stage.Decision("203.0.113.10"));
        await stage.Reconciler.LookAsync(Ct);
        var registry = Metrics.NewCustomRegistry();
        stage.Alerts.Get<BlockNews>().Register(Metrics.WithCustomRegistry(registry), registry);
        await using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page, Ct);
        var lines = System.Text.Encoding.UTF8.GetString(page.ToArray()).Split('\n');
        lines.ShouldContain("festivalops_blocks_open 3");
        lines.ShouldContain("festivalops_blocks_total{source=\"access\"} 2");
        lines.ShouldContain("festivalops_blocks_total{source=\"manual\"} 1");
        lines.ShouldContain("festivalops_firewall_away{firewall=\"web1:Nftables\"} 0");
        lines.ShouldContain("festivalops_firewall_away{firewall=\"web2:Nftables\"} 1");
    }

    [Fact]
    public async Task A_card_is_posted_once_and_drawn_anew_with_each_change()
    {
        await using var stage = await BlockStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.BlocksAsync("203.0.113.9");
        await stage.Blocklist.ExtendAsync(1, TimeSpan.FromHours(1), "U0SATO", Ct);
        await stage.Blocklist.UnblockAsync(1, "U0SATO", Ct);
        (await stage.Alerts.OutboxAsync()).Select(r => r.Key).ShouldBe(["block:1:card", "block:1:redraw:2", "block:1:redraw:3"]);
        BlockMessage.Card(await stage.RowAsync(), null, stage.Alerts.Get<BlockNews>().When, FestivalOps.Language.SpokenLanguage.En).Blocks.OfType<FestivalOps.Slack.Blocks.ActionsBlock>().ShouldBeEmpty();
    }

    private static async Task<Figure> BlockedAsync(AlertStage stage)
    {
        var day = Period.Of(ReportKind.Daily, new(2026, 11, 24));
        var part = stage.Services.GetServices<IReportPart>().OfType<FestivalOps.Reports.Security.SecurityPart>().Single();
        return (await part.AskAsync([day.In(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"))], Ct)).Figures[day.Key].Find("blocked")!;
    }
}
