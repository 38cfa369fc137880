using System.Text.Json.Nodes;

namespace FestivalOps.Channels.Carriers;

/// <summary>Posts to channels and people in Slack, changes messages, and finds them again by the row's key in their metadata.</summary>
internal sealed partial class SlackCarrier(ISlackApiClient client, SlackSearch search, ILogger<SlackCarrier> logger) : ICarrier
{
    /// <summary>Names our metadata: <c>event_type</c>.</summary>
    public const string EventType = "festivalops_outbox";

    // Between two tries the state is read again; a client that repeats by itself would send what was true a minute ago.
    private readonly ISlackApiClient _slack = client.WithoutRepeats();

    /// <inheritdoc/>
    public IReadOnlyCollection<Carrier> Carries { get; } = [Carrier.Channel, Carrier.Person];

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutboxRow row, Prepared prepared, Action leaves, CancellationToken ct)
    {
        var send = Sending(row, prepared);
        try
        {
            return await TryAsync(send, plain: false, leaves, ct);
        }
        catch (SlackException refusal) when (SlackRefusal.IsAboutLooks(refusal))
        {
            Log.TriedPlain(logger, row.Key, refusal.Message);
        }
        try
        {
            return await TryAsync(send, plain: true, leaves, ct);
        }
        catch (SlackException refusal)
        {
            return SlackRefusal.Read(refusal);
        }
    }

    /// <inheritdoc/>
    public Task<Finding> FindAsync(OutboxRow row, Prepared prepared, CancellationToken ct) => prepared switch
    {
        Prepared.Post post => search.FindAsync(row, post.Message.ThreadTs, ct),
        Prepared.Upload upload => search.FindFileAsync(row, upload.ThreadTs, upload.FileName, ct),
        // It is not wanted any more; if it arrived all the same, what follows from that must be written.
        Prepared.Drop => search.FindAsync(row, null, ct),
        _ => Task.FromResult<Finding>(new Finding.NotNeeded()),
    };

    private static async Task<Delivery> TryAsync(Func<bool, CancellationToken, Task<Delivery>> send, bool plain, Action leaves, CancellationToken ct)
    {
        try
        {
            leaves();
            return await send(plain, ct);
        }
        catch (SlackException refusal) when (plain || !SlackRefusal.IsAboutLooks(refusal))
        {
            return SlackRefusal.Read(refusal);
        }
        catch (SlackUnavailableException)
        {
            return new Delivery.NotTaken("Slack can't be reached");
        }
        catch (SlackUnclearException)
        {
            return new Delivery.Unclear("Slack did not confirm it");
        }
    }

    private Func<bool, CancellationToken, Task<Delivery>> Sending(OutboxRow row, Prepared prepared) => prepared switch
    {
        Prepared.Post post => async (plain, ct) =>
        {
            var arrived = await PostAsync(row, Fitted(row, post.Message, plain), ct);
            return new Delivery.Arrived(arrived.Channel, arrived.Ts);
        },
        Prepared.Redraw redraw => async (plain, ct) =>
        {
            await _slack.Chat.Update(Change(redraw, plain), ct);
            return new Delivery.Arrived(redraw.ChannelId, redraw.Ts);
        },
        Prepared.Upload upload => (_, ct) => UploadAsync(row, upload, ct),
        _ => throw new InvalidOperationException($"{row.Kind} prepared a {prepared.GetType().Name} for {row.Carrier}, which carries messages."),
    };

    // A workspace without files must not hold up what needs none: that is a refusal of this file, not trouble with the token.
    private async Task<Delivery> UploadAsync(OutboxRow row, Prepared.Upload upload, CancellationToken ct)
    {
        try
        {
            var file = upload.Content is { } content ? new FileUpload(upload.FileName, content) : new FileUpload(upload.FileName, upload.Text);
            file.Title = upload.Title;
            if (upload.AltText.Length > 0) file.AltText = upload.AltText;
            await _slack.Files.Upload(file, row.Target, upload.ThreadTs, cancellationToken: ct);
            return new Delivery.Arrived(row.Target, "");
        }
        catch (SlackException refusal) when (SlackRefusal.IsAboutFiles(refusal))
        {
            return new Delivery.Refused(SlackRefusal.Word(refusal));
        }
    }

    // Someone deleted the message that it belongs below: whoever is to be woken is told in the channel itself.
    private async Task<PostMessageResponse> PostAsync(OutboxRow row, Message message, CancellationToken ct)
    {
        try
        {
            return await _slack.Chat.PostMessage(message, ct);
        }
        catch (SlackException refusal) when (row.Priority == OutboxPriority.Page && message.ThreadTs is not null && SlackRefusal.IsThreadGone(refusal))
        {
            (message.ThreadTs, message.ReplyBroadcast) = (null, false);
            return await _slack.Chat.PostMessage(message, ct);
        }
    }

    // One message: what is found again by its key must not be the first of several.
    private static Message Fitted(OutboxRow row, Message message, bool plain)
    {
        var one = MessageLimits.FitOne(message);
        if (plain) (one.Blocks, one.Attachments) = ([], []);
        one.Channel = row.Target;
        one.MetadataObject = null;
        one.MetadataJson = new() { EventType = EventType, EventPayload = new JsonObject { ["key"] = row.Key } };
        return one;
    }

    private static MessageUpdate Change(Prepared.Redraw redraw, bool plain)
    {
        var one = MessageLimits.FitOne(redraw.Message);
        return new()
        {
            ChannelId = redraw.ChannelId,
            Ts = redraw.Ts,
            Text = one.Text,
            Blocks = plain ? [] : one.Blocks,
            Attachments = plain ? [] : one.Attachments,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack did not like the look of {Key}; trying its words alone. {Reason}")]
        public static partial void TriedPlain(ILogger logger, string key, string reason);
    }
}
