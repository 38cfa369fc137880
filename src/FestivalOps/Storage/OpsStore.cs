using FestivalOps.Storage.Postgres;
using FestivalOps.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Storage;

/// <summary>Opens the store that the settings name.</summary>
internal sealed class OpsStore(IServiceProvider services) : IDbContextFactory<OpsDbContext>
{
    /// <inheritdoc/>
    public OpsDbContext CreateDbContext() =>
        services.GetService<IDbContextFactory<PostgresOpsDbContext>>()?.CreateDbContext()
        ?? (OpsDbContext)services.GetRequiredService<IDbContextFactory<SqliteOpsDbContext>>().CreateDbContext();

    /// <summary>Puts the options of the SQLite store on <paramref name="builder"/>.</summary>
    public static void UseSqlite(DbContextOptionsBuilder builder, StorageOptions options) => builder
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = options.SqlitePath, DefaultTimeout = options.CommandTimeoutSeconds }.ToString())
        .UseSnakeCaseNamingConvention()
        .AddInterceptors(SqlitePragmas.Instance);

    /// <summary>Puts the options of the PostgreSQL store on <paramref name="builder"/>.</summary>
    public static void UsePostgres(DbContextOptionsBuilder builder, StorageOptions options) => builder
        .UseNpgsql(PostgresSession.ConnectionString(options), npgsql => npgsql.CommandTimeout(options.CommandTimeoutSeconds))
        .UseSnakeCaseNamingConvention();
}
