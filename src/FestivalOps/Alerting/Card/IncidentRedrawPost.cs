using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Card;

/// <summary>Draws a card that is there in the newest state. Several that wait are one: the first draws what the last would.</summary>
internal sealed class IncidentRedrawPost(CardPainter painter, CardHome home) : IPostKind
{
    /// <summary>See <see cref="IPostKind.Kind"/>.</summary>
    public const string Name = IncidentPosts.RedrawKind;

    /// <summary>Argument of a redraw that takes "undo" away when its time is over, without a change of the incident.</summary>
    public const string Settle = "settle";

    // The card is not there any more, or can't be changed any more: it is posted anew.
    private static readonly string[] Gone = ["message_not_found", "cant_update_message", "edit_window_closed"];

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await painter.FactsAsync(row, db, ct) is not { } facts) return new Prepared.Drop("there is no such incident");
        var incident = facts.Incident;
        // The card is drawn in the newest state when it is posted, and asks for a redraw itself when it was overtaken.
        if (incident is not { CardChannel: { } channel, CardTs: { } ts }) return new Prepared.Drop("there is no card yet");
        if (row.Argument == Settle ? facts.UndoUntil is not null : incident.ShownVersion >= incident.Version)
            return new Prepared.Drop($"version {incident.Version} is shown already");
        return new Prepared.Redraw(channel, ts, painter.Draw(row, facts));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        if (CardPainter.Number(row) is not { } id || painter.Forget(row) is not { } drawing) return;
        await db.Set<Incident>().Where(i => i.Id == id && i.CardTs == arrival.Ts && i.ShownVersion < drawing.Version)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.ShownVersion, drawing.Version), ct);
        var rows = new List<OutboxRow>(await painter.ElsewhereAsync(id, db, ct));
        if (drawing.UndoUntil is { } until) rows.Add(painter.RedrawRow(id, arrival.ChannelId, $"{drawing.Version}:settle:{arrival.Ts}", until));
        await Outbox.AddAsync(db, rows, ct);
    }

    /// <inheritdoc/>
    public async Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        if (!Gone.Contains(error, StringComparer.Ordinal))
            await home.LostAsync(row, error, db, ct);
        else if (row.Argument != Settle)
            await home.DeletedAsync(row, db, ct);
    }
}
