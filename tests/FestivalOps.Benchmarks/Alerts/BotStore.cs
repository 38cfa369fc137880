using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>Looks into the bot's store from outside, while the bot runs: what is read here was committed.</summary>
internal sealed class BotStore : IDisposable
{
    private readonly SqliteConnection _connection;

    public BotStore(Contestant bot)
    {
        _connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(bot.Folder, "bot.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        _connection.Open();
    }

    /// <summary>One number.</summary>
    public long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Rows, as the reader gives them.</summary>
    public IEnumerable<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        using var reader = command.ExecuteReader();
        while (reader.Read()) yield return read(reader);
    }

    /// <summary>
    /// Waits until all that follows from the accepted alerts is durable: no body waits any more, and <paramref name="alerts"/> alerts are
    /// known. Gives the moment as a Stopwatch timestamp.
    /// </summary>
    /// <exception cref="TimeoutException">They are not after <paramref name="atMost"/>.</exception>
    public async Task<long> SettledAsync(int alerts, TimeSpan atMost)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var now = Stopwatch.GetTimestamp();
            // Cheap first: the count reads the whole table.
            if (Number("SELECT NOT EXISTS (SELECT 1 FROM alert_inbox)") == 1 && Number("SELECT count(*) FROM alerts") >= alerts) return now;
            if (Stopwatch.GetElapsedTime(since) > atMost)
                throw new TimeoutException($"FestivalOps knows {Number("SELECT count(*) FROM alerts")} of {alerts} alerts, and {Number("SELECT count(*) FROM alert_inbox")} bodies still wait.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
