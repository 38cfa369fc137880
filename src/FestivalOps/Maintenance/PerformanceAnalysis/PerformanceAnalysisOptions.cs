using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.PerformanceAnalysis;

/// <summary>What the weekly analysis shows and judges. Section <c>Maintenance:PerformanceAnalysis</c>.</summary>
internal sealed class PerformanceAnalysisOptions
{
    /// <summary>So many statements are shown, the slowest first. Range: 1 to 50. Default: 10 (guideline).</summary>
    [Range(1, 50)]
    public int Statements { get; set; } = 10;

    /// <summary>A statement whose mean time rose by so much since last week is worth a look. Unit: percent. Range: 1 to 10,000. Default: 50.</summary>
    [Range(1, 10_000)]
    public int SlowerPercent { get; set; } = 50;

    /// <summary>Faster statements are not judged. Unit: milliseconds. Range: 0 to 600,000. Default: 50.</summary>
    [Range(0, 600_000)]
    public int SlowerFromMilliseconds { get; set; } = 50;
}
