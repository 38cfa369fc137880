using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Slack.Blocks;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static FestivalOps.Tests.Alerting.IncidentSamples;

namespace FestivalOps.Tests.Alerting;

/// <summary>What the outbox's rows about a card say at the moment in which they are sent.</summary>
public sealed class PostKindTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_card_is_posted_once_and_remembered_with_the_version_that_it_shows(Engine engine)
    {
        await using var store = await OpenAsync(engine, Incident());
        var (card, row) = (Kind(store, "incident.card"), Row(store, "incident.card"));

        (await PrepareAsync(store, card, row)).ShouldBeOfType<Prepared.Post>().Message.Blocks.ShouldNotBeEmpty();
        await SentAsync(store, card, row, "1.1");

        var incident = await IncidentAsync(store);
        (incident.CardChannel, incident.CardTs, incident.ShownVersion).ShouldBe(("C0ALERT001", "1.1", 1));
        (await PrepareAsync(store, card, row)).ShouldBeOfType<Prepared.Drop>();
        (await RowsAsync(store)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_card_that_was_overtaken_while_it_was_posted_asks_for_a_redraw(Engine engine)
    {
        await using var store = await OpenAsync(engine, Incident());
        var (card, row) = (Kind(store, "incident.card"), Row(store, "incident.card"));
        await PrepareAsync(store, card, row);
        await TakeAsync(store);
        (await PrepareAsync(store, Kind(store, "incident.redraw"), Row(store, "incident.redraw"))).ShouldBeOfType<Prepared.Drop>("there is no card yet");

        await SentAsync(store, card, row, "1.1");

        (await RowsAsync(store)).ShouldContain(r => r.Kind == "incident.redraw" && r.Argument == "");
        (await PrepareAsync(store, Kind(store, "incident.redraw"), Row(store, "incident.redraw"))).ShouldBeOfType<Prepared.Redraw>().Ts.ShouldBe("1.1");
    }

    [Fact]
    public async Task A_card_that_is_found_after_an_unclear_try_shows_what_was_true_then_and_asks_for_a_redraw()
    {
        await using var store = await OpenAsync(Engine.Sqlite, Incident());
        var (card, row) = (Kind(store, "incident.card"), Row(store, "incident.card"));
        await TakeAsync(store);
        await PrepareAsync(store, card, row);

        await SentAsync(store, card, row, "1.1", wasFound: true);

        (await PrepareAsync(store, Kind(store, "incident.redraw"), Row(store, "incident.redraw"))).ShouldBeOfType<Prepared.Redraw>().Ts.ShouldBe("1.1");
    }

    [Fact]
    public async Task A_hidden_incident_waits_and_one_that_ended_hidden_is_not_posted()
    {
        await using var store = await OpenAsync(Engine.Sqlite, Incident(change: i => i.HiddenBy = "silence:1"));
        var (card, row) = (Kind(store, "incident.card"), Row(store, "incident.card"));
        (await PrepareAsync(store, card, row)).ShouldBeOfType<Prepared.Later>();

        await ChangeAsync(store, i => (i.State, i.ResolvedAt) = (IncidentState.Resolved, Now));

        (await PrepareAsync(store, card, row)).ShouldBeOfType<Prepared.Drop>();
    }

    [Fact]
    public async Task One_that_ended_before_its_card_was_posted_is_posted_in_its_ended_state()
    {
        await using var store = await OpenAsync(Engine.Sqlite, Incident(change: i => (i.State, i.ResolvedAt, i.ResolvedBy) = (IncidentState.Resolved, Now, "")));
        var post = (await PrepareAsync(store, Kind(store, "incident.card"), Row(store, "incident.card"))).ShouldBeOfType<Prepared.Post>();
        post.Message.Blocks.OfType<HeaderBlock>().Single().Text!.Text.ShouldStartWith(":white_check_mark:");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_redraw_shows_the_newest_state_and_the_next_one_has_nothing_to_do(Engine engine)
    {
        await using var store = await OpenAsync(engine, Incident(change: Posted));
        await TakeAsync(store);
        var (redraw, row) = (Kind(store, "incident.redraw"), Row(store, "incident.redraw"));

        (await PrepareAsync(store, redraw, row)).ShouldBeOfType<Prepared.Redraw>();
        await SentAsync(store, redraw, row, "1.1");

        (await IncidentAsync(store)).ShownVersion.ShouldBe(2);
        (await PrepareAsync(store, redraw, Row(store, "incident.redraw"))).ShouldBeOfType<Prepared.Drop>();
        // Undo is taken away when its time is over.
        var settle = (await RowsAsync(store)).ShouldHaveSingleItem();
        settle.Argument.ShouldBe(IncidentRedrawPost.Settle);
        settle.NotBefore.ShouldBeGreaterThan(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(8));
        (await PrepareAsync(store, redraw, settle)).ShouldBeOfType<Prepared.Drop>("undo still holds");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_deleted_card_is_posted_anew(Engine engine)
    {
        await using var store = await OpenAsync(engine, Incident(change: Posted));

        await UndeliverableAsync(store, "incident.redraw", "message_not_found");
        await UndeliverableAsync(store, "incident.redraw", "message_not_found");

        (await IncidentAsync(store)).CardTs.ShouldBeNull();
        var row = (await RowsAsync(store)).ShouldHaveSingleItem();
        (row.Kind, row.Target).ShouldBe(("incident.card", "C0ALERT001"));
        (await PrepareAsync(store, Kind(store, "incident.card"), row)).ShouldBeOfType<Prepared.Post>();
    }

    [Theory]
    [InlineData(Engine.Sqlite, "incident.card", "is_archived")]
    [InlineData(Engine.Postgres, "incident.redraw", "channel_not_found")]
    [InlineData(Engine.Sqlite, "incident.note", "not_in_channel")]
    public async Task A_lost_channel_moves_the_card_with_a_sentence_and_a_line_in_its_timeline(Engine engine, string kind, string error)
    {
        await using var store = await OpenAsync(engine, Incident(change: i => { if (kind != "incident.card") Posted(i); }));

        await UndeliverableAsync(store, kind, error);
        await UndeliverableAsync(store, kind, error);

        var incident = await IncidentAsync(store);
        (incident.ChannelId, incident.CardTs).ShouldBe(("C0OPS00001", null));
        var row = (await RowsAsync(store)).ShouldHaveSingleItem();
        row.Target.ShouldBe("C0OPS00001");
        var post = (await PrepareAsync(store, Kind(store, "incident.card"), row)).ShouldBeOfType<Prepared.Post>();
        post.Message.Blocks.OfType<ContextBlock>().SelectMany(c => c.Elements).OfType<Markdown>().Single().Text.ShouldContain("<#C0ALERT001> に投稿できないため");
        await using var db = store.Db();
        (await db.Set<IncidentEvent>().SingleAsync(TestContext.Current.CancellationToken)).Kind.ShouldBe(IncidentEventKind.Unreachable);
    }

    [Fact]
    public async Task When_every_channel_is_lost_the_last_is_tried_again_after_a_while()
    {
        await using var store = await OpenAsync(Engine.Sqlite, Incident());
        await UndeliverableAsync(store, "incident.card", "is_archived");
        await UndeliverableAsync(store, "incident.card", "is_archived", "C0OPS00001");
        await UndeliverableAsync(store, "incident.card", "is_archived", "C0OPS00001");

        (await RowsAsync(store)).Where(r => r.NotBefore <= r.CreatedAt).Select(r => r.Target).ShouldBe(["C0OPS00001"]);
        (await RowsAsync(store)).Where(r => r.NotBefore > r.CreatedAt).ShouldAllBe(r => r.Kind == "incident.card" && r.Target == "C0OPS00001" && r.NotBefore - r.CreatedAt >= TimeSpan.FromMinutes(4));
        (await RowsAsync(store)).ShouldContain(r => r.NotBefore > r.CreatedAt);
        (await IncidentAsync(store)).ChannelId.ShouldBe("C0OPS00001");
    }

    [Fact]
    public async Task A_note_goes_into_the_thread_and_what_the_ladder_says_is_not_said_twice()
    {
        await using var store = await OpenAsync(Engine.Sqlite, Incident(change: Posted));
        await ChangeAsync(store, _ => { }, IncidentEventKind.Noted, ("text", "ログを見た <!here>\n2 行目"));
        await ChangeAsync(store, _ => { }, IncidentEventKind.Escalated);
        var note = Kind(store, "incident.note");

        var post = (await PrepareAsync(store, note, Row(store, "incident.note", "1"))).ShouldBeOfType<Prepared.Post>();
        post.Message.ThreadTs.ShouldBe("1.1");
        post.Message.Text.ShouldBe($"<@{Sato}> のメモ: \n> ログを見た &lt;!here&gt;\n> 2 行目");
        (await PrepareAsync(store, note, Row(store, "incident.note", "2"))).ShouldBeOfType<Prepared.Drop>();
        (await PrepareAsync(store, note, Row(store, "incident.note", "99"))).ShouldBeOfType<Prepared.Drop>();
        (await PrepareAsync(store, note, Row(store, "incident.note", "x"))).ShouldBeOfType<Prepared.Drop>();
    }

    [Fact]
    public async Task A_note_waits_for_the_card_that_is_still_to_be_posted_and_for_no_other()
    {
        await using var store = await OpenAsync(Engine.Sqlite, Incident());
        await ChangeAsync(store, _ => { }, IncidentEventKind.Noted, ("text", "x"));
        var note = Kind(store, "incident.note");
        (await PrepareAsync(store, note, Row(store, "incident.note", "1"))).ShouldBeOfType<Prepared.Drop>();
        await using (var db = store.Db())
        {
            db.Add(Row(store, "incident.card"));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        (await PrepareAsync(store, note, Row(store, "incident.note", "1"))).ShouldBeOfType<Prepared.Later>();
    }

    private static void Posted(Incident i) => (i.CardChannel, i.CardTs, i.ShownVersion) = ("C0ALERT001", "1.1", 1);

    private async Task<TestStore> OpenAsync(Engine engine, Incident incident)
    {
        var store = await TestStore.OpenAsync(engine, postgres, migrate: true, ("Channels:Operations", "C0OPS00001"), ("Channels:Alerts", "C0ALERT001"));
        await using var db = store.Db();
        db.Add(incident);
        db.Add(Alert());
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return store;
    }

    private static IPostKind Kind(TestStore store, string name) => store.Services.GetServices<IPostKind>().Single(k => k.Kind == name);

    private static OutboxRow Row(TestStore store, string kind, string argument = "", string target = "C0ALERT001") =>
        store.Get<Outbox>().Row($"test:{Guid.NewGuid():N}", kind, "42", Carrier.Channel, target, OutboxPriority.Card, argument);

    private static async Task<Prepared> PrepareAsync(TestStore store, IPostKind kind, OutboxRow row)
    {
        await using var db = store.Db();
        return await kind.PrepareAsync(row, db, TestContext.Current.CancellationToken);
    }

    private static async Task SentAsync(TestStore store, IPostKind kind, OutboxRow row, string ts, bool wasFound = false)
    {
        await using var db = store.Db();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await kind.SentAsync(row, new(Now, "C0ALERT001", ts, wasFound), db, TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task UndeliverableAsync(TestStore store, string kind, string error, string target = "C0ALERT001")
    {
        await using var db = store.Db();
        await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Kind(store, kind).UndeliverableAsync(Row(store, kind, "1", target), error, db, TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    private static Task TakeAsync(TestStore store) => ChangeAsync(
        store, i => (i.State, i.AcknowledgedBy, i.AcknowledgedAt) = (IncidentState.Acknowledged, Sato, TimeProvider.System.GetUtcNow()), IncidentEventKind.Acknowledged);

    private static Task ChangeAsync(TestStore store, Action<Incident> change, IncidentEventKind kind = IncidentEventKind.AlertsStopped, params (string, string)[] data) =>
        store.Get<IncidentDesk>().ChangeAsync(
            42,
            c =>
            {
                change(c!.Incident);
                return c.Record(kind, Sato, data);
            },
            TestContext.Current.CancellationToken);

    private static async Task<Incident> IncidentAsync(TestStore store)
    {
        await using var db = store.Db();
        return await db.Set<Incident>().AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<OutboxRow>> RowsAsync(TestStore store)
    {
        await using var db = store.Db();
        return await db.Set<OutboxRow>().AsNoTracking().OrderBy(r => r.Id).ToListAsync(TestContext.Current.CancellationToken);
    }
}
