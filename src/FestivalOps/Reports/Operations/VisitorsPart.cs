using System.Globalization;
using System.Text.Json;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Operations;

/// <summary>What visitors felt, as the platform's Prometheus counts it: requests, errors, answer times. It looks back from the end of the period.</summary>
internal sealed class VisitorsPart(FestivalPrometheus prometheus, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages, TimeProvider time) : IReportPart
{
    private static readonly TimeSpan Slack = TimeSpan.FromHours(2);

    /// <inheritdoc/>
    public string Name => "visitors";

    /// <inheritdoc/>
    public LocalizedText Title => OperationsTexts.Visitors;

    /// <inheritdoc/>
    public Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct) => PartAnswer.EachAsync(spans, span => OneAsync(span, ct));

    private async Task<IReadOnlyList<Figure>> OneAsync(PeriodSpan span, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        var until = span.Until(at);
        var (requests, duration) = (options.Value.RequestsMetric, options.Value.DurationMetric);
        var window = string.Create(CultureInfo.InvariantCulture, $"[{Math.Max(60, (long)(until - span.Begin).TotalSeconds)}s]");
        (FigureKind Kind, string Metric, string Query, bool IsRate)[] questions =
        [
            (FigureKinds.Requests, requests, $"sum(increase({requests}{window}))", false),
            (FigureKinds.ErrorRate, requests, $"100 * (sum(increase({requests}{{status=~\"5..\"}}{window})) or vector(0)) / sum(increase({requests}{window}))", true),
            (FigureKinds.VisitorsMean, duration, $"1000 * sum(increase({duration}_sum{window})) / sum(increase({duration}_count{window}))", true),
            (FigureKinds.VisitorsP50, duration, $"1000 * histogram_quantile(0.5, sum by (le) (increase({duration}_bucket{window})))", true),
            (FigureKinds.VisitorsP95, duration, $"1000 * histogram_quantile(0.95, sum by (le) (increase({duration}_bucket{window})))", true),
        ];
        if (!prometheus.IsSetUp) return [.. questions.Select(q => q.Kind.Missing(OperationsTexts.NoPrometheus, FigureTexts.NotSent("Platform:Prometheus"), at, mayCome: true))];

        var figures = new List<Figure>();
        var (partly, isAway) = (await CoverAsync(span, until, window, ct), false);
        foreach (var (kind, metric, query, isRate) in questions)
        {
            var source = OperationsTexts.Query(query);
            var found = isAway ? null : await AskAsync(query, until, ct);
            // One that does not answer is not asked four more times.
            isAway |= found is null;
            figures.Add(found switch
            {
                null => kind.Missing(OperationsTexts.PrometheusAway, source, at, mayCome: true) with { IsAway = true },
                { Count: 0 } => kind.Missing(OperationsTexts.NoSeries(metric), source, at, mayCome: false),
                [{ Value: var value }, ..] when double.IsFinite(value) && Math.Abs(value) < 1e20 => kind.Of(isRate ? (decimal)value : Math.Round((decimal)value), source, at) with { Partly = partly },
                _ => kind.Missing(OperationsTexts.NoRequests, source, at, mayCome: false),
            });
        }
        return figures;
    }

    // Since when Prometheus has anything in the period; null when that is since its beginning, or can't be told.
    private async Task<LocalizedText?> CoverAsync(PeriodSpan span, DateTimeOffset until, string window, CancellationToken ct)
    {
        var found = await AskAsync($"min(min_over_time(timestamp(up){window[..^1]}:1h]))", until, ct);
        if (found is not [{ Value: > 0 and < 1e11 } first, ..]) return null;
        var since = DateTimeOffset.FromUnixTimeSeconds((long)first.Value);
        return since - span.Begin <= Slack ? null : OperationsTexts.SeriesFrom(TimeZoneInfo.ConvertTime(since, languages.Value.GetZone()).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    private async Task<IReadOnlyList<PrometheusSample>?> AskAsync(string query, DateTimeOffset at, CancellationToken ct)
    {
        try
        {
            return await prometheus.QueryAsync(query, at, ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}
