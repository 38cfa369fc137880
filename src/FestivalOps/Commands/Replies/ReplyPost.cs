using FestivalOps.Commands.Queue;

namespace FestivalOps.Commands.Replies;

/// <summary>
/// Where one command's answer goes. The answer goes to the <c>response_url</c>, in one post. Only work that takes noticeable time first
/// posts a card of its own that the answer then replaces: Slack does not let a command's <c>response_url</c> replace what it posted.
/// Slack being away is waited for as long as the <c>response_url</c> lives.
/// </summary>
internal sealed partial class ReplyPost(WorkItem item, ISlackApiClient slack, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private (string Channel, string Ts)? _card;

    /// <summary>Shows that the work goes on; see <see cref="CommandContext.ShowProgressAsync"/>.</summary>
    public async Task ProgressAsync(Message message, CancellationToken ct)
    {
        if (item.ChannelId.Length == 0 || _card is not null) return;
        try
        {
            message.Channel = item.ChannelId;
            var posted = await slack.Chat.PostMessage(message, ct);
            _card = (posted.Channel, posted.Ts);
        }
        catch (SlackException refusal)
        {
            // Not a member here, or a direct message between people: only the response_url reaches this place.
            Log.NoCard(logger, item.Id, refusal.ErrorCode);
            await TryRespondAsync(message, toChannel: false, ct);
        }
        catch (Exception failure) when (failure is SlackUnclearException or SlackUnavailableException)
        {
            Log.NoCard(logger, item.Id, failure.Message);
        }
    }

    /// <summary>Delivers the answer; gives back the reply, or what became of it when it could not be delivered as it is.</summary>
    /// <exception cref="ReplyNotDeliveredException">Slack did not take it in time, or refuses it for good.</exception>
    public async Task<Reply> DeliverAsync(Reply reply, CancellationToken ct)
    {
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            try
            {
                await SendAsync(reply, ct);
                return reply;
            }
            catch (SlackRateLimitException limited)
            {
                pause = limited.RetryAfter ?? pause;
            }
            catch (SlackException refusal)
            {
                throw new ReplyNotDeliveredException(refusal.ErrorCode, refusal);
            }
            catch (Exception failure) when (failure is SlackUnclearException or SlackUnavailableException)
            {
                // An answer shown twice is a nuisance, an answer lost is a person waiting: the unclear one is sent again.
                Log.SlackAway(logger, item.Id, failure.Message, pause.TotalSeconds);
            }

            if (time.GetUtcNow() + pause - item.ReceivedAt > WorkItem.AnswerableFor) throw new ReplyNotDeliveredException("timeout", null);
            await Task.Delay(pause, time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task SendAsync(Reply reply, CancellationToken ct)
    {
        if (_card is { } card && await TryReplaceAsync(card, reply.Message, ct)) return;
        if (item.ResponseUrl.Length > 0)
        {
            try
            {
                await RespondAsync(reply.Message, reply.ToChannel, ct);
                return;
            }
            catch (SlackRateLimitException)
            {
                throw;
            }
            catch (SlackException refusal) when (item.ChannelId.Length > 0)
            {
                Log.UrlRefused(logger, item.Id, refusal.ErrorCode);
            }
        }
        await PostAsync(reply, ct);
    }

    private async Task<bool> TryReplaceAsync((string Channel, string Ts) card, Message message, CancellationToken ct)
    {
        try
        {
            await slack.Chat.Update(
                new MessageUpdate { ChannelId = card.Channel, Ts = card.Ts, Text = message.Text, Blocks = message.Blocks }, ct);
            return true;
        }
        catch (SlackRateLimitException)
        {
            throw;
        }
        catch (SlackException refusal)
        {
            // Deleted meanwhile, or the bot was removed: the answer is posted anew.
            Log.CardGone(logger, item.Id, refusal.ErrorCode);
            _card = null;
            return false;
        }
    }

    private async Task RespondAsync(Message message, bool toChannel, CancellationToken ct)
    {
        var type = toChannel ? ResponseType.InChannel : ResponseType.Ephemeral;
        foreach (var part in MessageLimits.Fit(message))
        {
            var response = new MessageResponse { Message = part, ResponseType = type, ReplaceOriginal = false };
            await slack.Respond(item.ResponseUrl, new MessageUpdateResponse(response), ct);
        }
    }

    private async Task TryRespondAsync(Message message, bool toChannel, CancellationToken ct)
    {
        try
        {
            if (item.ResponseUrl.Length > 0) await RespondAsync(message, toChannel, ct);
        }
        catch (Exception failure) when (failure is SlackException or SlackUnclearException or SlackUnavailableException)
        {
            Log.NoCard(logger, item.Id, failure.Message);
        }
    }

    private async Task PostAsync(Reply reply, CancellationToken ct)
    {
        foreach (var part in MessageLimits.Fit(reply.Message))
        {
            part.Channel = item.ChannelId;
            if (reply.ToChannel) await slack.Chat.PostMessage(part, ct);
            else await slack.Chat.PostEphemeral(item.UserId, part, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "No progress card for {Command}: {Reason}")]
        public static partial void NoCard(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Information, "The progress card of {Command} can't be replaced ({Reason}); the answer is posted anew")]
        public static partial void CardGone(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Information, "The response URL of {Command} was refused ({Reason}); the answer is posted as a message")]
        public static partial void UrlRefused(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Warning, "The answer to {Command} waits for Slack: {Reason} Next attempt in {Seconds} s")]
        public static partial void SlackAway(ILogger logger, string command, string reason, double seconds);
    }
}

/// <summary>An answer that Slack did not take in time, or refuses for good.</summary>
internal sealed class ReplyNotDeliveredException(string reason, Exception? innerException)
    : Exception($"The answer was not delivered: {reason}", innerException);
