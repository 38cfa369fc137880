using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Alerting.Inhibition;

/// <summary>Which alerts hide others, so that a cause is told and not its ten consequences. Section <c>Alerting:Inhibition</c>.</summary>
internal sealed class InhibitionOptions : IValidatableObject
{
    private static readonly string[] Default =
    [
        // What the web application and its jobs do without a database is no second incident.
        "alertname=DatabaseDown hides alertname=~HighErrorRate|HighResponseTime|LowApiAvailability|ApplicationUnhealthy|HighDatabaseConnections|DatabaseSlowQueries|SidekiqJobFailures|SidekiqQueueBacklog|PaymentFailureRate",
        "alertname=ApplicationDown hides alertname=~HighErrorRate|HighResponseTime|LowApiAvailability|ApplicationUnhealthy",
        "alertname=RedisDown hides alertname=~RedisHighMemoryUsage|SidekiqQueueBacklog|SidekiqJobFailures",
        "alertname=~HostDown|NodeDown|InstanceDown host=~.+ hides alertname=~.+ equal host",
        // The platform's own Alertmanager has these two.
        "severity=critical hides severity=warning equal alertname,dev,instance",
        "severity=warning hides severity=info equal alertname,dev,instance",
    ];

    /// <summary>False: nothing hides anything. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Rules like <c>alertname=DatabaseDown hides alertname=~HighErrorRate|HighResponseTime</c>, with <c>equal host</c> behind it when both
    /// must have the same labels. A cause must say its <c>alertname</c>s, or <c>equal</c> must name <c>alertname</c>. When any is set, the
    /// built-in rules (deploy/SETTINGS.md) no longer hold.
    /// </summary>
    public IList<string> Rules { get; set; } = [];

    /// <summary>The rules that hold. Only valid ones; see <see cref="Validate"/>.</summary>
    public IReadOnlyList<InhibitionRule> Effective =>
        !Enabled ? [] : [.. (Rules.Count > 0 ? Rules : Default).Select(r => InhibitionRule.Read(r, out _)).OfType<InhibitionRule>()];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Rules.Count; i++)
        {
            if (InhibitionRule.Read(Rules[i], out var wrong) is null) yield return new($"Rules:{i} {wrong}", [nameof(Rules)]);
        }
    }
}
