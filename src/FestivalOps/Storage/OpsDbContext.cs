using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace FestivalOps.Storage;

/// <summary>
/// What the bot remembers. It names no table: each feature brings its own <see cref="IEntityTypeConfiguration{TEntity}"/>, so that
/// this folder never points up at a feature. Ask for rows with <c>Set&lt;T&gt;()</c>.
/// </summary>
internal abstract class OpsDbContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction that no other writer of this store can interleave with, so that "read the
    /// newest row, append after it" is safe. SQLite: the write lock is taken first; PostgreSQL: an advisory lock named by
    /// <paramref name="lockKey"/>, held to the end of the transaction.
    /// </summary>
    public abstract Task<T> OneWriterAsync<T>(long lockKey, Func<CancellationToken, Task<T>> work, CancellationToken ct);

    /// <summary>
    /// Runs <paramref name="work"/>, which writes, in its turn. SQLite: the writers of this process follow one another in their order; those who
    /// meet at SQLite's own lock sleep for up to a tenth of a second and look again. PostgreSQL: at once. Not within another turn or
    /// <see cref="OneWriterAsync"/>, which has one already.
    /// </summary>
    public virtual Task<T> TurnAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => work(ct);

    /// <summary>
    /// Inserts rows within the transaction of <see cref="OneWriterAsync"/>, without following their changes afterwards: for what is written
    /// often.
    /// </summary>
    public virtual async Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct) where T : class
    {
        Set<T>().AddRange(rows);
        await SaveChangesAsync(ct);
        // Only these: the caller may follow other rows.
        foreach (var row in rows) Entry(row).State = EntityState.Detached;
    }

    /// <summary>What an engine needs before its very first connection. The caller holds the <see cref="StoreLock"/>. Default: nothing.</summary>
    /// <exception cref="StoreRefusedException">What is there is not ours.</exception>
    public virtual void PrepareFirstUse()
    {
    }

    /// <summary>
    /// Names the migrations that the store has had; none for a new one. In plain SQL: Entity Framework builds a whole model for this one
    /// table, which costs a bot that has nothing to migrate several megabytes.
    /// </summary>
    public async Task<IReadOnlySet<string>> AppliedMigrationsAsync(CancellationToken ct)
    {
        var applied = new HashSet<string>(StringComparer.Ordinal);
        if (!await this.GetService<IRelationalDatabaseCreator>().ExistsAsync(ct)) return applied;
        await Database.OpenConnectionAsync(ct);
        try
        {
            await using var command = Database.GetDbConnection().CreateCommand();
            command.CommandText = AsksForHistory;
            if (!Convert.ToBoolean(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture)) return applied;
            command.CommandText = "SELECT migration_id FROM \"__EFMigrationsHistory\"";
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0));
            return applied;
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    /// <summary>A statement that answers whether the table of the applied migrations is there.</summary>
    protected abstract string AsksForHistory { get; }

    /// <summary>Asks the store for the least that it can answer; throws what went wrong.</summary>
    public virtual Task ProbeAsync(CancellationToken ct) => Database.ExecuteSqlRawAsync("SELECT 1", ct);

    /// <summary>What tells the store's file from another of the same name; null where there is no file. Default: null.</summary>
    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    public virtual string? FileIdentity() => null;

    /// <summary>Deletes rows by their text key, within the transaction of <see cref="OneWriterAsync"/>; a key without a row is passed over.</summary>
    public virtual async Task DeleteAsync<T>(IReadOnlyCollection<string> keys, CancellationToken ct) where T : class
    {
        var key = Model.FindEntityType(typeof(T))!.FindPrimaryKey()!.Properties.Single().Name;
        await Set<T>().Where(row => keys.Contains(EF.Property<string>(row, key))).ExecuteDeleteAsync(ct);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(OpsDbContext).Assembly);
    }
}
