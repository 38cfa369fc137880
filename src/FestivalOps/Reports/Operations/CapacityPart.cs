using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Maintenance;
using FestivalOps.Maintenance.CacheCheck;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Operations;

/// <summary>Disk with a forecast, the database's size and statements, the cache's hit rate.</summary>
internal sealed class CapacityPart(
    IDbContextFactory<OpsDbContext> store, KeptFigures kept, DatabaseState database, IOptions<LanguageOptions> languages, TimeProvider time) : IReportPart
{
    private static readonly TimeSpan Trend = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public string Name => "capacity";

    /// <inheritdoc/>
    public LocalizedText Title => OperationsTexts.Capacity;

    /// <inheritdoc/>
    public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => PartAnswer.EachAsync(spans, async span =>
    {
        var at = time.GetUtcNow();
        return [.. await DiskAsync(span, at, ct), .. await database.AskAsync(span, at, ct), await CacheAsync(span, at, ct)];
    });

    private async Task<IReadOnlyList<Figure>> DiskAsync(PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (until, source) = (span.Until(at), OperationsTexts.DiskSource);
        var hours = await HoursAsync(until - Trend < span.Begin ? until - Trend : span.Begin, until, ct);
        var own = hours.Where(h => h.At >= span.Begin).ToList();
        if (own.Count == 0) return [FigureKinds.DiskUsed.Missing(OperationsTexts.NoDisk, source, at, false), FigureKinds.DiskFull.Missing(OperationsTexts.NoDisk, source, at, false)];
        List<Figure> figures = [FigureKinds.DiskUsed.Of((decimal)own[^1].Value, source, at, OperationsTexts.DiskGrowth((decimal)(own[^1].Value - own[0].Value)))];
        var trend = hours.Where(h => h.At >= until - Trend).ToList();
        if (DiskForecast.Of(trend, fewest: 24, TimeSpan.FromDays(2)) is not { } line) figures.Add(FigureKinds.DiskFull.Missing(OperationsTexts.DiskFewFigures, source, at, false));
        else if (line.Reaches(100, Math.Clamp(line.AtNewest, 0, 100), days: 3_650) is not { } full) figures.Add(FigureKinds.DiskFull.Missing(OperationsTexts.DiskSteady, source, at, false));
        else
        {
            figures.Add(FigureKinds.DiskFull.Of(
                (decimal)Math.Max(0, (full - until).TotalDays), source, at, OperationsTexts.DiskFull(TimeZoneInfo.ConvertTime(full, languages.Value.GetZone()), line.PerDay)));
        }
        if (span.Period.Kind != ReportKind.Daily)
            figures.AddRange(own.GroupBy(h => span.Day(h.At)).Select(d => FigureKinds.DiskUsed.Of((decimal)d.Last().Value, source, at, day: d.Key)));
        return figures;
    }

    private async Task<List<(DateTimeOffset At, double Value)>> HoursAsync(DateTimeOffset begin, DateTimeOffset until, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var query =
            from run in db.Set<HealthRunRecord>().AsNoTracking()
            join result in db.Set<CheckRecord>().AsNoTracking() on run.Id equals result.RunId
            where run.At >= begin && run.At < until && result.Check == "disk" && result.Value != null
            orderby run.At
            select new { run.At, Value = result.Value!.Value };
        var hours = new SortedDictionary<long, (DateTimeOffset At, double Sum, int Count)>();
        await foreach (var figure in query.AsAsyncEnumerable().WithCancellation(ct))
        {
            var (_, sum, count) = hours.GetValueOrDefault(figure.At.ToUnixTimeSeconds() / 3600);
            hours[figure.At.ToUnixTimeSeconds() / 3600] = (figure.At, sum + figure.Value, count + 1);
        }
        return [.. hours.Values.Select(h => (h.At, h.Sum / h.Count))];
    }

    // The counters of Redis begin anew with it; what they lost then is not made up.
    private async Task<Figure> CacheAsync(PeriodSpan span, DateTimeOffset at, CancellationToken ct)
    {
        var (source, slack) = (OperationsTexts.CacheSource, TimeSpan.FromHours(26));
        var hits = Within(await kept.SeriesAsync(CacheCheckTask.TaskName, RedisFigures.HitsName, span.Begin - slack, ct));
        var misses = Within(await kept.SeriesAsync(CacheCheckTask.TaskName, RedisFigures.MissesName, span.Begin - slack, ct));
        if (hits.Count < 2 || misses.Count < 2) return FigureKinds.CacheHits.Missing(OperationsTexts.NoCache, source, at, mayCome: false);
        var (found, lost) = (Grown(hits), Grown(misses));
        return found + lost <= 0
            ? FigureKinds.CacheHits.Missing(OperationsTexts.NoReads, source, at, mayCome: false)
            : FigureKinds.CacheHits.Of((decimal)(100 * found / (found + lost)), source, at, OperationsTexts.Reads(found, found + lost));

        List<(DateTimeOffset At, double Value)> Within(IReadOnlyList<(DateTimeOffset At, double Value)> series) => [.. series.Where(f => f.At < span.Until(at))];
    }

    private static double Grown(List<(DateTimeOffset At, double Value)> series) =>
        series.Zip(series.Skip(1)).Sum(pair => pair.Second.Value >= pair.First.Value ? pair.Second.Value - pair.First.Value : pair.Second.Value);
}
