using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Paging;

/// <summary>What a page finds immediately before it goes out: its incident as it is now, or why it isn't wanted any more.</summary>
/// <param name="Incident">The incident; null when the page is not wanted.</param>
/// <param name="Page">What the row says.</param>
/// <param name="NotWanted">Why it isn't wanted any more, in English; null when it is.</param>
internal sealed record PageState(Incident? Incident, PageArgument Page, string? NotWanted)
{
    // After one of these nobody is paged for what was written before; when the incident comes back, new pages are written.
    private static readonly IncidentEventKind[] Ending =
        [IncidentEventKind.Acknowledged, IncidentEventKind.Assigned, IncidentEventKind.Snoozed, IncidentEventKind.Hidden, IncidentEventKind.Resolved];

    private static readonly IncidentEventKind[] Back =
        [IncidentEventKind.Reopened, IncidentEventKind.PromiseRanOut, IncidentEventKind.SnoozeEnded, IncidentEventKind.Undone, IncidentEventKind.Shown];

    /// <summary>Looks.</summary>
    public static async Task<PageState> ReadAsync(OutboxRow row, OpsDbContext db, DateTimeOffset now, CancellationToken ct)
    {
        var page = PageArgument.Read(row.Argument);
        var id = Number(row);
        if (page.Rule == StepRule.CameBack && await FiresAgainAsync(id, page.Event, db, ct)) page = page with { Rule = StepRule.FiresAgain };
        var incident = await db.Set<Incident>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        var reason = incident switch
        {
            null => "there is no such incident",
            { State: IncidentState.Acknowledged } => $"acknowledged by {incident.AcknowledgedBy}",
            { State: IncidentState.Resolved } => "resolved",
            { HiddenBy: { } by } => $"hidden by {by}",
            { SnoozedUntil: { } until } when until > now => $"snoozed by {incident.SnoozedBy}",
            _ => EscalationLadder.Climbs(incident, now) ? null : "nobody is to be told",
        };
        if (reason is null && await db.Set<IncidentEvent>().AnyAsync(e => e.IncidentId == id && e.Number > page.Event && Ending.Contains(e.Kind), ct))
            reason = "it was taken since; newer pages were written when it came back";
        // After an outage the newest page of a kind is enough; one that was put off counts, one that is delayed by its level does not. And a page
        // that was put off never follows a newer one.
        if (reason is null && await db.Set<OutboxRow>().AnyAsync(
            r => r.Kind == row.Kind && r.Subject == row.Subject && r.Target == row.Target && r.CreatedAt > row.CreatedAt
                && (r.State == OutboxState.Sent || (r.State == OutboxState.Waiting && (r.NotBefore <= now || r.Reason != null))), ct))
            reason = "a newer page says it";
        return new(reason is null ? incident : null, page, reason);
    }

    // Coming back has several reasons; that it fires again is one that people ask for.
    private static async Task<bool> FiresAgainAsync(long id, int before, OpsDbContext db, CancellationToken ct) =>
        await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id && e.Number < before && Back.Contains(e.Kind))
            .OrderByDescending(e => e.Number).FirstOrDefaultAsync(ct) is { Kind: IncidentEventKind.Reopened, Actor.Length: 0 };

    /// <summary>The worst alert that fires; null when none does, or when none speaks for the incident: a storm's.</summary>
    public static async Task<AlertRecord?> WorstAsync(OpsDbContext db, Incident incident, CancellationToken ct) => incident.IsStorm ? null : await db.Set<AlertRecord>().AsNoTracking()
        .Where(a => a.IncidentId == incident.Id && a.Firing).OrderByDescending(a => a.Severity).ThenBy(a => a.StartsAt).FirstOrDefaultAsync(ct);

    /// <summary>
    /// How long what waits for its card is put off: 30 seconds. It is let look again as soon as the card has arrived; looking more often would
    /// take the turns of the cards that it waits for.
    /// </summary>
    public static readonly TimeSpan ForCard = TimeSpan.FromSeconds(30);

    /// <summary>True while the incident's card is on its way: what belongs into its thread waits for it.</summary>
    public static async Task<bool> CardIsComingAsync(Incident incident, OutboxRow row, OpsDbContext db, CancellationToken ct) =>
        incident.CardTs is null && await db.Set<OutboxRow>().AnyAsync(
            r => r.Kind == IncidentPosts.CardKind && r.Subject == row.Subject && r.State == OutboxState.Waiting, ct);

    /// <summary>The number of the incident that a row is about.</summary>
    public static long Number(OutboxRow row) => long.Parse(row.Subject, System.Globalization.CultureInfo.InvariantCulture);
}
