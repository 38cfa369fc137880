using FestivalOps.Alerting.Alerts;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Incidents;

/// <summary>Since when something is wrong, which is earlier than when we heard of it (<see cref="Incident.OpenedAt"/>).</summary>
internal static class IncidentSince
{
    /// <summary>When the first of the incident's alerts began, UTC; when it was opened if none began before.</summary>
    public static async Task<DateTimeOffset> OfAsync(Incident incident, OpsDbContext db, CancellationToken ct)
    {
        var first = await db.Set<AlertRecord>().AsNoTracking().Where(a => a.IncidentId == incident.Id)
            .OrderBy(a => a.StartsAt).Select(a => (DateTimeOffset?)a.StartsAt).FirstOrDefaultAsync(ct);
        return first is { } at && at < incident.OpenedAt ? at : incident.OpenedAt;
    }

    /// <summary>The same for those of a list, by their numbers.</summary>
    public static async Task<IReadOnlyDictionary<long, DateTimeOffset>> OfAsync(IReadOnlyCollection<Incident> incidents, OpsDbContext db, CancellationToken ct)
    {
        var since = incidents.ToDictionary(i => i.Id, i => i.OpenedAt);
        foreach (var ids in since.Keys.Chunk(500))
        {
            var firsts = await db.Set<AlertRecord>().AsNoTracking().Where(a => ids.Contains(a.IncidentId))
                .GroupBy(a => a.IncidentId).Select(g => new { Id = g.Key, At = g.Min(a => a.StartsAt) }).ToListAsync(ct);
            foreach (var first in firsts.Where(f => f.At < since[f.Id])) since[first.Id] = first.At;
        }
        return since;
    }
}
