using System.ComponentModel.DataAnnotations;
using MimeKit;

namespace FestivalOps.Maintenance.MonitoringCheck;

/// <summary>What the monthly check of the monitoring expects. Section <c>Maintenance:MonitoringCheck</c>.</summary>
internal sealed class MonitoringCheckOptions : IValidatableObject
{
    /// <summary>Jobs that Prometheus must have, with commas. Default: the platform's.</summary>
    [Required]
    public string Jobs { get; set; } = "festival-planner-app, node-exporter, postgres, redis, nginx, sidekiq, cadvisor";

    /// <summary>False: that our own rules (<c>export-rules</c>) are loaded is not looked at. Default: true.</summary>
    public bool ExpectOurRules { get; set; } = true;

    /// <summary>Where the test mail goes: one address. Default: empty, none is sent.</summary>
    public string MailTo { get; set; } = "";

    /// <summary><see cref="Jobs"/> one by one.</summary>
    public IReadOnlyList<string> JobList => Jobs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MailTo.Length > 0 && (MailTo.Any(char.IsControl) || !MailboxAddress.TryParse(MailTo, out var address) || address.Domain.Length == 0))
            yield return new("MailTo must be one mail address.", [nameof(MailTo)]);
    }
}
