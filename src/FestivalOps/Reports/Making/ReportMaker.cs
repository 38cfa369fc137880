using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Keeping;
using FestivalOps.Reports.Periods;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Reports.Making;

/// <summary>How far a report is: the part that is asked now, as number <paramref name="Step"/> of <paramref name="Steps"/>.</summary>
internal sealed record MakingProgress(int Step, int Steps, LocalizedText Part);

/// <summary>
/// Asks every part for a period and for those that it is compared with. A part that fails costs its own figures. What a closed period said
/// once it says again: its figures come from the store where they are there.
/// </summary>
internal sealed partial class ReportMaker(
    IEnumerable<IReportPart> parts, ReportStore store, IOptions<LanguageOptions> languages, TimeProvider time, ILogger<ReportMaker> logger)
{
    /// <summary>How long one part may take with everything: 2 minutes, less when the one who asks has less.</summary>
    public static readonly TimeSpan PartTimeout = TimeSpan.FromMinutes(2);

    private readonly IReadOnlyList<IReportPart> _parts = [.. parts];

    /// <summary>Makes the report of a period, compared with the one before and the year before.</summary>
    public Task<Report> MakeAsync(Period period, Action<MakingProgress>? tell, CancellationToken ct) => MakeAsync(period, period.Before, period.YearBefore, tell, ct);

    /// <summary>Makes the report of a period, compared with any other of its kind.</summary>
    /// <param name="period">The period.</param>
    /// <param name="before">What it is compared with; another period.</param>
    /// <param name="yearBefore">The year before; null: not asked for.</param>
    /// <param name="tell">Hears how far it is; may be null.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Report> MakeAsync(Period period, Period before, Period? yearBefore, Action<MakingProgress>? tell, CancellationToken ct)
    {
        var (zone, now) = (languages.Value.GetZone(), time.GetUtcNow());
        List<PeriodSpan> spans = [.. new[] { period, before, yearBefore }.OfType<Period>().DistinctBy(p => p.Key, StringComparer.Ordinal).Select(p => p.In(zone))];
        var figures = spans.ToDictionary(s => s.Period.Key, _ => new List<Figure>(), StringComparer.Ordinal);
        var remarks = new List<LocalizedText>();
        foreach (var (number, part) in _parts.Index())
        {
            tell?.Invoke(new(number + 1, _parts.Count, part.Title));
            foreach (var (key, found) in await OfPartAsync(part, spans, now, remarks, ct)) figures[key].AddRange(found);
        }
        var closed = spans[0].IsClosed(now);
        if (!closed) remarks.Insert(0, now < spans[0].End ? MakingTexts.UnderWay(TimeZoneInfo.ConvertTime(now, zone)) : MakingTexts.Settling);
        return new(
            period, before, yearBefore, now, closed, figures[period.Key], figures[before.Key], yearBefore is null ? [] : figures[yearBefore.Key], [.. remarks.Distinct()]);
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<Figure>>> OfPartAsync(IReportPart part, List<PeriodSpan> spans, DateTimeOffset now, List<LocalizedText> remarks, CancellationToken ct)
    {
        var kept = await KeptAsync(part, spans, remarks, ct);
        // What is only compared with is asked once; what is still missing of it then comes with a report of its own.
        var open = spans.Where((s, number) => kept.GetValueOrDefault(s.Period.Key) is not { } k || (number == 0 && !k.IsComplete)).ToList();
        var asked = open.Count == 0 ? new(new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal), []) : await AskAsync(part, spans, open, remarks, ct);
        remarks.AddRange(asked.Remarks);
        var all = new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            var found = asked.Figures.GetValueOrDefault(span.Period.Key);
            all[span.Period.Key] = found is null ? kept.GetValueOrDefault(span.Period.Key)?.Figures ?? []
                : span.IsClosed(now) ? await KeepAsync(part, span, found, remarks, ct) : found;
        }
        return all;
    }

    private async Task<PartAnswer> AskAsync(IReportPart part, List<PeriodSpan> spans, List<PeriodSpan> open, List<LocalizedText> remarks, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(PartTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            // The report's own period stays the first, also when only the others are open.
            return await part.AskAsync(ReferenceEquals(open[0], spans[0]) ? open : [spans[0], .. open], both.Token) is var answer && ReferenceEquals(open[0], spans[0])
                ? answer
                : answer with { Figures = answer.Figures.Where(f => f.Key != spans[0].Period.Key).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal) };
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var id = ErrorId.New();
            Log.Broke(logger, failure, part.Name, id);
            remarks.Add(limit.IsCancellationRequested ? MakingTexts.PartTooSlow(part.Title) : MakingTexts.PartBroke(part.Title, id));
            return new(new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal), []);
        }
    }

    private async Task<IReadOnlyDictionary<string, KeptPart>> KeptAsync(IReportPart part, List<PeriodSpan> spans, List<LocalizedText> remarks, CancellationToken ct)
    {
        try
        {
            return await store.FindAsync(part.Name, [.. spans.Select(s => s.Period.Key)], ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Away(failure, remarks);
            return new Dictionary<string, KeptPart>(StringComparer.Ordinal);
        }
    }

    private async Task<IReadOnlyList<Figure>> KeepAsync(IReportPart part, PeriodSpan span, IReadOnlyList<Figure> found, List<LocalizedText> remarks, CancellationToken ct)
    {
        try
        {
            return await store.KeepAsync(part.Name, span.Period.Key, found, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Away(failure, remarks);
            return found;
        }
    }

    private void Away(Exception failure, List<LocalizedText> remarks)
    {
        if (remarks.Contains(MakingTexts.StoreAway)) return;
        Log.StoreAway(logger, failure, ErrorId.New());
        remarks.Add(MakingTexts.StoreAway);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The part {Part} of a report broke; the others go on. Error id {ErrorId}")]
        public static partial void Broke(ILogger logger, Exception failure, string part, string errorId);

        [LoggerMessage(LogLevel.Warning, "Kept figures of reports can't be read or written. Error id {ErrorId}")]
        public static partial void StoreAway(ILogger logger, Exception failure, string errorId);
    }
}

/// <summary>What is said of the making of a report.</summary>
internal static class MakingTexts
{
    public static readonly LocalizedText Settling = new(
        "期間は終わったばかりで、数値はまだ確定していません (終了の 1 時間後から保存)", "The period has only just ended and its figures are not final yet (they are kept from one hour after its end on)");

    public static readonly LocalizedText StoreAway = new(
        "ボットの保存先が使えないため、保存済みの数値と比べられず、この数値も保存されていません", "The bot's store can't be used: nothing was compared with what was kept, and these figures are not kept");

    public static LocalizedText UnderWay(DateTimeOffset local) => new(
        $"期間の途中です ({local:M/d HH:mm} まで)", $"The period is still under way (until {PeriodTexts.Short(DateOnly.FromDateTime(local.DateTime)).En} {local:HH:mm})");

    public static LocalizedText PartBroke(LocalizedText part, string id) => new(
        $"「{part.Ja}」はエラーのため取得できませんでした (エラーID: {id})", $"\"{part.En}\" could not be had because of an error (error id: {id})");

    public static LocalizedText PartTooSlow(LocalizedText part) => new(
        $"「{part.Ja}」は制限時間内に終わりませんでした", $"\"{part.En}\" did not end within its time");
}
