using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Alerting.Export;

/// <summary>
/// What the platform's Prometheus calls its jobs, for the rule file that is made from our limits. Section <c>Alerting:Export</c>. The
/// defaults are the platform's own <c>prometheus.yml</c>.
/// </summary>
internal sealed class ExportOptions
{
    private const string Job = "^[A-Za-z0-9_.:-]{1,100}$";

    /// <summary>Job of the web application. Letters, digits and <c>_ . : -</c>. Default: <c>festival-planner-app</c>.</summary>
    [RegularExpression(Job)]
    public string AppJob { get; set; } = "festival-planner-app";

    /// <summary>Job of postgres_exporter. Default: <c>postgres</c>.</summary>
    [RegularExpression(Job)]
    public string DatabaseJob { get; set; } = "postgres";

    /// <summary>Job of redis_exporter. Default: <c>redis</c>.</summary>
    [RegularExpression(Job)]
    public string RedisJob { get; set; } = "redis";
}
