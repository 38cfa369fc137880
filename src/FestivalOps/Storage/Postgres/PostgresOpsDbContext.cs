using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace FestivalOps.Storage.Postgres;

/// <summary>The shared store, for several instances of the bot.</summary>
internal sealed class PostgresOpsDbContext(DbContextOptions<PostgresOpsDbContext> options) : OpsDbContext(options)
{
    protected override string AsksForHistory => "SELECT to_regclass('\"__EFMigrationsHistory\"') IS NOT NULL";

    /// <inheritdoc/>
    public override async Task<T> OneWriterAsync<T>(long lockKey, Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({lockKey})", ct);
        var result = await work(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <inheritdoc/>
    public override Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct) =>
        rows.Count < PostgresCopy.WorthFrom ? base.InsertAsync(rows, ct) : PostgresCopy.RunAsync(this, rows, ct);

    /// <inheritdoc/>
    public override async Task ProbeAsync(CancellationToken ct)
    {
        // A standby, or one that someone set to read only, answers every question and keeps nothing.
        if (await Database.SqlQueryRaw<bool>("SELECT current_setting('transaction_read_only')::boolean AS \"Value\"").SingleAsync(ct))
            throw new InvalidOperationException("The database takes no writes: it is a standby, or set to read only.");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        // timestamptz takes offset 0 only.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Utc>();
    }

    private sealed class Utc() : ValueConverter<DateTimeOffset, DateTimeOffset>(at => at.ToUniversalTime(), at => at);
}
