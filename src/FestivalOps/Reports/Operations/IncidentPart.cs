using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Operations;

/// <summary>Incidents by level, MTTA, MTTR and pages, from the bot's own timeline. Incidents belong to the period in which they were opened.</summary>
internal sealed class IncidentPart(IDbContextFactory<OpsDbContext> store, IOptions<LanguageOptions> languages, TimeProvider time) : IReportPart
{
    /// <inheritdoc/>
    public string Name => "incidents";

    /// <inheritdoc/>
    public LocalizedText Title => OperationsTexts.Incidents;

    /// <inheritdoc/>
    public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => PartAnswer.EachAsync(spans, span => OneAsync(span, ct));

    private async Task<IReadOnlyList<Figure>> OneAsync(PeriodSpan span, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        var (from, until, source) = (span.Begin, span.Until(at), OperationsTexts.IncidentSource);
        await using var db = store.CreateDbContext();
        if (await BeganAsync(db, ct) is not { } began || began >= until) return [.. Kinds.Select(k => k.Missing(FigureTexts.NotAsked, source, at, mayCome: false))];

        var incidents = await db.Set<Incident>().AsNoTracking().Where(i => i.OpenedAt >= from && i.OpenedAt < until && !i.Drill)
            .Select(i => new { i.Id, i.Level, i.OpenedAt, i.ResolvedAt }).ToListAsync(ct);
        var first = incidents.Count == 0 ? 0 : incidents.Min(i => i.Id);
        var last = incidents.Count == 0 ? -1 : incidents.Max(i => i.Id);
        var taken = await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId >= first && e.IncidentId <= last && e.Kind == IncidentEventKind.Acknowledged)
            .GroupBy(e => e.IncidentId).Select(g => new { g.Key, At = g.Min(e => e.At) }).ToDictionaryAsync(g => g.Key, g => g.At, ct);
        var pages = await db.Set<IncidentEvent>().AsNoTracking()
            .Where(e => e.Kind == IncidentEventKind.PageArrived && e.At >= from && e.At < until && db.Set<Incident>().Any(i => i.Id == e.IncidentId && !i.Drill)).CountAsync(ct);

        List<Figure> figures = [.. Enumerable.Range(1, 3).Select(level => FigureKinds.Incidents(level).Of(incidents.Count(i => i.Level == level), source, at))];
        var waits = incidents.Where(i => taken.ContainsKey(i.Id)).Select(i => (taken[i.Id] - i.OpenedAt).TotalSeconds).ToList();
        figures.Add(Mean(FigureKinds.Acknowledge, waits, OperationsTexts.Acknowledged(waits.Count, incidents.Count, incidents.Count - waits.Count), OperationsTexts.NoneAcknowledged(incidents.Count), at));
        var lasted = incidents.Where(i => i.ResolvedAt is not null).Select(i => (i.ResolvedAt!.Value - i.OpenedAt).TotalSeconds).ToList();
        figures.Add(Mean(FigureKinds.Resolve, lasted, OperationsTexts.Resolved(lasted.Count, incidents.Count), OperationsTexts.NoneResolved(incidents.Count), at));
        figures.Add(FigureKinds.Pages.Of(pages, source, at, OperationsTexts.PagesDefined));
        return began <= from ? figures : [.. figures.Select(f => f.Value is null ? f : f with { Partly = OperationsTexts.RecordsFrom(TimeZoneInfo.ConvertTime(began, languages.Value.GetZone())) })];
    }

    private static IEnumerable<FigureKind> Kinds =>
        [FigureKinds.Incidents(1), FigureKinds.Incidents(2), FigureKinds.Incidents(3), FigureKinds.Acknowledge, FigureKinds.Resolve, FigureKinds.Pages];

    private static Figure Mean(FigureKind kind, List<double> seconds, LocalizedText defined, LocalizedText none, DateTimeOffset at) => seconds.Count == 0
        ? kind.Missing(none, OperationsTexts.IncidentSource, at, mayCome: false)
        : kind.Of((decimal)seconds.Average(), OperationsTexts.IncidentSource, at, defined);

    // Before the bot was there, "no incident" would be a lie. It is there at the latest with its first incident, measurement or run of a task;
    // old measurements are forgotten, so none of them is enough.
    private static async Task<DateTimeOffset?> BeganAsync(OpsDbContext db, CancellationToken ct)
    {
        var opened = await db.Set<Incident>().OrderBy(i => i.Id).Select(i => (DateTimeOffset?)i.OpenedAt).FirstOrDefaultAsync(ct);
        var measured = await db.Set<Checks.History.HealthRunRecord>().OrderBy(r => r.At).Select(r => (DateTimeOffset?)r.At).FirstOrDefaultAsync(ct);
        var ran = await db.Set<TaskRunRecord>().OrderBy(r => r.Id).Select(r => (DateTimeOffset?)r.StartedAt).FirstOrDefaultAsync(ct);
        return new[] { opened, measured, ran }.Min();
    }
}
