using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.PlatformDatabase;

/// <summary>ANALYZE, one table after the other, so that none waits behind another and a stop loses nothing.</summary>
internal sealed class TableAnalysis(MaintenanceDatabase database, IOptions<DatabaseWorkOptions> options)
{
    // PostgreSQL 15 passes over tables of others with no more than a warning; so it is asked before.
    private const string Tables =
        """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_has_role(c.relowner, 'USAGE')
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname LIMIT 2000
        """;

    /// <summary>The tables that would be analysed, quoted.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public async Task<IReadOnlyList<string>> PlanAsync(CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        return [.. (await connection.AskAsync(Tables, Table, ct)).Where(t => t.IsOurs).Select(t => t.Name)];
    }

    /// <summary>Does it.</summary>
    /// <param name="run">Is told each table, as one step of the task.</param>
    /// <param name="step">Which step.</param>
    /// <param name="steps">Of how many.</param>
    /// <param name="ct">Stops it between two tables, and within one.</param>
    public Task<TaskPart> RunAsync(TaskRun run, int step, int steps, CancellationToken ct) => !database.IsSetUp
        ? Task.FromResult(TaskPart.NotAvailable(new($"ANALYZE: {DatabaseTexts.NoMaintenance.Ja}", $"ANALYZE: {DatabaseTexts.NoMaintenance.En}")))
        : DatabaseWork.TryAsync(TableTexts.Analyze, () => AllAsync(run, step, steps, ct), ct);

    private async Task<TaskPart> AllAsync(TaskRun run, int step, int steps, CancellationToken ct)
    {
        await using var connection = await OpenAsync(ct);
        var tables = await connection.AskAsync(Tables, Table, ct);
        var (done, troubles) = (0, new List<TaskPart>());
        var ours = tables.Where(t => t.IsOurs).Select(t => t.Name).ToList();
        foreach (var table in ours)
        {
            run.Report(step, steps, TableTexts.Analysing(table, done + troubles.Count + 1, ours.Count), done + troubles.Count, ours.Count);
            var part = await DatabaseWork.TryAsync(
                LocalizedText.Same($"ANALYZE {table}"),
                async () =>
                {
                    await connection.DoAsync($"ANALYZE {table}", ct);
                    return TaskPart.Ok(TableTexts.Analyze);
                },
                ct);
            if (part.End == TaskEnd.Ok) done++;
            else troubles.Add(part);
        }
        var others = tables.Count - ours.Count;
        var under = troubles.Take(10).Select(t => t.Says).ToList();
        if (others > 0) under.Add(TableTexts.NotOurs(others));
        var says = TableTexts.Analysed(done, tables.Count);
        return troubles.Count == 0 && others == 0 ? TaskPart.Ok(says) : TaskPart.Warning(says, under);
    }

    private Task<NpgsqlConnection> OpenAsync(CancellationToken ct) => database.OpenAsync(options.Value.Statement, options.Value.LockWait, ct);

    private static (string Name, bool IsOurs) Table(NpgsqlDataReader row) => (row.GetString(0), row.GetBoolean(1));
}

/// <summary>What the analysis of tables says.</summary>
internal static class TableTexts
{
    public static readonly LocalizedText Analyze = new("統計の更新 (ANALYZE)", "statistics (ANALYZE)");

    public static LocalizedText Analysing(string table, int number, int of) => new($"ANALYZE {table} ({number}/{of} テーブル)", $"ANALYZE {table} (table {number} of {of})");

    public static LocalizedText Analysed(int done, int of) => new($"統計の更新: {of} テーブル中 {done} 件", $"statistics: {done} of {of} tables analysed");

    public static LocalizedText NotOurs(int tables) => new(
        $"{tables} テーブルは権限がないため対象外です ({DatabaseTexts.Grant.Ja})", $"{tables} tables belong to another role and were left out ({DatabaseTexts.Grant.En})");
}
