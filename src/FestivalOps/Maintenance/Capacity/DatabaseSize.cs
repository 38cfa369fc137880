using FestivalOps.Festival;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.Capacity;

/// <summary>A table with what it takes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">All of it, its indexes included.</param>
/// <param name="IndexBytes">Its indexes.</param>
/// <param name="Live">About how many rows it has.</param>
/// <param name="Dead">About how many dead ones: changed or deleted, and not yet cleaned away.</param>
internal sealed record TableSize(string Name, long Bytes, long IndexBytes, long Live, long Dead)
{
    /// <summary>Name of its size among the kept figures.</summary>
    public string Figure => $"table_bytes:{Name}";
}

/// <summary>Sizes of the platform's database (データベース容量分析): all, tables, indexes, growth since last time, dead rows.</summary>
internal sealed class DatabaseSize(FestivalDatabase database, KeptFigures figures, BusinessCalendar calendar, IOptions<CapacityOptions> options, TimeProvider time)
{
    private const string Total = "database_bytes";
    private const int Shown = 10;
    private const int MostKept = 500;
    private const int JudgedFromRows = 10_000;
    private const int StatementMilliseconds = 30_000;

    private const string Question =
        """
        SELECT relname, pg_total_relation_size(relid), pg_indexes_size(relid), n_live_tup, n_dead_tup FROM pg_stat_user_tables
        WHERE schemaname = 'public' ORDER BY 2 DESC, 1 LIMIT 2000
        """;

    /// <summary>Looks, and keeps what was found.</summary>
    public async Task<IReadOnlyList<TaskPart>> LookAsync(CancellationToken ct)
    {
        if (!database.IsSetUp) return [TaskPart.NotAvailable(CapacityTexts.Named(CapacityTexts.Database, DatabaseTexts.NoDatabase))];
        TaskPart? dead = null;
        var size = await DatabaseWork.TryAsync(
            CapacityTexts.Database,
            async () =>
            {
                await using var connection = await database.OpenAsync(StatementMilliseconds, ct);
                var all = (await connection.AskAsync("SELECT pg_database_size(current_database())", r => r.GetInt64(0), ct))[0];
                var tables = await connection.AskAsync(Question, Table, ct);
                dead = Dead(tables);
                return await SizesAsync(all, tables, ct);
            },
            ct);
        return dead is null ? [size] : [size, dead];
    }

    private async Task<TaskPart> SizesAsync(long all, List<TableSize> tables, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var last = await figures.LastAsync(CapacityTask.TaskName, Total, now, ct);
        await figures.KeepAsync(CapacityTask.TaskName, now, [(Total, all), .. tables.Take(MostKept).Select(t => (t.Figure, (double)t.Bytes))], ct);
        return TaskPart.Ok(
            CapacityTexts.Sizes(all, tables.Sum(t => t.Bytes - t.IndexBytes), tables.Sum(t => t.IndexBytes), last?.At, last?.Values.GetValueOrDefault(Total), calendar.Zone),
            [.. tables.Take(Shown).Select(t => CapacityTexts.Table(t, last is not null && last.Values.TryGetValue(t.Figure, out var before) ? before : null))]);
    }

    private TaskPart Dead(List<TableSize> tables)
    {
        var many = tables.Where(t => t.Live >= JudgedFromRows && t.Dead * 100.0 / t.Live >= options.Value.DeadRowPercent).OrderByDescending(t => t.Dead).ToList();
        return many.Count == 0
            ? TaskPart.Ok(CapacityTexts.FewDead(tables.Sum(t => t.Dead)))
            : TaskPart.Warning(CapacityTexts.ManyDead(many.Count), [.. many.Take(Shown).Select(CapacityTexts.DeadRows)]);
    }

    private static TableSize Table(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
}
