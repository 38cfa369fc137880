using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.DatabaseMaintenance;

/// <summary>What the Sunday maintenance deletes and builds anew. Section <c>Maintenance:DatabaseMaintenance</c>.</summary>
internal sealed class DatabaseMaintenanceOptions
{
    /// <summary>Notifications older than this are deleted. Unit: days. Range: 7 to 3,650. Default: 90 (guideline).</summary>
    [Range(7, 3_650)]
    public int NotificationDays { get; set; } = 90;

    /// <summary>Sessions not used for longer are deleted. Unit: days. Range: 1 to 3,650. Default: 30 (guideline).</summary>
    [Range(1, 3_650)]
    public int SessionDays { get; set; } = 30;

    /// <summary>Temporary files not changed for longer are deleted. Unit: days. Range: 1 to 3,650. Default: 7 (guideline).</summary>
    [Range(1, 3_650)]
    public int TemporaryFileDays { get; set; } = 7;

    /// <summary>So many rows are deleted in one transaction. Range: 10 to 50,000. Default: 5,000.</summary>
    [Range(10, 50_000)]
    public int BatchRows { get; set; } = 5_000;

    /// <summary>Pause between two batches, so that the platform gets its turn. Unit: milliseconds. Range: 0 to 60,000. Default: 200.</summary>
    [Range(0, 60_000)]
    public int BatchPauseMilliseconds { get; set; } = 200;

    /// <summary>Indexes of which so much is estimated to be empty are built anew; 0: every index. Unit: percent. Range: 0 to 95. Default: 30.</summary>
    [Range(0, 95)]
    public int ReindexBloatPercent { get; set; } = 30;

    /// <summary>Smaller indexes are never judged bloated. Unit: MiB. Range: 0 to 1,000,000. Default: 1.</summary>
    [Range(0, 1_000_000)]
    public int ReindexMinMegabytes { get; set; } = 1;
}
