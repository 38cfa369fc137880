using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.MorningCheck;

/// <summary>
/// What the morning check wants of the figures: the guideline's daily targets (システムメトリクス確認), which are stricter than the limits of
/// its alerts. A value on the target is beyond it, as the guideline writes "&lt; 70%". Section <c>Maintenance:MorningCheck</c>.
/// </summary>
internal sealed class MorningCheckOptions
{
    /// <summary>CPU is to stay below. Unit: percent. Range: 1 to 100. Default: 70.</summary>
    [Range(1, 100)]
    public double Cpu { get; set; } = 70;

    /// <summary>Memory is to stay below. Unit: percent. Range: 1 to 100. Default: 80.</summary>
    [Range(1, 100)]
    public double Memory { get; set; } = 80;

    /// <summary>The fullest disk is to stay below. Unit: percent. Range: 1 to 100. Default: 80.</summary>
    [Range(1, 100)]
    public double Disk { get; set; } = 80;

    /// <summary>Response time is to stay below. Unit: milliseconds. Range: 1 to 60,000. Default: 200.</summary>
    [Range(1, 60_000)]
    public double ResponseTime { get; set; } = 200;

    /// <summary>The target of a check by its name; null when the guideline has none.</summary>
    public double? Of(string check) => check switch
    {
        "cpu" => Cpu,
        "memory" => Memory,
        "disk" => Disk,
        "response-time" => ResponseTime,
        _ => null,
    };
}
