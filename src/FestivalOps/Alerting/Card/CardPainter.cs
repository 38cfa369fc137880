using System.Collections.Concurrent;
using System.Globalization;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Card;

/// <summary>
/// Draws cards for the outbox and remembers which version of an incident each drawing showed, so that "sent" can be told from "sent, and
/// overtaken meanwhile".
/// </summary>
internal sealed class CardPainter(
    IncidentReader reader, Outbox outbox, IEnumerable<IShownElsewhere> elsewhere, IOptions<LanguageOptions> languages, TimeProvider time)
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Drawing> _drawn = new(StringComparer.Ordinal);

    /// <summary>What is drawn on, and until when its "undo" holds.</summary>
    /// <param name="Version">See <see cref="Incidents.Incident.Version"/>.</param>
    /// <param name="UndoUntil">See <see cref="IncidentFacts.UndoUntil"/>.</param>
    internal sealed record Drawing(int Version, DateTimeOffset? UndoUntil);

    /// <summary>The facts of the incident that a row is about; null when there is none.</summary>
    public async Task<IncidentFacts?> FactsAsync(OutboxRow row, OpsDbContext db, CancellationToken ct) =>
        Number(row) is { } id ? await reader.ReadAsync(id, db, ct) : null;

    /// <summary>Draws the card for a row.</summary>
    public Message Draw(OutboxRow row, IncidentFacts facts)
    {
        // A drawing is forgotten when its row arrives; what another instance finished would stay.
        if (_drawn.Count > MostRemembered) _drawn.Clear();
        _drawn[row.Id] = new(facts.Incident.Version, facts.UndoUntil);
        var language = languages.Value.Channels;
        return IncidentMessage.Card(facts, new(time.GetUtcNow(), languages.Value.GetZone()), language);
    }

    /// <summary>What the row's drawing showed; null when another process drew it.</summary>
    public Drawing? Forget(OutboxRow row) => _drawn.TryRemove(row.Id, out var drawing) ? drawing : null;

    /// <summary>The number of the incident that a row is about; null when the row is not about one.</summary>
    public static long? Number(OutboxRow row) => long.TryParse(row.Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>A row that posts a card anew in <paramref name="channel"/>; <paramref name="why"/> tells it from the first one.</summary>
    public OutboxRow CardRow(long id, string channel, string why) => outbox.Row(
        $"incident:{id}:card:{why}", IncidentCardPost.Name, Subject(id), Carrier.Channel, channel, OutboxPriority.Card);

    /// <summary>A row that draws the card once more because of <paramref name="why"/>, not before <paramref name="notBefore"/>.</summary>
    public OutboxRow RedrawRow(long id, string channel, string why, DateTimeOffset? notBefore = null)
    {
        var row = outbox.Row(
            $"incident:{id}:redraw:{why}", IncidentRedrawPost.Name, Subject(id), Carrier.Channel, channel, OutboxPriority.Redraw,
            notBefore is null ? "" : IncidentRedrawPost.Settle);
        if (notBefore is { } at) row.NotBefore = at;
        return row;
    }

    /// <summary>Rows for what else shows the incident: it is brought up to date after the card.</summary>
    public async Task<IReadOnlyList<OutboxRow>> ElsewhereAsync(long id, OpsDbContext db, CancellationToken ct)
    {
        var rows = new List<OutboxRow>();
        foreach (var place in elsewhere) rows.AddRange(await place.RedrawsAsync(id, db, ct));
        return rows;
    }

    private static string Subject(long id) => id.ToString(CultureInfo.InvariantCulture);
}
