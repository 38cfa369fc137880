using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Storage;

public sealed class StoreTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_migrations_make_exactly_the_model(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        await using var db = store.Db();
        db.Database.HasPendingModelChanges().ShouldBeFalse();
        (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_store_of_another_version_stops_the_bot_instead_of_being_touched(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        await using (var db = store.Db())
        {
            await db.Database.ExecuteSqlRawAsync("""INSERT INTO "__EFMigrationsHistory" VALUES ('20990101000000_Future', '99.0.0')""");
        }

        var state = new StoreState();
        var stopping = store.Get<IHostApplicationLifetime>();
        using var migration = ActivatorUtilities.CreateInstance<StoreMigration>(store.Services, state);
        await migration.StartAsync(CancellationToken.None);
        await migration.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));

        stopping.ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
        state.IsReady.ShouldBeFalse();
        state.Problem.ShouldNotBeNull().ShouldContain("written by another version of FestivalOps (20990101000000_Future)");
        Environment.ExitCode = 0;
    }

    [Fact]
    public async Task The_file_of_the_embedded_store_is_its_owner_s_alone()
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.db");
        await using var store = await TestStore.OpenAsync(("Storage:SqliteFile", file), migrate: false, file);
        using var migration = ActivatorUtilities.CreateInstance<StoreMigration>(store.Services, store.Get<StoreState>());
        await migration.StartAsync(CancellationToken.None);
        await store.Get<StoreState>().Ready.WaitAsync(TimeSpan.FromSeconds(30));
        foreach (var part in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            File.GetUnixFileMode(part).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, part);
    }

    [Fact]
    public async Task A_store_that_comes_late_is_opened_then()
    {
        var database = await postgres.Server.CreateDatabaseAsync($"late_{Guid.NewGuid():N}");
        await using var store = await TestStore.OpenAsync(("Storage:Postgres", database), migrate: false);
        await postgres.Server.StopAsync();
        using var migration = ActivatorUtilities.CreateInstance<StoreMigration>(store.Services, store.Get<StoreState>());
        try
        {
            await migration.StartAsync(CancellationToken.None);
            await Until(() => store.Get<StoreState>().Problem?.Contains("can't be opened (error id E-", StringComparison.Ordinal) == true);
            store.Get<StoreState>().IsReady.ShouldBeFalse();
        }
        finally
        {
            await postgres.Server.StartAgainAsync();
        }
        await store.Get<StoreState>().Ready.WaitAsync(TimeSpan.FromSeconds(30));
        await migration.StopAsync(CancellationToken.None);
    }

    private static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!holds()) await Task.Delay(20, limit.Token);
    }
}
