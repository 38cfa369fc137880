using FestivalOps.Festival;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;

namespace FestivalOps.Maintenance.PerformanceAnalysis;

/// <summary>An index that was not used.</summary>
/// <param name="Name">With its schema, quoted.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record UnusedIndex(string Name, long Bytes);

/// <summary>A table that is read from one end to the other more often than by an index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Whole">How often from one end to the other.</param>
/// <param name="ByIndex">How often by an index.</param>
/// <param name="Rows">About how many rows it has.</param>
internal sealed record ScannedTable(string Name, long Whole, long ByIndex, long Rows);

/// <summary>
/// How indexes are used (インデックス使用状況分析, 未使用インデックス検出). An index that holds a constraint, primary or unique is needed however rarely
/// it is read, and is left out.
/// </summary>
internal sealed class IndexLook(FestivalDatabase database, BusinessCalendar calendar)
{
    private const int Shown = 10;
    private const int StatementMilliseconds = 20_000;

    private const string UnusedQuestion =
        """
        SELECT quote_ident(s.schemaname) || '.' || quote_ident(s.indexrelname), pg_relation_size(s.indexrelid)
        FROM pg_stat_user_indexes s JOIN pg_index x ON x.indexrelid = s.indexrelid
        WHERE s.idx_scan = 0 AND x.indisvalid AND NOT (x.indisunique OR x.indisprimary OR x.indisexclusion)
          AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = s.indexrelid)
        ORDER BY 2 DESC, 1 LIMIT 5000
        """;

    private const string ScannedQuestion =
        """
        SELECT quote_ident(relname), seq_scan, coalesce(idx_scan, 0), n_live_tup FROM pg_stat_user_tables
        WHERE n_live_tup >= 10000 AND seq_scan > coalesce(idx_scan, 0) ORDER BY seq_tup_read DESC LIMIT 5
        """;

    private const string NeverQuestion =
        "SELECT quote_ident(relname) FROM pg_stat_user_tables WHERE last_analyze IS NULL AND last_autoanalyze IS NULL ORDER BY relname LIMIT 2000";

    private const string SinceQuestion = "SELECT stats_reset FROM pg_stat_database WHERE datname = current_database()";

    /// <summary>Unused indexes, and tables that lack one.</summary>
    public Task<TaskPart> LookAsync(CancellationToken ct) => AskAsync(
        PerformanceTexts.Indexes,
        async connection =>
        {
            var unused = await connection.AskAsync(UnusedQuestion, r => new UnusedIndex(r.GetString(0), r.GetInt64(1)), ct);
            var scanned = await connection.AskAsync(ScannedQuestion, r => new ScannedTable(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3)), ct);
            var since = (await connection.AskAsync<DateTimeOffset?>(SinceQuestion, r => r.IsDBNull(0) ? null : r.GetFieldValue<DateTimeOffset>(0), ct)).FirstOrDefault();
            return TaskPart.Ok(
                PerformanceTexts.Unused(unused.Count, unused.Sum(u => u.Bytes), since, calendar.Zone),
                [.. unused.Take(Shown).Select(PerformanceTexts.Index), .. scanned.Select(PerformanceTexts.Scanned)]);
        },
        ct);

    /// <summary>Tables that were never analysed, by hand or by itself.</summary>
    public Task<TaskPart> NeverAnalysedAsync(CancellationToken ct) => AskAsync(
        PerformanceTexts.NeverAnalysed,
        async connection =>
        {
            var never = await connection.AskAsync(NeverQuestion, r => r.GetString(0), ct);
            return never.Count == 0 ? TaskPart.Ok(PerformanceTexts.AllAnalysed) : new(TaskEnd.Ok, PerformanceTexts.Never(never, Shown));
        },
        ct);

    private Task<TaskPart> AskAsync(Language.LocalizedText what, Func<Npgsql.NpgsqlConnection, Task<TaskPart>> ask, CancellationToken ct) => !database.IsSetUp
        ? Task.FromResult(TaskPart.NotAvailable(PerformanceTexts.Named(what, DatabaseTexts.NoDatabase)))
        : DatabaseWork.TryAsync(
            what,
            async () =>
            {
                await using var connection = await database.OpenAsync(StatementMilliseconds, ct);
                return await ask(connection);
            },
            ct);
}
