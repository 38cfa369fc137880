using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace FestivalOps.Maintenance.RestoreTest;

/// <summary>Where the newest backup is restored for a test (guideline, 月1回). Section <c>Maintenance:RestoreTest</c>.</summary>
internal sealed class RestoreTestOptions : IValidatableObject
{
    /// <summary>
    /// Npgsql connection string of a database (such as <c>postgres</c>) on a PostgreSQL for tests, with a role that may create databases and is
    /// no superuser; a secret. The scratch database is made beside it. Default: empty, nothing is restored.
    /// </summary>
    public string Database { get; set; } = "";

    /// <summary>Name or address of that server as the platform's host sees it, where the restore runs. Default: empty, the host of <see cref="Database"/>.</summary>
    [RegularExpression("^[A-Za-z0-9.:_/-]{0,253}$")]
    public string HostSeenFromPlatform { get; set; } = "";

    /// <summary>True: the test may run on the platform's own server, where it takes room and time from the platform. Default: false, that is refused.</summary>
    public bool AllowPlatformServer { get; set; }

    /// <summary>How long the restore may take. Unit: minutes. Range: 1 to 1200. Default: 180.</summary>
    [Range(1, 1200)]
    public int TimeoutMinutes { get; set; } = 180;

    /// <summary>The platform may have so many more or fewer rows in a table than its backup. Unit: percent of its rows. Range: 0 to 100. Default: 10.</summary>
    [Range(0, 100)]
    public int GrowthPercent { get; set; } = 10;

    /// <summary>And so many in any case. Range: 0 to 1,000,000. Default: 500.</summary>
    [Range(0, 1_000_000)]
    public int GrowthRows { get; set; } = 500;

    /// <summary>True when a server is set.</summary>
    public bool IsSet => Database.Length > 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet) yield break;
        NpgsqlConnectionStringBuilder? settings = null;
        try
        {
            settings = new(Database);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The parser's own message may repeat the text, and with it a password.
        }
        if (settings is not { Host.Length: > 0, Database.Length: > 0, Username.Length: > 0 })
            yield return new("Database is not a connection string of Npgsql with host, database and user (Host=…;Database=postgres;Username=…;Password=…).", [nameof(Database)]);
    }
}
