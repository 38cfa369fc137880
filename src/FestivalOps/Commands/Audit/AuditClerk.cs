using FestivalOps.Commands.Queue;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Commands.Audit;

/// <summary>Writes the two rows of each command: that it was received, before it runs, and how it ended.</summary>
internal sealed partial class AuditClerk(AuditTrail trail, Instance instance, IOptions<CommandsOptions> options, TimeProvider time, ILogger<AuditClerk> logger)
{
    /// <summary>Records that <paramref name="item"/> was received; the task ends when the row is durable, or fails when it can't become so.</summary>
    public Task Receive(WorkItem item)
    {
        var entry = Entry(item, AuditEvent.Received, item.ReceivedAt);
        var pending = new PendingWork
        {
            CommandId = item.Id,
            Instance = instance.Id,
            ReceivedAt = item.ReceivedAt,
            UserId = entry.UserId,
            ChannelId = entry.ChannelId,
            Text = entry.Text,
            ResponseUrl = ForeignText.OneLine(item.ResponseUrl, PendingWork.MaxResponseUrl),
        };
        return trail.AppendAsync(entry, pending, CancellationToken.None);
    }

    /// <summary>
    /// Waits for that row. Null when it is durable; the id of the error in the log when it is not within
    /// <see cref="CommandsOptions.AuditTimeoutMilliseconds"/>; it is still written when the store is back, unless the trail is full.
    /// </summary>
    public async Task<string?> WhyNotReceivedAsync(WorkItem item, CancellationToken ct)
    {
        try
        {
            await item.Received.WaitAsync(TimeSpan.FromMilliseconds(options.Value.AuditTimeoutMilliseconds), time, ct);
            return null;
        }
        catch (Exception failure) when (failure is TimeoutException or AuditTrailFullException or AuditRowRefusedException)
        {
            var id = ErrorId.New();
            Log.NotDurable(logger, item.Id, item.UserId, failure.Message, id);
            return id;
        }
    }

    /// <summary>Records how it ended. Does not wait for the store: the answer has been given.</summary>
    public async Task CloseAsync(WorkItem item, Reply reply, CancellationToken ct)
    {
        var written = trail.AppendAsync(Entry(item, reply.Outcome, time.GetUtcNow(), reply.Detail, reply.ErrorId), null, ct);
        if (written.IsFaulted) await written;
    }

    private static AuditEntry Entry(WorkItem item, AuditEvent happened, DateTimeOffset at, string detail = "", string errorId = "") => new()
    {
        At = at,
        CommandId = item.Id,
        Event = happened,
        UserId = ForeignText.OneLine(item.UserId, 40),
        ChannelId = ForeignText.OneLine(item.ChannelId, 40),
        Text = ForeignText.OneLine(item.Words, AuditEntry.MaxText),
        Detail = ForeignText.OneLine(detail, AuditEntry.MaxText),
        ErrorId = errorId,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The audit row of the command {Command} of {User} is not durable yet: {Reason}. Error id {ErrorId}")]
        public static partial void NotDurable(ILogger logger, string command, string user, string reason, string errorId);
    }
}
