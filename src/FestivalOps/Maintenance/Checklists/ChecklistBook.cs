using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>A list with its items in order.</summary>
internal sealed record FullChecklist(Checklist List, IReadOnlyList<ChecklistItem> Items)
{
    /// <summary>What is open of it.</summary>
    public IReadOnlyList<ChecklistItem> Open => [.. Items.Where(i => i.DoneAt is null)];
}

/// <summary>Reads lists; changes nothing.</summary>
internal sealed class ChecklistBook(IDbContextFactory<OpsDbContext> store)
{
    /// <summary>One list; null when there is none of this number.</summary>
    public async Task<FullChecklist?> FindAsync(long id, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await FindAsync(db, id, ct);
    }

    /// <summary>The same with a connection that is there already.</summary>
    public static async Task<FullChecklist?> FindAsync(OpsDbContext db, long id, CancellationToken ct)
    {
        if (await db.Set<Checklist>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } list) return null;
        return new(list, await db.Set<ChecklistItem>().AsNoTracking().Where(i => i.ChecklistId == id).OrderBy(i => i.Number).ToListAsync(ct));
    }

    /// <summary>The lists that wait for people, oldest first; at most 50.</summary>
    public async Task<IReadOnlyList<FullChecklist>> OpenAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var ids = await db.Set<Checklist>().Where(c => c.State == ChecklistState.Open).OrderBy(c => c.Id).Select(c => c.Id).Take(50).ToListAsync(ct);
        var lists = new List<FullChecklist>();
        foreach (var id in ids)
        {
            if (await FindAsync(db, id, ct) is { } list) lists.Add(list);
        }
        return lists;
    }

    /// <summary>The lists that were signed last, newest first.</summary>
    public async Task<IReadOnlyList<Checklist>> SignedAsync(int count, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<Checklist>().AsNoTracking().Where(c => c.SealOrder != null).OrderByDescending(c => c.SealOrder).Take(count).ToListAsync(ct);
    }
}
