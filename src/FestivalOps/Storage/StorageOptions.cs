using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace FestivalOps.Storage;

/// <summary>Where the bot keeps what it remembers. Section <c>Storage</c>.</summary>
internal sealed class StorageOptions : IValidatableObject
{
    /// <summary>
    /// File of the embedded SQLite store, used when <see cref="Postgres"/> is empty. A relative path is taken from the working
    /// directory. Default: <c>festivalops.db</c>.
    /// </summary>
    [Required]
    public string SqliteFile { get; set; } = "festivalops.db";

    /// <summary>
    /// Npgsql connection string of the bot's own database (not the platform's). When set, PostgreSQL is the store and several
    /// instances may share it. Default: empty.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>How long results of checks are kept. Unit: days. Range: 1 to 3650. Default: 35 (a month and the days to compare it with).</summary>
    [Range(1, 3650)]
    public int KeepResultsDays { get; set; } = 35;

    /// <summary>How long a statement may take before it counts as failed. Unit: seconds. Range: 1 to 60. Default: 5.</summary>
    [Range(1, 60)]
    public int CommandTimeoutSeconds { get; set; } = 5;

    /// <summary>True when PostgreSQL is the store.</summary>
    public bool UsesPostgres => !string.IsNullOrWhiteSpace(Postgres);

    /// <summary>Full path of <see cref="SqliteFile"/>: always a file, whatever the text might mean to SQLite. Empty for what is no path at all.</summary>
    public string SqlitePath => string.IsNullOrWhiteSpace(SqliteFile) || SqliteFile.Contains('\0', StringComparison.Ordinal) ? "" : Path.GetFullPath(SqliteFile);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UsesPostgres)
        {
            if (!NamesAServer(Postgres!))
                yield return new("Postgres is not a connection string of Npgsql (Host=…;Database=…;Username=…).", [nameof(Postgres)]);
        }
        else if (SqliteFile.Contains('\0', StringComparison.Ordinal))
        {
            yield return new("SqliteFile is not the path of a file.", [nameof(SqliteFile)]);
        }
        else if (Path.EndsInDirectorySeparator(SqliteFile) || Directory.Exists(SqlitePath))
        {
            yield return new($"SqliteFile must name a file, but {SqlitePath} is a directory.", [nameof(SqliteFile)]);
        }
        else if (Path.GetDirectoryName(SqlitePath) is { } directory && !Directory.Exists(directory))
        {
            yield return new($"SqliteFile lies in {directory}, which does not exist: make that directory, or name another file.", [nameof(SqliteFile)]);
        }
    }

    // The parser's own message may repeat the text, and with it a password.
    private static bool NamesAServer(string text)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            return false;
        }
    }
}
