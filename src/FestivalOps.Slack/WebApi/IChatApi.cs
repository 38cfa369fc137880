namespace FestivalOps.Slack.WebApi;

/// <summary>Posting, changing and deleting messages. Every method throws <see cref="SlackException"/> when Slack refuses.</summary>
public interface IChatApi
{
    /// <summary>Posts. What exceeds Slack's limits is cut visibly or goes on in the thread; when only that continuation fails, it is logged and the first part counts. Never repeated blindly: an unclear outcome is a <see cref="Beyond.SlackUnclearException"/>.</summary>
    Task<PostMessageResponse> PostMessage(Message message, CancellationToken cancellationToken = default);

    /// <summary>Posts for one person's eyes, lost when they reload.</summary>
    Task<PostEphemeralResponse> PostEphemeral(string userId, Message message, CancellationToken cancellationToken = default);

    /// <summary>Changes a message. Updates of one message that wait for their turn are merged: only the newest is sent and all get its result.</summary>
    Task<MessageUpdateResponse> Update(MessageUpdate messageUpdate, CancellationToken cancellationToken = default);

    /// <summary>Deletes a message of the app.</summary>
    Task<MessageTsResponse> Delete(string ts, string channelId, CancellationToken cancellationToken = default);

    /// <summary>Posts later, at most 120 days. <c>metadata</c> is left out: Slack would never post the message.</summary>
    Task<ScheduleMessageResponse> ScheduleMessage(Message message, DateTime postAt, CancellationToken cancellationToken = default);

    /// <summary>Takes a scheduled message back.</summary>
    Task DeleteScheduledMessage(string messageId, string channelId, bool? asUser = null, CancellationToken cancellationToken = default);

    /// <summary>The address of a message.</summary>
    Task<PermalinkResponse> GetPermalink(string channelId, string messageTs, CancellationToken cancellationToken = default);

    /// <summary>Posts "/me".</summary>
    Task<MessageTsResponse> MeMessage(string channel, string text, CancellationToken cancellationToken = default);
}
