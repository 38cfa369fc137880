using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Checks.History;

/// <summary>One kept result of a check, for a small picture.</summary>
/// <param name="At">When it was measured, UTC.</param>
/// <param name="Value">The number; null when there was none to be had, which is a hole in the picture and not 0.</param>
/// <param name="Status">How it came out.</param>
internal sealed record ValuePoint(DateTimeOffset At, double? Value, CheckStatus Status);

/// <summary>What a check found lately.</summary>
/// <param name="Points">Oldest first.</param>
/// <param name="Unit">What the newest number is counted in; null when there was no number.</param>
/// <param name="Threshold">The limits of the newest number; null when there were none.</param>
internal sealed record ValueSeries(IReadOnlyList<ValuePoint> Points, Unit? Unit, Threshold? Threshold);

/// <summary>Reads what a check found lately.</summary>
internal sealed class RecentValues(IDbContextFactory<OpsDbContext> store, StoreState state, TimeProvider time)
{
    /// <summary>Most points that are read: 400, an hour at the shortest interval of 10 seconds and what people asked for besides.</summary>
    public const int MaxPoints = 400;

    /// <summary>Longest time that is looked back: 24 hours.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>The newest results of <paramref name="check"/> within <paramref name="last"/>, rounds that people asked for among them.</summary>
    /// <exception cref="StoreNotReadyException">The store has not been opened yet.</exception>
    public async Task<ValueSeries> OfAsync(string check, TimeSpan last, CancellationToken ct)
    {
        if (!state.IsReady) throw new StoreNotReadyException(state.Problem);
        var since = time.GetUtcNow() - (last < Longest ? last : Longest);
        await using var db = store.CreateDbContext();
        var newest = await db.Set<HealthRunRecord>().Where(r => r.At >= since)
            .SelectMany(r => r.Checks.Where(c => c.Check == check), (r, c) => new
            {
                r.At, c.Value, c.Status, c.Unit, c.WarningLimit, c.CriticalLimit,
            })
            .OrderByDescending(p => p.At).Take(MaxPoints).ToListAsync(ct);
        var limits = newest.FirstOrDefault(p => p is { WarningLimit: not null, CriticalLimit: not null });
        return new(
            [.. newest.AsEnumerable().Reverse().Select(p => new ValuePoint(p.At, p.Value, p.Status))],
            newest.FirstOrDefault(p => p.Unit is not null)?.Unit,
            limits is null ? null : new(limits.WarningLimit!.Value, limits.CriticalLimit!.Value, limits.CriticalLimit < limits.WarningLimit));
    }
}
