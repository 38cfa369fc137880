using FestivalOps.Channels;
using FestivalOps.Slack.WebApi;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>What is intended arrives, once, in the right order, and says what is true at the moment of sending.</summary>
public sealed class CourierTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_row_becomes_a_message_with_its_key_and_is_written_as_sent(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAndStartAsync();

        await bot.TellAsync("incident:1:page", "DB が応答しません");
        var row = await office.RowAsync("incident:1:page", OutboxState.Sent);

        var post = office.Posts().ShouldHaveSingleItem();
        post.Text.ShouldBe("DB が応答しません");
        post.Metadata!.Value.GetProperty("event_payload").GetProperty("key").GetString().ShouldBe("incident:1:page");
        (row.ResultChannel, row.ResultTs, row.Attempts, row.Unclear, row.LeaseOwner).ShouldBe((PostOffice.Channel, post.Ts, 1, false, null));
        bot.Kind.Sent.ShouldHaveSingleItem().Arrival.Ts.ShouldBe(post.Ts);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Pages_overtake_what_waits_and_within_one_priority_the_older_goes_first(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        await bot.TellAsync("r", "report", OutboxPriority.Report);
        await bot.TellAsync("n1", "note 1", OutboxPriority.Note);
        await bot.TellAsync("n2", "note 2", OutboxPriority.Note);
        await bot.TellAsync("c", "card", OutboxPriority.Card);
        await bot.TellAsync("p", "page");

        await bot.StartAsync();
        await office.RowAsync("r", OutboxState.Sent);

        office.Texts().ShouldBe(["page", "card", "note 1", "note 2", "report"]);
    }

    [Fact]
    public async Task One_channel_hears_about_one_post_a_second_and_others_do_not_wait_for_it()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        for (var i = 0; i < 6; i++) await bot.TellAsync($"a{i}", $"a{i}", OutboxPriority.Note);
        await bot.TellAsync("b", "b", OutboxPriority.Report, PostOffice.OtherChannel);
        var begin = office.Clock.GetUtcNow();

        await bot.StartAsync();
        await office.RowAsync("b", OutboxState.Sent);
        (office.Clock.GetUtcNow() - begin).ShouldBeLessThan(TimeSpan.FromSeconds(4));
        await office.RowAsync("a5", OutboxState.Sent);

        // A burst of two, then one a second.
        (office.Clock.GetUtcNow() - begin).ShouldBeGreaterThan(TimeSpan.FromSeconds(3.9));
        (await office.CallsAsync("chat.postMessage")).ShouldNotContain(c => c.GetProperty("status").GetInt32() == 429);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_not_wanted_any_more_is_dropped_with_its_reason_and_nobody_sees_it(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        bot.Kind.Says = _ => new Prepared.Drop("acknowledged by U0SATO0001");
        await bot.TellAsync("p", "page");

        await bot.StartAsync();
        var row = await office.RowAsync("p", OutboxState.Dropped);

        row.Reason.ShouldBe("acknowledged by U0SATO0001");
        office.Posts().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_waits_for_another_message_follows_as_soon_as_that_has_arrived(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        var root = "";
        bot.Kind.Says = row => row.Key switch
        {
            "note" when root.Length == 0 => new Prepared.Later(office.Clock.GetUtcNow() + TimeSpan.FromHours(1), "the card is not posted yet"),
            _ => new Prepared.Post(new Message { Text = row.Argument, ThreadTs = row.Key == "note" ? root : null }),
        };
        await bot.TellAsync("note", "note", OutboxPriority.Page);
        await bot.StartAsync();
        await office.UntilAsync(() => office.Row("note")!.NotBefore > office.Clock.GetUtcNow() + TimeSpan.FromMinutes(30), "the note is put off");
        office.Row("note")!.Attempts.ShouldBe(0);
        // One that a killed bot had begun before is let look again, too.
        await using (var db = bot.Get<IDbContextFactory<OpsDbContext>>().CreateDbContext())
            await db.Set<OutboxRow>().Where(r => r.Key == "note").ExecuteUpdateAsync(set => set.SetProperty(r => r.Attempts, 1));

        await bot.TellAsync("card", "card", OutboxPriority.Card);
        await office.UntilAsync(() => office.Posts().Count > 0, "the card is posted");
        root = office.Posts()[0].Ts;
        // Delayed from the beginning, as a call that an acknowledgement may still prevent.
        var call = bot.Get<Outbox>().Row("call", SaidInTest.Name, "1", Carrier.Channel, PostOffice.Channel, OutboxPriority.Page, "call");
        call.NotBefore = office.Clock.GetUtcNow() + TimeSpan.FromMinutes(10);
        await bot.TellAsync([call]);
        await bot.TellAsync("other", "other", OutboxPriority.Card);
        var note = await office.RowAsync("note", OutboxState.Sent);
        office.Row("call")!.State.ShouldBe(OutboxState.Waiting, "what others of its subject do hurries no call");
        office.Row("call")!.NotBefore.ShouldBeGreaterThan(office.Clock.GetUtcNow() + TimeSpan.FromMinutes(9));

        office.Workspace.Thread(PostOffice.Channel, root).ShouldContain(m => m.Ts == note.ResultTs);
    }

    [Fact]
    public async Task A_redraw_that_is_for_a_later_moment_is_not_done_with_by_one_before_it()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync();
        await bot.TellAsync("card", "state 0", OutboxPriority.Card);
        var card = await office.RowAsync("card", OutboxState.Sent);
        var state = 1;
        bot.Kind.Says = _ => new Prepared.Redraw(card.ResultChannel!, card.ResultTs!, new Message { Text = $"state {Volatile.Read(ref state)}" });
        var later = bot.Get<Outbox>().Row("redraw:later", SaidInTest.Name, "1", Carrier.Channel, PostOffice.Channel, OutboxPriority.Redraw);
        later.NotBefore = office.Clock.GetUtcNow() + TimeSpan.FromHours(1);
        await bot.TellAsync([later, bot.Get<Outbox>().Row("redraw:now", SaidInTest.Name, "1", Carrier.Channel, PostOffice.Channel, OutboxPriority.Redraw)]);
        await office.RowAsync("redraw:now", OutboxState.Sent);
        office.Row("redraw:later")!.State.ShouldBe(OutboxState.Waiting);

        Volatile.Write(ref state, 2);
        office.Clock.Advance(TimeSpan.FromHours(1));
        await office.RowAsync("redraw:later", OutboxState.Sent);
        office.Texts().ShouldBe(["state 2"]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Of_many_redraws_of_one_card_one_is_sent_and_it_shows_the_newest_state(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAndStartAsync();
        await bot.TellAsync("card", "state 0", OutboxPriority.Card);
        var card = await office.RowAsync("card", OutboxState.Sent);
        var state = 0;
        bot.Kind.Says = row => row.Priority == OutboxPriority.Redraw
            ? new Prepared.Redraw(card.ResultChannel!, card.ResultTs!, new Message { Text = $"state {Volatile.Read(ref state)}" })
            : new Prepared.Post(new Message { Text = row.Argument });

        Volatile.Write(ref state, 40);
        await bot.TellAsync([.. Enumerable.Range(1, 40).Select(v => bot.Get<Outbox>().Row($"redraw:{v}", SaidInTest.Name, "1", Carrier.Channel, PostOffice.Channel, OutboxPriority.Redraw))]);
        await office.UntilAsync(() => Enumerable.Range(1, 40).All(v => office.Row($"redraw:{v}")!.State != OutboxState.Waiting), "no redraw waits");

        office.Posts().ShouldHaveSingleItem().Text.ShouldBe("state 40");
        (await office.CallsAsync("chat.update")).Count.ShouldBeLessThanOrEqualTo(2);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_row_that_fails_to_be_prepared_is_named_with_an_error_id_and_holds_nobody_up(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        var broken = true;
        bot.Kind.Says = row => row.Key == "bad" && broken ? throw new InvalidOperationException("poison") : new Prepared.Post(new Message { Text = row.Argument });
        await bot.TellAsync("bad", "bad");
        await bot.TellAsync("unknown", "x", kind: "nobody.knows");
        await bot.TellAsync("good", "good", OutboxPriority.Report);

        await bot.StartAsync();
        await office.RowAsync("good", OutboxState.Sent);
        await office.UntilAsync(() => office.Row("bad")!.Attempts >= 3, "the bad row is tried again");
        office.Texts().ShouldBe(["good"]);
        office.Row("bad")!.Reason!.ShouldStartWith("failed with error id E-");
        office.Row("unknown")!.Reason!.ShouldStartWith("failed with error id E-");
        bot.Log.ToString().ShouldContain("poison");

        broken = false;
        await office.RowAsync("bad", OutboxState.Sent);
        office.Texts().ShouldBe(["good", "bad"]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_hundred_thousand_waiting_rows_in_one_channel_delay_no_other(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        var rows = Enumerable.Range(0, 100_000).Select(i => bot.Get<Outbox>().Row($"n{i}", SaidInTest.Name, $"{i}", Carrier.Channel, PostOffice.Channel, OutboxPriority.Note, "note")).ToList();
        foreach (var some in rows.Chunk(5000))
        {
            await using var db = bot.Db();
            await db.OneWriterAsync(1, async ct => { await db.InsertAsync(some, ct); return 0; }, TestContext.Current.CancellationToken);
        }
        await bot.StartAsync();
        await office.UntilAsync(() => office.Posts().Count > 0, "the channel is served");

        var begin = System.Diagnostics.Stopwatch.GetTimestamp();
        await bot.TellAsync("p", "page", OutboxPriority.Page, PostOffice.OtherChannel);
        await office.RowAsync("p", OutboxState.Sent, TimeSpan.Zero);

        // A reading of everything that waits would take longer than this.
        System.Diagnostics.Stopwatch.GetElapsedTime(begin).ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Two_bots_on_one_store_send_each_row_once()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Postgres, postgres);
        var first = await office.HireAsync();
        var second = await office.HireAsync();
        string[] channels = ["C0OPS00001", "C0ALERT001", "C0CRIT0001", "C0SECUR001", "C0REPORT01"];
        var rows = channels.SelectMany(c => Enumerable.Range(0, 12).Select(i => first.Get<Outbox>().Row($"{c}:{i:00}", SaidInTest.Name, "1", Carrier.Channel, c, OutboxPriority.Note, $"{c}:{i:00}"))).ToList();
        await first.TellAsync(rows);

        await first.StartAsync();
        await second.StartAsync();
        await office.UntilAsync(() => { first.Get<Outbox>().Wake(); second.Get<Outbox>().Wake(); return channels.Sum(c => office.Posts(c).Count) >= rows.Count; }, "all are posted");
        await using var db = first.Db();
        await office.UntilAsync(() => !db.Set<OutboxRow>().Any(r => r.State == OutboxState.Waiting), "none waits");

        foreach (var channel in channels) office.Texts(channel).ShouldBe([.. Enumerable.Range(0, 12).Select(i => $"{channel}:{i:00}")]);
        first.Kind.Sent.ShouldNotBeEmpty();
        second.Kind.Sent.ShouldNotBeEmpty();
        (first.Kind.Sent.Count + second.Kind.Sent.Count).ShouldBe(rows.Count);
    }

    [Fact]
    public async Task A_person_gets_a_direct_message()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAndStartAsync();
        await bot.TellAsync("p", "あなたの番です", target: "U0SATO0001", carrier: Carrier.Person);
        (await office.RowAsync("p", OutboxState.Sent)).ResultChannel.ShouldBe("D0SATO0001");
        office.Texts("D0SATO0001").ShouldBe(["あなたの番です"]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_was_done_with_long_ago_is_removed_and_what_waits_stays(Engine engine)
    {
        await using var office = await PostOffice.OpenAsync(engine, postgres);
        var bot = await office.HireAsync();
        var old = Enumerable.Range(0, 1200).Select(i => bot.Get<Outbox>().Row($"old{i}", SaidInTest.Name, "1", Carrier.Channel, PostOffice.Channel, OutboxPriority.Note)).ToList();
        foreach (var row in old) row.State = row.Key == "old7" ? OutboxState.Waiting : OutboxState.Dropped;
        await bot.TellAsync(old);
        office.Clock.Advance(TimeSpan.FromDays(36));
        var fresh = bot.Get<Outbox>().Row("fresh", SaidInTest.Name, "1", Carrier.Channel, PostOffice.Channel, OutboxPriority.Note);
        fresh.State = OutboxState.Dropped;
        await bot.TellAsync([fresh]);

        (await bot.Get<FestivalOps.Channels.Courier.OutboxWatch>().CleanAsync(TestContext.Current.CancellationToken)).ShouldBe(1199);

        await using var db = bot.Db();
        (await db.Set<OutboxRow>().OrderBy(r => r.Id).Select(r => r.Key).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["old7", "fresh"]);
    }

    [Fact]
    public async Task A_page_that_waits_for_a_minute_is_a_problem_that_ready_and_the_metrics_tell()
    {
        await using var office = await PostOffice.OpenAsync(Engine.Sqlite, postgres);
        var bot = await office.HireAsync();
        await office.FaultAsync(new { down_seconds = 600 });
        await bot.StartAsync(watch: true);
        await bot.TellAsync("p", "page");

        var watch = bot.Get<FestivalOps.Channels.Courier.OutboxWatch>();
        await office.UntilAsync(() => watch.Problem is not null, "the problem is told", TimeSpan.FromSeconds(1));
        watch.Problem.ShouldBe("outbox: 1 page(s) have waited for more than a minute");
        var page = await bot.MetricsAsync();
        page.ShouldContain("festivalops_outbox_waiting{carrier=\"Channel\"} 1");
        page.ShouldMatch("festivalops_outbox_failed_total{carrier=\"Channel\"} [1-9]");
        page.ShouldMatch("festivalops_slack_down_seconds [1-9]");

        await office.RowAsync("p", OutboxState.Sent, TimeSpan.FromSeconds(1));
        await office.UntilAsync(() => watch.Problem is null, "the problem is over");
    }
}
