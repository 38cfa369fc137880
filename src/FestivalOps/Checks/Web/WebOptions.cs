using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Checks.Web;

/// <summary>
/// Limits of the response time, milliseconds. Section <c>Checks:ResponseTime</c>. Guideline, 重要メトリクス: over 500 ms a warning, over
/// 1000 ms critical.
/// </summary>
internal sealed class ResponseTimeOptions() : ThresholdOptions(warning: 500, critical: 1000, max: 60_000);

/// <summary>
/// Limits of the share of requests that the application answers with 5xx, percent. Section <c>Checks:ErrorRate</c>. Guideline,
/// アプリケーションメトリクス: over 1 % a warning, over 5 % critical.
/// </summary>
internal sealed class ErrorRateOptions() : ThresholdOptions(warning: 1, critical: 5, max: 100)
{
    /// <summary>What Prometheus is asked by default.</summary>
    public const string DefaultQuery =
        "100 * (sum(rate(http_requests_total{status=~\"5..\"}[5m])) or vector(0)) / sum(rate(http_requests_total[5m]))";

    /// <summary>
    /// PromQL whose first value is the rate in percent. Default: 5xx of all <c>http_requests_total</c> over 5 minutes. At most 1,000
    /// characters on one line.
    /// </summary>
    [StringLength(1000, MinimumLength = 1)]
    public string Query { get; set; } = DefaultQuery;

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext)) yield return result;
        if (Query.Any(char.IsControl)) yield return new("Query must be one line without control characters.", [nameof(Query)]);
    }
}

/// <summary>
/// Limits of the share of our own measurements of <c>/up</c> that were answered, percent. Section <c>Checks:Availability</c>. Guideline,
/// アプリケーションメトリクス: below 99.5 % a warning, below 99 % critical.
/// </summary>
internal sealed class AvailabilityOptions() : ThresholdOptions(warning: 99.5, critical: 99, max: 100, lowIsBad: true)
{
    /// <summary>How far back it is counted. Unit: hours. Range: 1 to 168. Default: 24.</summary>
    [Range(1, 168)]
    public int WindowHours { get; set; } = 24;

    /// <summary>
    /// Fewer measurements than this are not judged. Range: 1 to 100,000. Default: 200, with which a single unanswered one is still within
    /// 99.5 %.
    /// </summary>
    [Range(1, 100_000)]
    public int MinMeasurements { get; set; } = 200;
}
