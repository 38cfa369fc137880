namespace FestivalOps.Telemetry;

/// <summary>Something without which the bot can't do its work. <c>/ready</c> asks all of them.</summary>
internal interface IReadiness
{
    /// <summary>What is missing, in one English sentence; null when all is well.</summary>
    string? Problem { get; }
}

/// <summary>Whether Slack reaches us. By HTTP that can't be known before a request comes, so it counts as well.</summary>
internal sealed class SlackReadiness(ISlackConnectionState slack) : IReadiness
{
    /// <inheritdoc/>
    public string? Problem => slack.Status is SlackConnectionStatus.Connected or SlackConnectionStatus.NotUsed
        ? null
        : $"Slack: {slack.Status} ({slack.Reason ?? "no connection yet"})";
}
