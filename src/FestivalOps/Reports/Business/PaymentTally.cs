using System.Globalization;
using FestivalOps.Language;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Periods;
using Npgsql;

namespace FestivalOps.Reports.Business;

/// <summary>One row of the question for payments.</summary>
/// <param name="Bucket">Its day, see <see cref="DayBuckets"/>.</param>
/// <param name="Status">The platform's text.</param>
/// <param name="Method">The platform's text.</param>
/// <param name="Currency">The platform's text; empty when there was none.</param>
/// <param name="Count">How many.</param>
/// <param name="Amount">Their sum.</param>
internal sealed record PaymentRow(int Bucket, string Status, string Method, string Currency, long Count, decimal Amount)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="OverflowException">The sum is no number.</exception>
    public static PaymentRow Read(NpgsqlDataReader row) =>
        new(row.GetInt32(0), Text(row, 1), Text(row, 2), Text(row, 3), row.GetInt64(4), row.IsDBNull(5) ? 0 : row.GetDecimal(5));

    private static string Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? "" : row.GetString(column);
}

/// <summary>Counts payments of one period. Revenue is what was completed, for each currency by itself. Pure.</summary>
/// <param name="began">Since when there are payments.</param>
/// <param name="lacks">True of a column that the table does not have; what needs it is missing.</param>
internal sealed class PaymentTally(TableBeginning began, Func<string, bool> lacks)
{
    private static readonly string[] Known = ["pending", "processing", "completed", "failed", "cancelled", "refunded"];
    private static readonly string[] Expected = ["JPY", "USD", "EUR"];
    private static readonly string[] ForRevenue = ["status", "currency", "amount"];

    /// <summary>What is told of payments in any case, as a value or as missing.</summary>
    public static IEnumerable<FigureKind> Kinds => [FigureKinds.Payments, FigureKinds.Statuses, FigureKinds.PaymentFailures, FigureKinds.Methods, FigureKinds.Revenue("JPY")];

    private readonly SortedDictionary<string, long> _byStatus = new(Known.ToDictionary(k => k, _ => 0L, StringComparer.Ordinal), StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _byMethod = new(StringComparer.Ordinal);
    // Yen is the platform's own: none of them is a revenue of 0.
    private readonly SortedDictionary<string, decimal> _revenue = new(StringComparer.Ordinal) { ["JPY"] = 0 };
    private readonly Dictionary<DateOnly, long> _days = [];
    private readonly Dictionary<(string Currency, DateOnly Day), decimal> _revenueDays = [];

    /// <summary>Adds rows of one day.</summary>
    public void Add(DateOnly day, PaymentRow row)
    {
        _byStatus[row.Status] = _byStatus.GetValueOrDefault(row.Status) + row.Count;
        _byMethod[row.Method] = _byMethod.GetValueOrDefault(row.Method) + row.Count;
        _days[day] = _days.GetValueOrDefault(day) + row.Count;
        if (row.Status != "completed") return;
        _revenue[row.Currency] = _revenue.GetValueOrDefault(row.Currency) + row.Amount;
        _revenueDays[(row.Currency, day)] = _revenueDays.GetValueOrDefault((row.Currency, day)) + row.Amount;
    }

    /// <summary>The figures of the period, with those of its days until <paramref name="until"/>.</summary>
    public IEnumerable<Figure> Figures(PeriodSpan span, DateTimeOffset until, LocalizedText source, DateTimeOffset at)
    {
        if (_days.Count == 0 && began.NoWitness(span) is { } why) return Kinds.Select(k => why.Of(k, source, at));
        var partly = began.Partly(span);
        return [.. Whole(source, at).Select(f => f.Value is null ? f : f with { Partly = partly }), .. span.Period.Kind == ReportKind.Daily ? [] : Days(span, until, source, at)];
    }

    private IEnumerable<Figure> Whole(LocalizedText source, DateTimeOffset at)
    {
        yield return FigureKinds.Payments.Of(_days.Values.Sum(), source, at);
        if (lacks("status"))
        {
            yield return Lacking(FigureKinds.Statuses, "status", source, at);
            yield return Lacking(FigureKinds.PaymentFailures, "status", source, at);
        }
        else
        {
            foreach (var (status, count) in _byStatus.OrderBy(s => Array.IndexOf(Known, s.Key) is var place and >= 0 ? place : int.MaxValue)) yield return FigureKinds.Status(status).Of(count, source, at);
            var (failed, ended) = (_byStatus["failed"], _byStatus["failed"] + _byStatus["completed"]);
            yield return ended == 0
                ? FigureKinds.PaymentFailures.Missing(BusinessTexts.NoneEnded, source, at, mayCome: false)
                : FigureKinds.PaymentFailures.Of(100m * failed / ended, source, at, BusinessTexts.FailuresDefined(failed, ended));
        }
        if (lacks("payment_method")) yield return Lacking(FigureKinds.Methods, "payment_method", source, at);
        else foreach (var (method, count) in _byMethod.OrderByDescending(m => m.Value).Take(20)) yield return FigureKinds.Method(method).Of(count, source, at);
        if (Array.Find(ForRevenue, c => lacks(c)) is { } column) yield return Lacking(FigureKinds.Revenue("JPY"), column, source, at);
        else foreach (var (currency, sum) in Currencies) yield return FigureKinds.Revenue(currency).Of(sum, source, at, Expected.Contains(currency, StringComparer.Ordinal) ? BusinessTexts.RevenueDefined : BusinessTexts.UnexpectedCurrency);
    }

    private IEnumerable<Figure> Days(PeriodSpan span, DateTimeOffset until, LocalizedText source, DateTimeOffset at)
    {
        var currencies = Array.Exists(ForRevenue, c => lacks(c)) ? [] : Currencies.Take(3).Select(c => c.Key).ToList();
        for (var day = 0; day < span.Midnights.Count - 1 && span.Midnights[day] < until; day++)
        {
            if (began.First >= span.Midnights[day + 1]) continue;
            var date = span.Period.First.AddDays(day);
            yield return FigureKinds.Payments.Of(_days.GetValueOrDefault(date), source, at, day: date);
            foreach (var currency in currencies) yield return FigureKinds.Revenue(currency).Of(_revenueDays.GetValueOrDefault((currency, date)), source, at, day: date);
        }
    }

    private IEnumerable<KeyValuePair<string, decimal>> Currencies =>
        _revenue.OrderBy(r => Array.IndexOf(Expected, r.Key) is var place and >= 0 ? place : int.MaxValue).ThenByDescending(r => r.Value).Take(20);

    private static Figure Lacking(FigureKind kind, string column, LocalizedText source, DateTimeOffset at) => kind.Missing(MissingTexts.NoSuch($"payments.{column}"), source, at, mayCome: true);
}

/// <summary>What is said of the business figures.</summary>
internal static class BusinessTexts
{
    public static readonly LocalizedText Title = new("ビジネス (プラットフォームのデータベース)", "business (the platform's database)");

    public static readonly LocalizedText NoneEnded = new("データなし: 完了も失敗もした決済がありません", "no data: no payment was completed or failed");

    public static readonly LocalizedText RevenueDefined = new("期間内に作成され、完了した決済の合計", "sum of the payments created in the period and completed");

    public static readonly LocalizedText UnexpectedCurrency = new("想定外の通貨 (JPY・USD・EUR 以外)。合算していません", "an unexpected currency (not JPY, USD or EUR); not added to any other");

    public static LocalizedText FailuresDefined(long failed, long ended) => new(
        string.Create(CultureInfo.InvariantCulture, $"失敗 {failed:#,##0} / (完了+失敗) {ended:#,##0}"), string.Create(CultureInfo.InvariantCulture, $"{failed:#,##0} failed of {ended:#,##0} completed or failed"));

    public static readonly LocalizedText LowerBound = new(
        "最後のアクセスだけが記録されるため下限 (その後もアクセスした人は含まれません)", "a lower bound: only the last access is recorded, so who came again after the period is not counted");

    public static LocalizedText Source(string place, string question) => new($"PostgreSQL {place}: {question}", $"PostgreSQL {place}: {question}");

    public static LocalizedText Index(string table, long rows) => new(
        string.Create(CultureInfo.InvariantCulture, $"{table} (約 {rows:#,##0} 行) は created_at の索引がないため全体を読みました。集計を速くするには: CREATE INDEX CONCURRENTLY index_{table}_on_created_at ON {table} (created_at);"),
        string.Create(CultureInfo.InvariantCulture, $"{table} (about {rows:#,##0} rows) was read as a whole, as created_at has no index. To make it faster: CREATE INDEX CONCURRENTLY index_{table}_on_created_at ON {table} (created_at);"));
}
