namespace FestivalOps.Escalation.Paging;

/// <summary>Knows whether Slack takes what we send.</summary>
internal interface ISlackDown
{
    /// <summary>Since when Slack takes nothing, UTC; null while it does.</summary>
    DateTimeOffset? DownSince { get; }
}

/// <summary>A Slack that is always there.</summary>
internal sealed class SlackUp : ISlackDown
{
    /// <inheritdoc/>
    public DateTimeOffset? DownSince => null;
}
