using FestivalOps.Commands.Audit;
using FestivalOps.Storage;
using FestivalOps.Storage.Postgres;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Storage;

/// <summary>What a session leaves behind whose other end has vanished.</summary>
public sealed class PostgresSessionTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_writer_that_vanished_with_the_lock_is_ended_by_the_server_and_the_trail_goes_on()
    {
        var database = await postgres.Server.CreateDatabaseAsync($"vanished_{Guid.NewGuid():N}", cancellationToken: TestContext.Current.CancellationToken);
        // The operator's own limit wins over ours, so that nobody waits for ten seconds here.
        var impatient = new NpgsqlConnectionStringBuilder(database) { Options = "-c idle_in_transaction_session_timeout=500" }.ToString();
        await using var store = await TestStore.OpenAsync(("Storage:Postgres", impatient), migrate: true);
        await using var db = store.Db();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var comesBack = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var vanished = db.OneWriterAsync(
            AuditTrail.ChainLock,
            async _ =>
            {
                held.SetResult();
                await comesBack.Task;
                return true;
            },
            CancellationToken.None);
        await held.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var trail = store.Get<AuditTrail>();
        await trail.StartAsync(CancellationToken.None);
        var entry = new AuditEntry
        {
            At = DateTimeOffset.UnixEpoch, CommandId = "c1", Event = AuditEvent.Done, UserId = "U1", ChannelId = "C1", Text = "health",
        };
        await trail.AppendAsync(entry, null, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        trail.Problem.ShouldBeNull();
        await trail.StopAsync(CancellationToken.None);

        comesBack.SetResult();
        var ended = await Should.ThrowAsync<PostgresException>(() => vanished);
        ended.SqlState.ShouldBe("25P03", "idle_in_transaction_session_timeout");
    }

    [Theory]
    [InlineData("Host=db", 30)]
    [InlineData("Host=db;Maximum Pool Size=100", 100)]
    [InlineData("Host=db;MaxPoolSize=5", 5)]
    public void An_instance_takes_thirty_connections_at_most_unless_told_otherwise(string told, int most) =>
        new NpgsqlConnectionStringBuilder(PostgresSession.ConnectionString(new StorageOptions { Postgres = told })).MaxPoolSize.ShouldBe(most);

    [Fact]
    public async Task Without_an_own_limit_a_transaction_may_stand_idle_for_ten_seconds_and_a_dead_line_is_noticed()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        await using var db = store.Db();
        var session = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString());
        session.TcpKeepAlive.ShouldBeTrue();
        foreach (var setting in new[] { "idle_in_transaction_session_timeout", "statement_timeout" })
        {
            var limit = await db.Database.SqlQuery<string>($"SELECT current_setting({setting}) AS \"Value\"").ToListAsync(TestContext.Current.CancellationToken);
            limit.ShouldBe(["10s"], setting);
        }
    }
}
