using FestivalOps.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Storage;

/// <summary>What an operator may put where the embedded store is expected.</summary>
public sealed class SqliteFileTests
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.db");

    [Fact]
    public async Task An_empty_file_becomes_a_store()
    {
        await File.WriteAllBytesAsync(_file, [], TestContext.Current.CancellationToken);
        await using var store = await OpenAsync();
        await StartAsync(store);
        store.Get<StoreState>().IsReachable.ShouldBeTrue(store.Get<StoreState>().Problem);
    }

    [Fact]
    public async Task A_backup_made_by_vacuum_into_is_opened_again()
    {
        await using var store = await OpenAsync();
        var original = _file + ".original";
        await using (var first = await TestStore.OpenAsync(("Storage:SqliteFile", original), migrate: true, original))
        {
            Run(original, $"INSERT INTO instances VALUES ('i', '2026-11-01T00:00:00.000000Z'); VACUUM INTO '{_file}'");
        }
        await StartAsync(store);
        store.Get<StoreState>().IsReachable.ShouldBeTrue(store.Get<StoreState>().Problem);
        await using var db = store.Db();
        (await db.Set<InstanceRecord>().SingleAsync(TestContext.Current.CancellationToken)).Id.ShouldBe("i");
    }

    [Theory]
    [InlineData("CREATE TABLE festivals (id INTEGER); INSERT INTO festivals VALUES (7)")]
    [InlineData("CREATE TABLE __EFMigrationsHistory (MigrationId TEXT, ProductVersion TEXT); CREATE TABLE festivals (id INTEGER)")]
    public async Task The_database_of_another_program_is_refused_and_left_as_it_was(string made)
    {
        Run(_file, made);
        var before = await File.ReadAllBytesAsync(_file, TestContext.Current.CancellationToken);
        await using var store = await OpenAsync();
        await ShouldStopAsync(store, 1, $"{_file} is the database of another program; name another file in Storage:SqliteFile");
        (await File.ReadAllBytesAsync(_file, TestContext.Current.CancellationToken)).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await File.WriteAllTextAsync(_file, string.Concat(Enumerable.Repeat("these are not the rows you are looking for\n", 100)), TestContext.Current.CancellationToken);
        await using var store = await OpenAsync();
        await ShouldStopAsync(store, 1, $"{_file} is not a SQLite database; name another file in Storage:SqliteFile");
    }

    [Fact]
    public async Task A_store_whose_log_is_left_alone_is_not_begun_anew()
    {
        await File.WriteAllTextAsync(_file + "-wal", "what was remembered last", TestContext.Current.CancellationToken);
        await using var store = await OpenAsync();
        await ShouldStopAsync(store, 1, $"{_file} is missing, but {Path.GetFileName(_file)}-wal is there: put the file back, or move the -wal away to begin anew");
        File.Exists(_file).ShouldBeFalse();
        (await File.ReadAllTextAsync(_file + "-wal", TestContext.Current.CancellationToken)).ShouldBe("what was remembered last");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_migration_that_was_killed_does_not_block_the_next_start(bool hadHistory)
    {
        Run(_file, """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-11-01 00:00:00');
            """);
        if (hadHistory) Run(_file, """CREATE TABLE "__EFMigrationsHistory" (migration_id TEXT NOT NULL PRIMARY KEY, product_version TEXT NOT NULL)""");
        await using var store = await OpenAsync();
        await StartAsync(store);
        store.Get<StoreState>().IsReachable.ShouldBeTrue(store.Get<StoreState>().Problem);
    }

    [Fact]
    public async Task A_second_bot_on_the_same_file_stops_until_the_first_has_ended()
    {
        await using var second = await OpenAsync();
        await using (var first = await TestStore.OpenAsync(("Storage:SqliteFile", _file), migrate: false))
        {
            await StartAsync(first);
            first.Get<StoreState>().IsReachable.ShouldBeTrue();
            await ShouldStopAsync(second, 78, $"another bot uses the store {_file}; stop that bot, or give this one its own Storage:SqliteFile");
        }
        await using var third = await OpenAsync();
        await StartAsync(third);
        third.Get<StoreState>().IsReachable.ShouldBeTrue(third.Get<StoreState>().Problem);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_bot_is_kept_away_by_any_name_of_the_file(bool linkComesFirst)
    {
        var link = _file + ".link";
        File.CreateSymbolicLink(link, Path.GetFileName(_file));
        await using var byLink = await TestStore.OpenAsync(("Storage:SqliteFile", link), migrate: false, link);
        await using var byName = await OpenAsync();
        var (first, second) = linkComesFirst ? (byLink, byName) : (byName, byLink);
        await StartAsync(first);
        first.Get<StoreState>().IsReachable.ShouldBeTrue(first.Get<StoreState>().Problem);
        File.GetUnixFileMode(_file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await ShouldStopAsync(second, 78, $"another bot uses the store {(linkComesFirst ? _file : link)}; stop that bot");
    }

    [Fact]
    public async Task A_name_with_semicolons_is_a_name_and_no_setting_of_SQLite()
    {
        var file = _file + ";Mode=Memory";
        await using var store = await TestStore.OpenAsync(("Storage:SqliteFile", file), migrate: false, _file);
        await StartAsync(store);
        File.Exists(file).ShouldBeTrue();
        File.Exists(_file).ShouldBeFalse();
    }

    private Task<TestStore> OpenAsync() => TestStore.OpenAsync(("Storage:SqliteFile", _file), migrate: false, _file);

    private static async Task StartAsync(TestStore store)
    {
        using var migration = ActivatorUtilities.CreateInstance<StoreMigration>(store.Services, store.Get<StoreState>());
        await migration.StartAsync(CancellationToken.None);
        await migration.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task ShouldStopAsync(TestStore store, int exitCode, string problem)
    {
        await StartAsync(store);
        var state = store.Get<StoreState>();
        (Environment.ExitCode, var left) = (0, Environment.ExitCode);
        left.ShouldBe(exitCode);
        store.Get<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeTrue();
        state.IsReady.ShouldBeFalse();
        state.Problem.ShouldNotBeNull().ShouldStartWith(problem);
    }

    private static void Run(string file, string statements)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // statements of this file
        command.CommandText = statements;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
