using FestivalOps.Commands.Audit;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

public sealed class AuditTrailTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Many_appends_at_once_make_one_whole_chain(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var trail = store.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => trail.AppendAsync(Entry($"c{i}", AuditEvent.Received), Pending($"c{i}"), CancellationToken.None)));
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => trail.AppendAsync(Entry($"c{i}", AuditEvent.Done), null, CancellationToken.None)));
        await trail.StopAsync(CancellationToken.None);

        var verdict = await store.Get<AuditReader>().VerifyAsync(CancellationToken.None);
        verdict.Problem.ShouldBeNull();
        verdict.Rows.ShouldBe(2200);
        await using var db = store.Db();
        (await db.Set<PendingWork>().CountAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task Two_instances_on_one_store_share_one_chain()
    {
        var database = await postgres.Server.CreateDatabaseAsync($"two_{Guid.NewGuid():N}");
        await using var one = await TestStore.OpenAsync(("Storage:Postgres", database), migrate: true);
        await using var two = await TestStore.OpenAsync(("Storage:Postgres", database), migrate: true);
        foreach (var store in new[] { one, two }) await store.Get<AuditTrail>().StartAsync(CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 300).SelectMany(i => new[] { one, two }.Select((s, n) =>
            s.Get<AuditTrail>().AppendAsync(Entry($"c{n}-{i}", AuditEvent.Refused), null, CancellationToken.None))));
        foreach (var store in new[] { one, two }) await store.Get<AuditTrail>().StopAsync(CancellationToken.None);

        var verdict = await one.Get<AuditReader>().VerifyAsync(CancellationToken.None);
        verdict.Problem.ShouldBeNull();
        verdict.Rows.ShouldBe(600);
    }

    [Theory]
    [InlineData(Engine.Sqlite, "UPDATE audit_entries SET text = 'x'")]
    [InlineData(Engine.Sqlite, "DELETE FROM audit_entries")]
    [InlineData(Engine.Postgres, "UPDATE audit_entries SET text = 'x'")]
    [InlineData(Engine.Postgres, "DELETE FROM audit_entries")]
    [InlineData(Engine.Postgres, "TRUNCATE audit_entries")]
    public async Task The_database_itself_refuses_to_change_the_past(Engine engine, string statement)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var trail = store.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        await trail.AppendAsync(Entry("c1", AuditEvent.Done), null, CancellationToken.None);
        await trail.StopAsync(CancellationToken.None);
        await using var db = store.Db();
        var refusal = await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(statement));
        refusal.Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task What_came_while_the_store_was_away_is_written_when_it_is_back()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        var trail = store.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        await trail.AppendAsync(Entry("c1", AuditEvent.Done), null, CancellationToken.None);
        Task waiting;
        await postgres.Server.StopAsync();
        try
        {
            waiting = trail.AppendAsync(Entry("c2", AuditEvent.Done), null, CancellationToken.None);
            await Should.ThrowAsync<TimeoutException>(() => waiting.WaitAsync(TimeSpan.FromMilliseconds(300)));
        }
        finally
        {
            await postgres.Server.StartAgainAsync();
        }
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        await trail.StopAsync(CancellationToken.None);
        (await store.Get<AuditReader>().VerifyAsync(CancellationToken.None)).ShouldSatisfyAllConditions(v => v.Rows.ShouldBe(2), v => v.Problem.ShouldBeNull());
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Rows_that_were_stored_without_our_knowing_are_neither_repeated_nor_in_the_way(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        var before = store.Get<AuditTrail>();
        await before.StartAsync(CancellationToken.None);
        await before.AppendAsync(Entry("c1", AuditEvent.Received), Pending("c1"), CancellationToken.None);
        await before.StopAsync(CancellationToken.None);

        // What a writer does whose answer to COMMIT got lost: the same rows once more, with new ones behind them.
        using var again = ActivatorUtilities.CreateInstance<AuditTrail>(store.Services);
        var both = Task.WhenAll(
            again.AppendAsync(Entry("c1", AuditEvent.Received), Pending("c1"), CancellationToken.None),
            again.AppendAsync(Entry("c2", AuditEvent.Received), Pending("c2"), CancellationToken.None));
        await again.StartAsync(CancellationToken.None);
        await both.WaitAsync(TimeSpan.FromSeconds(30));
        await again.StopAsync(CancellationToken.None);
        (await store.Get<AuditReader>().VerifyAsync(CancellationToken.None)).ShouldSatisfyAllConditions(v => v.Rows.ShouldBe(2), v => v.Problem.ShouldBeNull());
    }

    [Fact]
    public async Task A_row_that_the_store_can_not_take_stands_aside_and_the_others_go_on()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        using var trail = ActivatorUtilities.CreateInstance<AuditTrail>(store.Services);
        var good = Enumerable.Range(0, 20).Select(i => trail.AppendAsync(Entry($"c{i}", AuditEvent.Done), null, CancellationToken.None)).ToList();
        var bad = trail.AppendAsync(Entry(new string('x', 100), AuditEvent.Done), null, CancellationToken.None);
        good.Add(trail.AppendAsync(Entry("last", AuditEvent.Done), null, CancellationToken.None));
        await trail.StartAsync(CancellationToken.None);
        await Task.WhenAll(good).WaitAsync(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<AuditRowRefusedException>(() => bad);
        await trail.StopAsync(CancellationToken.None);
        (await store.Get<AuditReader>().VerifyAsync(CancellationToken.None)).ShouldSatisfyAllConditions(v => v.Rows.ShouldBe(21), v => v.Problem.ShouldBeNull());
    }

    [Fact]
    public async Task A_full_trail_refuses_instead_of_forgetting()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        // Not started: nothing is written, everything waits.
        var trail = ActivatorUtilities.CreateInstance<AuditTrail>(store.Services, new StoreState());
        for (var i = 0; i < AuditTrail.Capacity; i++) _ = trail.AppendAsync(Entry("c", AuditEvent.Done), null, CancellationToken.None);
        await Should.ThrowAsync<AuditTrailFullException>(() => trail.AppendAsync(Entry("c", AuditEvent.Done), null, CancellationToken.None));
        trail.Waiting.ShouldBe(AuditTrail.Capacity);
    }

    private static AuditEntry Entry(string id, AuditEvent happened) => new()
    {
        At = DateTimeOffset.UnixEpoch.AddTicks(1234567), CommandId = id, Event = happened, UserId = "U1", ChannelId = "C1", Text = "health",
    };

    private static PendingWork Pending(string id) => new()
    {
        CommandId = id, Instance = "i", ReceivedAt = DateTimeOffset.UnixEpoch, UserId = "U1", ChannelId = "C1", Text = "health", ResponseUrl = "https://hooks.slack.com/x",
    };
}
