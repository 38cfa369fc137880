namespace FestivalOps.Slack.Beyond;

/// <summary>A write was sent but its outcome is unknown (time-out, connection lost, 5xx). Look for it before repeating it: Slack has no idempotency key.</summary>
/// <param name="method">The Web API method, or <c>response_url</c>.</param>
/// <param name="innerException">What happened.</param>
public sealed class SlackUnclearException(string method, Exception? innerException = null)
    : Exception($"{method}: Slack did not confirm it; it may or may not have taken effect.", innerException)
{
    /// <summary>The Web API method, or <c>response_url</c>.</summary>
    public string Method { get; } = method;
}

/// <summary>Slack could not be reached and nothing took effect; trying again later is safe.</summary>
/// <param name="method">The Web API method, or <c>response_url</c>.</param>
/// <param name="innerException">What happened.</param>
public sealed class SlackUnavailableException(string method, Exception? innerException = null)
    : Exception($"{method}: Slack could not be reached; nothing was changed.", innerException)
{
    /// <summary>The Web API method, or <c>response_url</c>.</summary>
    public string Method { get; } = method;
}
