using FestivalOps.Channels.Carriers;
using Microsoft.Extensions.Options;

namespace FestivalOps.Escalation.Paging;

/// <summary>Which ways out of Slack are set up. A way that is not set up is not used, and nobody is called unreachable for it.</summary>
internal interface IOutwardWays
{
    /// <summary>True when mail can be sent.</summary>
    bool HasMail { get; }

    /// <summary>Name of the webhook that pages go to; null when there is none.</summary>
    string? PageWebhook { get; }
}

/// <summary>The ways that the settings set up.</summary>
internal sealed class OutwardWays(IOptions<MailOptions> mail, IOptions<WebhookOptions> webhooks) : IOutwardWays
{
    /// <inheritdoc/>
    public bool HasMail => mail.Value.IsSet;

    /// <inheritdoc/>
    public string? PageWebhook => webhooks.Value.Pages;
}
