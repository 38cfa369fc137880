using FestivalOps.Commands.Audit;
using FestivalOps.Commands.BuiltIn;
using FestivalOps.Language;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

/// <summary>Someone who holds the database changes the past; the trail says so.</summary>
public sealed class AuditTamperingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Columns = "sequence, at, command_id, event, user_id, channel_id, text, detail, error_id, previous_hash, hash";

    [Theory]
    [InlineData(Engine.Sqlite, "event = 'Nope'")]
    [InlineData(Engine.Sqlite, "event = '99'")]
    [InlineData(Engine.Sqlite, "at = 'yesterday'")]
    [InlineData(Engine.Sqlite, "text = 'unblock-ip 203.0.113.9'")]
    [InlineData(Engine.Postgres, "event = 'Nope'")]
    [InlineData(Engine.Postgres, "at = '-infinity'")]
    public async Task A_changed_row_is_named_even_when_it_can_no_longer_be_read(Engine engine, string change)
    {
        await using var store = await ThreeRowsAsync(engine);
        await using (var db = store.Db())
        {
            string[] statements = engine == Engine.Sqlite
                ? ["DROP TRIGGER audit_entries_no_update", $"UPDATE audit_entries SET {change} WHERE sequence = 2"]
                : ["DROP TRIGGER audit_entries_no_change ON audit_entries", $"UPDATE audit_entries SET {change} WHERE sequence = 2"];
            foreach (var statement in statements) await db.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken);
        }

        var verdict = await store.Get<AuditReader>().VerifyAsync(CancellationToken.None);
        verdict.Rows.ShouldBe(1);
        verdict.Problem.ShouldNotBeNull();
        BuiltInTexts.ChainBroken(verdict.Rows, verdict.Problem).ShouldSatisfyAllConditions(
            t => t.En.ShouldBe("The audit chain is broken after 1 good rows: row 2 was changed"),
            t => t.Ja.ShouldBe("監査記録の連鎖が壊れています (1 件目まで正常): 2 件目が書き換えられています"));

        var rows = await store.Get<AuditReader>().NewestAsync(15, CancellationToken.None);
        rows.Select(r => (r.Sequence, r.Entry?.CommandId)).ShouldBe([(3, "c3"), (2, null), (1, "c1")]);
    }

    [Theory]
    [InlineData(Engine.Sqlite, $"INSERT OR REPLACE INTO audit_entries ({Columns}) SELECT 2, at, command_id, event, user_id, channel_id, 'x', detail, error_id, previous_hash, hash FROM audit_entries WHERE sequence = 2")]
    [InlineData(Engine.Postgres, $"INSERT INTO audit_entries ({Columns}) SELECT * FROM audit_entries WHERE sequence = 2 ON CONFLICT (sequence) DO UPDATE SET text = 'x'")]
    public async Task An_insert_can_not_replace_a_row(Engine engine, string statement)
    {
        await using var store = await ThreeRowsAsync(engine);
        await using var db = store.Db();
        var refusal = await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(statement, TestContext.Current.CancellationToken));
        refusal.Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task Another_program_s_connection_can_not_replace_a_row_either()
    {
        await using var store = await ThreeRowsAsync(Engine.Sqlite);
        await using var db = store.Db();
        // What a plain sqlite3 shell has.
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA recursive_triggers=OFF", TestContext.Current.CancellationToken);
        var refusal = await Should.ThrowAsync<Exception>(() => db.Database.ExecuteSqlRawAsync(
            $"INSERT OR REPLACE INTO audit_entries ({Columns}) SELECT * FROM audit_entries WHERE sequence = 2", TestContext.Current.CancellationToken));
        refusal.Message.ShouldContain("append-only");
    }

    [Fact]
    public void A_whole_chain_claims_no_more_than_was_seen() => BuiltInTexts.ChainWhole(7, "abc").In(SpokenLanguage.En)
        .ShouldBe("Audit trail verified: nothing was changed up to row 7. A cut-off end only shows by comparing this hash with one noted earlier. Hash of the last row (7): abc");

    private async Task<TestStore> ThreeRowsAsync(Engine engine)
    {
        var store = await TestStore.OpenAsync(engine, postgres);
        var trail = store.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        for (var i = 1; i <= 3; i++)
        {
            await trail.AppendAsync(
                new() { At = DateTimeOffset.UnixEpoch, CommandId = $"c{i}", Event = AuditEvent.Done, UserId = "U1", ChannelId = "C1", Text = "health" },
                null, CancellationToken.None);
        }
        await trail.StopAsync(CancellationToken.None);
        return store;
    }
}
