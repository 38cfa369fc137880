using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>What is looked at before days off. Section <c>Maintenance:Readiness</c>.</summary>
internal sealed class ReadinessOptions
{
    /// <summary>The disk's forecast says when it reaches this. Unit: percent. Range: 1 to 100. Default: 90 (guideline, システムメトリクス: 緊急).</summary>
    [Range(1, 100)]
    public double DiskLimit { get; set; } = 90;

    /// <summary>So far back figures of the disk count for the forecast. Unit: days. Range: 2 to 60. Default: 14.</summary>
    [Range(2, 60)]
    public int DiskHistoryDays { get; set; } = 14;

    /// <summary>A backup run that went well must not be older than this. Unit: days. Range: 1 to 60. Default: 8 (weekly, and a day of grace).</summary>
    [Range(1, 60)]
    public int BackupMaxAgeDays { get; set; } = 8;
}
