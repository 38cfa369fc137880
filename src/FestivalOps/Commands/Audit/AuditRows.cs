using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Commands.Audit;

/// <summary>Writes a batch of appends inside the transaction that the caller holds.</summary>
internal static class AuditRows
{
    // Rows of a batch that was stored without our knowing lie at the end, behind them at most what other instances wrote meanwhile.
    private const int LookBack = 20_000;

    /// <summary>The appends whose rows are not stored yet.</summary>
    public static async Task<IReadOnlyList<AuditTrail.Append>> WithoutStoredAsync(
        OpsDbContext db, IReadOnlyList<AuditTrail.Append> batch, long newest, CancellationToken ct)
    {
        var ids = batch.Select(a => a.Entry.CommandId).Distinct(StringComparer.Ordinal).ToList();
        var stored = (await db.Set<AuditEntry>().AsNoTracking()
                .Where(e => e.Sequence > newest - LookBack && ids.Contains(e.CommandId))
                .Select(e => new { e.CommandId, e.Event }).ToListAsync(ct))
            .Select(e => (e.CommandId, e.Event)).ToHashSet();
        return [.. batch.Where(a => !stored.Contains((a.Entry.CommandId, a.Entry.Event)))];
    }

    /// <summary>Links the rows behind (<paramref name="sequence"/>, <paramref name="hash"/>) and stores them with their pending work.</summary>
    public static async Task WriteAsync(
        OpsDbContext db, IReadOnlyList<AuditTrail.Append> batch, long sequence, string hash, CancellationToken ct)
    {
        var opened = new Dictionary<string, PendingWork>(StringComparer.Ordinal);
        var closed = new List<string>();
        foreach (var append in batch)
        {
            AuditChain.Link(append.Entry, sequence, hash);
            (sequence, hash) = (append.Entry.Sequence, append.Entry.Hash);
            if (append.Opens is { } opens) opened[opens.CommandId] = opens;
            // Opened and closed within one batch: nothing to store.
            if (append.Closes && !opened.Remove(append.Entry.CommandId)) closed.Add(append.Entry.CommandId);
        }

        if (batch.Count == 0) return;
        await db.InsertAsync([.. batch.Select(a => a.Entry)], ct);
        if (opened.Count > 0) await db.InsertAsync<PendingWork>(opened.Values, ct);
        if (closed.Count > 0) await db.DeleteAsync<PendingWork>(closed, ct);
    }
}
