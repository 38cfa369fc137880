using System.Security.Cryptography;
using FestivalOps.Demo.SamplePlatform.Local;
using Npgsql;

namespace FestivalOps.Demo.SamplePlatform.Servers;

/// <summary>How a <see cref="PostgresServer"/> is set up.</summary>
internal sealed record PostgresOptions
{
    /// <summary>Whether a commit survives a crash of the machine (fsync). Tests switch it off for speed. Default: on.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>PostgreSQL's max_connections, 5 to 1000. Default: 100, PostgreSQL's own.</summary>
    public int MaxConnections { get; init; } = 100;
}

/// <summary>
/// A PostgreSQL of this machine's packages with an empty cluster of its own: 127.0.0.1 only, password (SCRAM) only,
/// pg_stat_statements loaded.
/// </summary>
internal sealed class PostgresServer : LocalServer
{
    private readonly string programs;
    private readonly PostgresOptions options;

    private PostgresServer(string programs, PostgresOptions options) : base("postgres")
    {
        this.programs = programs;
        this.options = options;
    }

    /// <summary>Connects to the database "postgres" as the owner of everything.</summary>
    public string ConnectionString => ConnectionStringTo("postgres");

    /// <inheritdoc />
    protected override PosixSignalNumber StopSignal => PosixSignalNumber.Interrupt;

    /// <inheritdoc />
    protected override ServerCommand Command => new(Path.Combine(programs, "postgres"), ["-D", Data, .. Settings()], Folder, PostgresTemplate.Account);

    private string Data => Path.Combine(Folder, "data");

    /// <summary>Whether PostgreSQL's server programs are installed; if not, <paramref name="reason"/> is a sentence for people.</summary>
    public static bool IsAvailable(out string reason)
    {
        reason = Programs.FindPostgresFolder() is null
            ? "PostgreSQL is not installed (no initdb under /usr/lib/postgresql/*/bin or in PATH): sudo apt-get install -y postgresql"
            : "";
        return reason.Length == 0;
    }

    /// <summary>Makes a new cluster in a temporary folder, starts it and returns when it answers: about a second.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or did not start.</exception>
    public static Task<PostgresServer> StartAsync(PostgresOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!IsAvailable(out var reason)) throw new InvalidOperationException(reason);
        var server = new PostgresServer(Programs.FindPostgresFolder()!, options ?? new PostgresOptions());
        return StartNewAsync(server, () => PostgresTemplate.CopyAsync(server.programs, server.Folder, server.Data, cancellationToken), cancellationToken);
    }

    /// <summary>The connection string of another database of this server.</summary>
    public string ConnectionStringTo(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = Port,
        Username = PostgresTemplate.User,
        Password = PostgresTemplate.Password,
        Database = database,
    }.ConnectionString;

    /// <summary>
    /// Makes a database with the extension pg_stat_statements, empty or as a copy of <paramref name="template"/> (to which
    /// nobody may be connected).
    /// </summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name, string? template = null, CancellationToken cancellationToken = default)
    {
        using var quoting = new NpgsqlCommandBuilder();
        var source = template is null ? "" : $" TEMPLATE {quoting.QuoteIdentifier(template)}";
        await ExecuteAsync(ConnectionString, $"CREATE DATABASE {quoting.QuoteIdentifier(name)}{source}", cancellationToken);
        await ExecuteAsync(ConnectionStringTo(name), "CREATE EXTENSION IF NOT EXISTS pg_stat_statements", cancellationToken);
        return ConnectionStringTo(name);
    }

    /// <summary>
    /// Makes a role that may watch and read nothing else: a member of pg_monitor, as the bot has one in production.
    /// </summary>
    /// <returns>The connection string of that role to the database.</returns>
    public async Task<string> CreateMonitorAsync(string name, string database, CancellationToken cancellationToken = default)
    {
        using var quoting = new NpgsqlCommandBuilder();
        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await ExecuteAsync(
            ConnectionString, $"CREATE ROLE {quoting.QuoteIdentifier(name)} LOGIN PASSWORD '{password}' IN ROLE pg_monitor", cancellationToken);
        return new NpgsqlConnectionStringBuilder(ConnectionStringTo(database)) { Username = name, Password = password }.ConnectionString;
    }

    /// <inheritdoc />
    protected override async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(ConnectionString, "SELECT 1", cancellationToken);
            return true;
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.SqlState == PostgresErrorCodes.CannotConnectNow)
        {
            return false;
        }
    }

    private static async Task ExecuteAsync(string connectionString, string statement, CancellationToken cancellationToken)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // our own statements; names in them are quoted by NpgsqlCommandBuilder
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private IEnumerable<string> Settings()
    {
        string[] always =
        [
            "listen_addresses=127.0.0.1",
            FormattableString.Invariant($"port={Port}"),
            "unix_socket_directories=",
            FormattableString.Invariant($"max_connections={options.MaxConnections}"),
            "shared_preload_libraries=pg_stat_statements",
            "timezone=UTC",
            "log_timezone=UTC",
        ];
        string[] quick = options.Durable ? [] : ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
        return always.Concat(quick).SelectMany(setting => new[] { "-c", setting });
    }
}
