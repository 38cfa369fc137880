using FestivalOps.Storage;

namespace FestivalOps.Channels;

/// <summary>
/// Knows what one kind of outbox row says. Registered by the feature that writes such rows (<see cref="ChannelsSetup.AddPostKind{T}"/>).
/// </summary>
internal interface IPostKind
{
    /// <summary>Names the kind: <c>incident.card</c>. Unique.</summary>
    string Kind { get; }

    /// <summary>
    /// Called immediately before each send: reads the state as it is now and says what to send, or that it is not wanted any more. Changes
    /// nothing.
    /// </summary>
    Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct);

    /// <summary>Called in the transaction that marks the row as sent, so that "sent" and what follows from it are one. Default: nothing.</summary>
    Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Called in the transaction that drops the row because it can never arrive (no such channel, archived, the bot was removed, the user
    /// is gone): the feature makes that visible. Default: nothing.
    /// </summary>
    Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Called in the transaction that ends a row that this kind did not want any more (<see cref="Prepared.Drop"/>). Default: nothing.</summary>
    Task DroppedAsync(OutboxRow row, string reason, OpsDbContext db, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Where a message arrived.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="ChannelId">Slack's id of the channel; empty for mail and webhooks.</param>
/// <param name="Ts">Slack's <c>ts</c>; empty for mail and webhooks.</param>
/// <param name="WasFound">True for the message of an earlier try, found by its key: it shows what was true then, not what was prepared now.</param>
internal sealed record Arrival(DateTimeOffset At, string ChannelId, string Ts, bool WasFound = false);

/// <summary>A file that goes along with a mail.</summary>
/// <param name="Name">Its name, with the ending that tells its kind.</param>
/// <param name="MediaType">Its MIME type: <c>text/html</c>.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record MailFile(string Name, string MediaType, byte[] Content);

/// <summary>What is to be done with an outbox row now.</summary>
internal abstract record Prepared
{
    private Prepared()
    {
    }

    /// <summary>Post this message to the row's target. <see cref="Message.ThreadTs"/> may name a thread; channel and metadata are filled in.</summary>
    internal sealed record Post(Message Message) : Prepared;

    /// <summary>Change the message that is already there. A message that was deleted makes the row undeliverable with <c>message_not_found</c>.</summary>
    internal sealed record Redraw(string ChannelId, string Ts, Message Message) : Prepared;

    /// <summary>
    /// Upload this text as a file into a thread of the row's channel. Its name must be like no other in that thread: by it an earlier try is
    /// found again.
    /// </summary>
    internal sealed record Upload(string ThreadTs, string FileName, string Title, string Text) : Prepared
    {
        /// <summary>The file's bytes in place of a text; null for a text.</summary>
        public byte[]? Content { get; init; }

        /// <summary>What a picture shows, for who can't see it; empty for a text.</summary>
        public string AltText { get; init; } = "";
    }

    /// <summary>Send this mail to the row's target.</summary>
    /// <param name="Subject">One line.</param>
    /// <param name="Text">Plain text.</param>
    internal sealed record Mail(string Subject, string Text) : Prepared
    {
        /// <summary>Files that go along; none by default.</summary>
        public IReadOnlyList<MailFile> Files { get; init; } = [];
    }

    /// <summary>Send this JSON to the webhook that the row names.</summary>
    internal sealed record Call(string Json) : Prepared;

    /// <summary>
    /// Not now (the card whose thread it belongs to is not posted yet): look again at this time, at the earliest in a second; or as soon as
    /// another row of the same <see cref="OutboxRow.Subject"/> has arrived or was dropped.
    /// </summary>
    internal sealed record Later(DateTimeOffset At, string Reason) : Prepared;

    /// <summary>Not any more. The reason, in English, is what <c>/fops why</c> shows.</summary>
    internal sealed record Drop(string Reason) : Prepared;
}
