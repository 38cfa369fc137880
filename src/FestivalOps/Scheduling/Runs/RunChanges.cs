using FestivalOps.Scheduling.Calendar;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Scheduling.Runs;

/// <summary>What people do with the clock of a task. Each change carries its condition, so that of two the second hears that it was late.</summary>
internal sealed class RunChanges(IDbContextFactory<OpsDbContext> store, BusinessCalendar calendar, TimeProvider time)
{
    /// <summary>Pauses a task. False: it is paused already, or has no clock.</summary>
    public async Task<bool> PauseAsync(PlannedTask task, string userId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        return await db.Set<TaskClockRecord>().Where(c => c.Task == task.Name && c.PausedBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PausedBy, userId).SetProperty(c => c.PausedAt, now), ct) == 1;
    }

    /// <summary>Lets a task run again. False: it is not paused.</summary>
    public async Task<bool> ResumeAsync(PlannedTask task, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        return await db.Set<TaskClockRecord>().Where(c => c.Task == task.Name && c.PausedBy != null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.PausedBy, (string?)null).SetProperty(c => c.PausedAt, (DateTimeOffset?)null), ct) == 1;
    }

    /// <summary>Lets the moment that was to be left out be run after all; gives it back. Null: none is left out, or it has passed.</summary>
    public async Task<DateTimeOffset?> TakeSkipBackAsync(PlannedTask task, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var clock = await db.Set<TaskClockRecord>().AsNoTracking().SingleOrDefaultAsync(c => c.Task == task.Name, ct);
        if (clock?.SkipDue is not { } due || clock.NextDue != due) return null;
        var mine = await db.Set<TaskClockRecord>().Where(c => c.Task == task.Name && c.NextDue == due && c.SkipDue == due)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.SkipDue, (DateTimeOffset?)null).SetProperty(c => c.SkipBy, (string?)null), ct);
        return mine == 1 ? due : null;
    }

    /// <summary>Leaves the next due moment out; gives it and the one after it back. Null: there is none, or it is left out already.</summary>
    public async Task<(DateTimeOffset Skipped, DateTimeOffset? Next)?> SkipAsync(PlannedTask task, string userId, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var clock = await db.Set<TaskClockRecord>().AsNoTracking().SingleOrDefaultAsync(c => c.Task == task.Name, ct);
        if (clock?.NextDue is not { } due || clock.SkipDue == due) return null;
        var mine = await db.Set<TaskClockRecord>().Where(c => c.Task == task.Name && c.NextDue == due && c.SkipDue != due || c.Task == task.Name && c.NextDue == due && c.SkipDue == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.SkipDue, due).SetProperty(c => c.SkipBy, userId), ct);
        return mine == 1 ? (due, task.Schedule?.Next(due, calendar)) : null;
    }
}
