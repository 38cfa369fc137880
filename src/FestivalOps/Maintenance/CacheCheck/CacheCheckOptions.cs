using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.CacheCheck;

/// <summary>How the daily look at Redis is done and judged; the guideline (キャッシュ最適化) names no limits, these are ours. Section <c>Maintenance:CacheCheck</c>.</summary>
internal sealed class CacheCheckOptions
{
    /// <summary>So many PINGs are sent. Range: 10 to 1,000. Default: 50.</summary>
    [Range(10, 1_000)]
    public int Samples { get; set; } = 50;

    /// <summary>Time between two PINGs. Unit: milliseconds. Range: 1 to 1,000. Default: 100.</summary>
    [Range(1, 1_000)]
    public int EveryMilliseconds { get; set; } = 100;

    /// <summary>95 of 100 PINGs are to be faster. Unit: milliseconds. Range: 0.1 to 10,000. Default: 50.</summary>
    [Range(0.1, 10_000)]
    public double LatencyMilliseconds { get; set; } = 50;

    /// <summary>So many reads are to find their key. Unit: percent. Range: 0 to 100. Default: 80.</summary>
    [Range(0, 100)]
    public double HitRate { get; set; } = 80;

    /// <summary>Fewer reads than this are not judged. Range: 1 to 10,000,000. Default: 1,000.</summary>
    [Range(1, 10_000_000)]
    public int MinReads { get; set; } = 1_000;

    /// <summary>Memory taken from the system against memory in use; judged from 64 MiB in use. Range: 1 to 10. Default: 1.5.</summary>
    [Range(1, 10)]
    public double Fragmentation { get; set; } = 1.5;
}
