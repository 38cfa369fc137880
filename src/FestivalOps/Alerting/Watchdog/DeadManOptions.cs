using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Alerting.Watchdog;

/// <summary>
/// The sign of life that the bot sends to a service outside (healthchecks.io and the like), which calls when it stops. Section
/// <c>Alerting:DeadMan</c>.
/// </summary>
internal sealed class DeadManOptions : IValidatableObject
{
    /// <summary>Where it is sent, by GET. <c>https</c>, or <c>http</c> to this machine itself. Often a secret. Default: empty, nothing is sent.</summary>
    public Uri? Url { get; set; }

    /// <summary>How often. Unit: seconds. Range: 10 to 3600. Default: 60.</summary>
    [Range(10, 3600)]
    public int EverySeconds { get; set; } = 60;

    /// <summary>
    /// When a page or a card has waited longer than this in the outbox, telling people does not work and no sign is sent. Unit: seconds.
    /// Range: 60 to 86,400. Default: 900.
    /// </summary>
    [Range(60, 86_400)]
    public int OutboxStuckSeconds { get; set; } = 900;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // The address itself is not repeated: whoever knows it can send the sign.
        if (Url is not null && !(Url.IsAbsoluteUri && (Url.Scheme == "https" || Url is { Scheme: "http", IsLoopback: true })))
            yield return new("Url must be a full https address (plain http only to this machine).", [nameof(Url)]);
    }
}
