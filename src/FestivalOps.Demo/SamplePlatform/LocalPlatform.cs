using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Demo.SamplePlatform.Servers;
using Npgsql;

namespace FestivalOps.Demo.SamplePlatform;

/// <summary>
/// A Festival Planner Platform on this machine, as real as the installed packages allow: the application, PostgreSQL with the
/// platform's tables and invented rows, Redis, nginx, Prometheus with node_exporter. What is not installed is null here and
/// listed in <see cref="Missing"/>.
/// </summary>
internal sealed class LocalPlatform : IAsyncDisposable
{
    private static readonly (string Japanese, string English) DatabaseWithout = ("データベースのチェックは対象がありません", "the database check has no target");
    private static readonly (string Japanese, string English) RedisWithout = ("Redis のチェックは対象がありません", "the Redis check has no target");

    // What the deploy guide gives the bot's role: failed payments, and the figures of reports.
    private const string Grants =
        """
        GRANT SELECT (id, created_at, status, payment_method, currency, amount, processed_at, updated_at) ON payments TO festivalops;
        GRANT SELECT (id, created_at) ON festivals TO festivalops;
        GRANT SELECT (id, created_at, last_api_access_at) ON users TO festivalops;
        """;

    private readonly List<MissingPart> missing = [];

    private LocalPlatform()
    {
    }

    /// <summary>The web application itself; always there.</summary>
    public SampleApp App { get; private set; } = null!;

    /// <summary>The database server.</summary>
    public PostgresServer? Postgres { get; private set; }

    /// <summary>The connection string of the platform's database on <see cref="Postgres"/>, as its owner.</summary>
    public string? DatabaseConnectionString { get; private set; }

    /// <summary>The same database for the bot: a role that is a member of pg_monitor and reads of three tables what it counts.</summary>
    public string? MonitorConnectionString { get; private set; }

    /// <summary>The Redis.</summary>
    public RedisServer? Redis { get; private set; }

    /// <summary>The reverse proxy in front of <see cref="App"/>.</summary>
    public NginxServer? Nginx { get; private set; }

    /// <summary>The source of host metrics that <see cref="Prometheus"/> reads.</summary>
    public NodeExporter? NodeExporter { get; private set; }

    /// <summary>The Prometheus.</summary>
    public PrometheusServer? Prometheus { get; private set; }

    /// <summary>Where a visitor reaches the platform over http: nginx, or the application itself where nginx is missing.</summary>
    public Uri Address => Nginx?.Address ?? App.Address;

    /// <summary>What could not be started, and how to get it.</summary>
    public IReadOnlyList<MissingPart> Missing => missing;

    /// <summary>
    /// Starts what is installed, and writes a line in Japanese and English for each part that is not. Two to four seconds.
    /// </summary>
    /// <exception cref="InvalidOperationException">A part is installed but does not start; all others are ended again.</exception>
    public static async Task<LocalPlatform> StartAsync(
        SamplePlatformOptions options, TextWriter output, CancellationToken cancellationToken = default)
    {
        var platform = new LocalPlatform();
        try
        {
            await Task.WhenAll(
                platform.OrWithoutAsync(() => platform.StartDatabaseAsync(options, cancellationToken), "PostgreSQL", DatabaseWithout, "postgresql"),
                platform.OrWithoutAsync(() => platform.StartRedisAsync(options, cancellationToken), "Redis", RedisWithout, "redis-server"),
                platform.StartWebAsync(options, cancellationToken),
                options.WithPrometheus ? platform.StartPrometheusAsync(cancellationToken) : Task.CompletedTask);
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }

        foreach (var part in platform.Missing) await output.WriteLineAsync(part.Line);
        return platform;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // From the outside in, so that nobody sees errors of a neighbour that went first.
        IAsyncDisposable?[] parts = [Prometheus, NodeExporter, Nginx, App, Redis, Postgres];
        foreach (var part in parts.OfType<IAsyncDisposable>()) await part.DisposeAsync();
    }

    private async Task StartDatabaseAsync(SamplePlatformOptions options, CancellationToken cancellationToken)
    {
        if (!PostgresServer.IsAvailable(out var reason))
        {
            Miss("PostgreSQL", reason, DatabaseWithout, "postgresql");
            return;
        }

        Postgres = await PostgresServer.StartAsync(new PostgresOptions { Durable = options.Durable }, cancellationToken);
        var database = await Postgres.CreateDatabaseAsync(SampleDatabase.Name, cancellationToken: cancellationToken);
        await SampleDatabase.CreateTablesAsync(database, cancellationToken);
        await SampleDatabase.FillAsync(database, options.Data, options.Clock.GetUtcNow(), cancellationToken: cancellationToken);
        MonitorConnectionString = await Postgres.CreateMonitorAsync("festivalops", SampleDatabase.Name, cancellationToken);
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var grant = source.CreateCommand(Grants)) await grant.ExecuteNonQueryAsync(cancellationToken);
        DatabaseConnectionString = database;
    }

    private async Task StartRedisAsync(SamplePlatformOptions options, CancellationToken cancellationToken)
    {
        if (RedisServer.IsAvailable(out var reason))
            Redis = await RedisServer.StartAsync(new RedisOptions { MaxMemoryBytes = options.RedisMaxMemoryBytes }, cancellationToken);
        else
            Miss("Redis", reason, RedisWithout, "redis-server");
    }

    private async Task StartWebAsync(SamplePlatformOptions options, CancellationToken cancellationToken)
    {
        var questions = new SampleAppOptions
        {
            AskDatabase = PostgresServer.IsAvailable(out _) ? AskDatabaseAsync : null,
            AskRedis = RedisServer.IsAvailable(out _) ? AskRedisAsync : null,
            Clock = options.Clock,
        };
        App = await SampleApp.StartAsync(questions, cancellationToken);
        if (NginxServer.IsAvailable(out var reason))
        {
            var settings = new NginxOptions { Application = App.Address, CertificateDaysLeft = options.CertificateDaysLeft };
            Nginx = await NginxServer.StartAsync(settings, cancellationToken);
        }
        else
        {
            Miss("nginx", reason, ("アプリへ直接つなぎ、HTTPS とアクセスログはありません", "the application is reached directly, without https and access log"), "nginx");
        }
    }

    private async Task StartPrometheusAsync(CancellationToken cancellationToken)
    {
        var found = NodeExporter.IsAvailable(out var reason);
        found = found && PrometheusServer.IsAvailable(out reason);
        if (!found)
        {
            Miss("Prometheus", reason, ("ホストの数値はこのマシンから直接読みます", "host figures are read from the machine itself"), "prometheus prometheus-node-exporter");
            return;
        }

        NodeExporter = await NodeExporter.StartAsync(cancellationToken);
        Prometheus = await PrometheusServer.StartAsync(NodeExporter.Address, cancellationToken);
    }

    // What is installed may still not start: then the demo goes on without it, as if it were not there.
    private async Task OrWithoutAsync(Func<Task> start, string part, (string Japanese, string English) without, string packages)
    {
        try
        {
            await start();
        }
        catch (Exception failure) when (failure is InvalidOperationException or CliWrap.Exceptions.CliWrapException or IOException or System.ComponentModel.Win32Exception or Npgsql.NpgsqlException)
        {
            Miss(part, $"it does not start: {failure.Message.ReplaceLineEndings(" ").Trim()}", without, packages);
        }
    }

    private void Miss(string part, string reason, (string Japanese, string English) without, string packages)
    {
        lock (missing) missing.Add(new MissingPart(part, reason, without, packages));
    }

    private async Task AskDatabaseAsync(CancellationToken cancellationToken)
    {
        var connectionString = DatabaseConnectionString ?? throw new InvalidOperationException("The database is still starting.");
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        await command.ExecuteScalarAsync(cancellationToken);
    }

    private async Task AskRedisAsync(CancellationToken cancellationToken)
    {
        var redis = Redis ?? throw new InvalidOperationException("Redis is still starting.");
        if (!await redis.PingAsync(cancellationToken)) throw new InvalidOperationException("Redis refused the PING.");
    }
}
