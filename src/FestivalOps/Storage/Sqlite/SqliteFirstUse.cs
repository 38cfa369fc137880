using Microsoft.Data.Sqlite;

namespace FestivalOps.Storage.Sqlite;

/// <summary>Makes a file ready for Entity Framework, which looks at it through a read-only connection first.</summary>
internal static class SqliteFirstUse
{
    private const int NotADatabase = 26; // SQLITE_NOTADB

    /// <summary>
    /// Makes the file when there is none, readable by its owner only (it holds who typed what, and response URLs of unfinished work; a file
    /// that is there keeps its rights); refuses another program's database; switches a file to WAL that is not (a backup made by VACUUM
    /// INTO, an empty file), which a read-only connection could not do; and takes away the migration lock of a process that was killed.
    /// The caller holds the <see cref="StoreLock"/>: nobody else migrates.
    /// </summary>
    /// <exception cref="StoreRefusedException">The file is not a store of the bot.</exception>
    public static void Prepare(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        var file = FileIdentity.RealPath(settings.DataSource);
        if (!File.Exists(file))
        {
            // SQLite would take it for the log of another file and delete it, with what was remembered last.
            if (File.Exists(file + "-wal"))
                throw new StoreRefusedException($"{settings.DataSource} is missing, but {Path.GetFileName(file)}-wal is there: put the file back, or move the -wal away to begin anew");
            Make(file);
        }
        using var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            if (IsForeign(connection))
                throw new StoreRefusedException($"{settings.DataSource} is the database of another program; name another file in Storage:SqliteFile");
            Run(connection, "PRAGMA journal_mode=WAL");
            if (Has(connection, "name = '__EFMigrationsLock'")) Run(connection, "DELETE FROM \"__EFMigrationsLock\"");
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode == NotADatabase)
        {
            throw new StoreRefusedException($"{settings.DataSource} is not a SQLite database; name another file in Storage:SqliteFile");
        }
    }

    private static void Make(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(file, options).Dispose();
    }

    // The migration lock alone is ours: the first migration was cut off before it wrote its history. Other users of Entity Framework have a
    // history, too, but name its columns as they come.
    private static bool IsForeign(SqliteConnection connection) =>
        Has(connection, "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '__EFMigrationsLock'")
        && !Has(connection, "name = '__EFMigrationsHistory' AND EXISTS (SELECT 1 FROM pragma_table_info('__EFMigrationsHistory') WHERE name = 'migration_id')");

    private static bool Has(SqliteConnection connection, string which)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every condition is a constant of this file
        command.CommandText = $"SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type IN ('table', 'view') AND {which})";
#pragma warning restore CA2100
        return command.ExecuteScalar() is 1L;
    }

    private static void Run(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // every statement is a constant of this file
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
