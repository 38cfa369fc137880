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
internal sealed partial class BusinessPart(
    FestivalDatabase database, IOptions<ReportsOptions> options, IOptions<LanguageOptions> languages, TimeProvider time, ILogger<BusinessPart> logger) : IReportPart
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
        var columns = new KnownColumns(await snapshot.AskAsync(BusinessQuestions.Columns, row => (row.GetString(0), row.GetString(1)), "", ct));
        var began = new Dictionary<string, TableBeginning>(StringComparer.Ordinal);
        foreach (var table in DataBeginning.Tables) began[table] = await BeganAsync(snapshot, table, ct);
        var question = BusinessQuestions.PaymentsWithout(column => columns.Lack("payments", column));
        var festivals = await CreatedAsync(snapshot, columns, BusinessQuestions.Festivals, Count, "festivals", buckets, ct);
        var payments = await CreatedAsync(snapshot, columns, question, PaymentRow.Read, "payments", buckets, ct);
        var users = await CreatedAsync(snapshot, columns, BusinessQuestions.NewUsers, Count, "users", buckets, ct);
        var indexes = await snapshot.AskAsync(BusinessQuestions.MissingIndexes, row => (Table: row.GetString(0), Rows: row.GetInt64(1)), "", ct);

        var all = new Dictionary<string, IReadOnlyList<Figure>>(StringComparer.Ordinal);
        foreach (var span in spans)
        {
            List<Figure> figures = [Counted(FigureKinds.Festivals, festivals, buckets, span, BusinessQuestions.Festivals, began["festivals"], at)];
            figures.AddRange(Payments(payments, buckets, span, question, new(began["payments"], column => columns.Lack("payments", column)), at));
            figures.Add(Counted(FigureKinds.NewUsers, users, buckets, span, BusinessQuestions.NewUsers, began["users"], at));
            figures.AddRange(await ActiveAsync(snapshot, columns, span, isOwn: ReferenceEquals(span, spans[0]), at, ct));
            all[span.Period.Key] = figures;
        }
        foreach (var why in all[spans[0].Period.Key].Where(f => f is { Value: null, MayCome: true }).Select(f => f.Why!.En).Distinct(StringComparer.Ordinal)) Log.Missing(logger, why);
        return new(all, [.. (indexes.Value ?? []).Select(i => BusinessTexts.Index(i.Table, i.Rows))]);
    }

    // Without the column that tells when a row was created its table has no figures; the question is not sent.
    private static async Task<Answer<List<T>>> CreatedAsync<T>(
        PlatformSnapshot snapshot, KnownColumns columns, string question, Func<NpgsqlDataReader, T> row, string table, DayBuckets buckets, CancellationToken ct) where T : notnull =>
        columns.Lack(table, "created_at")
            ? new(null, new(MissingTexts.NoSuch($"{table}.created_at"), MayCome: true))
            : await snapshot.AskAsync(question, row, table, ct, buckets.Parameters());

    private IEnumerable<Figure> Payments(Answer<List<PaymentRow>> answer, DayBuckets buckets, PeriodSpan span, string question, PaymentTally tally, DateTimeOffset at)
    {
        var source = Source(question);
        if (answer.Value is { Count: > BusinessQuestions.MostGroups }) answer = new(null, new(MissingTexts.TooMany(BusinessQuestions.MostGroups), MayCome: true));
        if (answer.Value is not { } rows) return PaymentTally.Kinds.Select(k => answer.Why!.Of(k, source, at));
        foreach (var row in rows)
        {
            if (buckets.Find(row.Bucket) is { } found && ReferenceEquals(found.Span, span)) tally.Add(found.Day, row);
        }
        return tally.Figures(span, span.Until(at), source, at);
    }

    private Figure Counted(FigureKind kind, Answer<List<(int Bucket, long Count)>> answer, DayBuckets buckets, PeriodSpan span, string question, TableBeginning began, DateTimeOffset at)
    {
        var source = Source(question);
        if (answer.Value is not { } rows) return answer.Why!.Of(kind, source, at);
        var count = rows.Where(r => buckets.Find(r.Bucket) is { } found && ReferenceEquals(found.Span, span)).Sum(r => r.Count);
        return count == 0 && began.NoWitness(span) is { } why ? why.Of(kind, source, at) : kind.Of(count, source, at) with { Partly = began.Partly(span) };
    }

    // Who is there again later is not counted for the time before, so a past period can't be counted afterwards: it was, or it wasn't.
    private async Task<IReadOnlyList<Figure>> ActiveAsync(PlatformSnapshot snapshot, KnownColumns columns, PeriodSpan span, bool isOwn, DateTimeOffset at, CancellationToken ct)
    {
        var figures = new List<Figure>();
        foreach (var (kind, column, question) in new[]
        {
            (FigureKinds.ActiveUsers, "last_sign_in_at", BusinessQuestions.SignedIn), (FigureKinds.ApiUsers, "last_api_access_at", BusinessQuestions.UsedApi),
        })
        {
            var source = Source(question);
            if (columns.Why is { } why) figures.Add(why.Of(kind, source, at));
            else if (columns.Lack("users", column)) figures.Add(kind.Missing(MissingTexts.NoSuch($"users.{column}"), source, at, mayCome: false));
            else if (!isOwn || span.IsPart || at - span.End > DatabaseState.Fresh) figures.Add(kind.Missing(MissingTexts.OnlyNow, source, at, mayCome: at - span.End <= DatabaseState.Fresh));
            else
            {
                var answer = await snapshot.AskAsync(question, row => row.GetInt64(0), $"users.{column}", ct, BusinessQuestions.Moment(span.Begin), BusinessQuestions.Moment(span.End));
                figures.Add(answer.Value is { } rows ? kind.Of(rows[0], source, at, BusinessTexts.LowerBound) : answer.Why!.Of(kind, source, at));
            }
        }
        return figures;
    }

    private async Task<TableBeginning> BeganAsync(PlatformSnapshot snapshot, string table, CancellationToken ct)
    {
        var answer = await snapshot.AskAsync(BusinessQuestions.First(table), DataBeginning.Read, table, ct);
        return new(table, answer.Value is not null, answer.Value is [var at] ? TimeZoneInfo.ConvertTime(at, languages.Value.GetZone()) : null);
    }

    private PartAnswer Nothing(IReadOnlyList<PeriodSpan> spans, MissingBecause why, DateTimeOffset at) =>
        new(spans.ToDictionary(s => s.Period.Key, _ => Missing(why, at), StringComparer.Ordinal), []);

    private IReadOnlyList<Figure> Missing(MissingBecause why, DateTimeOffset at) =>
    [
        why.Of(FigureKinds.Festivals, Source(BusinessQuestions.Festivals), at), .. PaymentTally.Kinds.Select(k => why.Of(k, Source(BusinessQuestions.Payments), at)),
        why.Of(FigureKinds.NewUsers, Source(BusinessQuestions.NewUsers), at), why.Of(FigureKinds.ActiveUsers, Source(BusinessQuestions.SignedIn), at), why.Of(FigureKinds.ApiUsers, Source(BusinessQuestions.UsedApi), at),
    ];

    private LocalizedText Source(string question) => database.IsSetUp
        ? BusinessTexts.Source(database.Place, ForeignText.OneLine(string.Join(' ', question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), 400))
        : FigureTexts.NotSent("Platform:Database");

    private static (int Bucket, long Count) Count(NpgsqlDataReader row) => (row.GetInt32(0), row.GetInt64(1));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Figures of the platform's database can't be had: {Why}")]
        public static partial void Missing(ILogger logger, string why);
    }
}

/// <summary>Which columns the platform's tables have, as far as that is known. Pure.</summary>
internal sealed class KnownColumns(Answer<List<(string Table, string Column)>> answer)
{
    private readonly HashSet<(string Table, string Column)> _there = [.. answer.Value ?? []];

    /// <summary>Why nobody knows; null when it is known.</summary>
    public MissingBecause? Why => answer.Why;

    /// <summary>True when the table is there without this column.</summary>
    public bool Lack(string table, string column) => _there.Any(t => t.Table == table) && !_there.Contains((table, column));
}
