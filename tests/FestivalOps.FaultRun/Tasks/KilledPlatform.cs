using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Demo.SamplePlatform.Servers;
using Npgsql;

namespace FestivalOps.FaultRun.Tasks;

/// <summary>
/// The platform on which the killed tasks act: two real PostgreSQL, a real Redis, real files and dumps; what belongs to the machine or to Rails (apt-get,
/// dpkg, sysctl, logrotate, bundle, npm) are scripts that take their time and leave half a state when they are killed.
/// </summary>
internal sealed class KilledPlatform : IAsyncDisposable
{
    private const int Old = 60;

    // By default "a.log.*" finds "a.log" as well.
    private static readonly EnumerationOptions Plain = new() { MatchType = MatchType.Simple };

    private readonly string _folder;
    private readonly PostgresServer _postgres;
    private readonly PostgresServer _scratch;
    private readonly RedisServer _redis;
    private readonly string _database;

    private KilledPlatform(string folder, PostgresServer postgres, PostgresServer scratch, RedisServer redis, string database) =>
        (_folder, _postgres, _scratch, _redis, _database) = (folder, postgres, scratch, redis, database);

    /// <summary>True when the bot may be shown other programs than the machine's; without that no task that needs them is begun.</summary>
    public static bool HasMachine => Environment.IsPrivilegedProcess && File.Exists("/usr/bin/unshare") && File.Exists("/usr/bin/sudo") && File.Exists("/usr/bin/apt-get");

    /// <summary>Starts the servers and fills them.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL or Redis is not installed.</exception>
    public static async Task<KilledPlatform> StartAsync(string folder)
    {
        var postgres = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
        var scratch = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
        var redis = await RedisServer.StartAsync();
        var database = await postgres.CreateDatabaseAsync(SampleDatabase.Name);
        await SampleDatabase.CreateTablesAsync(database);
        await SampleDatabase.FillAsync(database, new(), TimeProvider.System.GetUtcNow());
        var platform = new KilledPlatform(folder, postgres, scratch, redis, database);
        await platform.DoAsync(
            """
            CREATE TABLE sessions (id bigserial PRIMARY KEY, session_id varchar NOT NULL, data text, created_at timestamp NOT NULL, updated_at timestamp NOT NULL);
            CREATE INDEX index_sessions_on_updated_at ON sessions (updated_at);
            INSERT INTO sessions (session_id, created_at, updated_at) SELECT 'young', now(), now() FROM generate_series(1, 5)
            """);
        foreach (var name in (string[])["backups", "app/tmp/cache", "app/log", "machine"]) Directory.CreateDirectory(platform.In(name));
        await StandIns.WriteAsync(platform.In("machine"));
        await platform.DumpAsync(platform.In("backups/db_1.dump"));
        return platform;
    }

    /// <summary>The bot's settings for it.</summary>
    public IEnumerable<(string Key, string? Value)> Settings =>
    [
        ("Platform:Database", _database), ("Platform:MaintenanceDatabase", _database), ("Platform:Redis", _redis.ConnectionString),
        ("Maintenance:Application:Folder", In("app")), ("Maintenance:Application:Bundle", In("machine/bundle")), ("Maintenance:Application:Npm", In("machine/npm")),
        ("Maintenance:Backups:Folder", In("backups")), ("Maintenance:Backups:DumpConnection", Words), ("Maintenance:Backups:KeepDumps", "2"),
        ("Maintenance:Backups:KeepFreeMegabytes", "0"), ("Maintenance:RestoreTest:Database", _scratch.ConnectionString),
        // Both are copies of one template and share their identifier, as a platform and its replica do.
        ("Maintenance:RestoreTest:AllowPlatformServer", "true"),
        // What is prepared for the other tasks came after the backup.
        ("Maintenance:RestoreTest:GrowthRows", "100000"),
        ("Maintenance:DatabaseMaintenance:ReindexBloatPercent", "0"), ("Maintenance:DatabaseMaintenance:BatchRows", "20"),
        ("Maintenance:DatabaseMaintenance:BatchPauseMilliseconds", "20"),
    ];

    /// <summary>What has to stand before the bot's program so that it meets the stand-ins; they end where it ends.</summary>
    public IReadOnlyList<string> Before => StandIns.Before(In("machine"), PostgresTemplate.Password);

    /// <summary>What came to be of the scripts' work, a line for each begin and end.</summary>
    public IReadOnlyList<string> Calls => File.Exists(In("machine/calls")) ? File.ReadAllLines(In("machine/calls")) : [];

    private string Words => string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={_postgres.Port} user={PostgresTemplate.User} dbname={SampleDatabase.Name}");

    /// <summary>Something to do for every task: old rows, old files, packages that can be upgraded.</summary>
    public async Task PrepareAsync()
    {
        await DoAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO notifications (recipient_id, notifiable_type, notifiable_id, notification_type, title, created_at, updated_at)
            SELECT (SELECT min(id) FROM users), 'Task', 1, 'old', 'x', now() - interval '100 days', now() FROM generate_series(1, {Old * 10});
            INSERT INTO sessions (session_id, created_at, updated_at) SELECT 'old', now() - interval '40 days', now() - interval '40 days' FROM generate_series(1, {Old * 5});
            """));
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-40);
        for (var number = 0; number < Old; number++)
        {
            foreach (var place in (string[])["app/tmp/old", "app/tmp/cache/old", "app/log/production.log."])
            {
                var file = In(place + number.ToString(CultureInfo.InvariantCulture));
                await File.WriteAllTextAsync(file, "x");
                File.SetLastWriteTimeUtc(file, before);
            }
        }
        await File.WriteAllTextAsync(In("app/tmp/young"), "x");
        await File.WriteAllTextAsync(In("app/log/production.log"), "x");
        await File.WriteAllTextAsync(In("machine/plan"), StandIns.Plan);
    }

    /// <summary>What a killed run of a task left and its next run neither finished nor cleaned up; a line each.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync(string task)
    {
        var left = new List<string>();
        async Task NoneAsync(string what, string question, string? at = null)
        {
            if (await CountAsync(question, at) is > 0 and var count) left.Add($"{count} {what}");
        }
        void NoFile(string folder, string pattern)
        {
            if (Directory.GetFiles(In(folder), pattern, Plain).Length is > 0 and var count) left.Add($"{count} files {folder}/{pattern}");
        }
        switch (task)
        {
            case "database-maintenance":
                await NoneAsync("half indexes", "SELECT count(*) FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid WHERE NOT x.indisvalid OR c.relname ~ '_cc(new|old)[0-9]*$'");
                await NoneAsync("old notifications", "SELECT count(*) FROM notifications WHERE created_at < now() - interval '91 days'");
                await NoneAsync("old sessions", "SELECT count(*) FROM sessions WHERE session_id = 'old'");
                if (await CountAsync("SELECT count(*) FROM sessions") != 5) left.Add("young sessions are gone");
                NoFile("app/tmp", "old*");
                break;
            case "capacity":
                NoFile("app/tmp", "old*");
                NoFile("app/tmp/cache", "old*");
                NoFile("app/log", "production.log.*");
                if (!File.Exists(In("app/log/production.log")) || !File.Exists(In("app/tmp/young"))) left.Add("what is young is gone");
                break;
            case "backups":
                NoFile("backups", "*.part");
                var own = Directory.GetFiles(In("backups"), "festivalops-dump-*.dump");
                if (own.Length is 0 or > 2) left.Add($"{own.Length} own dumps");
                foreach (var dump in own)
                {
                    if (!await IsWholeAsync(dump)) left.Add($"{Path.GetFileName(dump)} is half a dump");
                }
                break;
            case "restore-test":
                await NoneAsync("scratch databases", "SELECT count(*) FROM pg_database WHERE starts_with(datname, 'festivalops_restore_')", _scratch.ConnectionString);
                break;
            case "system-updates":
                NoFile("machine", "half");
                break;
            case "system-optimisation" or "cache-warm-up":
                NoFile("machine", "warming");
                break;
        }
        return left;
    }

    /// <summary>Ends when no statement of a killed bot runs any more: the server does not notice at once that nobody waits for it.</summary>
    public async Task<bool> IsQuietAsync() => await CountAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'festivalops-maintenance' AND state <> 'idle'") == 0;

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _scratch.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private string In(string name) => Path.Combine(_folder, name);

    private Task DumpAsync(string file) => Cli.Wrap("/usr/bin/pg_dump").WithArguments(["--no-password", "--format=custom", "--no-owner", $"--file={file}", "--dbname", Words])
        .WithEnvironmentVariables(e => e.Set("PGPASSWORD", PostgresTemplate.Password)).ExecuteAsync();

    private static async Task<bool> IsWholeAsync(string dump) =>
        (await Cli.Wrap("/usr/bin/pg_restore").WithArguments(["--file=/dev/null", "--", dump]).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync()).ExitCode == 0;

    private Task DoAsync(string statement) => AskAsync(statement, _database);

    private async Task<long> CountAsync(string question, string? at = null) => (long)(await AskAsync(question, at ?? _database))!;

    private static async Task<object?> AskAsync(string statement, string at)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(at) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // our own words
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
