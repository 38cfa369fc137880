using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace FestivalOps.Festival;

/// <summary>What the platform's database said about itself.</summary>
/// <param name="Version">Server version: "15.18".</param>
/// <param name="Took">Connecting and answering together.</param>
/// <param name="Connections">Client connections in use, ours among them.</param>
/// <param name="MaxConnections">The server's limit.</param>
/// <param name="Database">Name of the database that answered.</param>
internal sealed record DatabaseAnswer(string Version, TimeSpan Took, int Connections, int MaxConnections, string Database);

/// <summary>Payments that ended within a window.</summary>
/// <param name="Failed">Those that failed.</param>
/// <param name="Ended">Those that were completed or failed.</param>
internal sealed record PaymentCount(long Failed, long Ended);

/// <summary>
/// The platform's PostgreSQL, read only. Each question opens a connection of its own: a pooled one could still answer while new ones
/// are refused, and that is what the platform's users would feel.
/// </summary>
internal sealed class FestivalDatabase(IOptions<FestivalOptions> options)
{
    private const string Question =
        """
        SELECT current_setting('server_version'), current_database(), current_setting('max_connections')::int,
               (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend')
        """;

    // A payment ended when it was processed; where that was not written down, when its row was last changed.
    private const string Payments =
        """
        SELECT count(*) FILTER (WHERE payments.status = 'failed'), count(*) FROM payments
        WHERE payments.status IN ('completed', 'failed') AND coalesce(payments.processed_at, payments.updated_at) >= $1
        """;

    /// <summary>True when a connection string is set.</summary>
    public bool IsSetUp => !string.IsNullOrWhiteSpace(options.Value.Database);

    /// <summary>Where it is, for people: host and port, nothing secret.</summary>
    public string Place
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(options.Value.Database);
            return $"{settings.Host}:{settings.Port}";
        }
    }

    /// <summary>Connects and asks.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused; a <see cref="PostgresException"/> carries the server's reason.</exception>
    public async Task<DatabaseAnswer> AskAsync(CancellationToken ct)
    {
        var begin = Stopwatch.GetTimestamp();
        await using var connection = await OpenAsync(statementMilliseconds: 5000, ct);
        await using var command = new NpgsqlCommand(Question, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(
            reader.GetString(0).Split(' ')[0], Stopwatch.GetElapsedTime(begin), reader.GetInt32(3), reader.GetInt32(2), reader.GetString(1));
    }

    /// <summary>Counts the payments that ended since then; a count takes at most 3 seconds.</summary>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused; a <see cref="PostgresException"/> carries the server's reason.</exception>
    public async Task<PaymentCount> CountPaymentsAsync(DateTimeOffset since, CancellationToken ct)
    {
        await using var connection = await OpenAsync(statementMilliseconds: 3000, ct);
        await using var command = new NpgsqlCommand(Payments, connection);
        // Rails writes UTC into columns without a zone.
        command.Parameters.Add(new() { Value = DateTime.SpecifyKind(since.UtcDateTime, DateTimeKind.Unspecified), NpgsqlDbType = NpgsqlDbType.Timestamp });
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return new(reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <summary>A connection that can only read, of its own; who asks for it disposes it.</summary>
    /// <param name="statementMilliseconds">How long one statement may take.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="NpgsqlException">It can't be reached, or it refused.</exception>
    public Task<NpgsqlConnection> OpenAsync(int statementMilliseconds, CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Value.Database)
        {
            Pooling = false,
            Timeout = 5,
            CommandTimeout = Math.Max(5, statementMilliseconds / 1000 + 2),
            ApplicationName = "festivalops",
            Options = $"-c default_transaction_read_only=on -c statement_timeout={statementMilliseconds}",
        };
        return settings.OpenAsync(ct);
    }
}
