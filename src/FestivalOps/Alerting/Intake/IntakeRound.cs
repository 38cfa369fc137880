using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Rules;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Intake;

/// <summary>
/// One transaction of the intake. First every alert is decided and written, then each incident that it touches tells what happened to it
/// (<see cref="DraftStory"/>): whether an incident can be seen is asked of the store, which by then knows the alerts.
/// </summary>
internal sealed class IntakeRound(OpsDbContext db, IntakeTools tools, DateTimeOffset now)
{
    // A repetition within a minute says nothing new, and need not be written.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private readonly IntakeRows _rows = new(db, now);
    private readonly Dictionary<long, Draft> _drafts = [];
    private readonly Dictionary<string, Incident> _open = new(StringComparer.Ordinal);
    private readonly List<(IncomingAlert Alert, AlertRecord? Known)> _begins = [];
    private readonly List<AlertRecord> _stops = [];
    private readonly List<AlertRecord> _updates = [];
    private readonly List<IncomingAlert> _lastWords = [];
    private readonly List<string> _seen = [];
    private readonly List<(AlertRecord Alert, Hider? Hider)> _hidden = [];
    private readonly List<Cause> _causes = [];
    private readonly List<(Draft Draft, Draft Storm)> _merged = [];
    private readonly List<AlertRecord> _steady = [];
    private readonly List<long> _flapping = [];

    public OpsDbContext Db => db;

    /// <summary>The incidents that were touched.</summary>
    public IReadOnlyList<long> Touched => [.. _drafts.Keys];

    /// <summary>Decides what becomes of alerts that came.</summary>
    public async Task TakeAsync(IReadOnlyCollection<IncomingAlert> alerts, DateTimeOffset? heardAt, CancellationToken ct)
    {
        // The same alert twice in one body: the last word counts.
        var latest = new Dictionary<string, IncomingAlert>(alerts.Count, StringComparer.Ordinal);
        foreach (var alert in alerts) latest[alert.Fingerprint] = alert;
        var known = await _rows.AlertsAsync(latest.Keys, ct);
        var changes = new List<(IncomingAlert Alert, AlertRecord Known)>();
        foreach (var alert in latest.Values)
        {
            var record = known.GetValueOrDefault(alert.Fingerprint);
            switch (AlertDecision.OfAlert(alert, record, heardAt).Outcome)
            {
                case AlertOutcome.Begin: _begins.Add((alert, record)); break;
                case AlertOutcome.Stop: Stop(alert, record!); break;
                case AlertOutcome.Change: changes.Add((alert, record!)); break;
                case AlertOutcome.NothingNew when record is { Firing: true } && alert.Firing && heardAt is null: Heard(alert, record, changes); break;
            }
        }
        await LoadAsync(_stops.Concat(changes.Select(c => c.Known)).Select(a => a.IncidentId).Concat(_flapping), ct);
        foreach (var stop in _stops) _drafts[stop.IncidentId].Stops.Add(stop);
        foreach (var incident in _flapping) _drafts[incident].FlappingChanged = true;
        foreach (var (alert, record) in changes)
        {
            var draft = _drafts[record.IncidentId];
            draft.Changes.Add(alert);
            draft.FlappingChanged |= DraftStory.FlapsOtherwise(alert, record);
            _updates.Add(Told(record, alert));
        }
        await BeginAsync(ct);
    }

    /// <summary>Ends alerts of Alertmanager that were not heard of since then.</summary>
    public async Task ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        _stops.AddRange(await db.Set<AlertRecord>().AsNoTracking()
            .Where(a => a.Firing && a.Source == AlertSource.Alertmanager && a.SeenAt < before).OrderBy(a => a.Fingerprint).Take(2_000).ToListAsync(ct));
        await LoadAsync(_stops.Select(a => a.IncidentId), ct);
        foreach (var stop in _stops)
        {
            var draft = _drafts[stop.IncidentId];
            draft.Stops.Add(stop);
            draft.StopReason = "not heard of for too long";
        }
        await BeginAsync(ct);
    }

    /// <summary>Lets alerts that came and went, and have not for long enough, be as their sender last said: they stop, or simply fire.</summary>
    public async Task SteadyAsync(CancellationToken ct)
    {
        _steady.AddRange(await db.Set<AlertRecord>().AsNoTracking().Where(a => a.SteadyAt <= now).OrderBy(a => a.Fingerprint).Take(2_000).ToListAsync(ct));
        _stops.AddRange(_steady.Where(a => a.KeptUp));
        await LoadAsync(_steady.Select(a => a.IncidentId), ct);
        foreach (var alert in _steady)
        {
            var draft = _drafts[alert.IncidentId];
            draft.FlappingChanged = true;
            if (!alert.KeptUp) continue;
            draft.Stops.Add(alert);
            draft.StopReason = "it came and went, and has stayed away";
        }
        await BeginAsync(ct);
    }

    /// <summary>Looks anew at what hides some alerts.</summary>
    public async Task ReviewAsync(Func<IQueryable<AlertRecord>, IQueryable<AlertRecord>> which, CancellationToken ct)
    {
        var alerts = await which(db.Set<AlertRecord>().AsNoTracking().Where(a => a.Firing)).ToListAsync(ct);
        var labels = alerts.ConvertAll(a => AlertLabels.Read(a.Labels));
        var hiding = await Hiding.ReadAsync(db, tools.Rules, labels, new HashSet<string>(StringComparer.Ordinal), now, ct);
        for (var i = 0; i < alerts.Count; i++)
        {
            var hider = hiding.Find(alerts[i].Fingerprint, labels[i]);
            if (hider?.Reference != alerts[i].HiddenBy) _hidden.Add((alerts[i], hider));
        }
        await LoadAsync(_hidden.Select(h => h.Alert.IncidentId), ct);
    }

    /// <summary>Writes everything: alerts, then incidents with their timeline, plan and outbox rows.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        await WriteAlertsAsync(ct);
        var story = new DraftStory(db, _rows, tools, now);
        foreach (var (draft, storm) in _merged) await story.MergeAsync(draft, storm, ct);
        foreach (var draft in _drafts.Values.Where(d => !d.Incident.IsMerged)) await story.TellAsync(draft, ct);
        await story.WriteAsync(ct);
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        if (_begins.Count == 0 && _stops.Count == 0) return;
        var gone = _stops.Select(s => s.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var freed = await FreedAsync(gone, ct);
        var labels = freed.ConvertAll(a => AlertLabels.Read(a.Labels));
        var hiding = await Hiding.ReadAsync(db, tools.Rules, [.. _begins.Select(b => b.Alert.Labels), .. labels], gone, now, ct);
        _causes.AddRange(_begins.Where(b => Hiding.CanHide(tools.Rules, b.Alert.Labels)).Select(b => new Cause(b.Alert.Fingerprint, b.Alert.Labels)));
        foreach (var cause in _causes) hiding.Add(cause);

        for (var i = 0; i < freed.Count; i++)
        {
            var hider = hiding.Find(freed[i].Fingerprint, labels[i]);
            if (hider is null || hider.Cause?.IncidentId == 0 || hider.Reference != freed[i].HiddenBy) _hidden.Add((freed[i], hider));
        }
        foreach (var alert in (await Hiding.ConsequencesAsync(db, tools.Rules, [.. _causes.Select(c => c.Labels)], ct)).Where(a => !gone.Contains(a.Fingerprint)))
        {
            if (hiding.Find(alert.Fingerprint, AlertLabels.Read(alert.Labels)) is { } hider) _hidden.Add((alert, hider));
        }
        await LoadAsync(_hidden.Select(h => h.Alert.IncidentId), ct);

        if (_begins.Count > 0) await GroupAsync(hiding, ct);
    }

    // The alerts that something hid which has just stopped.
    private async Task<List<AlertRecord>> FreedAsync(HashSet<string> gone, CancellationToken ct)
    {
        var freed = new List<AlertRecord>();
        var causes = _stops.Where(s => Hiding.CanHide(tools.Rules, AlertLabels.Read(s.Labels))).Select(s => $"incident:{s.IncidentId}").Distinct(StringComparer.Ordinal);
        foreach (var some in causes.Chunk(Chunks.Size))
            freed.AddRange(await db.Set<AlertRecord>().AsNoTracking().Where(a => a.Firing && a.HiddenBy != null && EF.Parameter(some).Contains(a.HiddenBy)).ToListAsync(ct));
        freed.RemoveAll(a => gone.Contains(a.Fingerprint));
        return freed;
    }

    private async Task GroupAsync(Hiding hiding, CancellationToken ct)
    {
        var groups = new IncidentGroups(_rows, tools, now, _drafts, _open);
        await groups.LoadAsync(_begins, ct);
        foreach (var (alert, known) in _begins) groups.Add(new(alert, known, hiding.Find(alert.Fingerprint, alert.Labels)));
        await groups.DecideAsync(ct);
        _merged.AddRange(groups.Merged);
        var incidents = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var draft in _drafts.Values)
        {
            foreach (var begin in draft.Begins) incidents[begin.Alert.Fingerprint] = draft.Incident.Id;
        }
        foreach (var cause in _causes) cause.IncidentId = incidents[cause.Fingerprint];
    }

    private async Task WriteAlertsAsync(CancellationToken ct)
    {
        var born = new List<AlertRecord>();
        foreach (var draft in _drafts.Values)
        {
            foreach (var (alert, known, hider) in draft.Begins)
            {
                if (known is null) born.Add(Born(alert, draft.Incident.Id, hider));
                else _updates.Add(Again(known, alert, draft.Incident.Id, hider));
            }
        }
        if (_updates.Count > 0)
        {
            db.UpdateRange(_updates);
            await db.SaveChangesAsync(ct);
        }
        await _rows.SeenAsync(_seen, ct);
        await _rows.StopAsync(_stops.Select(s => s.Fingerprint), ct);
        await _rows.SteadyAsync(_steady.Select(s => s.Fingerprint), ct);
        foreach (var alert in _lastWords) await _rows.TellAsync(alert, ct);
        foreach (var by in _hidden.GroupBy(h => h.Hider?.Reference, StringComparer.Ordinal))
        {
            await _rows.HideAsync(by.Select(h => h.Alert.Fingerprint), by.Key, ct);
            foreach (var (alert, _) in by) _drafts[alert.IncidentId].HidingChanged = true;
        }
        if (born.Count > 0) await db.InsertAsync(born, ct);
    }

    private async Task LoadAsync(IEnumerable<long> ids, CancellationToken ct)
    {
        foreach (var incident in await _rows.IncidentsAsync(ids.Distinct().Where(id => !_drafts.ContainsKey(id)), ct)) Known(incident);
    }

    private Draft Known(Incident incident)
    {
        if (!_drafts.TryGetValue(incident.Id, out var draft)) _drafts[incident.Id] = draft = new(incident, default, isNew: false);
        if (incident.OpenKey is { } key) _open[key] = incident;
        return draft;
    }

    private void Heard(IncomingAlert alert, AlertRecord known, List<(IncomingAlert, AlertRecord)> changes)
    {
        var annotations = AlertLabels.Write(alert.Annotations);
        if (!known.KeptUp && annotations == known.Annotations && alert.TitleJa == known.TitleJa && alert.Level == known.Level)
        {
            if (now - known.SeenAt >= SeenEvery || known.SeenAt > now) _seen.Add(known.Fingerprint);
        }
        else if (alert.Level != known.Level || DraftStory.FlapsOtherwise(alert, known)) changes.Add((alert, known));
        else _updates.Add(Told(known, alert));
    }

    // The ends of one that comes and goes are no news; the clock ends it when it has been steady for long enough.
    private void Stop(IncomingAlert alert, AlertRecord known)
    {
        if (known.KeptUp) return;
        var isNews = known.SteadyAt is null;
        if (tools.Flaps.Note(known, now))
        {
            known.KeptUp = true;
            _updates.Add(known);
            if (isNews) _flapping.Add(known.IncidentId);
            return;
        }
        _stops.Add(known);
        if (alert.Source is AlertSource.Check or AlertSource.Bot) _lastWords.Add(alert);
    }

    private AlertRecord Told(AlertRecord known, IncomingAlert alert)
    {
        // Its sender says that it fires after all.
        if (known.KeptUp) tools.Flaps.Note(known, now);
        known.KeptUp = false;
        (known.TitleJa, known.TitleEn, known.Severity, known.Level, known.SeenAt) = (Cut(alert.TitleJa), Cut(alert.TitleEn), alert.Severity, alert.Level, now);
        (known.Labels, known.Annotations) = (AlertLabels.Write(alert.Labels), AlertLabels.Write(alert.Annotations));
        return known;
    }

    private AlertRecord Again(AlertRecord known, IncomingAlert alert, long incident, Hider? hider)
    {
        (known.IncidentId, known.Firing, known.HiddenBy, known.StartsAt, known.EndedAt) = (incident, true, hider?.Reference, alert.StartsAt, null);
        tools.Flaps.Note(known, now);
        return Told(known, alert);
    }

    private AlertRecord Born(IncomingAlert alert, long incident, Hider? hider) => new()
    {
        Fingerprint = alert.Fingerprint,
        IncidentId = incident,
        Source = alert.Source,
        Name = AlertLabels.Clean(alert.Labels.Value(AlertLabels.AlertName), AlertLabels.MaxValue),
        TitleJa = Cut(alert.TitleJa),
        TitleEn = Cut(alert.TitleEn),
        Severity = alert.Severity,
        Level = alert.Level,
        Firing = true,
        HiddenBy = hider?.Reference,
        StartsAt = alert.StartsAt,
        SeenAt = now,
        Changes = alert.Source == AlertSource.Alertmanager ? FlapTimes.Write(now) : null,
        Labels = AlertLabels.Write(alert.Labels),
        Annotations = AlertLabels.Write(alert.Annotations),
    };

    private static string Cut(string title) => AlertLabels.Clean(title, Incident.MaxTitle);
}
