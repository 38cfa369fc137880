using System.Globalization;
using System.Text.Json;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Card;

/// <summary>Everything that a card is drawn from.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Alerts">Its alerts that a person wants to read first: firing before stopped, worst first; at most <see cref="MostAlerts"/>.</param>
/// <param name="LastHour">See <see cref="ILastHour"/>; of the first alert.</param>
/// <param name="UndoUntil">Until when the newest action of a person may be taken back, UTC; null when none may.</param>
/// <param name="MovedFrom">Slack id of the channel in which the card can't be, the newest one; null when it is where it belongs.</param>
/// <param name="Since">See <see cref="IncidentSince"/>; null when it is not known.</param>
/// <param name="Silence">The silence that hides it; null when none does.</param>
internal sealed record IncidentFacts(
    Incident Incident, IReadOnlyList<AlertRecord> Alerts, IReadOnlyList<double?> LastHour, DateTimeOffset? UndoUntil, string? MovedFrom = null,
    DateTimeOffset? Since = null, Silence? Silence = null)
{
    /// <summary>How many alerts are read for a card: 5.</summary>
    public const int MostAlerts = 5;

    /// <summary>The buttons that a feature adds. Default: none.</summary>
    public IReadOnlyList<IIncidentButton> Own { get; init; } = [];

    /// <summary>The alert whose description, value and labels stand on the card; null when the incident has none, or when none speaks for it: a storm's.</summary>
    public AlertRecord? Lead => Alerts.Count > 0 && !Incident.IsStorm ? Alerts[0] : null;

    /// <summary>Since when something is wrong, UTC.</summary>
    public DateTimeOffset Began => Since ?? Incident.OpenedAt;

    /// <summary>The labels of the first alert.</summary>
    public IReadOnlyDictionary<string, string> Labels => Texts(Lead?.Labels);

    /// <summary>Reads labels and annotations as they lie in the store; what can't be read is empty.</summary>
    public static IReadOnlyDictionary<string, string> Texts(string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(json ?? "{}") ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }
    }
}

/// <summary>Reads what a card is drawn from.</summary>
internal sealed class IncidentReader(ILastHour lastHour, IEnumerable<IIncidentButton> own, TimeProvider time)
{
    /// <summary>How long an action of a person may be taken back: 10 minutes (<see cref="IIncidentActions.UndoAsync"/>).</summary>
    public static readonly TimeSpan UndoFor = TimeSpan.FromMinutes(10);

    private static readonly IncidentEventKind[] Decisive =
    [
        IncidentEventKind.Opened, IncidentEventKind.Acknowledged, IncidentEventKind.PromiseRanOut, IncidentEventKind.Resolved, IncidentEventKind.Reopened,
        IncidentEventKind.Escalated, IncidentEventKind.Worsened, IncidentEventKind.Snoozed, IncidentEventKind.SnoozeEnded, IncidentEventKind.Hidden,
        IncidentEventKind.Shown, IncidentEventKind.Assigned, IncidentEventKind.Undone,
    ];

    /// <summary>The facts of an incident, or null when there is none of this number.</summary>
    public async Task<IncidentFacts?> ReadAsync(long id, OpsDbContext db, CancellationToken ct)
    {
        var incident = await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (incident is null) return null;
        // No order over times in the store: SQLite can't. The number of alerts that one group has is bounded by their source.
        var alerts = await db.Set<AlertRecord>().AsNoTracking().Where(a => a.IncidentId == id)
            .OrderByDescending(a => a.Firing).ThenByDescending(a => a.Severity).ThenBy(a => a.Fingerprint).Take(IncidentFacts.MostAlerts).ToListAsync(ct);
        var values = incident is { Source: AlertSource.Check, IsStorm: false } && alerts.Count > 0 ? await lastHour.ReadAsync(alerts[0], incident.ResolvedAt ?? time.GetUtcNow(), ct) : [];
        return new(
            incident, alerts, values, await UndoUntilAsync(incident, db, ct), await MovedFromAsync(incident, db, ct),
            await IncidentSince.OfAsync(incident, db, ct), await SilenceAsync(incident, db, ct)) { Own = [.. own.Where(b => b.BelongsTo(incident))] };
    }

    private static async Task<Silence?> SilenceAsync(Incident incident, OpsDbContext db, CancellationToken ct) =>
        incident.HiddenBy?.Split(':') is ["silence", var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? await db.Set<Silence>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct)
            : null;

    private static async Task<string?> MovedFromAsync(Incident incident, OpsDbContext db, CancellationToken ct)
    {
        var lost = await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == incident.Id && e.Kind == IncidentEventKind.Unreachable)
            .OrderByDescending(e => e.Number).Select(e => e.Data).Take(10).ToListAsync(ct);
        return lost.Select(IncidentFacts.Texts).FirstOrDefault(d => d.ContainsKey("channel"))?["channel"] is { } channel && channel != incident.ChannelId ? channel : null;
    }

    private async Task<DateTimeOffset?> UndoUntilAsync(Incident incident, OpsDbContext db, CancellationToken ct)
    {
        var newest = await db.Set<IncidentEvent>().AsNoTracking()
            .Where(e => e.IncidentId == incident.Id && Decisive.Contains(e.Kind)).OrderByDescending(e => e.Number).FirstOrDefaultAsync(ct);
        if (newest is not { Kind: IncidentEventKind.Acknowledged or IncidentEventKind.Snoozed or IncidentEventKind.Resolved, Actor.Length: > 0 }) return null;
        var until = newest.At + UndoFor;
        return until > time.GetUtcNow() ? until : null;
    }
}
