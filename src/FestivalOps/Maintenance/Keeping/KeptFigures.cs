using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Maintenance.Keeping;

/// <summary>Figures of one moment.</summary>
/// <param name="At">When they were measured, UTC.</param>
/// <param name="Values">By name.</param>
internal sealed record FigureSet(DateTimeOffset At, IReadOnlyDictionary<string, double> Values);

/// <summary>Keeps figures for 400 days, a year and what a month may be late, and at most 1,000 of one moment.</summary>
internal sealed class KeptFigures(IDbContextFactory<OpsDbContext> store)
{
    /// <summary>How long figures are kept: 400 days.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(400);

    /// <summary>So many figures of one moment are kept at most: 1,000.</summary>
    public const int MostOfOneMoment = 1_000;

    /// <summary>Keeps figures of one moment; what is no number and what has too long a name is left out. Forgets what is too old.</summary>
    public async Task KeepAsync(string task, DateTimeOffset at, IEnumerable<(string Name, double Value)> figures, CancellationToken ct)
    {
        var rows = figures.Where(f => double.IsFinite(f.Value) && f.Name.Length is > 0 and <= KeptFigureMapping.MaxName)
            .DistinctBy(f => f.Name, StringComparer.Ordinal).Take(MostOfOneMoment)
            .Select(f => new KeptFigure { Task = task, Name = f.Name, At = at, Value = f.Value }).ToList();
        var names = rows.Select(r => r.Name).ToList();
        var before = at - KeptFor;
        await using var db = store.CreateDbContext();
        // Figures of the same moment are replaced: a run that is repeated under a held clock must not fail for it.
        await db.Set<KeptFigure>().Where(f => f.Task == task && (f.At < before || (f.At == at && names.Contains(f.Name)))).ExecuteDeleteAsync(ct);
        db.AddRange(rows);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The newest figures of a task that were measured before <paramref name="before"/>; null when there are none.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="holding">A name that the moment must have, so that figures kept by something else don't count.</param>
    /// <param name="before">The moment.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<FigureSet?> LastAsync(string task, string holding, DateTimeOffset before, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var newest = await db.Set<KeptFigure>().AsNoTracking().Where(f => f.Task == task && f.Name == holding && f.At < before)
            .OrderByDescending(f => f.At).FirstOrDefaultAsync(ct);
        if (newest is null) return null;
        var all = await db.Set<KeptFigure>().AsNoTracking().Where(f => f.Task == task && f.At == newest.At).ToListAsync(ct);
        return new(newest.At, all.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal));
    }

    /// <summary>What a task measured between two moments, both included; of each name the newest. Empty: nothing.</summary>
    public async Task<IReadOnlyDictionary<string, double>> BetweenAsync(string task, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var all = await db.Set<KeptFigure>().AsNoTracking().Where(f => f.Task == task && f.At >= from && f.At <= to).OrderByDescending(f => f.At).Take(MostOfOneMoment).ToListAsync(ct);
        return all.DistinctBy(f => f.Name, StringComparer.Ordinal).ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal);
    }

    /// <summary>A figure over time, oldest first; at most 1,000 of the newest.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset At, double Value)>> SeriesAsync(string task, string name, DateTimeOffset since, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var found = await db.Set<KeptFigure>().AsNoTracking().Where(f => f.Task == task && f.Name == name && f.At >= since)
            .OrderByDescending(f => f.At).Take(1_000).ToListAsync(ct);
        return [.. found.AsEnumerable().Reverse().Select(f => (f.At, f.Value))];
    }
}
