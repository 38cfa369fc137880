using FestivalOps.Storage.Postgres;
using FestivalOps.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace FestivalOps.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> build the SQLite model without a running bot.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteOpsDbContext>
{
    /// <inheritdoc/>
    public SqliteOpsDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<SqliteOpsDbContext>();
        OpsStore.UseSqlite(builder, new StorageOptions());
        return new(builder.Options);
    }
}

/// <summary>Lets <c>dotnet ef migrations add</c> build the PostgreSQL model without a running database.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresOpsDbContext>
{
    /// <inheritdoc/>
    public PostgresOpsDbContext CreateDbContext(string[] args)
    {
        var builder = new DbContextOptionsBuilder<PostgresOpsDbContext>();
        OpsStore.UsePostgres(builder, new StorageOptions { Postgres = "Host=localhost" });
        return new(builder.Options);
    }
}
