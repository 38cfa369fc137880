namespace FestivalOps.Commands.Audit;

/// <summary>
/// What was accepted and is not finished. Written with the <see cref="AuditEvent.Received"/> row and removed with the outcome's, each in
/// one transaction; what is found here at start was cut off, and its person is told (see <c>InterruptedWork</c>).
/// </summary>
internal sealed class PendingWork
{
    /// <summary>Longest response URL kept; Slack's are about 100 characters long. Unit: characters.</summary>
    public const int MaxResponseUrl = 2000;

    /// <summary>Joins it to its audit rows.</summary>
    public required string CommandId { get; init; }

    /// <summary>Which process took it, so that a second instance doesn't apologise for what the first is working on.</summary>
    public required string Instance { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Slack id of the person.</summary>
    public required string UserId { get; init; }

    /// <summary>Slack id of the channel.</summary>
    public required string ChannelId { get; init; }

    /// <summary>What was typed or pressed.</summary>
    public required string Text { get; init; }

    /// <summary>Where the answer goes: good for 30 minutes (Slack's limit). Never logged.</summary>
    public required string ResponseUrl { get; init; }
}
