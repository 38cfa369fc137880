using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace FestivalOps.Alerting.Rules;

/// <summary>
/// When a measurement becomes an alert, and when it stops being one. Section <c>Alerting:Rules</c>. The limits themselves are the checks'
/// (<c>Checks:…</c>). Guideline, アラート設定例: CPU 5 minutes, error rate 2 minutes, database at once; the others follow the platform's
/// own alert rules.
/// </summary>
internal sealed class RulesOptions : IValidatableObject
{
    /// <summary>
    /// After a longer pause in measuring (the bot stood still) what was bad before it does not count towards a time any more. Unit: seconds.
    /// Range: 60 to 86,400, and it should be several times <c>Checks:Run:EverySeconds</c>. Default: 600.
    /// </summary>
    [Range(60, RuleTimes.Longest)]
    public int GapSeconds { get; set; } = 600;

    /// <summary>
    /// So many beginnings and ends within <see cref="FlapWindowSeconds"/> make an alert "flapping": that is said once, and single changes
    /// no more. Holds for the webhook's alerts, too. Range: 3 to 50. Default: 6.
    /// </summary>
    [Range(3, 50)]
    public int FlapChanges { get; set; } = 6;

    /// <summary>See <see cref="FlapChanges"/>. Unit: seconds. Range: 60 to 86,400. Default: 3600.</summary>
    [Range(60, RuleTimes.Longest)]
    public int FlapWindowSeconds { get; set; } = 3600;

    /// <summary>A flapping alert is steady again when nothing began or ended for so long. Unit: seconds. Range: 60 to 86,400. Default: 1800.</summary>
    [Range(60, RuleTimes.Longest)]
    public int FlapSteadySeconds { get; set; } = 1800;

    /// <summary>Web application. Default: critical after 60 s, clear after 120 s.</summary>
    public RuleTimes Up { get; set; } = new() { CriticalForSeconds = 60, ClearForSeconds = 120 };

    /// <summary>The application's own health answer. Default: warning and critical after 120 s, clear after 120 s.</summary>
    public RuleTimes HealthUrl { get; set; } = new() { WarningForSeconds = 120, CriticalForSeconds = 120, ClearForSeconds = 120 };

    /// <summary>Response time. Default: warning after 300 s, critical after 120 s, clear 50 ms inside the limit for 300 s.</summary>
    public RuleTimes ResponseTime { get; set; } = new() { CriticalForSeconds = 120, ClearMargin = 50 };

    /// <summary>Error rate. Default: 120 s, clear 0.2 points inside the limit for 300 s.</summary>
    public RuleTimes ErrorRate { get; set; } = new() { WarningForSeconds = 120, CriticalForSeconds = 120, ClearMargin = 0.2 };

    /// <summary>API availability: a mean over a day, which needs no further patience. Default: at once, clear 0.05 points inside the limit for 300 s.</summary>
    public RuleTimes Availability { get; set; } = new() { WarningForSeconds = 0, CriticalForSeconds = 0, ClearMargin = 0.05 };

    /// <summary>Failed payments: a share over a day. Default: at once, clear 0.5 points inside the limit for 300 s.</summary>
    public RuleTimes PaymentFailures { get; set; } = new() { WarningForSeconds = 0, CriticalForSeconds = 0, ClearMargin = 0.5 };

    /// <summary>Database connection. Default: critical at once, clear after 60 s.</summary>
    public RuleTimes Database { get; set; } = new() { WarningForSeconds = 0, CriticalForSeconds = 0, ClearForSeconds = 60 };

    /// <summary>Database connections in use. Default: 300 s, clear 5 points inside the limit for 300 s.</summary>
    public RuleTimes DatabaseConnections { get; set; } = new() { ClearMargin = 5 };

    /// <summary>Redis. Default: warning after 300 s, critical after 60 s, clear 10 ms inside the limit for 120 s.</summary>
    public RuleTimes Redis { get; set; } = new() { CriticalForSeconds = 60, ClearForSeconds = 120, ClearMargin = 10 };

    /// <summary>Memory of Redis. Default: 300 s, clear 5 points inside the limit for 300 s.</summary>
    public RuleTimes RedisMemory { get; set; } = new() { ClearMargin = 5 };

    /// <summary>Disk. Default: 300 s, clear 5 points inside the limit for 300 s.</summary>
    public RuleTimes Disk { get; set; } = new() { ClearMargin = 5 };

    /// <summary>Memory. Default: 300 s, clear 5 points inside the limit for 300 s.</summary>
    public RuleTimes Memory { get; set; } = new() { ClearMargin = 5 };

    /// <summary>CPU. Default: 300 s, clear 5 points inside the limit for 300 s.</summary>
    public RuleTimes Cpu { get; set; } = new() { ClearMargin = 5 };

    /// <summary>Load. Default: 300 s, clear 0.2 inside the limit for 300 s.</summary>
    public RuleTimes Load { get; set; } = new() { ClearMargin = 0.2 };

    /// <summary>TLS certificate. Default: at once, since days don't come and go; not measurable for 3600 s.</summary>
    public RuleTimes Certificate { get; set; } = new() { WarningForSeconds = 0, CriticalForSeconds = 0, UnknownForSeconds = 3600 };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => typeof(RulesOptions)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.PropertyType == typeof(RuleTimes))
        .SelectMany(p => p.GetValue(this) is RuleTimes times ? times.Validate(p.Name) : []);
}
