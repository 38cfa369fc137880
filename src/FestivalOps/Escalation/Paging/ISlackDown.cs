using FestivalOps.Channels.Outage;

namespace FestivalOps.Escalation.Paging;

/// <summary>Knows whether Slack takes what we send.</summary>
internal interface ISlackDown
{
    /// <summary>Since when Slack takes nothing, UTC; null while it does.</summary>
    DateTimeOffset? DownSince { get; }
}

/// <summary>What the outbox knows of Slack.</summary>
internal sealed class SlackDown(SlackOutage outage) : ISlackDown
{
    /// <inheritdoc/>
    public DateTimeOffset? DownSince => outage.DownSince;
}
