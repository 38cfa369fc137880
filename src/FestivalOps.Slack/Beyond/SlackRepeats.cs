namespace FestivalOps.Slack.Beyond;

/// <summary>A client that can leave repeating to its caller.</summary>
public interface ISlackRepeats
{
    /// <summary>The same client, but each call is one try and doesn't wait for a limit.</summary>
    ISlackApiClient WithoutRepeats();
}

/// <summary>Leaves repeating to the caller.</summary>
public static class SlackRepeats
{
    /// <summary>
    /// The same client for a caller that decides anew before each try: one try per call; a 429, also a remembered one, is a
    /// <see cref="SlackRateLimitException"/> at once. Pacing stays. A client of another kind is given back as it is.
    /// </summary>
    /// <param name="client">The client.</param>
    public static ISlackApiClient WithoutRepeats(this ISlackApiClient client) => client is ISlackRepeats own ? own.WithoutRepeats() : client;
}
