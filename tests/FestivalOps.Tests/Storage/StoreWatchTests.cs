using System.Diagnostics;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Queue;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Storage;

public sealed class StoreWatchTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_database_that_dies_is_noticed_and_so_is_its_return()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        var state = store.Get<StoreState>();
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services, state);
        await watch.StartAsync(CancellationToken.None);
        await postgres.Server.StopAsync();
        try
        {
            await Until(() => state.Problem?.StartsWith("the store does not answer (error id E-", StringComparison.Ordinal) == true);
            state.IsReachable.ShouldBeFalse();
            state.Ready.IsCompletedSuccessfully.ShouldBeTrue();
        }
        finally
        {
            await postgres.Server.StartAgainAsync();
        }
        await Until(() => state.IsReachable);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_database_that_hangs_is_noticed_and_so_is_that_it_goes_on()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        var state = store.Get<StoreState>();
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services);
        state.SetProblem("before the first look");
        await watch.StartAsync(CancellationToken.None);
        await Until(() => state.IsReachable);
        await postgres.Server.SuspendAsync(TestContext.Current.CancellationToken);
        var hangsSince = Stopwatch.GetTimestamp();
        try
        {
            await Until(() => state.Problem?.StartsWith("the store does not answer (error id E-", StringComparison.Ordinal) == true);
            // Npgsql itself gives up on a question to a server that hangs only after much longer; a slow machine has ten seconds to spare.
            Stopwatch.GetElapsedTime(hangsSince).ShouldBeLessThan(StoreWatch.Every + StoreWatch.Patience + TimeSpan.FromSeconds(10));
        }
        finally
        {
            postgres.Server.Resume();
        }
        await Until(() => state.IsReachable);
        await watch.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_deleted_or_replaced_under_the_bot_is_noticed(bool replaced)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.db");
        await using var store = await TestStore.OpenAsync(("Storage:SqliteFile", file), migrate: true, file);
        File.Copy(file, file + ".copy");
        var state = store.Get<StoreState>();
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services, state);
        await watch.StartAsync(CancellationToken.None);
        // The first look is behind us once a problem that was put there is gone again.
        state.SetProblem("before the first look");
        await Until(() => state.IsReachable);
        if (replaced) File.Move(file + ".copy", file, overwrite: true);
        else File.Delete(file);
        await Until(() => state.Problem?.StartsWith("the store's file was removed or replaced", StringComparison.Ordinal) == true);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_deleted_file_stays_a_problem_and_nothing_is_called_durable_that_went_into_it()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.db");
        await using var store = await TestStore.OpenAsync(("Storage:SqliteFile", file), migrate: true, file);
        var state = store.Get<StoreState>();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var contexts = new CountingStore(store.Get<IDbContextFactory<OpsDbContext>>());
        using var trail = ActivatorUtilities.CreateInstance<AuditTrail>(store.Services, time);
        using var interrupted = ActivatorUtilities.CreateInstance<InterruptedWork>(store.Services, contexts, time);
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services, time);
        state.SetProblem("before the first look");
        await watch.StartAsync(CancellationToken.None);
        await Until(() => state.IsReachable);
        await trail.StartAsync(CancellationToken.None);
        await interrupted.StartAsync(CancellationToken.None);
        await Until(() => contexts.Made == 1);

        File.Delete(file);
        // Again and again: the watcher may not wait for its next look yet.
        await Until(
            () => state.Problem?.StartsWith("the store's file was removed or replaced", StringComparison.Ordinal) == true,
            () => time.Advance(StoreWatch.Every));
        var problem = state.Problem;
        var rows = Enumerable.Range(1, 3).Select(row => trail.AppendAsync(Entry($"c{row}"), null, CancellationToken.None)).ToList();
        await Until(() => trail.Problem?.StartsWith("audit rows wait to be stored (error id E-", StringComparison.Ordinal) == true);
        state.Problem.ShouldBe(problem);
        for (var look = 2; look <= 4; look++)
        {
            await Until(() => contexts.Made >= look, () => time.Advance(StoreWatch.Every));
            // A problem that had gone and come back would carry another error id.
            state.Problem.ShouldBe(problem);
        }
        rows.ShouldAllBe(row => !row.IsCompleted);
        var stopping = Task.WhenAll(new BackgroundService[] { watch, interrupted, trail }.Select(part => part.StopAsync(CancellationToken.None)));
        await Until(() => stopping.IsCompleted, () => time.Advance(AuditTrail.StopPatience));
        state.Problem.ShouldBe(problem);
    }

    [Fact]
    public async Task A_database_that_is_read_only_is_noticed()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        var state = store.Get<StoreState>();
        await using (var db = store.Db())
        {
            await db.ProbeAsync(TestContext.Current.CancellationToken);
            await db.Database.ExecuteSqlRawAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$", TestContext.Current.CancellationToken);
        }
        Npgsql.NpgsqlConnection.ClearAllPools();
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services, state);
        await watch.StartAsync(CancellationToken.None);
        await Until(() => state.Problem?.StartsWith("the store does not answer (error id E-", StringComparison.Ordinal) == true);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_trail_that_is_not_written_says_so_itself_until_it_is()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        using var trail = ActivatorUtilities.CreateInstance<AuditTrail>(store.Services);
        await trail.StartAsync(CancellationToken.None);
        await trail.AppendAsync(Entry("c1"), null, CancellationToken.None);
        trail.Problem.ShouldBeNull();
        Task waiting;
        await postgres.Server.StopAsync();
        try
        {
            waiting = trail.AppendAsync(Entry("c2"), null, CancellationToken.None);
            await Until(() => trail.Problem?.StartsWith("audit rows wait to be stored (error id E-", StringComparison.Ordinal) == true);
            store.Get<StoreState>().Problem.ShouldBeNull("that is for the watch to say");
        }
        finally
        {
            await postgres.Server.StartAgainAsync();
        }
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Until(() => trail.Problem is null);
        await trail.StopAsync(CancellationToken.None);
    }

    private static AuditEntry Entry(string id) => new()
    {
        At = DateTimeOffset.UnixEpoch, CommandId = id, Event = AuditEvent.Done, UserId = "U1", ChannelId = "C1", Text = "health",
    };

    private static async Task Until(Func<bool> holds, Action? meanwhile = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!holds())
        {
            meanwhile?.Invoke();
            await Task.Delay(20, limit.Token);
        }
    }

    private sealed class CountingStore(IDbContextFactory<OpsDbContext> store) : IDbContextFactory<OpsDbContext>
    {
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public OpsDbContext CreateDbContext()
        {
            Interlocked.Increment(ref _made);
            return store.CreateDbContext();
        }
    }
}
