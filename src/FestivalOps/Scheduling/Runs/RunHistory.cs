using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Scheduling.Runs;

/// <summary>What is remembered of runs and clocks.</summary>
internal sealed class RunHistory(IDbContextFactory<OpsDbContext> store, TaskBook book)
{
    /// <summary>So many runs of each task are kept: 400, a year of a daily task.</summary>
    public const int Kept = 400;

    /// <summary>The newest runs, newest first; of one task, or of all.</summary>
    public async Task<List<TaskRunRecord>> NewestAsync(string? task, int count, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<TaskRunRecord>().AsNoTracking().Where(r => task == null || r.Task == task).OrderByDescending(r => r.Id).Take(count).ToListAsync(ct);
    }

    /// <summary>The clocks of all tasks, by name.</summary>
    public async Task<Dictionary<string, TaskClockRecord>> ClocksAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<TaskClockRecord>().AsNoTracking().ToDictionaryAsync(c => c.Task, StringComparer.Ordinal, ct);
    }

    /// <summary>The runs that are under way.</summary>
    public async Task<List<TaskRunRecord>> RunningAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<TaskRunRecord>().AsNoTracking().Where(r => r.State == RunState.Running).ToListAsync(ct);
    }

    /// <summary>
    /// The newest run of a task that says whether it works: dry runs, runs that were stopped, left out on purpose or are under way say nothing.
    /// The clock's plan of a dangerous task says something only when it could not be made.
    /// </summary>
    public async Task<TaskRunRecord?> VerdictAsync(string task, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<TaskRunRecord>().AsNoTracking()
            .Where(r => r.Task == task && (!r.IsDry || (r.DueKey != null && r.State == RunState.Failed)) && r.State != RunState.Running && r.State != RunState.Stopped && r.State != RunState.Skipped)
            .OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
    }

    /// <summary>Forgets runs beyond <see cref="Kept"/> of each task.</summary>
    public async Task TrimAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        foreach (var task in book.Tasks.Select(t => t.Name))
        {
            var oldest = await db.Set<TaskRunRecord>().Where(r => r.Task == task).OrderByDescending(r => r.Id).Select(r => r.Id).Skip(Kept).FirstOrDefaultAsync(ct);
            if (oldest is not null) await db.Set<TaskRunRecord>().Where(r => r.Task == task && r.Id.CompareTo(oldest) <= 0 && r.State != RunState.Running).ExecuteDeleteAsync(ct);
        }
    }
}
