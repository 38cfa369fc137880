using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Paging;

/// <summary>
/// Writes the redraws of pages that arrived and that events have overtaken. A row's key names the event, so that a page is redrawn once for
/// each, whatever else is changed meanwhile.
/// </summary>
internal sealed class PageRedraws(Outbox outbox) : IShownElsewhere
{
    /// <summary>Most pages of an incident that are redrawn, the newest: 200.</summary>
    public const int Most = 200;

    // From one of these on, a page that was written before says something else than what is true.
    private static readonly IncidentEventKind[] Overtaking =
    [
        IncidentEventKind.Acknowledged, IncidentEventKind.Assigned, IncidentEventKind.Snoozed, IncidentEventKind.Hidden, IncidentEventKind.Resolved,
        IncidentEventKind.PromiseRanOut, IncidentEventKind.SnoozeEnded, IncidentEventKind.Shown, IncidentEventKind.Reopened, IncidentEventKind.Undone,
    ];

    private static readonly string[] Shown = [MentionPage.Name, DirectPage.Name];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutboxRow>> RedrawsAsync(long id, OpsDbContext db, CancellationToken ct)
    {
        if (await NewestAsync(id, db, ct) is not { } newest) return [];
        var subject = id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var pages = await db.Set<OutboxRow>().AsNoTracking()
            .Where(r => r.Subject == subject && Shown.Contains(r.Kind) && r.State == OutboxState.Sent && r.ResultTs != null)
            .OrderByDescending(r => r.Id).Take(Most).ToListAsync(ct);
        return [.. pages.Where(p => PageArgument.Read(p.Argument).Event < newest).Select(p => Row(p, newest))];
    }

    /// <summary>The redraw of one page that arrived just now, because its incident was taken while it was on its way; null when it is right.</summary>
    public async Task<OutboxRow?> RedrawAsync(OutboxRow page, OpsDbContext db, CancellationToken ct) =>
        Shown.Contains(page.Kind, StringComparer.Ordinal) && await NewestAsync(PageState.Number(page), db, ct) is { } newest && PageArgument.Read(page.Argument).Event < newest
            ? Row(page, newest)
            : null;

    // Not a redraw's priority: redraws of one subject in one lane stand for each other, and these are of several messages.
    private OutboxRow Row(OutboxRow page, int newest) => outbox.Row(
        $"incident:{page.Subject}:page-redraw:{newest}:{page.Id}", PageRedrawPost.Name, page.Subject, page.Carrier, page.Target, OutboxPriority.Report, page.Id);

    private static Task<int?> NewestAsync(long id, OpsDbContext db, CancellationToken ct) => db.Set<IncidentEvent>()
        .Where(e => e.IncidentId == id && Overtaking.Contains(e.Kind)).OrderByDescending(e => e.Number).Select(e => (int?)e.Number).FirstOrDefaultAsync(ct);
}
