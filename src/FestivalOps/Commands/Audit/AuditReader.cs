using System.Data.Common;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Commands.Audit;

/// <summary>What a walk over the chain found.</summary>
/// <param name="Rows">How many rows were read.</param>
/// <param name="Head">Hash of the newest row: noted elsewhere, it also shows a cut end.</param>
/// <param name="Problem">What is wrong; null when the chain is whole.</param>
internal sealed record ChainVerdict(long Rows, string Head, LocalizedText? Problem);

/// <summary>A row as it was found.</summary>
/// <param name="Sequence">Its place in the chain.</param>
/// <param name="Entry">What it says; null when it is not what was written (changed, or no longer to be read at all).</param>
internal sealed record AuditRow(long Sequence, AuditEntry? Entry);

/// <summary>Reads the audit trail.</summary>
internal sealed class AuditReader(IDbContextFactory<OpsDbContext> store, StoreState state)
{
    /// <summary>
    /// The newest commands, newest first: of each its last row, which is its outcome once it has one. A damaged row stands for itself, because
    /// nobody knows any more which command it belonged to.
    /// </summary>
    /// <exception cref="StoreNotReadyException">The store can't be used.</exception>
    public async Task<IReadOnlyList<AuditRow>> NewestAsync(int count, CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        await using var db = store.CreateDbContext();
        var all = db.Set<AuditEntry>().AsNoTracking();
        // Twice as many rows as commands, and some more, because rows of commands that ran side by side lie mixed.
        var newest = all.OrderByDescending(e => e.Sequence).Take(count * 4);
        var rows = new List<AuditRow>();
        if (await ReadAsync(newest, ct) is { } together)
        {
            rows.AddRange(together.Select(Row));
        }
        else
        {
            // One row that can't be read fails them all: each alone, then.
            foreach (var sequence in await newest.Select(e => e.Sequence).ToListAsync(ct))
                rows.Add(await ReadAsync(all.Where(e => e.Sequence == sequence), ct) is [var alone] ? Row(alone) : new(sequence, null));
        }
        return [.. rows.DistinctBy(r => r.Entry?.CommandId ?? $"row {r.Sequence}", StringComparer.Ordinal).Take(count)];
    }

    /// <summary>Walks the chain from the first row to the last.</summary>
    /// <exception cref="StoreNotReadyException">The store can't be used.</exception>
    public async Task<ChainVerdict> VerifyAsync(CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        await using var db = store.CreateDbContext();
        AuditEntry? before = null;
        var rows = 0L;
        try
        {
            await foreach (var entry in db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
            {
                if (AuditChain.Verify(entry, before) is { } problem) return new(rows, before?.Hash ?? AuditChain.Genesis, problem);
                before = entry;
                rows++;
            }
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            // Nothing that the bot writes fails to be read back: a word that is no event, a time that is no time.
            return new(rows, before?.Hash ?? AuditChain.Genesis, AuditChain.Changed((before?.Sequence ?? 0) + 1));
        }
        return new(rows, before?.Hash ?? AuditChain.Genesis, null);
    }

    private static AuditRow Row(AuditEntry entry) => new(entry.Sequence, AuditChain.IsAsWritten(entry) ? entry : null);

    // Null when a row among them can't be read.
    private static async Task<List<AuditEntry>?> ReadAsync(IQueryable<AuditEntry> rows, CancellationToken ct)
    {
        try
        {
            return await rows.ToListAsync(ct);
        }
        catch (Exception failure) when (IsUnreadable(failure))
        {
            return null;
        }
    }

    // Entity Framework wraps a lost connection in an InvalidOperationException, too; that says nothing about the rows.
    private static bool IsUnreadable(Exception failure) =>
        failure is FormatException or InvalidCastException or OverflowException or ArgumentException
        || (failure is InvalidOperationException and not ObjectDisposedException && failure.InnerException is not (DbException or TimeoutException));
}
