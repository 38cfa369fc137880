using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Operations;

/// <summary>One kept measurement.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Status">How it came out.</param>
/// <param name="Value">Its number; null when there was none.</param>
internal sealed record Measured(DateTimeOffset At, CheckStatus Status, double? Value);

/// <summary>Availability, downtime, response time and the worst hour, from the bot's own measurements that nobody asked for.</summary>
internal sealed class MeasuredPart(
    IDbContextFactory<OpsDbContext> store, IOptions<StorageOptions> storage, IOptions<FestivalOps.Checks.Web.AvailabilityOptions> target, IOptions<LanguageOptions> languages, TimeProvider time) : IReportPart
{
    /// <summary>What was measured for less of a period does not stand for it: 0.9. The same minutes each night are no reason to compare nothing.</summary>
    public const double Enough = 0.9;

    /// <inheritdoc/>
    public string Name => "measured";

    /// <inheritdoc/>
    public LocalizedText Title => OperationsTexts.Measured;

    /// <inheritdoc/>
    public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => PartAnswer.EachAsync(spans, span => OneAsync(span, ct));

    private async Task<IReadOnlyList<Figure>> OneAsync(PeriodSpan span, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        var until = span.Until(at);
        List<Figure> figures = [];
        var (up, response) = (await ReadAsync("up", span.Begin, until, ct), await ReadAsync("response-time", span.Begin, until, ct));
        figures.AddRange(Availability(span, until, up, at));
        figures.AddRange(Response(span, response, at));
        var covered = MeasuredStretch.Of(up, until, languages.Value.GetZone()) is { } stretch ? stretch.Covered / (until - span.Begin) : 1;
        return covered >= Enough ? figures : [.. figures.Select(f => f is { Value: not null, Day: null } ? f with { Partly = OperationsTexts.Cover(covered) } : f)];
    }

    private IEnumerable<Figure> Availability(PeriodSpan span, DateTimeOffset until, List<Measured> measured, DateTimeOffset at)
    {
        var source = OperationsTexts.OwnSource("up");
        var stretch = MeasuredStretch.Of(measured, until, languages.Value.GetZone());
        if (stretch is null)
        {
            var why = OperationsTexts.NothingMeasured(storage.Value.KeepResultsDays);
            foreach (var kind in new[] { FigureKinds.Availability, FigureKinds.Downtime, FigureKinds.WorstHour }) yield return kind.Missing(why, source, at, mayCome: false);
            yield break;
        }
        var covered = stretch.Covered / (until - span.Begin);
        yield return FigureKinds.Availability.Of(stretch.Percent, source, at, OperationsTexts.Answered(stretch.Answered, stretch.Judged, (decimal)target.Value.Warning, covered));
        yield return FigureKinds.Downtime.Of((decimal)stretch.Down.TotalSeconds, source, at, OperationsTexts.DownDefined);
        yield return FigureKinds.WorstHour.Of(stretch.WorstPercent, source, at, OperationsTexts.Hour(TimeZoneInfo.ConvertTime(stretch.WorstHour, languages.Value.GetZone()), stretch.WorstAnswered, stretch.WorstJudged));
        if (span.Period.Kind == ReportKind.Daily) yield break;
        foreach (var day in measured.GroupBy(m => span.Day(m.At)))
        {
            var judged = day.Count(m => m.Status is CheckStatus.Ok or CheckStatus.Critical);
            if (judged > 0) yield return FigureKinds.Availability.Of(100m * day.Count(m => m.Status == CheckStatus.Ok) / judged, source, at, day: day.Key);
        }
    }

    private IEnumerable<Figure> Response(PeriodSpan span, List<Measured> measured, DateTimeOffset at)
    {
        var source = OperationsTexts.OwnSource("response-time");
        var values = measured.Where(m => m.Value is { } v && double.IsFinite(v)).Select(m => m.Value!.Value).Order().ToList();
        if (values.Count == 0)
        {
            var why = OperationsTexts.NothingMeasured(storage.Value.KeepResultsDays);
            foreach (var kind in new[] { FigureKinds.ResponseMean, FigureKinds.ResponseP50, FigureKinds.ResponseP95 }) yield return kind.Missing(why, source, at, mayCome: false);
            yield break;
        }
        var note = OperationsTexts.Measurements(values.Count);
        yield return FigureKinds.ResponseMean.Of((decimal)values.Average(), source, at, note);
        yield return FigureKinds.ResponseP50.Of((decimal)At(values, 0.5), source, at);
        yield return FigureKinds.ResponseP95.Of((decimal)At(values, 0.95), source, at);
        if (span.Period.Kind == ReportKind.Daily) yield break;
        foreach (var day in measured.Where(m => m.Value is { } v && double.IsFinite(v)).GroupBy(m => span.Day(m.At)))
            yield return FigureKinds.ResponseP95.Of((decimal)At([.. day.Select(m => m.Value!.Value).Order()], 0.95), source, at, day: day.Key);
    }

    // The smallest value that at least this share does not exceed (nearest rank).
    private static double At(List<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    private async Task<List<Measured>> ReadAsync(string check, DateTimeOffset begin, DateTimeOffset until, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var query =
            from run in db.Set<HealthRunRecord>().AsNoTracking()
            join result in db.Set<CheckRecord>().AsNoTracking() on run.Id equals result.RunId
            where run.At >= begin && run.At < until && run.Selection == CheckBook.Unasked && result.Check == check
            orderby run.At
            select new { run.At, result.Status, result.Value };
        var measured = new List<Measured>();
        await foreach (var row in query.AsAsyncEnumerable().WithCancellation(ct)) measured.Add(new(row.At, row.Status, row.Value));
        return measured;
    }
}
