using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace FestivalOps.Storage.Sqlite;

/// <summary>A prepared INSERT for one kind of row: table, columns and conversions are those of the model.</summary>
internal sealed class SqliteInsert<T> : IDisposable where T : class
{
    private readonly SqliteCommand _command;
    private readonly List<(IClrPropertyGetter Get, Func<object?, object?>? Convert, SqliteParameter Into)> _columns = [];

    /// <summary>Prepares it on the open connection of <paramref name="db"/>, within its transaction.</summary>
    public SqliteInsert(SqliteOpsDbContext db)
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is not in the model.", nameof(db));
        var table = StoreObjectIdentifier.Table(entity.GetTableName()!);
        var sql = db.GetService<ISqlGenerationHelper>();
        _command = ((SqliteConnection)db.Database.GetDbConnection()).CreateCommand();
        _command.Transaction = (SqliteTransaction?)db.Database.CurrentTransaction?.GetDbTransaction();
        var names = new List<string>();
        foreach (var property in entity.GetProperties())
        {
            names.Add(sql.DelimitIdentifier(property.GetColumnName(table)!));
            var parameter = _command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{names.Count}" });
            _columns.Add((property.GetGetter(), property.GetTypeMapping().Converter?.ConvertToProvider, parameter));
        }
        _command.CommandText = $"INSERT INTO {sql.DelimitIdentifier(table.Name)} ({string.Join(", ", names)}) "
            + $"VALUES ({string.Join(", ", Enumerable.Range(1, names.Count).Select(n => $"@p{n}"))})";
        _command.Prepare();
    }

    /// <summary>Inserts one row.</summary>
    public void Run(T row)
    {
        foreach (var (get, convert, into) in _columns)
        {
            var value = get.GetClrValue(row);
            into.Value = (convert is null ? value : convert(value)) ?? DBNull.Value;
        }
        _command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _command.Dispose();
}
