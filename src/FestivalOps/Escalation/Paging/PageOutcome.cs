using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Paging;

/// <summary>What follows from a page that arrived, or never will.</summary>
internal sealed class PageOutcome(PageRows pages, PageRedraws redraws, TimeProvider time)
{
    /// <summary>The kinds of outbox rows that are pages.</summary>
    public static readonly string[] Kinds = [MentionPage.Name, DirectPage.Name, MailPage.Name, WebhookPage.Name];

    /// <summary>People were told; what was taken while the page was on its way is redrawn.</summary>
    public async Task ArrivedAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        // First the line, which waits for whoever changes the incident now; the question after it sees what they did.
        await Timeline.AddAsync(
            db, PageState.Number(row), arrival.At, IncidentEventKind.PageArrived,
            [
                ("users", string.Join(' ', PageArgument.Read(row.Argument).Users)), ("carrier", row.Carrier.ToString()),
                ("at", arrival.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            ], ct);
        if (await redraws.RedrawAsync(row, db, ct) is { } redraw) await Outbox.AddAsync(db, [redraw], ct);
    }

    /// <summary>
    /// A page never arrives: the timeline says so, the ways that are still to come go out now, and when no way to a person is left the channel
    /// hears it. When none is left to a whole role, the ladder climbs at once.
    /// </summary>
    public async Task FailedAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        var (id, page, now) = (PageState.Number(row), PageArgument.Read(row.Argument), time.GetUtcNow());
        var others = (await db.Set<OutboxRow>().AsNoTracking()
                .Where(r => r.Subject == row.Subject && Kinds.Contains(r.Kind) && r.Id != row.Id && r.State != OutboxState.Dropped).ToListAsync(ct))
            .Select(r => (Row: r, Page: PageArgument.Read(r.Argument))).Where(o => o.Page.Event == page.Event).ToList();
        var waiting = others.Where(o => o.Row.State == OutboxState.Waiting && o.Row.NotBefore > now).Select(o => o.Row.Id).ToList();
        if (waiting.Count > 0)
            await db.Set<OutboxRow>().Where(r => waiting.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, now), ct);

        var hopeful = others.SelectMany(o => o.Page.Users).ToHashSet(StringComparer.Ordinal);
        var number = await Timeline.AddAsync(
            db, id, now, IncidentEventKind.Unreachable,
            [("users", string.Join(' ', page.Users)), ("carrier", row.Carrier.ToString()), ("error", Language.ForeignText.OneLine(error, 200))], ct);
        if (number == 0) return;
        var lostRoles = page.Roles.Where(r => r.Users.Count > 0 && !r.Users.Any(hopeful.Contains)).ToList();
        var saidAloud = new List<int>();
        if (page.Users.Any(u => !hopeful.Contains(u)) && lostRoles.Count == 0) saidAloud.Add(number);
        foreach (var role in lostRoles)
        {
            saidAloud.Add(await Timeline.AddAsync(
                db, id, now, IncidentEventKind.Unreachable, [("role", role.Name), ("level", $"{page.Level}"), ("error", Language.ForeignText.OneLine(error, 200))], ct));
        }
        var incident = await db.Set<Incident>().AsNoTracking().SingleAsync(i => i.Id == id, ct);
        var deaf = row.Carrier == Carrier.Channel ? row.Target : "";
        await Outbox.AddAsync(db, [.. saidAloud.Select(n => pages.Trouble(incident, n, deaf)).OfType<OutboxRow>()], ct);
        if (lostRoles.Count > 0)
        {
            await db.Set<Incident>()
                .Where(i => i.Id == id && i.State == IncidentState.Triggered && i.Level == page.Level && i.Level < EscalationLadder.Top && i.NextStepAt > now)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(i => i.NextStepAt, now).SetProperty(i => i.NextStepRule, StepRule.Unreachable).SetProperty(i => i.Version, i => i.Version + 1), ct);
        }
        await db.SaveChangesAsync(ct);
    }
}
