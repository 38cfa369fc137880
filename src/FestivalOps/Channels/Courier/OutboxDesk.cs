using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Channels.Courier;

/// <summary>
/// The courier's statements: what is next in each lane, taking a row, putting it back, finishing it. Each carries its condition, so that of
/// several instances on one store one gets the row.
/// </summary>
internal sealed class OutboxDesk(
    IDbContextFactory<OpsDbContext> store, Instance instance, IOptions<StorageOptions> storage, TimeProvider time)
{
    /// <summary>How long a row stays taken without a sign of life: 30 seconds. Extended every 10 while it is worked on.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // Jumps from lane to lane on the index of what waits, and takes the first row that is due in each: its cost grows with the lanes and
    // not with what waits in them.
    private const string Lanes = """
        WITH RECURSIVE lanes(lane) AS (
          SELECT (SELECT MIN(lane) FROM outbox WHERE state = 'Waiting')
          UNION ALL
          SELECT (SELECT MIN(o.lane) FROM outbox o WHERE o.state = 'Waiting' AND o.lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL
        )
        SELECT o.* FROM lanes JOIN outbox o ON o.id = (
          SELECT h.id FROM outbox h WHERE h.state = 'Waiting' AND h.lane = lanes.lane AND h.not_before <= {0}
        """;

    private const string HeadsAlone = Lanes + " ORDER BY h.priority, h.id LIMIT 1)";

    private const string HeadsShared = Lanes + """
         AND (h.lease_until IS NULL OR h.lease_until <= {0} OR h.lease_owner = {1})
          ORDER BY h.priority, h.id LIMIT 1)
        WHERE NOT EXISTS (SELECT 1 FROM outbox b WHERE b.lane = lanes.lane AND b.lease_until > {0} AND b.lease_owner <> {1})
        """;

    // A file of SQLite has one process at a time: whoever held a lease is gone.
    private readonly bool _alone = !storage.Value.UsesPostgres;

    /// <summary>Other instances may use the same store.</summary>
    public bool IsShared => !_alone;

    /// <summary>The next row of every lane in which one is due and that no other instance works in.</summary>
    public async Task<List<OutboxRow>> HeadsAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<OutboxRow>().FromSqlRaw(_alone ? HeadsAlone : HeadsShared, Stored(db, time.GetUtcNow()), instance.Id)
            .AsNoTracking().ToListAsync(ct);
    }

    /// <summary>
    /// Takes a row and writes that its send begins: from now on it counts as unclear, unless it did before. False: someone else was faster.
    /// </summary>
    public async Task<bool> ClaimAsync(OutboxRow row, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var now = time.GetUtcNow();
        var (attempts, attemptedAt) = row.Unclear ? (row.Attempts, row.AttemptedAt) : (row.Attempts + 1, now);
        var (unclear, before) = (row.Unclear, row.Attempts);
        var mine = db.Set<OutboxRow>().Where(r => r.Id == row.Id && r.State == OutboxState.Waiting && r.Unclear == unclear && r.Attempts == before);
        if (!_alone)
        {
            mine = mine.Where(r => (r.LeaseUntil == null || r.LeaseUntil <= now || r.LeaseOwner == instance.Id)
                && !db.Set<OutboxRow>().Any(o => o.Lane == row.Lane && o.LeaseUntil > now && o.LeaseOwner != instance.Id));
        }
        Task<int> Take(CancellationToken token) => mine.ExecuteUpdateAsync(
            set => set.SetProperty(r => r.LeaseOwner, instance.Id).SetProperty(r => r.LeaseUntil, now + Lease)
                .SetProperty(r => r.Unclear, true).SetProperty(r => r.Attempts, attempts).SetProperty(r => r.AttemptedAt, attemptedAt), token);
        // Two instances that look at the same moment would not see each other's lease without the lock.
        var taken = _alone ? await db.TurnAsync(Take, ct) : await db.OneWriterAsync(LockOf(row.Lane), Take, ct);
        if (taken == 0) return false;
        (row.LeaseOwner, row.Attempts, row.AttemptedAt, row.Unclear) = (instance.Id, attempts, attemptedAt, true);
        return true;
    }

    /// <summary>Writes that a send of a row that was unclear before begins anew. False: the row is not ours any more.</summary>
    public async Task<bool> BeginAgainAsync(OutboxRow row, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        var begun = await db.TurnAsync(
            token => Ours(db, row).ExecuteUpdateAsync(set => set.SetProperty(r => r.Attempts, r => r.Attempts + 1).SetProperty(r => r.AttemptedAt, now), token), ct);
        if (begun == 0) return false;
        (row.Attempts, row.AttemptedAt) = (row.Attempts + 1, now);
        return true;
    }

    /// <summary>Keeps a row that takes long. False: it is not ours any more.</summary>
    public async Task<bool> ExtendAsync(OutboxRow row, CancellationToken ct)
    {
        var until = time.GetUtcNow() + Lease;
        await using var db = store.CreateDbContext();
        return await db.TurnAsync(token => Ours(db, row).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until), token), ct) > 0;
    }

    /// <summary>Puts a row back as <paramref name="row"/> says it is now.</summary>
    public async Task PutBackAsync(OutboxRow row, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        await db.TurnAsync(
            token => Ours(db, row).ExecuteUpdateAsync(
                set => set.SetProperty(r => r.LeaseOwner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(r => r.Unclear, row.Unclear).SetProperty(r => r.Attempts, row.Attempts).SetProperty(r => r.AttemptedAt, row.AttemptedAt)
                    .SetProperty(r => r.NotBefore, row.NotBefore).SetProperty(r => r.Reason, row.Reason), token),
            ct);
    }

    /// <summary>
    /// Writes that a row is done as <paramref name="row"/> says, runs <paramref name="follows"/> in the same transaction, and lets rows of the
    /// same subject that were put off (<see cref="Prepared.Later"/>) look again; what was delayed from the beginning keeps its time. False: the
    /// row is not ours any more and nothing was written.
    /// </summary>
    public async Task<bool> FinishAsync(OutboxRow row, IReadOnlyCollection<string> covered, Func<OpsDbContext, Task> follows, CancellationToken ct)
    {
        const int mostAttempts = 5;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = store.CreateDbContext();
                return await db.TurnAsync(token => FinishOnceAsync(db, row, covered, follows, token), ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < mostAttempts)
            {
                // Someone changed what the row is about at the same moment; what follows is decided anew on what they left.
            }
        }
    }

    private async Task<bool> FinishOnceAsync(OpsDbContext db, OutboxRow row, IReadOnlyCollection<string> covered, Func<OpsDbContext, Task> follows, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var done = await Ours(db, row).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, row.State).SetProperty(r => r.Unclear, false).SetProperty(r => r.SentAt, row.SentAt)
                .SetProperty(r => r.ResultChannel, row.ResultChannel).SetProperty(r => r.ResultTs, row.ResultTs).SetProperty(r => r.Reason, row.Reason)
                .SetProperty(r => r.LeaseOwner, (string?)null).SetProperty(r => r.LeaseUntil, (DateTimeOffset?)null), ct);
        if (done == 0) return false;
        if (covered.Count > 0)
        {
            await db.Set<OutboxRow>().Where(r => covered.Contains(r.Id) && r.State == OutboxState.Waiting && (r.LeaseUntil == null || r.LeaseUntil <= now))
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Dropped).SetProperty(r => r.Reason, "shown by a newer one"), ct);
        }
        // Without a reason nobody put it off: its time is its own.
        await db.Set<OutboxRow>().Where(r => r.Subject == row.Subject && r.State == OutboxState.Waiting && r.NotBefore > now && r.Reason != null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.NotBefore, now), ct);
        await follows(db);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private IQueryable<OutboxRow> Ours(OpsDbContext db, OutboxRow row) =>
        db.Set<OutboxRow>().Where(r => r.Id == row.Id && r.State == OutboxState.Waiting && r.LeaseOwner == instance.Id);

    /// <summary>A time as the store keeps it, for a statement that is written out.</summary>
    private static object Stored(OpsDbContext db, DateTimeOffset at)
    {
        var column = db.Model.FindEntityType(typeof(OutboxRow))!.FindProperty(nameof(OutboxRow.NotBefore))!;
        return column.GetTypeMapping().Converter?.ConvertToProvider(at) ?? at;
    }

    // Not the keys of other locks, which are small numbers.
    private static long LockOf(string lane) =>
        long.MinValue | BitConverter.ToInt64(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(lane)));
}
