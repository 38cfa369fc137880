namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>What is handed to the bot.</summary>
internal enum DeliveryKind
{
    Command,
    Interactive,
    Options,
    Event,
}

/// <summary>How the bot took it.</summary>
internal enum AckResult
{
    Acknowledged,
    TimedOut,
    Refused,
    Unreachable,
}

/// <summary>The bot's acknowledgement, or its absence.</summary>
/// <param name="Ack">How it went.</param>
/// <param name="Status">HTTP status; 200 for a socket acknowledgement, 0 for none.</param>
/// <param name="Body">Body of the acknowledgement.</param>
/// <param name="IsJson">The body is to be read as JSON.</param>
/// <param name="Took">From sending to the answer.</param>
internal sealed record BotAnswer(AckResult Ack, int Status, string Body, bool IsJson, TimeSpan Took)
{
    /// <summary><c>X-Slack-No-Retry</c> was set.</summary>
    public bool NoRetry { get; init; }

    /// <summary>The reason that a retry carries.</summary>
    public string RetryReason => Ack switch { AckResult.TimedOut => "http_timeout", AckResult.Unreachable => "connection_failed", _ => "http_error" };
}

/// <summary>One of Slack's repeats of an event.</summary>
internal sealed record Retry(int Number, string Reason);
