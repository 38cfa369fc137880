using NpgsqlTypes;

namespace FestivalOps.Demo.SamplePlatform.Data;

/// <summary>The invented rows of one table.</summary>
/// <param name="Name">The table; its first column is "id", which counts from 1.</param>
/// <param name="Columns">The columns that are filled.</param>
/// <param name="RowCount">How many rows <paramref name="Rows"/> gives.</param>
/// <param name="Rows">The rows, made one by one while they are read: millions need no memory.</param>
internal sealed record SampleTable(string Name, IReadOnlyList<SampleColumn> Columns, int RowCount, IEnumerable<object?[]> Rows);

/// <summary>A column and its PostgreSQL type.</summary>
internal sealed record SampleColumn(string Name, NpgsqlDbType Type);
