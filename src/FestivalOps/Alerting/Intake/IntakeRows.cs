using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Rules;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Intake;

/// <summary>Reads and writes what a round of the intake needs, in queries of <see cref="Chunks.Size"/> keys.</summary>
internal sealed class IntakeRows(OpsDbContext db, DateTimeOffset now)
{
    /// <summary>How the annotations of an alert that comes and goes are written.</summary>
    public const string Flapping = "\"flapping\":\"true\"";

    private long? _newest;

    /// <summary>What is remembered of these alerts.</summary>
    public async Task<Dictionary<string, AlertRecord>> AlertsAsync(IEnumerable<string> fingerprints, CancellationToken ct)
    {
        var known = new Dictionary<string, AlertRecord>(StringComparer.Ordinal);
        foreach (var some in fingerprints.Chunk(Chunks.Size))
        {
            foreach (var alert in await db.Set<AlertRecord>().AsNoTracking().Where(a => EF.Parameter(some).Contains(a.Fingerprint)).ToListAsync(ct))
                known[alert.Fingerprint] = alert;
        }
        return known;
    }

    /// <summary>Incidents by their numbers; followed.</summary>
    public async Task<List<Incident>> IncidentsAsync(IEnumerable<long> ids, CancellationToken ct)
    {
        var found = new List<Incident>();
        foreach (var some in ids.Chunk(Chunks.Size))
            found.AddRange(await db.Set<Incident>().Where(i => EF.Parameter(some).Contains(i.Id)).ToListAsync(ct));
        return found;
    }

    /// <summary>Open incidents of these groups; followed.</summary>
    public async Task<List<Incident>> OpenAsync(IEnumerable<string> keys, CancellationToken ct)
    {
        var found = new List<Incident>();
        foreach (var some in keys.Chunk(Chunks.Size))
            found.AddRange(await db.Set<Incident>().Where(i => i.OpenKey != null && EF.Parameter(some).Contains(i.OpenKey)).ToListAsync(ct));
        return found;
    }

    /// <summary>Incidents of these groups that ended since then, other than in a storm; followed.</summary>
    public async Task<List<Incident>> EndedAsync(IEnumerable<string> keys, DateTimeOffset since, CancellationToken ct)
    {
        var found = new List<Incident>();
        foreach (var some in keys.Chunk(Chunks.Size))
            found.AddRange(await db.Set<Incident>().Where(i => EF.Parameter(some).Contains(i.GroupKey) && i.ResolvedAt >= since).ToListAsync(ct));
        found.RemoveAll(i => i.IsMerged);
        return found;
    }

    /// <summary>The next number. The intake's lock is held, so nobody else counts.</summary>
    public async Task<long> NextIdAsync(CancellationToken ct)
    {
        _newest = (_newest ?? await db.Set<Incident>().MaxAsync(i => (long?)i.Id, ct) ?? 0) + 1;
        return _newest.Value;
    }

    /// <summary>How many incidents a channel got in the last minute; a clock that was set back does not make the future count.</summary>
    public Task<int> OpenedLatelyAsync(string channel, int atLeastLevel, CancellationToken ct)
    {
        var since = now - StormDecision.Window;
        return db.Set<Incident>().CountAsync(i => i.ChannelId == channel && i.OpenedAt > since && i.OpenedAt <= now && i.Level >= atLeastLevel && i.HiddenBy == null, ct);
    }

    /// <summary>Incidents of the last minute that nobody has taken, in whose place a new storm's card stands; followed.</summary>
    public Task<List<Incident>> FoldableAsync(string channel, CancellationToken ct)
    {
        var since = now - StormDecision.Window;
        return db.Set<Incident>().Where(i => i.ChannelId == channel && i.OpenedAt > since && i.OpenedAt <= now && i.State == IncidentState.Triggered
            && i.HiddenBy == null && i.Level < 3 && !i.Drill && (i.Source == AlertSource.Alertmanager || i.Source == AlertSource.Check)).ToListAsync(ct);
    }

    /// <summary>When alerts last joined an incident, UTC.</summary>
    public async Task<DateTimeOffset?> NewestJoinAsync(long id, CancellationToken ct) =>
        (await db.Set<IncidentEvent>().AsNoTracking()
            .Where(e => e.IncidentId == id && (e.Kind == IncidentEventKind.Opened || e.Kind == IncidentEventKind.AlertsJoined))
            .OrderByDescending(e => e.Number).FirstOrDefaultAsync(ct))?.At;

    /// <summary>What can be seen of an incident's alerts.</summary>
    public async Task<Sight> SightAsync(long id, CancellationToken ct)
    {
        var firing = db.Set<AlertRecord>().Where(a => a.IncidentId == id && a.Firing);
        var visible = firing.Where(a => a.HiddenBy == null);
        if (!await visible.AnyAsync(ct))
            return new(false, 0, Severity.Information, await firing.Select(a => a.HiddenBy).FirstOrDefaultAsync(ct));
        return new(true, await visible.MaxAsync(a => a.Level, ct), await visible.MaxAsync(a => a.Severity, ct), null);
    }

    /// <summary>Whether any alert of an incident can be seen; cheaper than <see cref="SightAsync"/>.</summary>
    public Task<bool> ShowsAsync(long id, CancellationToken ct) =>
        db.Set<AlertRecord>().AnyAsync(a => a.IncidentId == id && a.Firing && a.HiddenBy == null, ct);

    /// <summary>Whether any alert of an incident comes and goes.</summary>
    public Task<bool> FlapsAsync(long id, CancellationToken ct) =>
        db.Set<AlertRecord>().AnyAsync(a => a.IncidentId == id && a.Firing && (a.SteadyAt != null || (a.Source == AlertSource.Check && a.Annotations.Contains(Flapping))), ct);

    /// <summary>Gives what fires of one incident to another.</summary>
    /// <returns>How many alerts that are.</returns>
    public Task<int> MoveAsync(long from, long to, CancellationToken ct) =>
        db.Set<AlertRecord>().Where(a => a.IncidentId == from && a.Firing).ExecuteUpdateAsync(set => set.SetProperty(a => a.IncidentId, to), ct);

    /// <summary>Writes that these alerts were heard of.</summary>
    public async Task SeenAsync(IEnumerable<string> fingerprints, CancellationToken ct)
    {
        foreach (var some in fingerprints.Chunk(Chunks.Size))
            await db.Set<AlertRecord>().Where(a => EF.Parameter(some).Contains(a.Fingerprint)).ExecuteUpdateAsync(set => set.SetProperty(a => a.SeenAt, now), ct);
    }

    /// <summary>Writes that these alerts stopped.</summary>
    public async Task StopAsync(IEnumerable<string> fingerprints, CancellationToken ct)
    {
        var stopped = "," + FlapTimes.Write(now);
        foreach (var some in fingerprints.Chunk(Chunks.Size))
        {
            await db.Set<AlertRecord>().Where(a => EF.Parameter(some).Contains(a.Fingerprint)).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Firing, false).SetProperty(a => a.HiddenBy, (string?)null)
                    .SetProperty(a => a.EndedAt, now).SetProperty(a => a.SeenAt, now)
                    .SetProperty(a => a.Changes, a => a.Source == AlertSource.Alertmanager ? (a.Changes ?? "") + stopped : null)
                    .SetProperty(a => a.SteadyAt, (DateTimeOffset?)null).SetProperty(a => a.KeptUp, false), ct);
        }
    }

    /// <summary>Writes that these alerts don't come and go any more.</summary>
    public async Task SteadyAsync(IEnumerable<string> fingerprints, CancellationToken ct)
    {
        foreach (var some in fingerprints.Chunk(Chunks.Size))
        {
            await db.Set<AlertRecord>().Where(a => EF.Parameter(some).Contains(a.Fingerprint)).ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Changes, "").SetProperty(a => a.SteadyAt, (DateTimeOffset?)null).SetProperty(a => a.KeptUp, false), ct);
        }
    }

    /// <summary>Writes what an alert says.</summary>
    public Task TellAsync(IncomingAlert alert, CancellationToken ct)
    {
        var annotations = AlertLabels.Write(alert.Annotations);
        return db.Set<AlertRecord>().Where(a => a.Fingerprint == alert.Fingerprint).ExecuteUpdateAsync(set => set.SetProperty(a => a.Annotations, annotations), ct);
    }

    /// <summary>Writes what hides these alerts.</summary>
    public async Task HideAsync(IEnumerable<string> fingerprints, string? by, CancellationToken ct)
    {
        foreach (var some in fingerprints.Chunk(Chunks.Size))
            await db.Set<AlertRecord>().Where(a => EF.Parameter(some).Contains(a.Fingerprint)).ExecuteUpdateAsync(set => set.SetProperty(a => a.HiddenBy, by), ct);
    }
}
