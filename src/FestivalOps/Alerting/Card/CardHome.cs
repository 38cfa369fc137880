using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// Finds a place for a card that lost its own: a deleted one is posted anew; one whose channel is archived, gone, or without the bot moves to
/// the operations' channel, then to any other that is set, says there why, and leaves a line in its timeline.
/// </summary>
internal sealed partial class CardHome(CardPainter painter, IOptions<ChannelsOptions> channels, TimeProvider time, ILogger<CardHome> logger)
{
    /// <summary>How long a card without any channel waits before its channel is tried again: 5 minutes.</summary>
    public static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(5);

    /// <summary>Slack's words for a channel in which the bot can't write.</summary>
    private static readonly string[] ChannelLost =
    [
        "is_archived", "is_inactive", "channel_not_found", "not_in_channel", "restricted_action", "restricted_action_read_only_channel", "team_not_found",
        "restricted_action_thread_only_channel", "channel_is_limited_access", "no_access", "posting_to_channel_denied",
    ];

    /// <summary>The card was deleted: it is posted anew where it was.</summary>
    public async Task DeletedAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (CardPainter.Number(row) is not { } id) return;
        var card = await db.Set<Incident>().AsNoTracking().Where(i => i.Id == id).Select(i => new { i.CardChannel, i.CardTs }).SingleOrDefaultAsync(ct);
        if (card is not { CardChannel: { } channel, CardTs: { } ts }) return;
        var mine = await db.Set<Incident>().Where(i => i.Id == id && i.CardTs == ts).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.CardTs, (string?)null).SetProperty(i => i.CardChannel, (string?)null).SetProperty(i => i.ShownVersion, 0), ct);
        if (mine == 1) await Outbox.AddAsync(db, [painter.CardRow(id, channel, $"instead-of:{ts}")], ct);
        Log.Deleted(logger, id);
    }

    /// <summary>
    /// Something could not be said in a channel. When the channel is lost, the card moves; the change is part of the caller's transaction,
    /// and whoever is slower of two finds it moved.
    /// </summary>
    public async Task LostAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        if (CardPainter.Number(row) is not { } id || !ChannelLost.Contains(error, StringComparer.Ordinal)) return;
        var incident = await db.Set<Incident>().SingleOrDefaultAsync(i => i.Id == id, ct);
        var lost = row.Kind == IncidentRedrawPost.Name ? incident?.CardChannel ?? row.Target : row.Target;
        if (incident is null || (incident.CardChannel ?? incident.ChannelId) != lost) return;

        var place = await NextAsync(id, lost, db, ct);
        var change = new IncidentChange(incident, time.GetUtcNow());
        change.Record(IncidentEventKind.Unreachable, "", ("carrier", nameof(Carrier.Channel)), ("channel", lost), ("error", error));
        if (place is null)
        {
            // Someone may let the bot in again.
            if (row.Kind == IncidentCardPost.Name)
            {
                var again = painter.CardRow(id, lost, $"again:{incident.Events}");
                again.NotBefore = time.GetUtcNow() + TryAgain;
                change.Tell(again);
            }
            Log.NoPlace(logger, id, lost, error, ErrorId.New());
        }
        else
        {
            (incident.ChannelId, incident.CardChannel, incident.CardTs, incident.ShownVersion) = (place, null, null, 0);
            // What else was to be said of it there is said where its card goes.
            var lane = OutboxRow.LaneOf(Carrier.Channel, place);
            await db.Set<OutboxRow>()
                .Where(r => r.Subject == row.Subject && r.Target == lost && r.Id != row.Id && r.Carrier == Carrier.Channel && r.State == OutboxState.Waiting
                    && r.Priority != OutboxPriority.Redraw && r.Priority != OutboxPriority.File)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Target, place).SetProperty(r => r.Lane, lane), ct);
            change.Tell(painter.CardRow(id, place, $"instead-of:{lost}"));
            Log.Moved(logger, id, lost, error, place);
        }
        await change.AddToAsync(db, ct);
    }

    // The first channel that is set and in which this card was not tried yet.
    private async Task<string?> NextAsync(long id, string lost, OpsDbContext db, CancellationToken ct)
    {
        var set = channels.Value;
        var lines = await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id && e.Kind == IncidentEventKind.Unreachable).Select(e => e.Data).ToListAsync(ct);
        var tried = lines.Select(l => IncidentFacts.Texts(l).GetValueOrDefault("channel")).ToList();
        return new[] { set.Operations, set.Alerts, set.Critical, set.Information }
            .FirstOrDefault(c => c.Length > 0 && c != lost && !tried.Contains(c, StringComparer.Ordinal));
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The card of incident {Incident} was deleted; it is posted anew")]
        public static partial void Deleted(ILogger logger, long incident);

        [LoggerMessage(LogLevel.Warning, "Nothing can be posted in {Channel} ({Error}); the card of incident {Incident} moves to {Place}")]
        public static partial void Moved(ILogger logger, long incident, string channel, string error, string place);

        [LoggerMessage(LogLevel.Error, "Nothing can be posted in {Channel} ({Error}), and no other channel is set for the card of incident {Incident} (Channels). Error id {ErrorId}")]
        public static partial void NoPlace(ILogger logger, long incident, string channel, string error, string errorId);
    }
}
