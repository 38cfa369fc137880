using FestivalOps.Reports.Periods;
using Npgsql;
using NpgsqlTypes;

namespace FestivalOps.Reports.Business;

/// <summary>
/// The questions to the platform's database. One look at a table serves all periods of a report: <c>width_bucket</c> tells into which of our
/// days a row falls, so that the days are the team's, whatever the zone. The benchmark asks the same with psql.
/// </summary>
internal static class BusinessQuestions
{
    /// <summary>More combinations of status, method and currency than this are not counted: the text of all three is free. 50,000.</summary>
    public const int MostGroups = 50_000;

    /// <summary>Festivals by day. $1 the days' beginnings, $2 to $5 the two ranges.</summary>
    public const string Festivals =
        """
        SELECT width_bucket(created_at, $1), count(*) FROM festivals
        WHERE (created_at >= $2 AND created_at < $3) OR (created_at >= $4 AND created_at < $5) GROUP BY 1
        """;

    /// <summary>New users by day; the same parameters.</summary>
    public const string NewUsers =
        """
        SELECT width_bucket(created_at, $1), count(*) FROM users
        WHERE (created_at >= $2 AND created_at < $3) OR (created_at >= $4 AND created_at < $5) GROUP BY 1
        """;

    /// <summary>Payments by day, status, method and currency, with their amounts; the same parameters.</summary>
    public static readonly string Payments = PaymentsWithout(_ => false);

    /// <summary>The columns that our tables have. A right to read them is not needed for it.</summary>
    public const string Columns =
        """
        SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.oid IN (to_regclass('payments'), to_regclass('festivals'), to_regclass('users')) AND a.attnum > 0 AND NOT a.attisdropped
        """;

    /// <summary>Users who were last there by each column; $1 and $2 the range.</summary>
    public const string SignedIn = "SELECT count(*) FROM users WHERE last_sign_in_at >= $1 AND last_sign_in_at < $2";

    /// <summary>The same by their access to the API.</summary>
    public const string UsedApi = "SELECT count(*) FROM users WHERE last_api_access_at >= $1 AND last_api_access_at < $2";

    /// <summary>The question for payments with nothing in the place of columns that are not there.</summary>
    public static string PaymentsWithout(Func<string, bool> lacks) =>
        $"""
        SELECT width_bucket(created_at, $1), {Text("status", lacks)}, {Text("payment_method", lacks)}, {Text("currency", lacks)}, count(*), {(lacks("amount") ? "NULL::numeric" : "sum(amount)")} FROM payments
        WHERE (created_at >= $2 AND created_at < $3) OR (created_at >= $4 AND created_at < $5) GROUP BY 1, 2, 3, 4 LIMIT {MostGroups + 1}
        """;

    private static string Text(string column, Func<string, bool> lacks) => lacks(column) ? "NULL::text" : column;

    /// <summary>The oldest row of a table by its key, which is cheap: rows are numbered as they come.</summary>
    public static string First(string table) => $"SELECT created_at FROM {table} ORDER BY id LIMIT 1";

    /// <summary>Large tables of ours without an index that begins with <c>created_at</c>, and about how many rows they have.</summary>
    public const string MissingIndexes =
        """
        SELECT c.relname, c.reltuples::bigint FROM pg_class c
        WHERE c.oid IN (to_regclass('payments'), to_regclass('festivals'), to_regclass('users')) AND c.reltuples >= 100000
          AND NOT EXISTS (SELECT 1 FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
                          WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL AND a.attname = 'created_at')
        ORDER BY c.relname
        """;

    /// <summary>A moment as Rails writes it: UTC in a column without a zone.</summary>
    public static NpgsqlParameter Moment(DateTimeOffset at) => new() { Value = Bare(at), NpgsqlDbType = NpgsqlDbType.Timestamp };

    /// <summary>The same for a list of them.</summary>
    public static NpgsqlParameter Moments(IEnumerable<DateTimeOffset> at) => new() { Value = at.Select(Bare).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Timestamp };

    private static DateTime Bare(DateTimeOffset at) => DateTime.SpecifyKind(at.UtcDateTime, DateTimeKind.Unspecified);
}

/// <summary>The days of several periods in one row, and the way back from the number that <c>width_bucket</c> gives. Pure.</summary>
internal sealed class DayBuckets
{
    private readonly List<DateTimeOffset> _bounds = [];
    private readonly Dictionary<int, (PeriodSpan Span, DateOnly Day)> _days = [];

    /// <summary>Of periods that don't overlap.</summary>
    public DayBuckets(IReadOnlyList<PeriodSpan> spans)
    {
        var ordered = spans.OrderBy(s => s.Begin).ToList();
        foreach (var span in ordered)
        {
            for (var day = 0; day < span.Midnights.Count; day++)
            {
                // The end of one may be the beginning of the next.
                if (_bounds.Count == 0 || span.Midnights[day] > _bounds[^1]) _bounds.Add(span.Midnights[day]);
                if (day < span.Midnights.Count - 1) _days[_bounds.Count] = (span, span.Period.First.AddDays(day));
            }
        }
        // Two ranges: a report's own period with the one before it, and the year before.
        Ranges = Join(ordered);
    }

    /// <summary>The bounds, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Bounds => _bounds;

    /// <summary>Two ranges that hold all periods and nothing else; the second may be empty.</summary>
    public ((DateTimeOffset From, DateTimeOffset To) First, (DateTimeOffset From, DateTimeOffset To) Second) Ranges { get; }

    /// <summary>The period and the day of a bucket; null for one between periods.</summary>
    public (PeriodSpan Span, DateOnly Day)? Find(int bucket) => _days.TryGetValue(bucket, out var found) ? found : null;

    /// <summary>The parameters $1 to $5.</summary>
    public NpgsqlParameter[] Parameters() =>
    [
        BusinessQuestions.Moments(Bounds), BusinessQuestions.Moment(Ranges.First.From), BusinessQuestions.Moment(Ranges.First.To),
        BusinessQuestions.Moment(Ranges.Second.From), BusinessQuestions.Moment(Ranges.Second.To),
    ];

    private static ((DateTimeOffset, DateTimeOffset), (DateTimeOffset, DateTimeOffset)) Join(List<PeriodSpan> ordered)
    {
        var ranges = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var span in ordered)
        {
            if (ranges.Count > 0 && span.Begin <= ranges[^1].To) ranges[^1] = (ranges[^1].From, span.End > ranges[^1].To ? span.End : ranges[^1].To);
            else ranges.Add((span.Begin, span.End));
        }
        // More than two are only asked by a comparison of far periods: one range over the last of them; what lies between is passed over by its bucket.
        var second = ranges.Count > 1 ? (ranges[1].From, ranges[^1].To) : (ranges[0].To, ranges[0].To);
        return (ranges[0], second);
    }
}
