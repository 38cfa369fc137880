using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Storage;

/// <summary>Where the bot keeps what it remembers. Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
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
}
