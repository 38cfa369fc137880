namespace FestivalOps.Checks.Web;

/// <summary>
/// Limits of the response time, milliseconds. Section <c>Checks:ResponseTime</c>. Guideline, 重要メトリクス: over 500 ms a warning, over
/// 1000 ms critical.
/// </summary>
internal sealed class ResponseTimeOptions() : ThresholdOptions(warning: 500, critical: 1000, max: 60_000);
