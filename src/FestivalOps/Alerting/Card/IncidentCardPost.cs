using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// Posts an incident's card. One that ended before its card could be posted is still posted, in its ended state: what paged nobody because
/// Slack was away must not vanish without a trace. One that nobody was to see (hidden until its end) is not.
/// </summary>
internal sealed class IncidentCardPost(CardPainter painter, CardHome home, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="IPostKind.Kind"/>.</summary>
    public const string Name = IncidentPosts.CardKind;

    // Whoever shows it again wakes the outbox; this is for the case that nobody could.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (await painter.FactsAsync(row, db, ct) is not { } facts) return new Prepared.Drop("there is no such incident");
        var incident = facts.Incident;
        if (incident.CardTs is not null) return new Prepared.Drop("the card is there already");
        if (incident.HiddenBy is { } by)
        {
            return incident.State == IncidentState.Resolved
                ? new Prepared.Drop($"it ended while it was hidden by {by}")
                : new Prepared.Later(time.GetUtcNow() + LookAgain, $"hidden by {by}");
        }
        return new Prepared.Post(painter.Draw(row, facts));
    }

    /// <inheritdoc/>
    public async Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        if (CardPainter.Number(row) is not { } id) return;
        var drawn = painter.Forget(row);
        // What was found shows an older state than the one that was drawn just now.
        var drawing = arrival.WasFound ? null : drawn;
        var shown = drawing?.Version ?? 0;
        // First the statement, which waits for whoever changes the incident now; what they changed is seen by the question after it.
        var mine = await db.Set<Incident>().Where(i => i.Id == id && i.CardTs == null).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.CardChannel, arrival.ChannelId).SetProperty(i => i.CardTs, arrival.Ts).SetProperty(i => i.ShownVersion, shown), ct);
        if (mine == 0) return;
        var version = await db.Set<Incident>().Where(i => i.Id == id).Select(i => i.Version).SingleAsync(ct);
        var rows = new List<OutboxRow>(await painter.ElsewhereAsync(id, db, ct));
        // Redraws that were asked for while there was no card had nothing to draw on.
        if (version > shown) rows.Add(painter.RedrawRow(id, arrival.ChannelId, $"after:{arrival.Ts}"));
        if (drawing?.UndoUntil is { } until) rows.Add(painter.RedrawRow(id, arrival.ChannelId, $"{shown}:settle:{arrival.Ts}", until));
        await Outbox.AddAsync(db, rows, ct);
    }

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => home.LostAsync(row, error, db, ct);
}
