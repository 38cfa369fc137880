using FestivalOps.Alerting.Incidents;
using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists.Evidence;

/// <summary>
/// Looks for what the bot's own checks and tasks found in the period of a list. It measures nothing anew. What can't be read is "not
/// available" for its item alone.
/// </summary>
internal sealed partial class EvidenceReader(
    IDbContextFactory<OpsDbContext> store, Lazy<RunHistory> history, Lazy<TaskBook> tasks, KeptFigures figures, CheckBook checks, BusinessCalendar calendar, IOptions<ChecklistOptions> options,
    ILogger<EvidenceReader> logger)
{
    /// <summary>The evidence of each point of a kind by its key.</summary>
    public async Task<IReadOnlyDictionary<string, Found>> OfAsync(ChecklistPeriod period, CancellationToken ct)
    {
        var found = new Dictionary<string, Found>(StringComparer.Ordinal);
        foreach (var point in ChecklistPoints.Of(period.Kind, options.Value))
        {
            try
            {
                found[point.Key] = await LookAsync(point.Source, period.Begin(calendar.Zone), ct);
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                var id = ErrorId.New();
                Log.NotRead(logger, failure, point.Key, id);
                found[point.Key] = Found.NotAvailable(EvidenceTexts.NotRead(id));
            }
        }
        return found;
    }

    private Task<Found> LookAsync(EvidenceSource? source, DateTimeOffset begin, CancellationToken ct) => source switch
    {
        EvidenceSource.Check check => CheckAsync(check.Name, begin, ct),
        EvidenceSource.Run run => RunAsync(run.Task, begin, ct),
        EvidenceSource.Figures wanted => MeasuredAsync(wanted, begin, ct),
        EvidenceSource.Drill => DrillAsync(begin, ct),
        _ => Task.FromResult(Found.Nothing),
    };

    private async Task<Found> RunAsync(string task, DateTimeOffset begin, CancellationToken ct) => tasks.Value.Find(task) is null
        ? Found.NotAvailable(EvidenceTexts.NoTask(task))
        : RunEvidence.Of(await history.Value.VerdictAsync(task, ct), task, begin, calendar.Zone);

    private async Task<Found> MeasuredAsync(EvidenceSource.Figures source, DateTimeOffset begin, CancellationToken ct)
    {
        Found? missing = null;
        foreach (var task in source.Tasks.Where(n => tasks.Value.Find(n) is not null))
        {
            var run = await history.Value.VerdictAsync(task, ct);
            var measured = run is null ? new Dictionary<string, double>(StringComparer.Ordinal) : await figures.BetweenAsync(task, run.StartedAt, run.EndedAt ?? run.StartedAt, ct);
            var found = RunEvidence.Of(run, task, measured, source.Wanted, options.Value, begin, calendar.Zone);
            if (found.Verdict is EvidenceVerdict.Good or EvidenceVerdict.Finding) return found;
            // Of several, the last is the task that is made for it.
            missing = found;
        }
        return missing ?? Found.NotAvailable(EvidenceTexts.NoTask(source.Tasks[^1]));
    }

    private async Task<Found> CheckAsync(string name, DateTimeOffset begin, CancellationToken ct)
    {
        if (!checks.ByName.TryGetValue(name, out var check)) return Found.NotAvailable(EvidenceTexts.NoCheck(name));
        if (check.NotSetUp is { } why) return Found.NotAvailable(EvidenceTexts.CheckSays(check.Title, why));
        await using var db = store.CreateDbContext();
        var query =
            from run in db.Set<HealthRunRecord>().AsNoTracking()
            join result in db.Set<CheckRecord>().AsNoTracking() on run.Id equals result.RunId
            where run.At >= begin && result.Check == name
            orderby run.At descending
            select new { result.Status, result.SaysJa, result.SaysEn, run.At };
        if (await query.FirstOrDefaultAsync(ct) is not { } last)
        {
            var before = await db.Set<CheckState>().AsNoTracking().SingleOrDefaultAsync(s => s.Check == name, ct);
            return Found.NotAvailable(before is null
                ? EvidenceTexts.NeverMeasured(check.Title)
                : EvidenceTexts.TooOldCheck(check.Title, EvidenceTexts.Stamp(before.LastAt, calendar.Zone)));
        }
        var says = EvidenceTexts.CheckSays(check.Title, new(last.SaysJa, last.SaysEn));
        return last.Status == CheckStatus.Unknown
            ? Found.NotAvailable(says)
            : new(last.Status == CheckStatus.Ok ? EvidenceVerdict.Good : EvidenceVerdict.Finding, says, last.At);
    }

    private async Task<Found> DrillAsync(DateTimeOffset begin, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var drill = await db.Set<Incident>().AsNoTracking().Where(i => i.Drill && i.OpenedAt >= begin).OrderByDescending(i => i.Id)
            .Select(i => new { i.Id, i.OpenedAt, i.AcknowledgedAt }).FirstOrDefaultAsync(ct);
        if (drill is null) return Found.NotAvailable(EvidenceTexts.NoDrill);
        var stamp = EvidenceTexts.Stamp(drill.OpenedAt, calendar.Zone);
        return drill.AcknowledgedAt is { } taken
            ? new(EvidenceVerdict.Good, EvidenceTexts.Drill(drill.Id, stamp, SpokenTime.Span(taken - drill.OpenedAt)), drill.OpenedAt)
            : new(EvidenceVerdict.Finding, EvidenceTexts.DrillNotTaken(drill.Id, stamp), drill.OpenedAt);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The evidence for the checklist item {Item} could not be read. Error id {ErrorId}")]
        public static partial void NotRead(ILogger logger, Exception failure, string item, string errorId);
    }
}
