using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.DatabaseMaintenance;

/// <summary>An index that would be built anew.</summary>
/// <param name="Name">With its schema, quoted.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Bloat">How much of it is estimated to be empty, 0 to 1; null: nobody can tell.</param>
internal sealed record IndexState(string Name, long Bytes, double? Bloat);

/// <summary>
/// Builds bloated indexes anew, one after the other and without a lock that the platform would wait for (REINDEX INDEX CONCURRENTLY). What an
/// interrupted run left, invalid indexes with names that end in <c>_ccnew</c> or <c>_ccold</c>, is dropped before, by the next run at the latest.
/// </summary>
internal sealed class IndexRebuild(MaintenanceDatabase database, IOptions<DatabaseWorkOptions> work, IOptions<DatabaseMaintenanceOptions> options)
{
    // A rebuild that someone else runs now has such an index too; of other roles' rebuilds PostgreSQL may hide the table.
    private const string LeftoverQuestion =
        """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname)
        FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND NOT x.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$' AND pg_has_role(c.relowner, 'USAGE')
          AND NOT EXISTS (SELECT 1 FROM pg_stat_progress_create_index p WHERE p.datname = current_database() AND (p.relid IS NULL OR p.relid = x.indrelid))
        ORDER BY c.relname LIMIT 1000
        """;

    // An entry of a B-tree: 4 bytes of pointer, and 8 bytes of head with the values, rounded up to 8; leaves are filled to 90 %. Where equal
    // values share an entry the truth is smaller, so this estimate calls too few bloated, never too many.
    private const string IndexQuestion =
        """
        SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname), pg_relation_size(c.oid),
               CASE WHEN a.amname = 'btree' AND c.reltuples >= 0 AND w.known AND pg_relation_size(c.oid) > 0
                    THEN 1 - least(1, (2 + c.reltuples * (4 + 8 * ceil((8 + w.width) / 8.0)) / (8152 * 0.9)) * 8192 / pg_relation_size(c.oid)) END::float8
        FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_am a ON a.oid = c.relam
        CROSS JOIN LATERAL (
          SELECT coalesce(sum(s.avg_width), 0)::float8 AS width, bool_and(s.avg_width IS NOT NULL) AND NOT (0 = ANY(x.indkey::int2[])) AND x.indpred IS NULL AS known
          FROM pg_attribute k LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = t.relname AND s.attname = k.attname
          WHERE k.attrelid = t.oid AND k.attnum = ANY(x.indkey::int2[])) w
        WHERE n.nspname = 'public' AND t.relkind = 'r' AND x.indisvalid AND pg_has_role(c.relowner, 'USAGE') AND c.relpersistence <> 't'
        ORDER BY pg_relation_size(c.oid) DESC, c.relname LIMIT 5000
        """;

    private const string OthersQuestion =
        """
        SELECT count(*) FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND x.indisvalid AND c.relpersistence <> 't' AND NOT pg_has_role(c.relowner, 'USAGE')
        """;

    /// <summary>What an interrupted run left, quoted.</summary>
    /// <exception cref="NpgsqlException">It refused.</exception>
    public static Task<List<string>> LeftoversAsync(NpgsqlConnection connection, CancellationToken ct) => connection.AskAsync(LeftoverQuestion, r => r.GetString(0), ct);

    /// <summary>The indexes that would be built anew, largest first.</summary>
    /// <exception cref="NpgsqlException">It refused.</exception>
    public async Task<List<IndexState>> DueAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var all = await connection.AskAsync(IndexQuestion, r => new IndexState(r.GetString(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetDouble(2)), ct);
        var (least, smallest) = (options.Value.ReindexBloatPercent / 100.0, options.Value.ReindexMinMegabytes * 1024L * 1024);
        return least == 0 ? all : [.. all.Where(i => i.Bytes >= smallest && i.Bloat >= least)];
    }

    /// <summary>Drops what an interrupted run left.</summary>
    public Task<TaskPart> CleanAsync(CancellationToken ct) => DatabaseWork.TryAsync(
        MaintenanceTexts.Leftovers,
        async () =>
        {
            await using var connection = await database.OpenAsync(work.Value.Statement, work.Value.LockWait, ct);
            var left = await LeftoversAsync(connection, ct);
            foreach (var index in left)
            {
                ct.ThrowIfCancellationRequested();
                await connection.DoAsync($"DROP INDEX CONCURRENTLY IF EXISTS {index}", ct);
            }
            return TaskPart.Ok(MaintenanceTexts.Cleaned(left));
        },
        ct);

    /// <summary>Builds them anew.</summary>
    /// <param name="run">Is told each index.</param>
    /// <param name="step">Which step of the task.</param>
    /// <param name="steps">Of how many.</param>
    /// <param name="ct">Stops it between two indexes, and within one: what that leaves, the next run drops.</param>
    public Task<TaskPart> RunAsync(TaskRun run, int step, int steps, CancellationToken ct) => DatabaseWork.TryAsync(
        MaintenanceTexts.Reindex,
        async () =>
        {
            await using var connection = await database.OpenAsync(work.Value.Reindex, work.Value.LockWait, ct);
            var due = await DueAsync(connection, ct);
            var (done, troubles) = (new List<string>(), new List<TaskPart>());
            foreach (var index in due)
            {
                ct.ThrowIfCancellationRequested();
                run.Report(step, steps, MaintenanceTexts.Reindexing(index, done.Count + troubles.Count + 1, due.Count), done.Count + troubles.Count, due.Count);
                var part = await RebuildAsync(connection, index, ct);
                if (part.End == TaskEnd.Ok) done.Add(index.Name);
                else troubles.Add(part);
            }
            // Those of other roles were not even looked at; that must not read as "none needs it".
            if (await connection.AskAsync(OthersQuestion, r => r.GetInt64(0), ct) is [> 0 and var others]) troubles.Add(TaskPart.Warning(MaintenanceTexts.OthersIndexes(others)));
            if (troubles.Count == 0) return TaskPart.Ok(MaintenanceTexts.Reindexed(done.Count, due.Count, Saved(due, await DueSizesAsync(connection, ct))));
            // What was begun and refused is left invalid; better dropped now than in a week.
            var cleaned = await CleanAsync(ct);
            return TaskPart.Warning(MaintenanceTexts.Reindexed(done.Count, due.Count, 0), [.. troubles.Take(10).Select(t => t.Says), cleaned.Says]);
        },
        ct);

    private static Task<TaskPart> RebuildAsync(NpgsqlConnection connection, IndexState index, CancellationToken ct) => DatabaseWork.TryAsync(
        LocalizedText.Same($"REINDEX {index.Name}"),
        async () =>
        {
            await connection.DoAsync($"REINDEX INDEX CONCURRENTLY {index.Name}", ct);
            return TaskPart.Ok(MaintenanceTexts.Reindex);
        },
        ct);

    private static async Task<Dictionary<string, long>> DueSizesAsync(NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.AskAsync(IndexQuestion, r => (Name: r.GetString(0), Bytes: r.GetInt64(1)), ct)).ToDictionary(i => i.Name, i => i.Bytes, StringComparer.Ordinal);

    private static long Saved(List<IndexState> before, Dictionary<string, long> after) => Math.Max(0, before.Sum(i => i.Bytes - after.GetValueOrDefault(i.Name, i.Bytes)));
}
