using Npgsql;

namespace FestivalOps.Demo.SamplePlatform.Data;

/// <summary>Fills a database with the platform's structure and with invented rows.</summary>
internal static class SampleDatabase
{
    /// <summary>The name of the platform's database.</summary>
    public const string Name = "festival_planner_platform_production";

    /// <summary>Makes the platform's 38 tables in an empty database.</summary>
    public static async Task CreateTablesAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = PlatformFiles.Schema;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Fills the tables by COPY, in one transaction. The same size, seed and moment give the same rows, byte by byte.
    /// </summary>
    /// <param name="connectionString">A database with the platform's tables, empty.</param>
    /// <param name="size">How many rows.</param>
    /// <param name="now">The moment that the data ends at: the youngest payment is minutes older.</param>
    /// <param name="seed">Another seed gives other rows.</param>
    /// <param name="cancellationToken">Ends the work; nothing is kept then.</param>
    public static async Task FillAsync(
        string connectionString, SampleDataSize size, DateTimeOffset now, int seed = 1, CancellationToken cancellationToken = default)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        foreach (var table in SampleRows.Tables(size, now.UtcDateTime, seed))
        {
            await CopyAsync(connection, table, cancellationToken);
            await using var sequence = connection.CreateCommand();
            sequence.CommandText = "SELECT setval(pg_get_serial_sequence($1, 'id'), greatest($2, 1), $2 > 0)";
            sequence.Parameters.Add(new NpgsqlParameter { Value = table.Name });
            sequence.Parameters.Add(new NpgsqlParameter { Value = (long)table.RowCount });
            await sequence.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        await using var analyze = connection.CreateCommand();
        analyze.CommandText = "ANALYZE";
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, SampleTable table, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Name));
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table.Name} ({columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in table.Rows)
        {
            await copy.StartRowAsync(cancellationToken);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] is { } value) await copy.WriteAsync(value, table.Columns[i].Type, cancellationToken);
                else await copy.WriteNullAsync(cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
