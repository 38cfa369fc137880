using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace FestivalOps.Storage;

/// <summary>Tells why a store refused.</summary>
internal static class StoreFailure
{
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    /// <summary>
    /// True when the rows themselves are what the store can't take (too long, a forbidden character, a key that is there already), so that
    /// waiting doesn't help. PostgreSQL: SQLSTATE classes 22 and 23; SQLite: TOOBIG, CONSTRAINT, MISMATCH.
    /// </summary>
    public static bool IsAboutTheRows(Exception failure) => failure switch
    {
        DbUpdateException { InnerException: { } inner } => IsAboutTheRows(inner),
        PostgresException postgres => postgres.SqlState.StartsWith("22", StringComparison.Ordinal) || postgres.SqlState.StartsWith("23", StringComparison.Ordinal),
        SqliteException sqlite => sqlite.SqliteErrorCode is TooBig or Constraint or Mismatch,
        _ => false,
    };
}
