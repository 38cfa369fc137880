using FestivalOps.Settings;
using FestivalOps.Storage.Postgres;
using FestivalOps.Storage.Sqlite;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Storage;

/// <summary>Registers what the bot remembers.</summary>
internal static class StorageSetup
{
    /// <summary>Adds the store that <paramref name="options"/> name: PostgreSQL when it has a connection string, SQLite otherwise.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddSettings<StorageOptions>("Storage");
        services.AddSingleton<StoreState>();
        services.AddSingleton<IReadiness>(s => s.GetRequiredService<StoreState>());
        services.AddSingleton<IMetricSource, StoreMetrics>();
        services.AddSingleton<Instance>();
        services.AddSingleton<InstanceBook>();
        services.AddSingleton<IDbContextFactory<OpsDbContext>, OpsStore>();
        services.AddSingleton<StoreLock>();
        services.AddHostedService<StoreMigration>();
        services.AddHostedService<InstanceBeat>();
        services.AddHostedService<StoreWatch>();
        return options.UsesPostgres
            ? services.AddPooledDbContextFactory<PostgresOpsDbContext>(builder => OpsStore.UsePostgres(builder, options))
            : services.AddPooledDbContextFactory<SqliteOpsDbContext>(builder => OpsStore.UseSqlite(builder, options));
    }
}
