using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.PlatformDatabase;

/// <summary>How work on the platform's database keeps out of the platform's way. Section <c>Maintenance:Database</c>.</summary>
internal sealed class DatabaseWorkOptions
{
    /// <summary>Where it would wait for a lock for longer, it gives up and says so. Unit: milliseconds. Range: 100 to 60,000. Default: 3,000.</summary>
    [Range(100, 60_000)]
    public int LockWaitMilliseconds { get; set; } = 3_000;

    /// <summary>How long one statement (ANALYZE of a table, a batch) may take. Unit: seconds. Range: 1 to 3,600. Default: 300.</summary>
    [Range(1, 3_600)]
    public int StatementSeconds { get; set; } = 300;

    /// <summary>How long building one index anew may take. Unit: seconds. Range: 1 to 14,400. Default: 3,600.</summary>
    [Range(1, 14_400)]
    public int ReindexSeconds { get; set; } = 3_600;

    /// <summary>See <see cref="LockWaitMilliseconds"/>.</summary>
    public TimeSpan LockWait => TimeSpan.FromMilliseconds(LockWaitMilliseconds);

    /// <summary>See <see cref="StatementSeconds"/>.</summary>
    public TimeSpan Statement => TimeSpan.FromSeconds(StatementSeconds);

    /// <summary>See <see cref="ReindexSeconds"/>.</summary>
    public TimeSpan Reindex => TimeSpan.FromSeconds(ReindexSeconds);
}
