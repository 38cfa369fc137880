using FestivalOps.Festival;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.DatabaseMaintenance;

/// <summary>Which rows are too old. Names are of ours and need no quoting.</summary>
/// <param name="Table">In the schema <c>public</c>; its key is <c>id</c>.</param>
/// <param name="Column">A time stamp without a zone, in UTC.</param>
/// <param name="OlderThan">Older rows go.</param>
internal sealed record OldRowRule(string Table, string Column, TimeSpan OlderThan)
{
    /// <summary>Counts them.</summary>
    public string CountStatement => $"SELECT count(*) FROM public.{Table} WHERE {Column} < $1";

    /// <summary>Finds the next of them by key.</summary>
    public string NextStatement => $"SELECT id FROM public.{Table} WHERE id > $2 AND {Column} < $1 ORDER BY id LIMIT $3";

    /// <summary>Deletes those found; the age is asked again, for a row may have changed meanwhile.</summary>
    public string DeleteStatement => $"DELETE FROM public.{Table} WHERE id = ANY($2) AND {Column} < $1";
}

/// <summary>What became of old rows.</summary>
/// <param name="Deleted">So many are gone.</param>
/// <param name="Refused">So many are still referred to by other rows and stay.</param>
/// <param name="Reason">The constraint that refused the first; null when none did.</param>
internal sealed record DeletedRows(long Deleted, long Refused, string? Reason);

/// <summary>
/// Deletes old rows in batches by key, each a short transaction of its own, so that a stop or a crash loses one batch at most and the next run goes
/// on with what is left. A row that another refers to is found by halving its batch, counted, and passed over.
/// </summary>
internal sealed class OldRows(MaintenanceDatabase database, IOptions<DatabaseWorkOptions> work, IOptions<DatabaseMaintenanceOptions> options, TimeProvider time)
{
    // After so many the reference is no accident, and each costs a statement.
    private const int MostRefused = 200;

    private const string ColumnQuestion =
        """
        SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass('public.' || $1) AND attname = ANY($2) AND attnum > 0 AND NOT attisdropped
        """;

    /// <summary>Why they can't be looked for; null when they can.</summary>
    public static async Task<TaskPart?> MissingAsync(NpgsqlConnection connection, OldRowRule rule, CancellationToken ct)
    {
        var exists = (await connection.AskAsync("SELECT to_regclass('public.' || $1) IS NOT NULL", r => r.GetBoolean(0), ct, rule.Table))[0];
        if (!exists) return TaskPart.NotAvailable(MaintenanceTexts.NoTable(rule.Table));
        var columns = (await connection.AskAsync(ColumnQuestion, r => r.GetInt64(0), ct, rule.Table, new[] { "id", rule.Column }))[0];
        return columns == 2 ? null : TaskPart.NotAvailable(MaintenanceTexts.NoColumn(rule.Table, rule.Column));
    }

    /// <summary>How many there are; changes nothing.</summary>
    /// <exception cref="NpgsqlException">The database refused.</exception>
    public async Task<long> CountAsync(NpgsqlConnection connection, OldRowRule rule, CancellationToken ct) =>
        (await connection.AskAsync(rule.CountStatement, r => r.GetInt64(0), ct, Before(rule)))[0];

    /// <summary>Deletes them.</summary>
    /// <param name="rule">Which.</param>
    /// <param name="run">Is told each batch.</param>
    /// <param name="step">Which step of the task.</param>
    /// <param name="steps">Of how many.</param>
    /// <param name="ct">Stops it between two batches, and within one, which then is undone.</param>
    public async Task<TaskPart> DeleteAsync(OldRowRule rule, TaskRun run, int step, int steps, CancellationToken ct)
    {
        var gone = new DeletedRows(0, 0, null);
        var part = await DatabaseWork.TryAsync(
            MaintenanceTexts.Rows(rule),
            async () =>
            {
                await using var connection = await database.OpenAsync(work.Value.Statement, work.Value.LockWait, ct);
                if (await MissingAsync(connection, rule, ct) is { } missing) return missing;
                var of = await CountAsync(connection, rule, ct);
                await foreach (var state in BatchesAsync(connection, rule, ct))
                {
                    gone = state;
                    run.Report(step, steps, MaintenanceTexts.Deleting(rule, gone.Deleted, of), gone.Deleted, of);
                }
                return gone.Refused == 0 ? TaskPart.Ok(MaintenanceTexts.Deleted(rule, gone, of)) : TaskPart.Warning(MaintenanceTexts.Deleted(rule, gone, of), MaintenanceTexts.Refused(gone));
            },
            ct);
        return part.End is TaskEnd.Ok or TaskEnd.NotAvailable || gone.Deleted == 0 ? part : part with { Under = [.. part.Under, MaintenanceTexts.UntilThen(gone.Deleted)] };
    }

    private async IAsyncEnumerable<DeletedRows> BatchesAsync(NpgsqlConnection connection, OldRowRule rule, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (gone, last, before) = (new DeletedRows(0, 0, null), long.MinValue, Before(rule));
        while (gone.Refused < MostRefused)
        {
            ct.ThrowIfCancellationRequested();
            var ids = await connection.AskAsync(rule.NextStatement, r => r.GetInt64(0), ct, before, last, options.Value.BatchRows);
            if (ids.Count == 0) yield break;
            gone = await DeleteAsync(connection, rule, before, [.. ids], gone, ct);
            last = ids[^1];
            yield return gone;
            if (ids.Count < options.Value.BatchRows) yield break;
            await Task.Delay(TimeSpan.FromMilliseconds(options.Value.BatchPauseMilliseconds), time, ct);
        }
    }

    private static async Task<DeletedRows> DeleteAsync(NpgsqlConnection connection, OldRowRule rule, DateTime before, long[] ids, DeletedRows gone, CancellationToken ct)
    {
        if (gone.Refused >= MostRefused) return gone;
        try
        {
            return gone with { Deleted = gone.Deleted + await connection.DoAsync(rule.DeleteStatement, ct, before, ids) };
        }
        catch (PostgresException refusal) when (refusal.SqlState is PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.RestrictViolation)
        {
            if (ids.Length == 1) return gone with { Refused = gone.Refused + 1, Reason = gone.Reason ?? $"{refusal.TableName}.{refusal.ConstraintName}" };
        }
        var half = ids.Length / 2;
        gone = await DeleteAsync(connection, rule, before, ids[..half], gone, ct);
        return await DeleteAsync(connection, rule, before, ids[half..], gone, ct);
    }

    // Rails writes UTC into columns without a zone.
    private DateTime Before(OldRowRule rule) => DateTime.SpecifyKind((time.GetUtcNow() - rule.OlderThan).UtcDateTime, DateTimeKind.Unspecified);
}
