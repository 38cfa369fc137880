using FestivalOps.Language;
using FestivalOps.Maintenance.Backups;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Reports.Upkeep;

/// <summary>What ran, was left out and failed; backups and how long a restore took, from the history of the tasks.</summary>
internal sealed class UpkeepPart(IDbContextFactory<OpsDbContext> store, TimeProvider time) : IReportPart
{
    private static readonly (FigureKind Kind, RunState State)[] States =
    [
        (FigureKinds.RunsOk, RunState.Ok), (FigureKinds.RunsWarning, RunState.Warning), (FigureKinds.RunsFailed, RunState.Failed),
        (FigureKinds.RunsLeftOut, RunState.Skipped), (FigureKinds.RunsMissed, RunState.Missed), (FigureKinds.RunsNotAvailable, RunState.NotAvailable),
    ];

    /// <inheritdoc/>
    public string Name => "upkeep";

    /// <inheritdoc/>
    public LocalizedText Title => FigureTexts.ChapterTitle(Chapter.Upkeep);

    /// <inheritdoc/>
    public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => PartAnswer.EachAsync(spans, span => OneAsync(span, ct));

    private async Task<IReadOnlyList<Figure>> OneAsync(PeriodSpan span, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        var (from, until, source) = (span.Begin, span.Until(at), UpkeepTexts.RunSource);
        await using var db = store.CreateDbContext();
        var first = await db.Set<TaskRunRecord>().OrderBy(r => r.Id).Select(r => (DateTimeOffset?)r.Due).FirstOrDefaultAsync(ct);
        var figures = new List<Figure>();
        if (first is null || first >= until) figures.AddRange(States.Select(s => s.Kind.Missing(UpkeepTexts.NoHistory, source, at, mayCome: false)));
        else
        {
            var runs = await db.Set<TaskRunRecord>().AsNoTracking().Where(r => r.Due >= from && r.Due < until && !r.IsDry)
                .GroupBy(r => new { r.Task, r.State }).Select(g => new { g.Key.Task, g.Key.State, Count = g.Count() }).ToListAsync(ct);
            var partly = first > from ? UpkeepTexts.Since(span.Day(first.Value)) : null;
            foreach (var (kind, state) in States)
            {
                var found = runs.Where(r => r.State == state).OrderByDescending(r => r.Count).ThenBy(r => r.Task, StringComparer.Ordinal).ToList();
                var names = state == RunState.Ok || found.Count == 0 ? null : UpkeepTexts.Tasks(found.Take(6).Select(f => (f.Task, f.Count)));
                figures.Add(kind.Of(found.Sum(f => f.Count), source, at, names) with { Partly = partly });
            }
            var backups = runs.Where(r => r.Task == BackupsTask.TaskName && r.State is RunState.Ok or RunState.Warning or RunState.Failed).ToList();
            figures.Add(backups.Count == 0
                ? FigureKinds.Backups.Missing(UpkeepTexts.NoBackups, source, at, mayCome: false)
                : FigureKinds.Backups.Of(backups.Where(b => b.State == RunState.Ok).Sum(b => b.Count), source, at, UpkeepTexts.OfBackups(backups.Sum(b => b.Count))) with { Partly = partly });
        }
        figures.Add(await RecoveryAsync(db, span, at, ct));
        return figures;
    }

    private static async Task<Figure> RecoveryAsync(OpsDbContext db, PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (from, until) = (span.Begin, span.Until(at));
        var newest = await db.Set<KeptFigure>().AsNoTracking().Where(f => f.Name == FigureNames.RecoverySeconds && f.At >= from && f.At < until).OrderByDescending(f => f.At).FirstOrDefaultAsync(ct);
        return newest is null
            ? FigureKinds.Recovery.Missing(UpkeepTexts.NoRestore, UpkeepTexts.RestoreSource, at, mayCome: false)
            : FigureKinds.Recovery.Of((decimal)newest.Value, UpkeepTexts.RestoreSource, at, UpkeepTexts.MeasuredOn(span.Day(newest.At)));
    }
}
