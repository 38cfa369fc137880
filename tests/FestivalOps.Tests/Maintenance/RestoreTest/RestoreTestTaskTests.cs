using System.IO.Compression;
using System.Text;
using CliWrap;
using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.RestoreTest;
using FestivalOps.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.RestoreTest;

/// <summary>The restore test between two real PostgreSQL: the platform's and one for tests.</summary>
public sealed class RestoreTestTaskTests(RestoreTestTaskTests.Servers servers) : IClassFixture<RestoreTestTaskTests.Servers>, IAsyncLifetime
{
    private TaskStage _stage = null!;

    private string Folder => Path.Combine(_stage.Folder, "backups");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        _stage = new();
        Directory.CreateDirectory(Folder);
        _stage.Set("Maintenance:Backups:Folder", Folder).Set("Platform:Database", servers.Database).Set("Maintenance:RestoreTest:Database", servers.Scratch.ConnectionString);
        // Both clusters are copies of one template and so share their identifier, as a platform and its replica do.
        _stage.Set("Maintenance:RestoreTest:AllowPlatformServer", "true");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_stage is null) return;
        (await ScratchesAsync()).ShouldBeEmpty("nothing is left on the server for tests");
        await _stage.DisposeAsync();
    }

    [Theory]
    [InlineData("custom")]
    [InlineData("gzip")]
    [InlineData("sql")]
    public async Task The_newest_backup_is_restored_timed_and_compared_and_nothing_is_left(string kind)
    {
        await BackUpAsync(kind);
        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<RestoreTestTask>(run);
        // The extension pg_stat_statements belongs to a superuser here, so nothing is refused.
        outcome.End.ShouldBe(TaskEnd.Ok, outcome.En());
        outcome.En().ShouldContain("rows: all 38 tables as expected");
        outcome.En().ShouldContain(": the measured recovery time");
        outcome.Ja().ShouldContain("これが実測の復旧時間です");
        var kept = await _stage.Services.GetRequiredService<KeptFigures>().SeriesAsync(RestoreTestTask.TaskName, FigureNames.RecoverySeconds, DateTimeOffset.UnixEpoch, Ct);
        kept.ShouldHaveSingleItem().Value.ShouldBeInRange(0.01, 60);
        run.Output().ShouldContain("figure recovery_seconds=");
    }

    [Fact]
    public async Task A_table_that_lost_its_rows_and_one_that_is_missing_are_named()
    {
        await BackUpAsync("sql", text => CutRows(text, "payments").Replace("CREATE TABLE public.chat_messages ", "CREATE TABLE public.other ", StringComparison.Ordinal));
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("payments: 0 rows restored, the platform has 2000");
        outcome.En().ShouldContain("chat_messages: the table is missing in the backup");
        outcome.En().ShouldContain("error(s) while restoring; the first: ");
    }

    [Fact]
    public async Task Rows_that_the_bots_role_may_not_read_are_held_against_an_estimate()
    {
        _stage.Set("Platform:Database", servers.Monitor);
        await BackUpAsync("custom");
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.En().ShouldMatch(@"rows: all \d+ tables as expected \(\d+ held against an estimate\)");
    }

    [Fact]
    public async Task Scratch_databases_of_a_killed_run_are_dropped_and_no_others()
    {
        await BackUpAsync("custom");
        foreach (var name in (string[])["festivalops_restore_20260101t000000", "festivalops_restore_mine"]) await servers.Scratch.CreateDatabaseAsync(name, cancellationToken: Ct);
        var plan = await _stage.PlanAsync<RestoreTestTask>();
        plan.Steps[0].Exact.ShouldBe("DROP DATABASE festivalops_restore_20260101t000000 WITH (FORCE)");
        plan.Steps.ShouldAllBe(s => !s.Exact.Contains(PostgresPassword, StringComparison.Ordinal));
        (await ScratchesAsync()).Count.ShouldBe(2, "a plan changes nothing");

        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.En().ShouldContain("1 scratch database(s) of an interrupted run dropped");
        (await ScratchesAsync()).ShouldBe(["festivalops_restore_mine"]);
        await ExecuteAsync(servers.Scratch.ConnectionString, "DROP DATABASE festivalops_restore_mine");
    }

    [Fact]
    public async Task A_run_that_is_stopped_drops_its_scratch_database()
    {
        // A dump that waits: psql sleeps in the middle of it.
        await WriteGzipAsync("db_1.sql.gz", "CREATE TABLE a (id int);\nSELECT pg_sleep(300);\n");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = _stage.RunAsync<RestoreTestTask>(ct: stop.Token);
        while ((await ScratchesAsync()).Count == 0 && !running.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        (await ScratchesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\\connect shared\nDROP TABLE payments;\n")]
    [InlineData("\\! touch /tmp/fops-owned\n")]
    public async Task A_dump_that_would_act_elsewhere_is_refused(string words)
    {
        await WriteGzipAsync("db_1.sql.gz", "CREATE TABLE a (id int);\n" + words);
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("db_1.sql.gz holds commands of psql, such as changing the database, and was not restored");
        File.Exists("/tmp/fops-owned").ShouldBeFalse();
    }

    [Fact]
    public async Task A_row_that_looks_like_a_command_is_a_row()
    {
        await WriteGzipAsync("db_1.sql.gz", "CREATE TABLE public.a (t text);\nCOPY public.a (t) FROM stdin;\n\\\\! id\n\\N\n\\.\n");
        _stage.Set("Platform:Database", "");
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.En().ShouldContain("restored in ");
    }

    [Fact]
    public async Task A_backup_that_is_cut_off_fails_with_its_reason()
    {
        await BackUpAsync("gzip");
        var file = Path.Combine(Folder, "db_1.sql.gz");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file, Ct)).AsSpan()[..20_000].ToArray(), Ct);
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("restore: exit code 1: ");
    }

    [Fact]
    public async Task The_platforms_own_server_and_its_database_are_refused()
    {
        await BackUpAsync("custom");
        _stage.Set("Maintenance:RestoreTest:Database", servers.Platform.ConnectionString).Set("Maintenance:RestoreTest:AllowPlatformServer", "false");
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.Sentence.En.ShouldStartWith("Refused: Maintenance:RestoreTest:Database is the platform's own PostgreSQL, or a replica of it.");
        (await _stage.PlanAsync<RestoreTestTask>()).Instead!.Sentence.En.ShouldStartWith("Refused: ");
    }

    [Fact]
    public async Task It_is_recognised_by_another_name_as_is_a_replica_and_its_database_is_refused_even_on_purpose()
    {
        await BackUpAsync("custom");
        _stage.Set("Maintenance:RestoreTest:AllowPlatformServer", "false");
        (await _stage.RunAsync<RestoreTestTask>()).Sentence.En.ShouldStartWith("Refused: Maintenance:RestoreTest:Database is the platform's own PostgreSQL");

        await using var second = new TaskStage();
        second.Set("Maintenance:Backups:Folder", Folder).Set("Platform:Database", servers.Database).Set("Maintenance:RestoreTest:Database", servers.Database).Set("Maintenance:RestoreTest:AllowPlatformServer", "true");
        (await second.RunAsync<RestoreTestTask>()).Sentence.En.ShouldBe($"Refused: Maintenance:RestoreTest:Database names {SampleDatabase.Name}, which is the platform's database");
    }

    [Fact]
    public async Task Without_a_server_it_is_not_available_and_with_none_that_answers_it_fails()
    {
        _stage.Set("Maintenance:RestoreTest:Database", "Host=127.0.0.1;Port=1;Database=postgres;Username=x;Password=very-secret-1;Timeout=2");
        var outcome = await _stage.RunAsync<RestoreTestTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("The PostgreSQL for tests (127.0.0.1:1) can't be used: ");
        outcome.En().ShouldNotContain("very-secret-1");
        await using var none = new TaskStage();
        (await none.RunAsync<RestoreTestTask>()).End.ShouldBe(TaskEnd.NotAvailable);
    }

    [Fact]
    public async Task Encrypted_backups_are_passed_over_and_our_own_dump_is_better_than_nothing()
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, "db_2.sql.gz.enc"), [.. "Salted__"u8, .. new byte[64]], Ct);
        (await _stage.RunAsync<RestoreTestTask>()).En().ShouldContain("holds no backup that can be restored");
        await BackUpAsync("custom", name: "festivalops-dump-20261130T003000Z.dump");
        (await _stage.RunAsync<RestoreTestTask>()).En().ShouldContain("FestivalOps' own dump festivalops-dump-20261130T003000Z.dump was used");
    }

    private static string PostgresPassword => PostgresTemplate.Password;

    // Everything between COPY and its end is left out.
    private static string CutRows(string dump, string table)
    {
        var begin = dump.IndexOf($"COPY public.{table} (", StringComparison.Ordinal);
        var data = dump.IndexOf('\n', begin) + 1;
        return dump[..data] + dump[dump.IndexOf("\\.\n", data, StringComparison.Ordinal)..];
    }

    private async Task BackUpAsync(string kind, Func<string, string>? change = null, string? name = null)
    {
        var file = Path.Combine(Folder, name ?? (kind == "custom" ? "db_1.dump" : kind == "gzip" ? "db_1.sql.gz" : "db_1.sql"));
        var plain = kind == "gzip" ? file + ".plain" : file;
        await Cli.Wrap("/usr/bin/pg_dump")
            .WithArguments(["--no-password", kind == "custom" ? "--format=custom" : "--format=plain", "--no-owner", $"--file={plain}", "--dbname", servers.Words])
            .WithEnvironmentVariables(e => e.Set("PGPASSWORD", PostgresPassword)).ExecuteAsync(Ct);
        if (change is not null) await File.WriteAllTextAsync(plain, change(await File.ReadAllTextAsync(plain, Ct)), Ct);
        if (kind != "gzip") return;
        await WriteGzipAsync(Path.GetFileName(file), await File.ReadAllTextAsync(plain, Ct));
        File.Delete(plain);
    }

    private async Task WriteGzipAsync(string name, string text)
    {
        await using var file = File.Create(Path.Combine(Folder, name));
        await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), Ct);
    }

    private async Task<IReadOnlyList<string>> ScratchesAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(servers.Scratch.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var reader = await new NpgsqlCommand("SELECT datname FROM pg_database WHERE datname LIKE 'festivalops%' ORDER BY datname", connection).ExecuteReaderAsync(CancellationToken.None);
        var names = new List<string>();
        while (await reader.ReadAsync(CancellationToken.None)) names.Add(reader.GetString(0));
        return names;
    }

    private static async Task ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await new NpgsqlCommand(statement, connection).ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>The platform's server with its tables and rows, and one for tests.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        internal PostgresServer Platform { get; private set; } = null!;

        internal PostgresServer Scratch { get; private set; } = null!;

        internal string Database { get; private set; } = "";

        internal string Monitor { get; private set; } = "";

        internal string Words => $"host=127.0.0.1 port={Platform.Port} user=festival_planner dbname={SampleDatabase.Name}";

        public async ValueTask InitializeAsync()
        {
            if (!PostgresServer.IsAvailable(out _)) return;
            Platform = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
            Scratch = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
            Database = await Platform.CreateDatabaseAsync(SampleDatabase.Name);
            await SampleDatabase.CreateTablesAsync(Database);
            await SampleDatabase.FillAsync(Database, new(), TimeProvider.System.GetUtcNow());
            Monitor = await Platform.CreateMonitorAsync("festivalops", SampleDatabase.Name);
        }

        public async ValueTask DisposeAsync()
        {
            if (Platform is not null) await Platform.DisposeAsync();
            if (Scratch is not null) await Scratch.DisposeAsync();
        }
    }
}
