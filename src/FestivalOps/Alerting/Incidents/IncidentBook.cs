using FestivalOps.Alerting.Alerts;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Incidents;

/// <summary>What a list of incidents begins with.</summary>
internal enum IncidentOrder
{
    /// <summary>The newest.</summary>
    Newest,

    /// <summary>The worst: by level, then severity, then age.</summary>
    Worst,
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The part.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, int Total);

/// <summary>Reads incidents, for commands and reports; changes nothing.</summary>
internal sealed class IncidentBook(IDbContextFactory<OpsDbContext> store)
{
    /// <summary>Most items of one page: 100.</summary>
    public const int MostOnPage = 100;

    /// <summary>The open incidents. Hidden ones only when asked for.</summary>
    /// <param name="order">What comes first.</param>
    /// <param name="page">From 0.</param>
    /// <param name="size">Items on a page: 1 to <see cref="MostOnPage"/>.</param>
    /// <param name="hidden">True: also those that a silence or a cause hides.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Page<Incident>> OpenAsync(IncidentOrder order, int page, int size, bool hidden, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var open = db.Set<Incident>().AsNoTracking().Where(i => i.OpenKey != null && (hidden || i.HiddenBy == null));
        var sorted = order == IncidentOrder.Newest
            ? open.OrderByDescending(i => i.Id)
            : open.OrderByDescending(i => i.Level).ThenByDescending(i => i.Severity).ThenBy(i => i.Id);
        return await PageAsync(sorted, open, page, size, ct);
    }

    /// <summary>One incident; null when there is none of this number.</summary>
    public async Task<Incident?> FindAsync(long id, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
    }

    /// <summary>The alerts of an incident: what fires before what stopped, the worst first.</summary>
    public async Task<Page<AlertRecord>> AlertsAsync(long id, int page, int size, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var alerts = db.Set<AlertRecord>().AsNoTracking().Where(a => a.IncidentId == id);
        return await PageAsync(
            alerts.OrderByDescending(a => a.Firing).ThenByDescending(a => a.Level).ThenByDescending(a => a.Severity).ThenBy(a => a.Fingerprint), alerts, page, size, ct);
    }

    /// <summary>The timeline of an incident, the newest line first.</summary>
    public async Task<Page<IncidentEvent>> TimelineAsync(long id, int page, int size, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var lines = db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id);
        return await PageAsync(lines.OrderByDescending(e => e.Number), lines, page, size, ct);
    }

    private static async Task<Page<T>> PageAsync<T>(IQueryable<T> sorted, IQueryable<T> all, int page, int size, CancellationToken ct)
    {
        var some = Math.Clamp(size, 1, MostOnPage);
        return new(await sorted.Skip(Math.Max(0, page) * some).Take(some).ToListAsync(ct), await all.CountAsync(ct));
    }
}
