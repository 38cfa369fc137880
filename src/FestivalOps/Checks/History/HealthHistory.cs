using System.Text.Json;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Checks.History;

/// <summary>What a check found when all was last well with it.</summary>
/// <param name="Says">The finding in a few words.</param>
/// <param name="At">When that round began.</param>
internal sealed record LastGood(LocalizedText Says, DateTimeOffset At);

/// <summary>What is known from before about the checks of a round that got no answer.</summary>
/// <param name="LastGood">By the check's name; nothing for a check that never was Ok.</param>
/// <param name="ErrorId">Error id when the store could not be asked; null otherwise.</param>
internal sealed record LookBack(IReadOnlyDictionary<string, LastGood> LastGood, string? ErrorId)
{
    /// <summary>Nothing is known.</summary>
    public static LookBack None { get; } = new(new Dictionary<string, LastGood>(StringComparer.Ordinal), null);
}

/// <summary>Keeps rounds of checks and knows since when each check has had its status.</summary>
internal sealed class HealthHistory(IDbContextFactory<OpsDbContext> store, StoreState state)
{
    private const long StatesLock = 0x464F_5053_0002; // "FOPS", lock 2

    /// <summary>
    /// Stores a round and gives it back with the true "since" of each result: the status of the last observation decides, also when
    /// another instance made it.
    /// </summary>
    /// <exception cref="StoreNotReadyException">The store has not been opened yet.</exception>
    public async Task<HealthRun> KeepAsync(HealthRun run, CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        await using var db = store.CreateDbContext();
        return await db.OneWriterAsync(StatesLock, async token =>
        {
            var names = run.Results.Select(r => r.Check).ToList();
            var states = await db.Set<CheckState>().Where(s => names.Contains(s.Check)).ToDictionaryAsync(s => s.Check, StringComparer.Ordinal, token);
            var results = run.Results.Select(r => r with { Since = Observe(db, states, r, run.At) }).ToList();
            var kept = run with { Results = results, Kept = true };
            db.Add(Record(kept));
            await db.SaveChangesAsync(token);
            return kept;
        }, ct);
    }

    /// <summary>A kept round, or null when it is no longer there. Titles come from the checks of today, by name.</summary>
    public async Task<HealthRun?> FindAsync(string runId, IReadOnlyDictionary<string, ICheck> checks, CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        await using var db = store.CreateDbContext();
        var record = await db.Set<HealthRunRecord>().AsNoTracking().Include(r => r.Checks).FirstOrDefaultAsync(r => r.Id == runId, ct);
        if (record is null) return null;
        var results = record.Checks
            .Select(c => Result(c, checks.GetValueOrDefault(c.Check)?.Title ?? LocalizedText.Same(c.Check)))
            .OrderByDescending(r => r.Status).ThenBy(r => r.Check, StringComparer.Ordinal).ToList();
        return new(record.Id, record.Selection, record.At, TimeSpan.FromMilliseconds(record.TookMilliseconds), results, [], true, null);
    }

    /// <summary>How often the check came out how, in the rounds since <paramref name="since"/> that nobody asked for.</summary>
    /// <exception cref="StoreNotReadyException">The store has not been opened yet.</exception>
    public async Task<IReadOnlyDictionary<CheckStatus, int>> CountAsync(string check, DateTimeOffset since, CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        await using var db = store.CreateDbContext();
        return await db.Set<HealthRunRecord>()
            .Where(r => r.At >= since && r.Selection == CheckBook.Unasked)
            .SelectMany(r => r.Checks).Where(c => c.Check == check)
            .GroupBy(c => c.Status)
            .Select(g => new { Status = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Status, g => g.Count, ct);
    }

    /// <summary>
    /// What each of <paramref name="troubles"/> found when it was last Ok, by the check's name; nothing for one that never was, as far as
    /// results are kept.
    /// </summary>
    /// <exception cref="StoreNotReadyException">The store has not been opened yet.</exception>
    public async Task<IReadOnlyDictionary<string, LastGood>> LastGoodAsync(IEnumerable<CheckResult> troubles, CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        await using var db = store.CreateDbContext();
        var found = new Dictionary<string, LastGood>(StringComparer.Ordinal);
        foreach (var trouble in troubles)
        {
            // Not from the newest backwards but from the beginning of the trouble: the index finds it at once, however long it lasts.
            var query =
                from run in db.Set<HealthRunRecord>().AsNoTracking()
                join check in db.Set<CheckRecord>().AsNoTracking() on run.Id equals check.RunId
                where run.At < trouble.Since && check.Check == trouble.Check && check.Status == CheckStatus.Ok
                orderby run.At descending
                select new { check.SaysJa, check.SaysEn, run.At };
            if (await query.FirstOrDefaultAsync(ct) is { } good) found[trouble.Check] = new(new(good.SaysJa, good.SaysEn), good.At);
        }
        return found;
    }

    /// <summary>Removes rounds that began before <paramref name="before"/>; returns how many.</summary>
    public async Task<int> ForgetAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<HealthRunRecord>().Where(r => r.At < before).ExecuteDeleteAsync(ct);
    }

    private static DateTimeOffset Observe(OpsDbContext db, Dictionary<string, CheckState> states, CheckResult result, DateTimeOffset at)
    {
        if (!states.TryGetValue(result.Check, out var known))
        {
            db.Add(new CheckState { Check = result.Check, Status = result.Status, Since = at, LastAt = at });
            return at;
        }
        // A slow round that ends after a newer one must not turn the state back.
        if (at >= known.LastAt)
        {
            if (known.Status != result.Status) (known.Status, known.Since) = (result.Status, at);
            known.LastAt = at;
        }
        return known.Status == result.Status ? known.Since : at;
    }

    private static HealthRunRecord Record(HealthRun run)
    {
        var record = new HealthRunRecord
        {
            Id = run.Id, Selection = run.Selection, At = run.At, TookMilliseconds = run.Took.TotalMilliseconds,
        };
        foreach (var result in run.Results)
        {
            var m = result.Measurement;
            record.Checks.Add(new CheckRecord
            {
                RunId = run.Id,
                Check = result.Check,
                Status = result.Status,
                Value = m.Value,
                Unit = m.Unit,
                WarningLimit = m.Threshold?.Warning,
                CriticalLimit = m.Threshold?.Critical,
                SaysJa = Cut(m.Says.Ja),
                SaysEn = Cut(m.Says.En),
                Facts = m.Facts.Count == 0 ? null : JsonSerializer.Serialize(m.Facts.Select(f => new[] { f.Label.Ja, f.Label.En, f.Value })),
                TookMilliseconds = result.Took.TotalMilliseconds,
                Since = result.Since,
            });
        }
        return record;
    }

    private static CheckResult Result(CheckRecord record, LocalizedText title)
    {
        var measurement = Measurement.Restored(
            record.Status, new(record.SaysJa, record.SaysEn), record.Value, record.Unit,
            record is { WarningLimit: { } warning, CriticalLimit: { } critical } ? new(warning, critical, critical < warning) : null,
            record.Facts is null ? [] : [.. JsonSerializer.Deserialize<string[][]>(record.Facts)!.Select(f => new Fact(new(f[0], f[1]), f[2]))]);
        return new(record.Check, title, measurement, TimeSpan.FromMilliseconds(record.TookMilliseconds), record.Since);
    }

    private static string Cut(string text) => ForeignText.OneLine(text, HistoryMapping.MaxSays);
}
