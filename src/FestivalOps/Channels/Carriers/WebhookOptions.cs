using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Channels.Carriers;

/// <summary>Addresses outside that are told (SMS, voice, dead-man). Section <c>Webhooks</c>.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    /// <summary>The targets by name. Default: none.</summary>
    public IDictionary<string, WebhookTarget> Targets { get; set; } = new Dictionary<string, WebhookTarget>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Name of the target that pages go to (SMS, voice). Default: empty, which is the only target where there is just one, and none otherwise.</summary>
    public string PagesTo { get; set; } = "";

    /// <summary>The target that pages go to; null when there is none.</summary>
    public string? Pages => PagesTo.Length > 0 ? PagesTo : Targets.Count == 1 ? Targets.Keys.Single() : null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PagesTo.Length > 0 && !Targets.ContainsKey(PagesTo))
            yield return new($"PagesTo names '{PagesTo}', which is none of the Targets.", [nameof(PagesTo)]);
        foreach (var (name, target) in Targets)
        {
            if (target.Url is not { IsAbsoluteUri: true } url || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) || url.UserInfo.Length > 0)
                yield return new($"{name}: Url must be an https address without a user name (plain http only to this machine).", [nameof(Targets)]);
            if (target.Secret.Length < WebhookTarget.ShortestSecret)
                yield return new($"{name}: Secret must have at least {WebhookTarget.ShortestSecret} characters; it signs what is sent.", [nameof(Targets)]);
            if (target.TimeoutSeconds is < 1 or > 60)
                yield return new($"{name}: TimeoutSeconds must be between 1 and 60, but is {target.TimeoutSeconds}.", [nameof(Targets)]);
        }
    }
}

/// <summary>One address outside.</summary>
internal sealed class WebhookTarget
{
    /// <summary>Shortest <see cref="Secret"/>: 16 characters.</summary>
    public const int ShortestSecret = 16;

    /// <summary>Where the JSON is posted: https, or http to this machine. Required.</summary>
    public Uri? Url { get; set; }

    /// <summary>Signs what is sent; a secret. At least 16 characters. Required.</summary>
    public string Secret { get; set; } = "";

    /// <summary>How long one call may take. Unit: seconds. Range: 1 to 60. Default: 10.</summary>
    public int TimeoutSeconds { get; set; } = 10;
}
