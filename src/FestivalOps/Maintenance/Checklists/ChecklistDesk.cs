using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Card;
using FestivalOps.Maintenance.Checklists.Evidence;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>
/// The statements by which a list changes. A press is decided by one conditional update: who comes second changes nothing and is told who was
/// first. Opening is <see cref="ChecklistOpening"/>, signing <see cref="ChecklistSigning"/>.
/// </summary>
internal sealed class ChecklistDesk(IDbContextFactory<OpsDbContext> store, Outbox outbox, TimeProvider time)
{
    private const long WriteLock = 0x666f_7063_6865_636b; // "fopcheck"

    /// <summary>Ticks an item.</summary>
    public Task<ChecklistOutcome> TickAsync(long id, int number, string userId, string note, CancellationToken ct) => PressAsync(id, number, async (db, token) =>
    {
        var (now, said) = (Now(), ForeignText.OneLine(note, ChecklistItem.MaxNote));
        return await Item(db, id, number).Where(i => i.DoneAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.DoneAt, now).SetProperty(i => i.DoneBy, userId).SetProperty(i => i.Note, said), token) == 1;
    }, i => i.DoneAt is null ? PressEnd.Missing : PressEnd.Already, ct);

    /// <summary>Takes a tick back: who ticked it may, and with <paramref name="isAdministrator"/> anyone's and the bot's own.</summary>
    public Task<ChecklistOutcome> UndoAsync(long id, int number, string userId, bool isAdministrator, CancellationToken ct) => PressAsync(id, number, async (db, token) =>
        await Item(db, id, number).Where(i => i.DoneAt != null && (isAdministrator || i.DoneBy == userId)).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.DoneAt, (DateTimeOffset?)null).SetProperty(i => i.DoneBy, (string?)null).SetProperty(i => i.Note, ""), token) == 1,
        i => i.DoneAt is null ? PressEnd.NotDone : PressEnd.NotYours, ct);

    /// <summary>Gives an open item to someone.</summary>
    public Task<ChecklistOutcome> AssignAsync(long id, int number, string personId, CancellationToken ct) => PressAsync(id, number, async (db, token) =>
        await Item(db, id, number).Where(i => i.DoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.AssignedTo, personId), token) == 1,
        i => i.DoneAt is null ? PressEnd.Missing : PressEnd.Already, ct);

    /// <summary>
    /// Writes newer evidence. What it shows to be right, the bot ticks; what the bot had ticked and is not right any more, it opens again. A
    /// person's tick and the evidence of that moment stay. Gives back how many items it changed.
    /// </summary>
    public Task<int> RefreshAsync(long id, IReadOnlyDictionary<string, Found> found, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        if (await OpenAsync(db, id, token) is not { } list) return 0;
        var changed = 0;
        foreach (var item in await db.Set<ChecklistItem>().Where(i => i.ChecklistId == id && (i.DoneAt == null || i.DoneBy == "")).ToListAsync(token))
        {
            if (found.TryGetValue(item.Key, out var evidence) && Fill(item, evidence, Now())) changed++;
        }
        if (changed > 0) await ShowAsync(db, list, token);
        return changed;
    }, ct);

    /// <summary>Puts evidence into an item that no person has ticked; true when that changed it.</summary>
    public static bool Fill(ChecklistItem item, Found found, DateTimeOffset now)
    {
        var (ja, en) = (ForeignText.OneLine(found.Says?.Ja, ChecklistItem.MaxNote), ForeignText.OneLine(found.Says?.En, ChecklistItem.MaxNote));
        var isGood = found.Verdict == EvidenceVerdict.Good;
        // The same evidence again changes nothing: a tick that an administrator took back is not set again by what was known then.
        if (item.Verdict == found.Verdict && item.EvidenceJa == ja && item.EvidenceAt == found.At) return false;
        (item.Verdict, item.EvidenceJa, item.EvidenceEn, item.EvidenceAt) = (found.Verdict, ja, en, found.At);
        if (isGood && item.DoneAt is null) (item.DoneAt, item.DoneBy) = (now, "");
        if (!isGood) (item.DoneAt, item.DoneBy) = (null, null);
        return true;
    }

    /// <summary>Runs a change of lists as their only writer.</summary>
    public async Task<T> InOneAsync<T>(Func<OpsDbContext, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var result = await db.OneWriterAsync(WriteLock, token => work(db, token), ct);
        outbox.Wake();
        return result;
    }

    /// <summary>Counts a change of <paramref name="list"/> (which is tracked), saves, and has its card redrawn.</summary>
    public async Task ShowAsync(OpsDbContext db, Checklist list, CancellationToken ct)
    {
        list.Version++;
        await Outbox.AddAsync(db, [ChecklistRedrawPost.Row(list, outbox)], ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Now, to the microsecond that the store keeps.</summary>
    public DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    private Task<ChecklistOutcome> PressAsync(
        long id, int number, Func<OpsDbContext, CancellationToken, Task<bool>> change, Func<ChecklistItem, PressEnd> whyNot, CancellationToken ct) => InOneAsync(async (db, token) =>
    {
        var isDone = await change(db, token);
        var list = await db.Set<Checklist>().SingleOrDefaultAsync(c => c.Id == id, token);
        var item = await db.Set<ChecklistItem>().AsNoTracking().SingleOrDefaultAsync(i => i.ChecklistId == id && i.Number == number, token);
        if (list is null || item is null) return new ChecklistOutcome(PressEnd.Missing, list);
        if (isDone) await ShowAsync(db, list, token);
        var open = await db.Set<ChecklistItem>().CountAsync(i => i.ChecklistId == id && i.DoneAt == null, token);
        var end = isDone ? PressEnd.Done : list.State != ChecklistState.Open ? PressEnd.Closed : whyNot(item);
        return new(end, list, item, item.DoneBy, item.DoneAt, open);
    }, ct);

    private static IQueryable<ChecklistItem> Item(OpsDbContext db, long id, int number) => db.Set<ChecklistItem>()
        .Where(i => i.ChecklistId == id && i.Number == number && db.Set<Checklist>().Any(c => c.Id == id && c.State == ChecklistState.Open));

    private static Task<Checklist?> OpenAsync(OpsDbContext db, long id, CancellationToken ct) =>
        db.Set<Checklist>().SingleOrDefaultAsync(c => c.Id == id && c.State == ChecklistState.Open, ct);
}
