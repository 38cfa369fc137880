using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.Capacity;

/// <summary>What the monthly look at capacity deletes and judges. Section <c>Maintenance:Capacity</c>.</summary>
internal sealed class CapacityOptions
{
    /// <summary>Rotated logs not changed for longer are deleted. Unit: days. Range: 1 to 3,650. Default: 30 (guideline).</summary>
    [Range(1, 3_650)]
    public int LogDays { get; set; } = 30;

    /// <summary>Temporary files not changed for longer are deleted. Unit: days. Range: 1 to 3,650. Default: 7 (guideline).</summary>
    [Range(1, 3_650)]
    public int TemporaryFileDays { get; set; } = 7;

    /// <summary>A table of 10,000 rows or more with so many dead rows for its living ones is worth a look. Unit: percent. Range: 1 to 1,000. Default: 20.</summary>
    [Range(1, 1_000)]
    public int DeadRowPercent { get; set; } = 20;

    /// <summary>A disk that is forecast to fill sooner is worth a look. Unit: days. Range: 1 to 365. Default: 60, until the run after the next.</summary>
    [Range(1, 365)]
    public int DiskDays { get; set; } = 60;
}
