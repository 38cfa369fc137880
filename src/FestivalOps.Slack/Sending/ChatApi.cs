using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.WebApi;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Sending;

internal sealed partial class ChatApi(SlackApiClient client, SendingParts parts) : IChatApi
{
    public async Task<PostMessageResponse> PostMessage(Message message, CancellationToken cancellationToken = default)
    {
        var channel = ChannelOf(message);
        var pages = MessageLimits.Fit(message);
        var first = await Post(pages[0], channel, cancellationToken).ConfigureAwait(false);
        // What did not fit follows in the thread, where nothing comes between.
        for (var page = 1; page < pages.Count; page++)
        {
            pages[page].ThreadTs ??= first.Ts;
            pages[page].ReplyBroadcast = false;
            try
            {
                await Post(pages[page], channel, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is SlackException or SlackUnclearException or SlackUnavailableException)
            {
                // The message itself is there. An exception would make the caller post it a second time.
                Log.RestNotPosted(parts.Logger, channel, pages.Count - page, pages.Count, failure.Message);
                break;
            }
        }
        return first;
    }

    public async Task<PostEphemeralResponse> PostEphemeral(string userId, Message message, CancellationToken cancellationToken = default)
    {
        var channel = ChannelOf(message);
        PostEphemeralResponse? first = null;
        foreach (var page in MessageLimits.Fit(message))
        {
            var arguments = new Arguments().Add("channel", channel).Add("user", userId).Add("thread_ts", page.ThreadTs);
            AddContent(arguments, page);
            var answer = await Paced(channel, () => client.Call<PostEphemeralResponse>(
                "chat.postEphemeral", arguments, Repeat.Never, cancellationToken, scope: channel), cancellationToken).ConfigureAwait(false);
            first ??= answer;
        }
        return first!;
    }

    public Task<MessageUpdateResponse> Update(MessageUpdate messageUpdate, CancellationToken cancellationToken = default)
    {
        var fitted = MessageLimits.Fit(messageUpdate);
        var channel = fitted.ChannelId;
        // Others may wait for the same update: the one who gives up only stops waiting. The transport bounds the sending.
        var merged = parts.Updates.Run($"{client.TokenKey} {channel} {fitted.Ts}", fitted, takeNewest =>
            parts.Lanes.Run($"update {client.TokenKey} {channel}", () => SendUpdate(takeNewest(), channel), CancellationToken.None));
        return merged.WaitAsync(cancellationToken);
    }

    public Task<MessageTsResponse> Delete(string ts, string channelId, CancellationToken cancellationToken = default) =>
        client.Call<MessageTsResponse>("chat.delete", new Arguments().Add("channel", channelId).Add("ts", ts), Repeat.Never, cancellationToken);

    public Task<ScheduleMessageResponse> ScheduleMessage(Message message, DateTime postAt, CancellationToken cancellationToken = default)
    {
        var page = MessageLimits.FitOne(message);
        var moment = postAt.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(postAt, DateTimeKind.Utc) : postAt.ToUniversalTime();
        var arguments = new Arguments().Add("channel", ChannelOf(message)).Add("post_at", new DateTimeOffset(moment).ToUnixTimeSeconds());
        AddPosting(arguments, page);
        return client.Call<ScheduleMessageResponse>("chat.scheduleMessage", arguments, Repeat.Never, cancellationToken);
    }

    public Task DeleteScheduledMessage(string messageId, string channelId, bool? asUser = null, CancellationToken cancellationToken = default) =>
        client.Call("chat.deleteScheduledMessage", new Arguments().Add("scheduled_message_id", messageId).Add("channel", channelId).Add("as_user", asUser), Repeat.Never, cancellationToken);

    public Task<PermalinkResponse> GetPermalink(string channelId, string messageTs, CancellationToken cancellationToken = default) =>
        client.Call<PermalinkResponse>("chat.getPermalink", new Arguments().Add("channel", channelId).Add("message_ts", messageTs), Repeat.Harmless, cancellationToken);

    public Task<MessageTsResponse> MeMessage(string channel, string text, CancellationToken cancellationToken = default) =>
        Paced(channel, () => client.Call<MessageTsResponse>(
            "chat.meMessage", new Arguments().Add("channel", channel).Add("text", TextCut.Markdown(text, MessageLimits.Text)), Repeat.Never, cancellationToken, scope: channel), cancellationToken);

    private Task<PostMessageResponse> Post(Message page, string channel, CancellationToken cancellationToken)
    {
        var arguments = new Arguments().Add("channel", channel);
        AddPosting(arguments, page);
        arguments.AddJson("metadata", page.MetadataJson ?? MessageMetadata.FromObject(page.MetadataObject));
        return Paced(channel, () => client.Call<PostMessageResponse>("chat.postMessage", arguments, Repeat.Never, cancellationToken, scope: channel), cancellationToken);
    }

    private Task<MessageUpdateResponse> SendUpdate(MessageUpdate update, string channel)
    {
        var arguments = new Arguments().Add("channel", channel).Add("ts", update.Ts).Add("text", update.Text)
            .AddJson("blocks", update.Blocks).AddJson("attachments", update.Attachments)
            .Add("parse", update.Parse is ParseMode.Default ? null : SlackEnumConverter<ParseMode>.Word(update.Parse))
            .Add("link_names", update.LinkNames ? true : null).Add("as_user", update.AsUser).Add("file_ids", update.FileIds)
            .AddJson("metadata", (update as MessageUpdateWithMetadata)?.MetadataJson);
        return client.Call<MessageUpdateResponse>("chat.update", arguments, Repeat.Harmless, CancellationToken.None, scope: channel);
    }

    private Task<T> Paced<T>(string channel, Func<Task<T>> post, CancellationToken cancellationToken) =>
        parts.Lanes.Run($"post {client.TokenKey} {channel}", post, cancellationToken);

    private static void AddPosting(Arguments arguments, Message page)
    {
        AddContent(arguments, page);
        arguments.Add("unfurl_links", page.UnfurlLinks).Add("unfurl_media", page.UnfurlMedia).Add("username", page.Username)
            .Add("icon_url", page.IconUrl).Add("icon_emoji", page.IconEmoji).Add("thread_ts", page.ThreadTs)
            .Add("reply_broadcast", page.ReplyBroadcast ? true : null);
    }

    private static void AddContent(Arguments arguments, Message page) => arguments
        .Add("text", page.Text)
        .Add("parse", page.Parse is ParseMode.Default ? null : SlackEnumConverter<ParseMode>.Word(page.Parse))
        .Add("link_names", page.LinkNames ? true : null)
        .Add("as_user", page.AsUser)
        .AddJson("blocks", page.Blocks.Count > 0 ? page.Blocks : null)
        .AddJson("attachments", page.Attachments.Count > 0 ? page.Attachments : null);

    private static partial class Log
    {
        [LoggerMessage(10, LogLevel.Error, "A long message to {Channel} was posted without its last {Missing} of {Parts} parts: {Cause}")]
        public static partial void RestNotPosted(ILogger logger, string channel, int missing, int parts, string cause);
    }

    private static string ChannelOf(Message message) => message.Channel is { Length: > 0 } channel
        ? channel
        : throw new ArgumentException("The message has no Channel to go to.", nameof(message));
}
