using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Telemetry;

/// <summary>Where the bot listens: for <c>/up</c>, <c>/ready</c> and <c>/metrics</c>, and for Slack when it comes by HTTP. Section <c>Http</c>.</summary>
internal sealed class HttpOptions : IValidatableObject
{
    /// <summary>Address. Default: <c>http://127.0.0.1:8080</c>, this machine only; put a TLS proxy before it for Slack.</summary>
    [Required]
    public string Address { get; set; } = "http://127.0.0.1:8080";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            yield return new("Address must look like http://127.0.0.1:8080, without a user name.", [nameof(Address)]);
        else if (url.Scheme == "https")
            yield return new("Address must begin with http://: the bot has no certificate. Put a TLS proxy before it, such as nginx.", [nameof(Address)]);
        else if (url.PathAndQuery != "/" || url.Fragment.Length > 0)
            yield return new("Address must end with the port, without a path (http://127.0.0.1:8080): Slack's path is always /slack/….", [nameof(Address)]);
    }
}
