using System.Globalization;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Card;

/// <summary>Writes a line of the timeline into the card's thread. What the ladder says itself, with a mention, is not said twice.</summary>
internal sealed class IncidentNotePost(CardHome home, IOptions<LanguageOptions> languages, TimeProvider time) : IPostKind
{
    /// <summary>See <see cref="IPostKind.Kind"/>.</summary>
    public const string Name = IncidentPosts.NoteKind;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    private static readonly IncidentEventKind[] SaidByTheLadder = [IncidentEventKind.Escalated, IncidentEventKind.Paged];

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public async Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        if (CardPainter.Number(row) is not { } id || !int.TryParse(row.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return new Prepared.Drop("the row names no line of a timeline");
        var line = await db.Set<IncidentEvent>().AsNoTracking().SingleOrDefaultAsync(e => e.IncidentId == id && e.Number == number, ct);
        var incident = await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (line is null || incident is null) return new Prepared.Drop("there is no such line");
        if (SaidByTheLadder.Contains(line.Kind)) return new Prepared.Drop("the page itself says it");
        if (incident.CardTs is null)
        {
            var coming = await db.Set<OutboxRow>().AnyAsync(r => r.Kind == IncidentCardPost.Name && r.Subject == row.Subject && r.State == OutboxState.Waiting, ct);
            return coming ? new Prepared.Later(time.GetUtcNow() + LookAgain, "its card is not posted yet") : new Prepared.Drop("there is no card to write below");
        }
        // The card moved to another channel after this was written: the thread there begins with the card's newest state.
        if (incident.CardChannel != row.Target) return new Prepared.Drop($"the card is in {incident.CardChannel}");
        var isDrillOver = incident.Drill && line is { Kind: IncidentEventKind.Resolved, Actor.Length: 0 };
        var text = (isDrillOver ? CardTexts.DrillOver : EventTexts.Line(line, languages.Value.GetZone())).In(languages.Value.Channels);
        return new Prepared.Post(new() { Text = text, ThreadTs = incident.CardTs, UnfurlMedia = false });
    }

    /// <inheritdoc/>
    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct) => home.LostAsync(row, error, db, ct);
}
