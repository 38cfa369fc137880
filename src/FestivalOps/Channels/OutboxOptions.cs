using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Channels;

/// <summary>How the outbox sends. Section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    /// <summary>
    /// From when on it counts as an outage that Slack takes nothing: pages then go out by mail and webhook, and one catch-up follows when it
    /// is over. Unit: seconds. Range: 10 to 3600. Default: 60.
    /// </summary>
    [Range(10, 3600)]
    public int OutageAfterSeconds { get; set; } = 60;

    /// <summary>How many lanes (channels, people) are served at the same time, for each of Slack, mail and webhooks. Range: 1 to 64. Default: 16.</summary>
    [Range(1, 64)]
    public int Parallel { get; set; } = 16;

    /// <summary>
    /// Time between two posts to one channel, after a burst of two. Unit: milliseconds. Range: 0 to 60,000. Default: 1000 (Slack's rule:
    /// about one a second).
    /// </summary>
    [Range(0, 60_000)]
    public int PostEveryMilliseconds { get; set; } = 1000;
}
