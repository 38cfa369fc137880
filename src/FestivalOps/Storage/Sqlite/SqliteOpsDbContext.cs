using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FestivalOps.Storage.Sqlite;

/// <summary>The embedded store: one file, one process, nothing to install.</summary>
internal sealed class SqliteOpsDbContext(DbContextOptions<SqliteOpsDbContext> options) : OpsDbContext(options)
{
    // Writers of this process queue here, in their order; those who meet at SQLite's own lock sleep and look again, and may look for long.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    protected override string AsksForHistory => "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '__EFMigrationsHistory')";

    /// <inheritdoc/>
    public override Task<T> OneWriterAsync<T>(long lockKey, Func<CancellationToken, Task<T>> work, CancellationToken ct) =>
        TurnAsync(token => OneAsync(work, token), ct);

    /// <inheritdoc/>
    public override async Task<T> TurnAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        var gate = Gate();
        await gate.WaitAsync(ct);
        try
        {
            return await work(ct);
        }
        finally
        {
            gate.Release();
        }
    }

    private SemaphoreSlim Gate() => Gates.GetOrAdd(Database.GetConnectionString()!, _ => new(1));

    private async Task<T> OneAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (SqliteConnection)Database.GetDbConnection();
            // Not deferred: BEGIN IMMEDIATE takes the write lock before the first read.
            await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            await Database.UseTransactionAsync(transaction, ct);
            var result = await work(ct);
            await transaction.CommitAsync(ct);
            return result;
        }
        finally
        {
            await Database.UseTransactionAsync(null, CancellationToken.None);
            await Database.CloseConnectionAsync();
        }
    }

    /// <inheritdoc/>
    public override Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        // One prepared statement, run once for each row: SQLite has no round trips to save, and this costs a third of SaveChanges.
        using var insert = new SqliteInsert<T>(this);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            insert.Run(row);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void PrepareFirstUse() => SqliteFirstUse.Prepare(Database.GetConnectionString()!);

    /// <inheritdoc/>
    public override async Task ProbeAsync(CancellationToken ct)
    {
        await Database.ExecuteSqlRawAsync("SELECT count(*) FROM sqlite_master", ct);
        // Whether it takes anything is told by writing what stands there already; while someone writes, they find out themselves.
        var gate = Gate();
        if (!await gate.WaitAsync(TimeSpan.Zero, ct)) return;
        try
        {
            await Database.ExecuteSqlRawAsync("PRAGMA user_version = 0", ct);
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6)
        {
            // SQLITE_BUSY, SQLITE_LOCKED: a writer that needs no turn.
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public override string? FileIdentity() => Sqlite.FileIdentity.Of(new SqliteConnectionStringBuilder(Database.GetConnectionString()).DataSource);

    /// <inheritdoc/>
    public override Task DeleteAsync<T>(IReadOnlyCollection<string> keys, CancellationToken ct)
    {
        using var delete = new SqliteDelete<T>(this);
        foreach (var key in keys)
        {
            ct.ThrowIfCancellationRequested();
            delete.Run(key);
        }
        return Task.CompletedTask;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // SQLite has no time type; text in UTC of fixed width sorts and compares as time does.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcText>();
    }

    private sealed class UtcText() : ValueConverter<DateTimeOffset, string>(
        at => at.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture),
        text => DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal))
    {
        private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    }
}
