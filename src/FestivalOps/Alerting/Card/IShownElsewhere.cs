using FestivalOps.Channels;
using FestivalOps.Storage;

namespace FestivalOps.Alerting.Card;

/// <summary>Knows messages besides the card that show an incident, and brings them up to date after the card.</summary>
internal interface IShownElsewhere
{
    /// <summary>The rows that redraw what shows another state than the incident has now; none when everything is right.</summary>
    Task<IReadOnlyList<OutboxRow>> RedrawsAsync(long id, OpsDbContext db, CancellationToken ct);
}
