using System.Text.Json;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Paging;

/// <summary>
/// Adds a line to a timeline within a transaction that is about something else (a row of the outbox was sent). The incident's counters are
/// moved by one statement, which always succeeds; a change that is being decided elsewhere finds a newer version and decides again.
/// </summary>
internal static class Timeline
{
    /// <summary>Adds the line and returns its number; 0 when there is no such incident.</summary>
    public static async Task<int> AddAsync(
        OpsDbContext db, long id, DateTimeOffset at, IncidentEventKind kind, IReadOnlyCollection<(string Name, string Value)> data, CancellationToken ct)
    {
        var incidents = db.Set<Incident>().Where(i => i.Id == id);
        var moved = await incidents.ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Events, i => i.Events + 1).SetProperty(i => i.Version, i => i.Version + 1), ct);
        if (moved == 0) return 0;
        var number = await incidents.Select(i => i.Events).SingleAsync(ct);
        db.Add(new IncidentEvent
        {
            IncidentId = id,
            Number = number,
            At = at,
            Kind = kind,
            Actor = "",
            Data = JsonSerializer.Serialize(data.ToDictionary(d => d.Name, d => d.Value, StringComparer.Ordinal)),
        });
        await db.SaveChangesAsync(ct);
        return number;
    }
}
