using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace FestivalOps.Storage.Sqlite;

/// <summary>
/// Sets each connection up: write-ahead log, so that readers never wait for the writer, and <c>synchronous=FULL</c>, so that what was
/// committed survives a power cut (WAL's default in SQLite is already FULL; said here because the audit trail relies on it). Recursive triggers, so that INSERT OR REPLACE meets the trigger that refuses to delete.
/// A short wait within SQLite itself for another writer, which begins with one millisecond; the driver's own looks only every 150 ms.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA busy_timeout=1000;";

    /// <summary>The one instance: it has no state.</summary>
    public static SqlitePragmas Instance { get; } = new();

    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbCommand Command(DbConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        return command;
    }
}
