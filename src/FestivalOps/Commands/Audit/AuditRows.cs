using FestivalOps.Storage;

namespace FestivalOps.Commands.Audit;

/// <summary>Writes a batch of appends inside the transaction that the caller holds.</summary>
internal static class AuditRows
{
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

        await db.InsertAsync([.. batch.Select(a => a.Entry)], ct);
        if (opened.Count > 0) await db.InsertAsync<PendingWork>(opened.Values, ct);
        if (closed.Count > 0) await db.DeleteAsync<PendingWork>(closed, ct);
    }
}
