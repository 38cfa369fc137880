using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Operations;
using FestivalOps.Reports.Periods;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Reports.Business;

/// <summary>
/// 作成されたフェスティバル, 処理した決済, 売上, アクティブユーザー: what the guideline's monthly and daily reports count, by when the row was
/// created, in the team's days. All of it is seen at one moment, read only.
/// </summary>
internal sealed class BusinessPart(FestivalDatabase database, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages, TimeProvider time) : IReportPart
{
    /// <inheritdoc/>
    public string Name => "business";

    /// <inheritdoc/>
    public LocalizedText Title => BusinessTexts.Title;

    /// <inheritdoc/>
    public async Task<PartAnswer> AskAsync(IReadOnlyList<PeriodSpan> spans, CancellationToken ct)
    {
        var at = time.GetUtcNow();
        if (!database.IsSetUp) return Nothing(spans, new(MissingTexts.NotSetUp, MayCome: true), at);
        var seconds = options.Value.StatementSeconds;
        try
        {
            await using var snapshot = await PlatformSnapshot.OpenAsync(database, seconds, ct);
            return await AskAsync(snapshot, spans, at, ct);
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            return Nothing(spans, MissingBecause.Of(failure, "", seconds), at);
        }
    }

    private async Task<PartAnswer> AskAsync(PlatformSnapshot snapshot, IReadOnlyList<PeriodSpan> spans, DateTimeOffset at, CancellationToken ct)
    {
        var buckets = new DayBuckets(spans);
        var began = await BeganAsync(snapshot, ct);
        var festivals = await snapshot.AskAsync(BusinessQuestions.Festivals, Count, "festivals", ct, buckets.Parameters());
        var payments = await snapshot.AskAsync(BusinessQuestions.Payments, PaymentRow.Read, "payments", ct, buckets.Parameters());
        var users = await snapshot.AskAsync(BusinessQuestions.NewUsers, Count, "users", ct, buckets.Parameters());
        var columns = await snapshot.AskAsync(BusinessQuestions.UserColumns, row => row.GetString(0), "users", ct);
        var indexes = await snapshot.AskAsync(BusinessQuestions.MissingIndexes, row => (Table: row.GetString(0), Rows: row.GetInt64(1)), "", ct);

        var all = new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            if (began is { } first && span.Period.Last < first)
            {
                all[span.Period.Key] = Missing(new(MissingTexts.BeforeData(first), MayCome: false), at);
                continue;
            }
            List<Figure> figures = [Counted(FigureKinds.Festivals, festivals, buckets, span, BusinessQuestions.Festivals, began, at)];
            figures.AddRange(Payments(payments, buckets, span, began, at));
            figures.Add(Counted(FigureKinds.NewUsers, users, buckets, span, BusinessQuestions.NewUsers, began, at));
            figures.AddRange(await ActiveAsync(snapshot, columns, span, isOwn: ReferenceEquals(span, spans[0]), at, ct));
            // Half a month is no measure for a whole one.
            if (!ReferenceEquals(span, spans[0]) && began is { } start && start > span.Period.First) figures = [.. Missing(new(MissingTexts.PartlyBeforeData(start), MayCome: true), at)];
            all[span.Period.Key] = figures;
        }
        return new(all, [.. (indexes.Value ?? []).Select(i => BusinessTexts.Index(i.Table, i.Rows))]);
    }

    private IEnumerable<Figure> Payments(Answer<List<PaymentRow>> answer, DayBuckets buckets, PeriodSpan span, DateOnly? began, DateTimeOffset at)
    {
        var source = Source(BusinessQuestions.Payments);
        if (answer.Value is { Count: > BusinessQuestions.MostGroups }) answer = new(null, new(MissingTexts.TooMany(BusinessQuestions.MostGroups), MayCome: true));
        if (answer.Value is not { } rows)
            return new[] { FigureKinds.Payments, FigureKinds.PaymentFailures, FigureKinds.Revenue("JPY") }.Select(k => k.Missing(answer.Why!.Says, source, at, answer.Why.MayCome));
        var tally = new PaymentTally(began);
        foreach (var row in rows)
        {
            if (buckets.Find(row.Bucket) is { } found && ReferenceEquals(found.Span, span)) tally.Add(found.Day, row);
        }
        return tally.Figures(span, span.Until(at), source, at);
    }

    private Figure Counted(FigureKind kind, Answer<List<(int Bucket, long Count)>> answer, DayBuckets buckets, PeriodSpan span, string question, DateOnly? began, DateTimeOffset at)
    {
        var source = Source(question);
        if (answer.Value is not { } rows) return kind.Missing(answer.Why!.Says, source, at, answer.Why.MayCome);
        var count = rows.Where(r => buckets.Find(r.Bucket) is { } found && ReferenceEquals(found.Span, span)).Sum(r => r.Count);
        return kind.Of(count, source, at, began is { } first && first > span.Period.First ? MissingTexts.PartlyBeforeData(first) : null);
    }

    // Who is there again later is not counted for the time before, so a past period can't be counted afterwards: it was, or it wasn't.
    private async Task<IReadOnlyList<Figure>> ActiveAsync(PlatformSnapshot snapshot, Answer<List<string>> columns, PeriodSpan span, bool isOwn, DateTimeOffset at, CancellationToken ct)
    {
        var figures = new List<Figure>();
        foreach (var (kind, column, question) in new[]
        {
            (FigureKinds.ActiveUsers, "last_sign_in_at", BusinessQuestions.SignedIn), (FigureKinds.ApiUsers, "last_api_access_at", BusinessQuestions.UsedApi),
        })
        {
            var source = Source(question);
            if (columns.Value is not { } there) figures.Add(kind.Missing(columns.Why!.Says, source, at, columns.Why.MayCome));
            else if (!there.Contains(column, StringComparer.Ordinal)) figures.Add(kind.Missing(MissingTexts.NoSuch($"users.{column}"), source, at, mayCome: false));
            else if (!isOwn || at - span.End > DatabaseState.Fresh) figures.Add(kind.Missing(MissingTexts.OnlyNow, source, at, mayCome: at - span.End <= DatabaseState.Fresh));
            else
            {
                var answer = await snapshot.AskAsync(question, row => row.GetInt64(0), "users", ct, BusinessQuestions.Moment(span.Begin), BusinessQuestions.Moment(span.End));
                figures.Add(answer.Value is { } rows ? kind.Of(rows[0], source, at, BusinessTexts.LowerBound) : kind.Missing(answer.Why!.Says, source, at, answer.Why.MayCome));
            }
        }
        return figures;
    }

    // The first day of which there is anything; null when nobody knows. A table that can't be asked decides nothing.
    private async Task<DateOnly?> BeganAsync(PlatformSnapshot snapshot, CancellationToken ct)
    {
        DateTimeOffset? first = null;
        foreach (var table in DataBeginning.Tables)
        {
            var answer = await snapshot.AskAsync(BusinessQuestions.First(table), DataBeginning.Read, table, ct);
            if (answer.Value is null) return null;
            if (answer.Value is [var at] && (first is null || at < first)) first = at;
        }
        return first is { } moment ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, languages.Value.GetZone()).DateTime) : null;
    }

    private PartAnswer Nothing(IReadOnlyList<PeriodSpan> spans, MissingBecause why, DateTimeOffset at) =>
        new(spans.ToDictionary(s => s.Period.Key, _ => Missing(why, at), StringComparer.Ordinal), []);

    private IReadOnlyList<Figure> Missing(MissingBecause why, DateTimeOffset at) =>
    [
        .. new (FigureKind Kind, string Question)[]
        {
            (FigureKinds.Festivals, BusinessQuestions.Festivals), (FigureKinds.Payments, BusinessQuestions.Payments), (FigureKinds.PaymentFailures, BusinessQuestions.Payments),
            (FigureKinds.Revenue("JPY"), BusinessQuestions.Payments), (FigureKinds.NewUsers, BusinessQuestions.NewUsers), (FigureKinds.ActiveUsers, BusinessQuestions.SignedIn),
        }.Select(f => f.Kind.Missing(why.Says, Source(f.Question), at, why.MayCome)),
    ];

    private LocalizedText Source(string question) =>
        BusinessTexts.Source(database.IsSetUp ? database.Place : "-", ForeignText.OneLine(string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), 400));

    private static (int Bucket, long Count) Count(NpgsqlDataReader row) => (row.GetInt32(0), row.GetInt64(1));
}
