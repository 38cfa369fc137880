using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Alerting.Webhook;

/// <summary>Who may bring alerts in Alertmanager's format to <c>POST /alerts/alertmanager</c>. Section <c>Alerting:Webhook</c>. Not there while no secret is set.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    private const int ShortestSecret = 8;

    /// <summary>Token that the sender gives (<c>authorization: credentials</c> of Alertmanager's <c>http_config</c>). A secret of at least 8 characters. Default: empty.</summary>
    public string BearerToken { get; set; } = "";

    /// <summary>User of the sender (<c>basic_auth</c>), together with <see cref="Password"/>. Default: empty.</summary>
    public string User { get; set; } = "";

    /// <summary>Password of the sender. A secret of at least 8 characters. Default: empty.</summary>
    public string Password { get; set; } = "";

    /// <summary>Largest body that is taken. Unit: bytes. Range: 1,024 to 134,217,728. Default: 33,554,432 (32 MB; 10,000 alerts are about 5).</summary>
    [Range(1_024, 134_217_728)]
    public int MaxBodyBytes { get; set; } = 33_554_432;

    /// <summary>How many accepted alerts may wait to become incidents; beyond it the sender is told to repeat. Range: 10,000 to 2,000,000. Default: 200,000.</summary>
    [Range(10_000, 2_000_000)]
    public int MaxWaitingAlerts { get; set; } = 200_000;

    /// <summary>
    /// A body of up to so many alerts becomes incidents before its 200 when nothing else is in the way, which saves a write to the disk before
    /// people are told. 0: every body goes through the inbox. Range: 0 to 1,000. Default: 20.
    /// </summary>
    [Range(0, 1_000)]
    public int AtOnceUpTo { get; set; } = 20;

    /// <summary>True when someone may bring alerts.</summary>
    public bool IsSet => BearerToken.Length > 0 || User.Length > 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BearerToken.Length is > 0 and < ShortestSecret) yield return new($"BearerToken must have at least {ShortestSecret} characters.", [nameof(BearerToken)]);
        if (User.Length > 0 != Password.Length > 0) yield return new("User and Password must be set together.", [nameof(User)]);
        if (Password.Length is > 0 and < ShortestSecret) yield return new($"Password must have at least {ShortestSecret} characters.", [nameof(Password)]);
        if (User.Contains(':', StringComparison.Ordinal)) yield return new("User must not contain a colon: basic authentication ends the name there.", [nameof(User)]);
    }
}
