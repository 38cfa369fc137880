using FestivalOps.Festival;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.PerformanceAnalysis;

/// <summary>The slowest statements by mean time (スロークエリ分析), with what changed since last time.</summary>
internal sealed class StatementLook(FestivalDatabase database, KeptFigures figures, BusinessCalendar calendar, IOptions<PerformanceAnalysisOptions> options, TimeProvider time)
{
    /// <summary>So many statements are kept for the comparison of next week: 250.</summary>
    public const int Kept = 250;

    private const int StatementMilliseconds = 20_000;
    private const string ExtensionQuestion = "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_stat_statements'";

    /// <summary>True when there is a database to look at.</summary>
    public bool IsSetUp => database.IsSetUp;

    /// <summary>Looks, and keeps what was found.</summary>
    public Task<TaskPart> LookAsync(CancellationToken ct) => !database.IsSetUp
        ? Task.FromResult(TaskPart.NotAvailable(PerformanceTexts.Named(PerformanceTexts.Statements, DatabaseTexts.NoDatabase)))
        : DatabaseWork.TryAsync(PerformanceTexts.Statements, () => AskAsync(ct), ct);

    private async Task<TaskPart> AskAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(StatementMilliseconds, ct);
        var schema = (await connection.AskAsync(ExtensionQuestion, r => r.GetString(0), ct)).FirstOrDefault();
        if (schema is null) return TaskPart.NotAvailable(PerformanceTexts.NoExtension);
        var found = await connection.AskAsync(Question(schema), Statement, ct);
        if (found.Count == 0) return TaskPart.Ok(PerformanceTexts.NoStatements);

        var now = time.GetUtcNow();
        var last = await figures.LastAsync(PerformanceAnalysisTask.TaskName, "statements", now, ct);
        await figures.KeepAsync(
            PerformanceAnalysisTask.TaskName, now, [("statements", found.Count), .. found.SelectMany(s => new[] { (s.CallsName, s.Calls), (s.TotalName, s.TotalMs) })], ct);
        var shown = found.Take(options.Value.Statements).Select(s => (Statement: s, Change: s.Since(last))).ToList();
        var slower = shown.Count(s => IsSlower(s.Change));
        var says = PerformanceTexts.Slowest(shown.Count, slower, last?.At, calendar.Zone);
        var lines = shown.Select((s, i) => PerformanceTexts.Statement(i + 1, s.Statement, s.Change)).ToList();
        return slower > 0 ? TaskPart.Warning(says, lines) : TaskPart.Ok(says, lines);
    }

    private bool IsSlower(StatementChange change) => change.SlowerPercent >= options.Value.SlowerPercent && change.SinceMs >= options.Value.SlowerFromMilliseconds;

    // One statement has a row for each role that runs it.
    private static string Question(string schema) =>
        $"""
        SELECT s.queryid, min(s.query), sum(s.calls)::float8, sum(s.total_exec_time)
        FROM {schema}.pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
        WHERE d.datname = current_database() AND s.queryid IS NOT NULL AND s.calls > 0
        GROUP BY s.queryid ORDER BY sum(s.total_exec_time) / sum(s.calls) DESC LIMIT {Kept}
        """;

    private static SlowStatement Statement(NpgsqlDataReader row) => new(row.GetInt64(0), row.IsDBNull(1) ? "?" : row.GetString(1), row.GetDouble(2), row.GetDouble(3));
}
