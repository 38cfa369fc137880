using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FestivalOps.Storage.Sqlite;

/// <summary>A prepared DELETE by text key, for one kind of row.</summary>
internal sealed class SqliteDelete<T> : IDisposable where T : class
{
    private readonly SqliteCommand _command;

    /// <summary>Prepares it on the open connection of <paramref name="db"/>, within its transaction.</summary>
    public SqliteDelete(SqliteOpsDbContext db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not in the model.", nameof(db));
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var key = entity.FindPrimaryKey()!.Properties.Single();
        var sql = db.GetService<ISqlGenerationHelper>();
        _command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        _command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        _command.Parameters.Add(new SqliteParameter { ParameterName = "@key" });
        _command.CommandText =
            $"DELETE FROM {sql.DelimitIdentifier(table.Name)} WHERE {sql.DelimitIdentifier(key.GetColumnName(table)!)} = @key";
        _command.Prepare();
    }

    /// <summary>Deletes the row with this key, if it is there.</summary>
    public void Run(string key)
    {
        _command.Parameters[0].Value = key;
        _command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();
}
