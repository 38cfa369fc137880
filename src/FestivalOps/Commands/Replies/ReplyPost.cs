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

    // What a finished answer still waits for its progress card; after that it takes the other way.
    private static readonly TimeSpan CardPatience = TimeSpan.FromSeconds(2);

    private Task<(string Channel, string Ts)?>? _card;
    private CancellationTokenSource? _cardLimit;
    private int _partsSent;

    /// <summary>Shows that the work goes on; see <see cref="CommandContext.ShowProgress"/>.</summary>
    public void ShowProgress(Message message, CancellationToken ct)
    {
        if (item.ChannelId.Length == 0 || _card is not null) return;
        _cardLimit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _card = PostCardAsync(message, _cardLimit.Token);
    }

    /// <summary>The work was cut off: says so on the card, if there is one, within two seconds. The next start tells the person.</summary>
    public async Task CutOffAsync(string sentence)
    {
        if (_card is null) return;
        using var limit = new CancellationTokenSource(CardPatience, time);
        if (await CardAsync() is { } card) await TryReplaceAsync(card, Notice.Of(":arrows_counterclockwise:", sentence), limit.Token);
    }

    /// <summary>Delivers the answer; gives back the reply, or what became of it when it could not be delivered as it is.</summary>
    /// <exception cref="ReplyNotDeliveredException">Slack did not take it in time, or refuses it for good.</exception>
    public async Task<Reply> DeliverAsync(Reply reply, CancellationToken ct)
    {
        if (ReferenceEquals(reply, Reply.Silent)) return reply;
        var pause = TimeSpan.FromSeconds(1);
        while (true)
        {
            var wait = pause;
            try
            {
                await SendAsync(reply, ct);
                return reply;
            }
            catch (SlackRateLimitException limited)
            {
                wait = limited.RetryAfter ?? pause;
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

            if (time.GetUtcNow() + wait - item.ReceivedAt > WorkItem.AnswerableFor) throw new ReplyNotDeliveredException("timeout", null);
            await Task.Delay(wait, time, ct);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Delivers the answer if Slack takes it now; false when it may take it later.</summary>
    /// <exception cref="ReplyNotDeliveredException">Slack refuses it for good.</exception>
    public async Task<bool> TryDeliverAsync(Reply reply, CancellationToken ct)
    {
        try
        {
            await SendAsync(reply, ct);
            return true;
        }
        catch (Exception failure) when (failure is SlackRateLimitException or SlackUnclearException or SlackUnavailableException)
        {
            return false;
        }
        catch (SlackException refusal)
        {
            throw new ReplyNotDeliveredException(refusal.ErrorCode, refusal);
        }
    }

    private async Task SendAsync(Reply reply, CancellationToken ct)
    {
        var card = await CardAsync();
        if (card is { } shown && await TryReplaceAsync(shown, reply.Message, ct)) return;
        await SendAnewAsync(reply, ct);
        // The answer stands elsewhere now; a card that says "running" for ever would be a lie.
        if (card is { } stale) await TryDeleteAsync(stale, ct);
    }

    private async Task SendAnewAsync(Reply reply, CancellationToken ct)
    {
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

    private async Task<(string Channel, string Ts)?> PostCardAsync(Message message, CancellationToken ct)
    {
        // A card is a promise: it is shown when a crash would not forget the command any more, or when the store takes too long.
        await item.Received.WaitAsync(CardPatience, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            message.Channel = item.ChannelId;
            var posted = await slack.Chat.PostMessage(message, ct);
            return (posted.Channel, posted.Ts);
        }
        catch (SlackException refusal)
        {
            // Not a member here, or a direct message between people: only the response_url reaches this place.
            Log.NoCard(logger, item.Id, refusal.ErrorCode);
            await TryRespondAsync(message, ct);
        }
        catch (Exception failure) when (failure is SlackUnclearException or SlackUnavailableException or OperationCanceledException)
        {
            Log.NoCard(logger, item.Id, failure.Message);
        }
        return null;
    }

    // The card, if it comes soon. One that is still queued behind others is called off.
    private async Task<(string Channel, string Ts)?> CardAsync()
    {
        if (_card is null) return null;
        if (await Task.WhenAny(_card, Task.Delay(CardPatience, time, CancellationToken.None)) != _card) await _cardLimit!.CancelAsync();
        return await _card;
    }

    private async Task<bool> TryReplaceAsync((string Channel, string Ts) card, Message message, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(CardPatience);
        try
        {
            await slack.Chat.Update(
                new MessageUpdate { ChannelId = card.Channel, Ts = card.Ts, Text = message.Text, Blocks = message.Blocks }, limit.Token);
            return true;
        }
        catch (SlackException refusal)
        {
            // Deleted meanwhile, or the bot was removed: the answer is posted anew.
            Log.CardGone(logger, item.Id, refusal.ErrorCode);
        }
        catch (Exception failure) when (failure is SlackUnclearException or SlackUnavailableException || limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            Log.CardGone(logger, item.Id, failure.Message);
        }
        return false;
    }

    private async Task TryDeleteAsync((string Channel, string Ts) card, CancellationToken ct)
    {
        try
        {
            await slack.Chat.Delete(card.Ts, card.Channel, ct);
        }
        catch (Exception failure) when (failure is SlackException or SlackUnclearException or SlackUnavailableException)
        {
            Log.CardGone(logger, item.Id, failure.Message);
        }
    }

    private async Task RespondAsync(Message message, bool toChannel, CancellationToken ct)
    {
        var type = toChannel ? ResponseType.InChannel : ResponseType.Ephemeral;
        // A second attempt goes on with the part that failed.
        foreach (var part in MessageLimits.Fit(message).Skip(_partsSent))
        {
            var response = new MessageResponse { Message = part, ResponseType = type, ReplaceOriginal = false };
            await slack.Respond(item.ResponseUrl, new MessageUpdateResponse(response), ct);
            _partsSent++;
        }
    }

    private async Task TryRespondAsync(Message message, CancellationToken ct)
    {
        if (item.ResponseUrl.Length == 0) return;
        try
        {
            var response = new MessageResponse { Message = message, ResponseType = ResponseType.Ephemeral, ReplaceOriginal = false };
            await slack.Respond(item.ResponseUrl, new MessageUpdateResponse(response), ct);
        }
        catch (Exception failure) when (failure is SlackException or SlackUnclearException or SlackUnavailableException or OperationCanceledException)
        {
            Log.NoCard(logger, item.Id, failure.Message);
        }
    }

    private async Task PostAsync(Reply reply, CancellationToken ct)
    {
        foreach (var part in MessageLimits.Fit(reply.Message).Skip(_partsSent))
        {
            part.Channel = item.ChannelId;
            if (reply.ToChannel) await slack.Chat.PostMessage(part, ct);
            else await PostToPersonAsync(part, ct);
            _partsSent++;
        }
    }

    // Where the person can't be told unseen by the others (the bot or the person has left the channel), a direct message is.
    private async Task PostToPersonAsync(Message part, CancellationToken ct)
    {
        try
        {
            if (item.ChannelId.Length > 0)
            {
                await slack.Chat.PostEphemeral(item.UserId, part, ct);
                return;
            }
        }
        catch (SlackException refusal) when (refusal.ErrorCode is "user_not_in_channel" or "not_in_channel" or "channel_not_found" or "is_archived")
        {
            Log.ToldDirectly(logger, item.Id, refusal.ErrorCode);
        }
        part.Channel = item.UserId;
        await slack.Chat.PostMessage(part, ct);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "No progress card for {Command}: {Reason}")]
        public static partial void NoCard(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Information, "The progress card of {Command} can't be replaced ({Reason}); the answer is posted anew")]
        public static partial void CardGone(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Information, "The response URL of {Command} was refused ({Reason}); the answer is posted as a message")]
        public static partial void UrlRefused(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Information, "The answer to {Command} can't be shown in its channel ({Reason}); it goes as a direct message")]
        public static partial void ToldDirectly(ILogger logger, string command, string reason);

        [LoggerMessage(LogLevel.Warning, "The answer to {Command} waits for Slack: {Reason} Next attempt in {Seconds} s")]
        public static partial void SlackAway(ILogger logger, string command, string reason, double seconds);
    }
}

/// <summary>An answer that Slack did not take in time, or refuses for good.</summary>
internal sealed class ReplyNotDeliveredException(string reason, Exception? innerException)
    : Exception($"The answer was not delivered: {reason}", innerException);
