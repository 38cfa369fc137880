using FestivalOps.Commands.Queue;

namespace FestivalOps.Commands.Replies;

/// <summary>Makes the place where a command's answer goes.</summary>
internal sealed class ReplyPosts(ISlackApiClient slack, TimeProvider time, ILogger<ReplyPost> logger)
{
    /// <summary>The place for the answer to <paramref name="item"/>.</summary>
    public ReplyPost For(WorkItem item) => new(item, slack, time, logger);
}
