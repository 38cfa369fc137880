using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Maintenance.Checklists.Card;
using FestivalOps.Maintenance.Checklists.Evidence;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>Opens the list of a period: there is one, whoever asks first. What is unfinished in older lists of its kind goes into it.</summary>
internal sealed class ChecklistOpening(ChecklistDesk desk, EvidenceReader evidence, OnCallBook onCall, Outbox outbox, IOptions<ChecklistOptions> options)
{
    /// <summary>Most items of a list, those carried over among them: 40. Slack takes 50 blocks in a message.</summary>
    public const int MostItems = 40;

    /// <summary>The list of the period; <c>IsNew</c> is false when it was there already, then its evidence is brought up to date.</summary>
    /// <param name="period">The period.</param>
    /// <param name="openedBy">Slack id; empty: the clock.</param>
    /// <param name="channel">Where its card goes.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<(Checklist List, bool IsNew)> OpenAsync(ChecklistPeriod period, string openedBy, string channel, CancellationToken ct)
    {
        var found = await evidence.OfAsync(period, ct);
        var duties = await onCall.AtAsync(desk.Now(), ct);
        var (list, isNew) = await desk.InOneAsync(async (db, token) =>
        {
            if (await db.Set<Checklist>().AsNoTracking().SingleOrDefaultAsync(c => c.PeriodKey == period.Key, token) is { } known) return (known, false);
            var next = new Checklist
            {
                Id = (await db.Set<Checklist>().MaxAsync(c => (long?)c.Id, token) ?? 0) + 1,
                Kind = period.Kind,
                PeriodKey = period.Key,
                FirstDay = period.First,
                LastDay = period.Last,
                OpenedAt = desk.Now(),
                OpenedBy = openedBy,
                PostChannel = channel,
            };
            db.Add(next);
            db.AddRange(await ItemsAsync(db, next, found, duties, token));
            await Outbox.AddAsync(db, [ChecklistCardPost.Row(next, outbox)], token);
            await db.SaveChangesAsync(token);
            return (next, true);
        }, ct);
        if (!isNew) await desk.RefreshAsync(list.Id, found, ct);
        return (list, isNew);
    }

    private async Task<List<ChecklistItem>> ItemsAsync(
        OpsDbContext db, Checklist next, IReadOnlyDictionary<string, Found> found, IReadOnlyDictionary<Role, Duty> duties, CancellationToken ct)
    {
        var left = await CarryOverAsync(db, next, ct);
        var items = new List<ChecklistItem>();
        foreach (var point in ChecklistPoints.Of(next.Kind, options.Value))
        {
            var before = left.FirstOrDefault(i => i.Key == point.Key);
            var item = new ChecklistItem
            {
                ChecklistId = next.Id, Number = items.Count + 1, Key = point.Key, TitleJa = point.Title.Ja, TitleEn = point.Title.En, Role = point.Role,
                AssignedTo = before?.AssignedTo is { Length: > 0 } same ? same : OnDuty(duties, point.Role), OpenSince = before?.OpenSince ?? next.OpenedAt,
            };
            ChecklistDesk.Fill(item, found.GetValueOrDefault(point.Key) ?? Found.Nothing, next.OpenedAt);
            items.Add(item);
        }
        // The settings don't ask for it any more, but someone still owes it.
        foreach (var owed in left.Where(l => !items.Exists(i => i.Key == l.Key)).DistinctBy(l => l.Key, StringComparer.Ordinal).Take(Math.Max(0, MostItems - items.Count)).ToList())
        {
            items.Add(new()
            {
                ChecklistId = next.Id, Number = items.Count + 1, Key = owed.Key, TitleJa = owed.TitleJa, TitleEn = owed.TitleEn, Role = owed.Role, AssignedTo = owed.AssignedTo, OpenSince = owed.OpenSince,
            });
        }
        return items;
    }

    // What nobody finished, the oldest of a key first; the lists that held it are closed.
    private async Task<List<ChecklistItem>> CarryOverAsync(OpsDbContext db, Checklist next, CancellationToken ct)
    {
        var older = await db.Set<Checklist>().Where(c => c.Kind == next.Kind && c.State == ChecklistState.Open && c.FirstDay < next.FirstDay).OrderBy(c => c.Id).ToListAsync(ct);
        var left = new List<ChecklistItem>();
        foreach (var list in older)
        {
            var open = await db.Set<ChecklistItem>().AsNoTracking().Where(i => i.ChecklistId == list.Id && i.DoneAt == null).ToListAsync(ct);
            // All done and only not signed: that one is signed for itself.
            if (open.Count == 0) continue;
            left.AddRange(open);
            (list.State, list.CarriedTo) = (ChecklistState.CarriedOver, next.Id);
            await desk.ShowAsync(db, list, ct);
        }
        return [.. left.OrderBy(i => i.OpenSince).ThenBy(i => i.ChecklistId).ThenBy(i => i.Number)];
    }

    private static string OnDuty(IReadOnlyDictionary<Role, Duty> duties, Role role) => duties.GetValueOrDefault(role)?.OnCall is [var one] ? one : "";
}
