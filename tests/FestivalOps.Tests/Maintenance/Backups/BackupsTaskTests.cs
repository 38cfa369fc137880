using System.IO.Compression;
using System.Text;
using CliWrap;
using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Scheduling;
using FestivalOps.Tests.Hosts;
using FestivalOps.Tests.SamplePlatform;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance.Backups;

/// <summary>The Monday check of backups over real dumps of a real PostgreSQL, on this machine and over SSH.</summary>
public sealed class BackupsTaskTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Complete = "--\n-- PostgreSQL database dump complete\n--\n\n";

    private readonly TaskStage _stage = new();

    private string Folder => Path.Combine(_stage.Folder, "backups");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        _stage.Set("Maintenance:Backups:Folder", Folder).Set("Maintenance:Backups:KeepFreeMegabytes", "0").Set("Maintenance:Backups:MakeDump", "false");
        await Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Real_backups_are_read_to_their_end_and_a_fresh_dump_is_made_beside_them(bool overSsh)
    {
        if (overSsh) _stage.Over(await StartSshAsync());
        var connection = await WithDatabaseAsync();
        await DumpAsync(connection, "--format=custom", "db_20261130.dump");
        await GzipAsync("db_20261129.sql.gz", await PlainDumpAsync(connection));
        await File.WriteAllTextAsync(Path.Combine(Folder, "db_20261128.sql"), await PlainDumpAsync(connection), Ct);
        Age("db_20261129.sql.gz", hours: 24);
        Age("db_20261128.sql", hours: 48);

        var run = TaskStage.NewRun();
        var outcome = await _stage.RunAsync<BackupsTask>(run);

        outcome.End.ShouldBe(TaskEnd.Ok, outcome.En());
        outcome.En().ShouldContain("db_20261130.dump is readable to its end (data of ");
        outcome.En().ShouldContain("db_20261129.sql.gz is readable to its end and pg_dump finished it (");
        outcome.En().ShouldContain("db_20261128.sql is readable to its end and pg_dump finished it (");
        outcome.En().ShouldContain("fresh dump made and read to its end: festivalops-dump-");
        outcome.En().ShouldContain("S3: not available: Maintenance:S3:Bucket is not set");
        outcome.Ja().ShouldContain("バックアップは正常です(確認 3 件)");
        Own().ShouldHaveSingleItem().ShouldEndWith("Z.dump");
        run.Output().ShouldContain("fresh dump made");
    }

    [Fact]
    public async Task Leftovers_are_removed_and_the_newest_dumps_are_kept()
    {
        await WithDatabaseAsync();
        _stage.Set("Maintenance:Backups:KeepDumps", "2");
        await GzipAsync("db_1.sql.gz", "-- x\n" + Complete);
        foreach (var day in Enumerable.Range(1, 3)) await File.WriteAllTextAsync(Path.Combine(Folder, $"festivalops-dump-2026110{day}T000000Z.dump"), "PGDMP", Ct);
        await File.WriteAllTextAsync(Path.Combine(Folder, "festivalops-dump-20261104T000000Z.dump.part"), "half", Ct);
        await File.WriteAllTextAsync(Path.Combine(Folder, "someone-else.dump.part"), "not ours", Ct);

        var plan = await _stage.PlanAsync<BackupsTask>();
        plan.Steps.Select(s => s.Exact).ShouldBe(
        [
            $"delete {Folder}/festivalops-dump-20261104T000000Z.dump.part",
            plan.Steps[1].Exact, plan.Steps[2].Exact,
            $"delete {Folder}/festivalops-dump-20261102T000000Z.dump {Folder}/festivalops-dump-20261101T000000Z.dump",
        ]);
        plan.Steps[1].Exact.ShouldStartWith("/usr/bin/pg_dump --no-password --format=custom");
        Own().Count.ShouldBe(4, "a plan changes nothing");

        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.En().ShouldContain("1 leftover(s) of an interrupted run removed");
        outcome.En().ShouldContain("2 older dump(s) of FestivalOps removed");
        Own().Count.ShouldBe(2);
        Own().ShouldContain("festivalops-dump-20261103T000000Z.dump");
        File.Exists(Path.Combine(Folder, "someone-else.dump.part")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_a_part_that_the_next_run_clears_up()
    {
        await WithDatabaseAsync();
        await GzipAsync("db_1.sql.gz", "-- x\n" + Complete);
        // A lock on a table holds pg_dump up in the middle.
        await using var holding = new NpgsqlConnection(postgres.Server.ConnectionStringTo("dumped"));
        await holding.OpenAsync(Ct);
        await using var transaction = await holding.BeginTransactionAsync(Ct);
        await new NpgsqlCommand("LOCK TABLE payments IN ACCESS EXCLUSIVE MODE", holding, transaction).ExecuteNonQueryAsync(Ct);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = _stage.RunAsync<BackupsTask>(ct: stop.Token);
        while (Own().Count == 0) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        Own().ShouldHaveSingleItem().ShouldEndWith(".dump.part");

        await transaction.RollbackAsync(Ct);
        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.En().ShouldContain("1 leftover(s) of an interrupted run removed");
        Own().ShouldHaveSingleItem().ShouldEndWith("Z.dump");
    }

    [Fact]
    public async Task Without_enough_room_no_dump_is_begun()
    {
        await WithDatabaseAsync();
        _stage.Set("Maintenance:Backups:KeepFreeMegabytes", "1000000");
        await GzipAsync("db_1.sql.gz", "-- x\n" + Complete);
        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("fresh dump: not made, because the disk has too little room (");
        Own().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_dump_that_fails_is_said_with_its_reason_and_leaves_nothing()
    {
        await WithDatabaseAsync();
        _stage.Set("Maintenance:Backups:DumpConnection", "host=127.0.0.1 port=1 dbname=gone connect_timeout=2");
        await GzipAsync("db_1.sql.gz", "-- x\n" + Complete);
        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("fresh dump: exit code 1: ");
        Own().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("empty.sql.gz", "", "empty.sql.gz is empty")]
    [InlineData("zeros.sql.gz", "zeros", "zeros.sql.gz begins with nothing but zero bytes")]
    [InlineData("text.sql.gz", "-- not packed", "text.sql.gz should be gzip by its name, but is text")]
    [InlineData("text.dump", "-- not a dump", "text.dump should be a dump in PostgreSQL's own format by its name, but is text")]
    [InlineData("cut.sql", "-- PostgreSQL database dump\nCREATE TABLE a", "cut.sql does not end with pg_dump's last line")]
    [InlineData("broken.dump", "PGDMP\u0001", "broken.dump can't be read to its end")]
    [InlineData("-rf $(id) `id`.sql.gz", "", "-rf $(id) `id`.sql.gz is empty")]
    public async Task What_is_not_what_it_claims_to_be_fails_with_a_sentence(string name, string content, string says)
    {
        await File.WriteAllBytesAsync(Path.Combine(Folder, name), content == "zeros" ? new byte[5000] : Encoding.UTF8.GetBytes(content), Ct);
        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain(says);
    }

    [Fact]
    public async Task A_gzip_that_is_cut_off_or_altered_or_unfinished_fails_and_garbage_behind_it_is_seen()
    {
        _stage.Set("Maintenance:Backups:ReadNewest", "5");
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(n => $"row {n * 7919 % 10_007}\n"));
        await GzipAsync("whole.sql.gz", text + Complete);
        var whole = await File.ReadAllBytesAsync(Path.Combine(Folder, "whole.sql.gz"), Ct);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "cut.sql.gz"), whole[..(whole.Length / 2)], Ct);
        var altered = whole.ToArray();
        altered[whole.Length / 2] ^= 0xff;
        await File.WriteAllBytesAsync(Path.Combine(Folder, "altered.sql.gz"), altered, Ct);
        await GzipAsync("unfinished.sql.gz", text);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "garbage.sql.gz"), [.. whole, .. "garbage"u8], Ct);

        var said = (await _stage.RunAsync<BackupsTask>()).En();

        said.ShouldContain("× cut.sql.gz can't be read to its end: it is cut off or damaged (exit code 1: ");
        said.ShouldContain("× altered.sql.gz can't be read to its end: it is cut off or damaged (exit code 1: ");
        said.ShouldContain("× unfinished.sql.gz does not end with pg_dump's last line");
        said.ShouldContain("△ garbage.sql.gz is readable, but something foreign stands behind its end");
        said.ShouldContain("○ whole.sql.gz is readable to its end and pg_dump finished it (");
    }

    [Fact]
    public async Task A_dump_in_Postgres_own_format_that_lost_its_end_is_found_although_its_table_of_contents_is_there()
    {
        var connection = await WithDatabaseAsync(makeDump: false);
        await DumpAsync(connection, "--format=custom", "whole.dump");
        var whole = await File.ReadAllBytesAsync(Path.Combine(Folder, "whole.dump"), Ct);
        await File.WriteAllBytesAsync(Path.Combine(Folder, "cut.dump"), whole[..^2000], Ct);
        File.Delete(Path.Combine(Folder, "whole.dump"));
        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("cut.dump can't be read to its end: it is cut off or damaged (exit code 1: ");
    }

    [Fact]
    public async Task What_is_encrypted_is_said_to_be_so_with_what_was_checked()
    {
        _stage.Set("Maintenance:Backups:ReadNewest", "5");
        const string gpg = "/usr/bin/gpg";
        Assert.SkipUnless(File.Exists(gpg), "gpg is not installed: apt-get install -y gpg");
        await GzipAsync("plain.sql.gz", "-- x\n" + Complete);
        var (home, plain) = (Directory.CreateDirectory(Path.Combine(_stage.Folder, "gpg")), Path.Combine(Folder, "plain.sql.gz"));
        File.SetUnixFileMode(home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string[] always = ["--homedir", home.FullName, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "word", "--symmetric"];
        await Cli.Wrap(gpg).WithArguments([.. always, "--output", plain + ".gpg", plain]).ExecuteAsync(Ct);
        await Cli.Wrap(gpg).WithArguments([.. always, "--armor", "--output", plain + ".asc", plain]).ExecuteAsync(Ct);
        var armor = await File.ReadAllTextAsync(plain + ".asc", Ct);
        await File.WriteAllTextAsync(Path.Combine(Folder, "cut.asc"), armor[..(armor.Length / 2)], Ct);
        await Cli.Wrap("/usr/bin/openssl").WithArguments(["enc", "-aes-256-cbc", "-pbkdf2", "-pass", "pass:word", "-in", plain, "-out", Path.Combine(Folder, "by.enc")]).ExecuteAsync(Ct);
        await Cli.Wrap("/usr/bin/gpgconf").WithArguments(["--homedir", home.FullName, "--kill", "all"]).WithValidation(CommandResultValidation.None).ExecuteAsync(Ct);

        var said = (await _stage.RunAsync<BackupsTask>()).En();

        said.ShouldContain("○ plain.sql.gz.gpg is encrypted (GPG): its content can't be looked at; presence, age, size and its beginning were");
        said.ShouldContain("○ plain.sql.gz.asc is encrypted (GPG)");
        said.ShouldContain("○ by.enc is encrypted (openssl)");
        said.ShouldContain("× cut.asc is encrypted and lacks its closing line: it is cut off");
    }

    [Fact]
    public async Task A_folder_that_is_empty_or_gone_is_a_failure_and_not_nothing()
    {
        (await _stage.RunAsync<BackupsTask>()).En().ShouldContain($"× {Folder} on local holds no backup");
        Directory.Delete(Folder);
        var outcome = await _stage.RunAsync<BackupsTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain($"the folder of backups can't be read: not available: local has no {Folder}.");
    }

    [Fact]
    public async Task A_bot_that_watches_no_platform_has_no_backups_to_miss()
    {
        Assert.SkipWhen(Directory.Exists(BackupOptions.DefaultFolder), "this machine has backups of the platform");
        await using var bare = new TaskStage();
        var outcome = await bare.RunAsync<BackupsTask>();
        outcome.End.ShouldBe(TaskEnd.NotAvailable, outcome.En());
        outcome.En().ShouldContain("? backups: not available: no platform is set up");
        (await bare.PlanAsync<BackupsTask>()).Instead!.Sentence.En.ShouldStartWith("backups: not available: no platform is set up");

        await using var watched = new TaskStage();
        watched.Set("Platform:BaseUrl", "https://festival.example.com");
        (await watched.RunAsync<BackupsTask>()).End.ShouldBe(TaskEnd.Failed, "there is a platform, and no folder of backups");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("hangs")]
    [InlineData("key")]
    public async Task A_host_that_is_gone_or_hangs_or_has_another_key_is_a_failure_with_its_reason(string trouble)
    {
        var ssh = await StartSshAsync();
        _stage.Over(ssh);
        if (trouble == "gone") await ssh.StopAsync();
        if (trouble == "hangs") await ssh.SuspendAsync(Ct);
        if (trouble == "key") await File.WriteAllTextAsync(ssh.KnownHosts, $"[127.0.0.1]:{ssh.Port} ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", Ct);
        var outcome = await _stage.RunAsync<BackupsTask>();
        if (trouble == "hangs") ssh.Resume();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.En().ShouldContain("the folder of backups can't be read: web1 (");
        outcome.En().ShouldContain(trouble == "key" ? "shows another host key" : trouble == "gone" ? "can't be reached" : "web1 (");
    }

    private async Task<SshServer> StartSshAsync()
    {
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        return await SshServer.StartAsync(Ct);
    }

    private IReadOnlyList<string> Own() => [.. Directory.EnumerateFiles(Folder, "festivalops-dump-*").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    private void Age(string name, int hours) => File.SetLastWriteTimeUtc(Path.Combine(Folder, name), TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hours));

    private async Task GzipAsync(string name, string text)
    {
        await using var file = File.Create(Path.Combine(Folder, name));
        await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(text), Ct);
    }

    // The platform's tables with few rows, and libpq's words for them with a file that holds the password.
    private async Task<string> WithDatabaseAsync(bool makeDump = true)
    {
        var settings = new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionStringTo("dumped"));
        await using (var connection = new NpgsqlConnection(postgres.Server.ConnectionString))
        {
            await connection.OpenAsync(Ct);
            var there = await new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = 'dumped'", connection).ExecuteScalarAsync(Ct);
            if (there is null)
            {
                await postgres.Server.CreateDatabaseAsync("dumped", cancellationToken: Ct);
                await SampleDatabase.CreateTablesAsync(settings.ConnectionString, Ct);
                await SampleDatabase.FillAsync(settings.ConnectionString, new(), TimeProvider.System.GetUtcNow(), cancellationToken: Ct);
            }
        }
        var passwords = Path.Combine(_stage.Folder, "pgpass");
        await File.WriteAllTextAsync(passwords, $"*:*:*:*:{settings.Password}\n", Ct);
        File.SetUnixFileMode(passwords, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var words = $"host=127.0.0.1 port={settings.Port} user={settings.Username} dbname=dumped passfile={passwords}";
        _stage.Set("Maintenance:Backups:DumpConnection", words);
        if (makeDump) _stage.Set("Maintenance:Backups:MakeDump", "true");
        return words;
    }

    private async Task DumpAsync(string connection, string format, string name) =>
        await Cli.Wrap("/usr/bin/pg_dump").WithArguments(["--no-password", format, $"--file={Path.Combine(Folder, name)}", "--", connection]).ExecuteAsync(Ct);

    private async Task<string> PlainDumpAsync(string connection)
    {
        await DumpAsync(connection, "--format=plain", "plain");
        var text = await File.ReadAllTextAsync(Path.Combine(Folder, "plain"), Ct);
        File.Delete(Path.Combine(Folder, "plain"));
        return text;
    }
}
