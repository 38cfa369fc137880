using FestivalOps.Commands.Audit;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>What a look at the seal of a list found.</summary>
internal enum SealVerdict
{
    /// <summary>The list is as it was signed, and it stands where it was put between the others and in the audit trail.</summary>
    Whole,

    /// <summary>The list itself, or what its seal is chained to, is not what was signed.</summary>
    Broken,

    /// <summary>It is not signed.</summary>
    None,
}

/// <summary>Signs a finished list, and checks afterwards that it is still the one that was signed.</summary>
internal sealed class ChecklistSigning(ChecklistDesk desk, IDbContextFactory<OpsDbContext> store)
{
    /// <summary>Signs a list of which every item is done.</summary>
    public Task<ChecklistOutcome> SignAsync(long id, string userId, CancellationToken ct) => desk.InOneAsync(async (db, token) =>
    {
        if (await db.Set<Checklist>().SingleOrDefaultAsync(c => c.Id == id, token) is not { } list) return new ChecklistOutcome(PressEnd.Missing, null);
        var items = await db.Set<ChecklistItem>().AsNoTracking().Where(i => i.ChecklistId == id).OrderBy(i => i.Number).ToListAsync(token);
        var open = items.Count(i => i.DoneAt is null);
        if (list.State == ChecklistState.Signed) return new(PressEnd.Already, list, null, list.SignedBy, list.SignedAt);
        if (list.State != ChecklistState.Open) return new(PressEnd.Closed, list);
        if (open > 0) return new(PressEnd.Unfinished, list, items.First(i => i.DoneAt is null), Open: open);

        // Read after the lock was taken: two lists signed at once follow each other.
        var before = await NewestSignedAsync(db, long.MaxValue, token);
        var audit = await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(e => e.Sequence).Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(token);
        (list.State, list.SignedBy, list.SignedAt) = (ChecklistState.Signed, userId, desk.Now());
        (list.PreviousSeal, list.AuditSequence, list.AuditHash) = (before?.Seal ?? ChecklistSeal.Genesis, audit?.Sequence ?? 0, audit?.Hash ?? AuditChain.Genesis);
        list.SealOrder = (before?.SealOrder ?? 0) + 1;
        list.Seal = ChecklistSeal.Of(list, items);
        await desk.ShowAsync(db, list, token);
        return new(PressEnd.Done, list);
    }, ct);

    /// <summary>Is the list still what was signed?</summary>
    public async Task<SealVerdict> VerifyAsync(Checklist list, IReadOnlyList<ChecklistItem> items, CancellationToken ct)
    {
        if (list is not { State: ChecklistState.Signed, SealOrder: { } order }) return SealVerdict.None;
        if (list.Seal != ChecklistSeal.Of(list, items)) return SealVerdict.Broken;
        await using var db = store.CreateDbContext();
        var before = await NewestSignedAsync(db, order, ct);
        if (list.PreviousSeal != (before?.Seal ?? ChecklistSeal.Genesis) || (before?.SealOrder ?? 0) != order - 1) return SealVerdict.Broken;
        if (list.AuditSequence is not > 0) return SealVerdict.Whole;
        var hash = await db.Set<AuditEntry>().AsNoTracking().Where(e => e.Sequence == list.AuditSequence).Select(e => e.Hash).SingleOrDefaultAsync(ct);
        return hash == list.AuditHash ? SealVerdict.Whole : SealVerdict.Broken;
    }

    private static Task<Checklist?> NewestSignedAsync(OpsDbContext db, long before, CancellationToken ct) => db.Set<Checklist>().AsNoTracking()
        .Where(c => c.SealOrder != null && c.SealOrder < before).OrderByDescending(c => c.SealOrder).FirstOrDefaultAsync(ct);
}
