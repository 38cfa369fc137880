using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Escalation.Ladder;

/// <summary>
/// Takes due steps of many incidents in one transaction. No other writer comes between reading and writing: SQLite has one writer, on
/// PostgreSQL the rows are locked and what another instance holds is passed over. So no race is lost, and no step is taken twice.
/// </summary>
internal sealed class LadderWork(
    IDbContextFactory<OpsDbContext> store, StepTaker taker, OnCallBook onCall, Outbox outbox, Instance instance, EscalationMetrics metrics, TimeProvider time)
{
    /// <summary>Most steps of one transaction: 500.</summary>
    public const int Batch = 500;

    // Its own for each instance: a lock that is never waited for. The rows' own locks keep instances apart.
    private readonly long _lock = BitConverter.ToInt64(Guid.ParseExact(instance.Id, "N").ToByteArray());

    /// <summary>Takes at most <paramref name="most"/> due steps, the oldest first, but none of <paramref name="heldBack"/>.</summary>
    /// <returns>How many incidents were due.</returns>
    public async Task<int> TakeAsync(int most, IReadOnlyCollection<long> heldBack, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var now = time.GetUtcNow();
        var changes = await OnCallBook.ChangesAsync(db, now, ct);
        var duties = onCall.At(now, changes);
        var late = new List<DateTimeOffset>();
        var taken = await db.OneWriterAsync(_lock, async token =>
        {
            var due = await DueAsync(db, now, most, heldBack, token);
            var lines = new List<IncidentEvent>();
            var rows = new List<OutboxRow>();
            foreach (var incident in due)
            {
                var at = incident.NextStepAt!.Value;
                var change = new IncidentChange(incident, now);
                if (taker.Take(change, duties) == StepKind.Page) late.Add(at);
                var (written, told) = change.Finish();
                lines.AddRange(written);
                rows.AddRange(told);
            }
            if (due.Count == 0) return 0;
            await db.SaveChangesAsync(token);
            await db.InsertAsync(lines, token);
            await db.InsertAsync(rows, token);
            return due.Count;
        }, ct);
        if (taken == 0) return 0;
        outbox.Wake();
        var done = time.GetUtcNow();
        foreach (var at in late) metrics.Taken(done - at);
        return taken;
    }

    /// <summary>Takes a step of an incident that never was, and takes it back: what the first real one would have to compile is there then.</summary>
    public async Task WarmUpAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var now = time.GetUtcNow();
        var duties = onCall.At(now, await OnCallBook.ChangesAsync(db, now, ct));
        try
        {
            await db.OneWriterAsync<int>(_lock, async token =>
            {
                var incident = new Incident
                {
                    Id = _lock | long.MinValue, GroupKey = "", Source = AlertSource.Bot, TitleJa = "", TitleEn = "", Severity = Severity.Warning, Level = EscalationLadder.Top,
                    OpenedAt = now, ChannelId = "", NextStepAt = now,
                };
                db.Add(incident);
                await db.SaveChangesAsync(token);
                var change = new IncidentChange(incident, now);
                taker.Take(change, duties);
                var (lines, rows) = change.Finish();
                await db.SaveChangesAsync(token);
                await db.InsertAsync(lines, token);
                await db.InsertAsync(rows, token);
                throw new TakenBack();
            }, ct);
        }
        catch (TakenBack)
        {
            // The transaction ended with it.
        }
    }

    /// <summary>When the next step of any incident is due, UTC; null when nobody waits.</summary>
    public async Task<DateTimeOffset?> NextAsync(IReadOnlyCollection<long> heldBack, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<Incident>().Where(i => i.NextStepAt != null && !heldBack.Contains(i.Id)).OrderBy(i => i.NextStepAt).Select(i => i.NextStepAt).FirstOrDefaultAsync(ct);
    }

    /// <summary>The incident whose step is due for the longest time; null when none is.</summary>
    public async Task<long?> OldestAsync(IReadOnlyCollection<long> heldBack, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        return await db.Set<Incident>().Where(i => i.NextStepAt <= now && !heldBack.Contains(i.Id)).OrderBy(i => i.NextStepAt).Select(i => (long?)i.Id).FirstOrDefaultAsync(ct);
    }

    private static Task<List<Incident>> DueAsync(OpsDbContext db, DateTimeOffset now, int most, IReadOnlyCollection<long> heldBack, CancellationToken ct)
    {
        if (!db.Database.IsNpgsql())
            return db.Set<Incident>().Where(i => i.NextStepAt <= now && !heldBack.Contains(i.Id)).OrderBy(i => i.NextStepAt).Take(most).ToListAsync(ct);
        var held = heldBack.ToArray();
        var utc = now.ToUniversalTime();
        return db.Set<Incident>().FromSql(
            $"SELECT * FROM incidents WHERE next_step_at <= {utc} AND id <> ALL({held}) ORDER BY next_step_at LIMIT {most} FOR UPDATE SKIP LOCKED").ToListAsync(ct);
    }

    private sealed class TakenBack : Exception;
}
