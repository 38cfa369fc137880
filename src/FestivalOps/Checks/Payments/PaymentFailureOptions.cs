using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Checks.Payments;

/// <summary>
/// Limits of the share of ended payments that failed, percent. Section <c>Checks:PaymentFailures</c>. Guideline,
/// アプリケーションメトリクス: over 2 % a warning, over 5 % critical.
/// </summary>
internal sealed class PaymentFailureOptions() : ThresholdOptions(warning: 2, critical: 5, max: 100)
{
    /// <summary>How far back it is counted. Unit: hours. Range: 1 to 168. Default: 24.</summary>
    [Range(1, 168)]
    public int WindowHours { get; set; } = 24;

    /// <summary>Of fewer ended payments than this the rate is not judged: one failure among three is no trend. Range: 1 to 100,000. Default: 20.</summary>
    [Range(1, 100_000)]
    public int MinPayments { get; set; } = 20;
}
