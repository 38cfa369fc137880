using FestivalOps.Language;
using FestivalOps.Maintenance.Logs;
using Npgsql;

namespace FestivalOps.Maintenance.PlatformDatabase;

/// <summary>Does one part of a task on the database; what the database refuses becomes a sentence, so that the other parts go on.</summary>
internal static class DatabaseWork
{
    private const int LongestWord = 200;

    /// <summary>The part, or what kept it from being done. A stop is passed on.</summary>
    /// <param name="what">What is done, as the beginning of the sentence.</param>
    /// <param name="work">Does it.</param>
    /// <param name="ct">The token of the run.</param>
    /// <exception cref="OperationCanceledException">We were asked to stop.</exception>
    public static async Task<TaskPart> TryAsync(LocalizedText what, Func<Task<TaskPart>> work, CancellationToken ct)
    {
        try
        {
            return await work();
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException && !ct.IsCancellationRequested)
        {
            return Refused(what, failure);
        }
        catch (NpgsqlException) when (ct.IsCancellationRequested)
        {
            // A connection that was broken to end its statement.
            throw new OperationCanceledException(ct);
        }
    }

    /// <summary>What a failure of the database means for people.</summary>
    public static TaskPart Refused(LocalizedText what, Exception failure)
    {
        if (failure is not PostgresException refusal) return TaskPart.Failed(DatabaseTexts.Unreachable(what, PersonalData.Masked(ForeignText.OneLine(failure.GetBaseException().Message, LongestWord))));
        var said = PersonalData.Masked(ForeignText.OneLine(refusal.MessageText, LongestWord));
        return refusal.SqlState switch
        {
            PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected => TaskPart.Warning(DatabaseTexts.Locked(what)),
            PostgresErrorCodes.QueryCanceled => TaskPart.Warning(DatabaseTexts.TooSlow(what)),
            PostgresErrorCodes.InsufficientPrivilege => TaskPart.NotAvailable(DatabaseTexts.NotAllowed(what, said)),
            PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.UndefinedFunction
                or PostgresErrorCodes.ObjectNotInPrerequisiteState => TaskPart.NotAvailable(DatabaseTexts.Missing(what, said)),
            _ => TaskPart.Failed(DatabaseTexts.Said(what, $"{said} ({refusal.SqlState})")),
        };
    }

    /// <summary>Rows of a question, read one by one.</summary>
    public static async Task<List<T>> AskAsync<T>(this NpgsqlConnection connection, string question, Func<NpgsqlDataReader, T> row, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // statements of ours; names in them come from the catalogue and are quoted
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    /// <summary>Does a statement; gives the number of rows that it changed.</summary>
    public static async Task<int> DoAsync(this NpgsqlConnection connection, string statement, CancellationToken ct, params object[] values)
    {
#pragma warning disable CA2100 // the same
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(ct);
    }
}
