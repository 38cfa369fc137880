using System.Data;
using FestivalOps.Festival;
using FestivalOps.Language;
using Npgsql;

namespace FestivalOps.Reports.Business;

/// <summary>What one question brought, or why nothing.</summary>
/// <param name="Value">The answer; only when <paramref name="Why"/> is null.</param>
/// <param name="Why">Why there is none.</param>
internal sealed record Answer<T>(T? Value, MissingBecause? Why);

/// <summary>
/// One consistent view of the platform's database: all questions see the same moment (REPEATABLE READ), none writes, none waits long for a
/// lock, and one that is refused costs only itself.
/// </summary>
internal sealed class PlatformSnapshot : IAsyncDisposable
{
    // Reading only waits for someone who changes a table's structure; a report can be made later.
    private const string Settings = "SET LOCAL lock_timeout = '2s'; SET LOCAL idle_in_transaction_session_timeout = '5min'";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly int _seconds;
    private MissingBecause? _gone;

    private PlatformSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, int seconds) => (_connection, _transaction, _seconds) = (connection, transaction, seconds);

    /// <summary>Opens one.</summary>
    /// <param name="database">The platform's database.</param>
    /// <param name="statementSeconds">How long one question may take.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public static async Task<PlatformSnapshot> OpenAsync(FestivalDatabase database, int statementSeconds, CancellationToken ct)
    {
        var connection = await database.OpenAsync(statementSeconds * 1000, ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
            await using var settings = new NpgsqlCommand(Settings, connection, transaction);
            await settings.ExecuteNonQueryAsync(ct);
            return new(connection, transaction, statementSeconds);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks; a refusal is an answer, too. Once the connection is lost every further question has that as its answer.</summary>
    /// <param name="question">SQL of ours with <c>$1</c>, <c>$2</c>, ….</param>
    /// <param name="row">Reads one row.</param>
    /// <param name="table">The table that it reads, for a sentence about a missing right.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="values">What stands for the parameters.</param>
    public async Task<Answer<List<T>>> AskAsync<T>(string question, Func<NpgsqlDataReader, T> row, string table, CancellationToken ct, params NpgsqlParameter[] values)
    {
        if (_gone is not null) return new(null, _gone);
        try
        {
            await _transaction.SaveAsync("question", ct);
            var rows = await ReadAsync(question, row, values, ct);
            await _transaction.ReleaseAsync("question", ct);
            return new(rows, null);
        }
        catch (PostgresException refusal) when (!ct.IsCancellationRequested && !IsFatal(refusal))
        {
            await _transaction.RollbackAsync("question", ct);
            return new(null, MissingBecause.Of(refusal, table, _seconds));
        }
        catch (Exception failure) when (failure is NpgsqlException or TimeoutException or IOException && !ct.IsCancellationRequested)
        {
            return new(null, _gone = MissingBecause.Of(failure, table, _seconds));
        }
        catch (Exception failure) when (failure is InvalidCastException or OverflowException or FormatException)
        {
            // The rows were read to their end or thrown away with the reader; the transaction is whole.
            return new(null, new(MissingTexts.Unreadable(table, ForeignText.OneLine(failure.Message, 100)), MayCome: false));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task<List<T>> ReadAsync<T>(string question, Func<NpgsqlDataReader, T> row, NpgsqlParameter[] values, CancellationToken ct)
    {
#pragma warning disable CA2100 // statements of ours
        await using var command = new NpgsqlCommand(question, _connection, _transaction);
#pragma warning restore CA2100
        command.Parameters.AddRange(values);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    // Class 57P: the server goes away, and with it the connection.
    private static bool IsFatal(PostgresException refusal) => refusal.SqlState.StartsWith("57P", StringComparison.Ordinal) || refusal.Severity is "FATAL" or "PANIC";
}
