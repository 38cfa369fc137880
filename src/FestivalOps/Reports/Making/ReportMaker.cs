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
        List<PeriodSpan> whole = [.. new[] { period, before, yearBefore }.OfType<Period>().DistinctBy(p => p.Key, StringComparer.Ordinal).Select(p => p.In(zone))];
        var spans = SamePart(whole, now);
        var figures = spans.ToDictionary(s => s.Period.Key, _ => new List<Figure>(), StringComparer.Ordinal);
        var notes = new Notes();
        foreach (var (number, part) in _parts.Index())
        {
            tell?.Invoke(new(number + 1, _parts.Count, part.Title));
            foreach (var (key, found) in await OfPartAsync(part, spans, now, notes, ct)) figures[key].AddRange(found);
        }
        var (closed, isSamePart) = (spans[0].IsClosed(now), spans.Exists(s => s.IsPart));
        if (spans[0].IsPart) notes.Remarks.Insert(0, MakingTexts.OtherUnderWay);
        else if (!closed) notes.Remarks.Insert(0, now < spans[0].End ? MakingTexts.UnderWay(TimeZoneInfo.ConvertTime(now, zone), isSamePart) : MakingTexts.Settling);
        var report = new Report(
            period, before, yearBefore, now, closed, figures[period.Key], figures[before.Key], yearBefore is null ? [] : figures[yearBefore.Key], [])
        {
            IsSamePart = isSamePart, HasGaps = notes.HasGaps,
        };
        notes.Remarks.AddRange(NotCompared(report));
        return report with { Remarks = [.. notes.Remarks.Distinct()] };
    }

    // What is under way is compared with as much of the others: half a month beside a whole one would always have fallen.
    private static List<PeriodSpan> SamePart(List<PeriodSpan> spans, DateTimeOffset now)
    {
        var underWay = spans.Where(s => now < s.End).ToList();
        return underWay.Count == 0 ? spans : [.. spans.Select(s => now < s.End ? s : s.Beginning(underWay.Min(u => now - u.Begin)))];
    }

    // Says why an arrow is not there when its other end was not reached. What is missing of the report itself stands in its place already.
    private static IEnumerable<LocalizedText> NotCompared(Report report)
    {
        foreach (var (then, name) in new[] { (report.Earlier, report.BeforeName), (report.YearEarlier, PeriodTexts.YearBeforeName(report.Period.Kind)) })
        {
            var away = then.FirstOrDefault(f => f is { Value: null, IsAway: true, Day: null } && report.Figures.Find(f.Kind.Name)?.Value is not null);
            if (away is not null) yield return MakingTexts.NotCompared(name, away.Says());
        }
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyList<Figure>>> OfPartAsync(IReportPart part, List<PeriodSpan> spans, DateTimeOffset now, Notes notes, CancellationToken ct)
    {
        var kept = await KeptAsync(part, spans, notes, ct);
        var open = spans.Where(s => kept.GetValueOrDefault(s.Period.Key) is not { IsComplete: true }).ToList();
        var asked = open.Count == 0 ? new(new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal), []) : await AskAsync(part, spans, open, notes, ct);
        notes.Remarks.AddRange(asked.Remarks);
        var all = new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            var found = asked.Figures.GetValueOrDefault(span.Period.Key);
            all[span.Period.Key] = found is null ? kept.GetValueOrDefault(span.Period.Key)?.Figures ?? []
                : span.IsClosed(now) ? await KeepAsync(part, span, found, notes, ct) : found;
        }
        return all;
    }

    private async Task<PartAnswer> AskAsync(IReportPart part, List<PeriodSpan> spans, List<PeriodSpan> open, Notes notes, CancellationToken ct)
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
            notes.HasGaps = true;
            notes.Remarks.Add(limit.IsCancellationRequested ? MakingTexts.PartTooSlow(part.Title) : MakingTexts.PartBroke(part.Title, id));
            return new(new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal), []);
        }
    }

    private async Task<IReadOnlyDictionary<string, KeptPart>> KeptAsync(IReportPart part, List<PeriodSpan> spans, Notes notes, CancellationToken ct)
    {
        try
        {
            return await store.FindAsync(part.Name, [.. spans.Where(s => !s.IsPart).Select(s => s.Period.Key)], ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Away(failure, notes);
            return new Dictionary<string, KeptPart>(StringComparer.Ordinal);
        }
    }

    private async Task<IReadOnlyList<Figure>> KeepAsync(IReportPart part, PeriodSpan span, IReadOnlyList<Figure> found, Notes notes, CancellationToken ct)
    {
        try
        {
            return await store.KeepAsync(part.Name, span.Period.Key, found, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Away(failure, notes);
            return found;
        }
    }

    private void Away(Exception failure, Notes notes)
    {
        if (notes.Remarks.Contains(MakingTexts.StoreAway)) return;
        Log.StoreAway(logger, failure, ErrorId.New());
        notes.HasGaps = true;
        notes.Remarks.Add(MakingTexts.StoreAway);
    }

    // What is found out beside the figures.
    private sealed class Notes
    {
        public List<LocalizedText> Remarks { get; } = [];

        public bool HasGaps { get; set; }
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

    public static readonly LocalizedText OtherUnderWay = new(
        "一方の期間が途中のため、どちらも同じ時点までの数値です", "One of the periods is still under way, so both are only told until the same time of theirs");

    public static LocalizedText UnderWay(DateTimeOffset local, bool isSamePart)
    {
        var (ja, en) = ($"期間の途中です ({local:M/d HH:mm} まで)", $"The period is still under way (until {PeriodTexts.Short(DateOnly.FromDateTime(local.DateTime)).En} {local:HH:mm})");
        return isSamePart ? new($"{ja}。前の期間も同じ時点までの数値と比べています", $"{en}; it is compared with the same part of earlier ones") : new(ja, en);
    }

    public static LocalizedText NotCompared(LocalizedText name, LocalizedText why) => new($"{name.Ja}と比べられない数値があります。{why.Ja}", $"Not everything could be compared with the {name.En}: {why.En}");

    public static LocalizedText PartBroke(LocalizedText part, string id) => new(
        $"「{part.Ja}」はエラーのため取得できませんでした (エラーID: {id})", $"\"{part.En}\" could not be had because of an error (error id: {id})");

    public static LocalizedText PartTooSlow(LocalizedText part) => new(
        $"「{part.Ja}」は制限時間内に終わりませんでした", $"\"{part.En}\" did not end within its time");
}
