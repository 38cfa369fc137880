using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Scheduling.Runs;

/// <summary>How long a run usually takes: the middle one of the last five of its kind (real or dry) that got to their end.</summary>
internal static class UsualTime
{
    private const int Last = 5;

    /// <summary>For a run that is under way; null for one that has ended, and while none of its kind got to its end.</summary>
    public static async Task<TimeSpan?> OfAsync(TaskRunRecord run, OpsDbContext db, CancellationToken ct)
    {
        if (run.State != RunState.Running) return null;
        var ended = await db.Set<TaskRunRecord>().AsNoTracking()
            .Where(r => r.Task == run.Task && r.IsDry == run.IsDry && r.EndedAt != null && (r.State == RunState.Ok || r.State == RunState.Warning))
            .OrderByDescending(r => r.Id).Take(Last).Select(r => new { r.StartedAt, r.EndedAt }).ToListAsync(ct);
        return ended.Count == 0 ? null : ended.Select(r => r.EndedAt!.Value - r.StartedAt).Order().ElementAt(ended.Count / 2);
    }
}
