using Npgsql;

namespace FestivalOps.Festival;

/// <summary>How many rows a table has.</summary>
/// <param name="Table">Its name in the schema <c>public</c>.</param>
/// <param name="Rows">How many; null: nobody knows.</param>
/// <param name="IsEstimate">True: PostgreSQL's estimate, because the role may not read the table or counting took too long.</param>
internal sealed record TableRows(string Table, long? Rows, bool IsEstimate);

/// <summary>The tables of one database with their rows.</summary>
/// <param name="Server">Which cluster it is: PostgreSQL's system identifier, which a replica shares. 0: the role may not ask.</param>
/// <param name="Database">Its name.</param>
/// <param name="Bytes">Its size. Unit: bytes.</param>
/// <param name="Tables">By name.</param>
internal sealed record DatabaseRows(long Server, string Database, long Bytes, IReadOnlyDictionary<string, TableRows> Tables)
{
    // A table that was never analysed has -1; then the counters of the statistics may know more.
    private const string Estimates =
        """
        SELECT c.relname, CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint ELSE nullif(s.n_live_tup, 0) END, has_table_privilege(c.oid, 'SELECT')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
        """;

    private const string About = "SELECT current_database(), pg_database_size(current_database())";

    private const int MostTables = 2_000;

    /// <summary>Counts, read only: exactly where the role may read the table and it takes less than 20 seconds, else as PostgreSQL estimates.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public static async Task<DatabaseRows> ReadAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Timeout = 10,
            CommandTimeout = 60,
            ApplicationName = "festivalops",
            Options = "-c default_transaction_read_only=on -c statement_timeout=20000",
        }.ConnectionString);
        await connection.OpenAsync(ct);
        var (database, bytes) = await AboutAsync(connection, ct);
        var tables = new SortedDictionary<string, TableRows>(StringComparer.Ordinal);
        foreach (var (name, estimate, mayRead) in await EstimatesAsync(connection, ct))
            tables[name] = mayRead && await CountAsync(connection, name, ct) is { } rows ? new(name, rows, IsEstimate: false) : new(name, estimate, IsEstimate: true);
        return new(await ServerAsync(connection, ct), database, bytes, tables);
    }

    /// <summary>PostgreSQL's system identifier; 0 when the role may not ask.</summary>
    public static async Task<long> ServerAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT system_identifier FROM pg_control_system()", connection);
        try
        {
            return (long)(await command.ExecuteScalarAsync(ct) ?? 0L);
        }
        catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return 0;
        }
    }

    private static async Task<(string, long)> AboutAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(About, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (reader.GetString(0), reader.GetInt64(1));
    }

    private static async Task<List<(string Name, long? Rows, bool MayRead)>> EstimatesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var found = new List<(string, long?, bool)>();
        await using var command = new NpgsqlCommand(Estimates, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (found.Count < MostTables && await reader.ReadAsync(ct)) found.Add((reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetBoolean(2)));
        return found;
    }

    private static async Task<long?> CountAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        using var quoting = new NpgsqlCommandBuilder();
#pragma warning disable CA2100 // the name comes from the catalogue and is quoted
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM public.{quoting.QuoteIdentifier(table)}", connection);
#pragma warning restore CA2100
        try
        {
            return (long?)await command.ExecuteScalarAsync(ct);
        }
        catch (PostgresException failure) when (failure.SqlState is PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }
    }
}
