using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Storage;
using FestivalOps.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>Writes open incidents that wait for the next step of the ladder, through the bot's own entities.</summary>
internal static class TimerSeed
{
    private const int Batch = 5_000;

    /// <summary>Writes <paramref name="count"/> of them, numbered from 1, each with its card posted and its first step taken.</summary>
    /// <param name="file">The store; the bot does not run.</param>
    /// <param name="count">How many.</param>
    /// <param name="due">When the next step of each is due.</param>
    public static async Task WriteAsync(string file, int count, Func<long, DateTimeOffset> due)
    {
        var builder = new DbContextOptionsBuilder<SqliteOpsDbContext>();
        OpsStore.UseSqlite(builder, new StorageOptions { SqliteFile = file });
        var opened = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        for (var first = 1; first <= count; first += Batch)
        {
            var ids = Enumerable.Range(first, Math.Min(Batch, count - first + 1)).ToList();
            await using var db = new SqliteOpsDbContext(builder.Options);
            await db.OneWriterAsync(
                0,
                async ct =>
                {
                    await db.InsertAsync<Incident>([.. ids.Select(id => Waiting(id, opened, due(id)))], ct);
                    await db.InsertAsync<IncidentEvent>([.. ids.Select(id => new IncidentEvent { IncidentId = id, Number = 1, At = opened, Kind = IncidentEventKind.Opened, Actor = "", Data = "{}" })], ct);
                    return 0;
                },
                CancellationToken.None);
        }
    }

    private static Incident Waiting(int id, DateTimeOffset opened, DateTimeOffset due) => new()
    {
        Id = id,
        GroupKey = Name(id),
        OpenKey = Name(id),
        Source = AlertSource.Alertmanager,
        TitleJa = Name(id),
        TitleEn = Name(id),
        Severity = Severity.Critical,
        Level = 2,
        OpenedAt = opened,
        FiringAlerts = 1,
        TotalAlerts = 1,
        ChannelId = Contestants.Channels[0],
        CardChannel = Contestants.Channels[0],
        CardTs = string.Create(CultureInfo.InvariantCulture, $"{opened.ToUnixTimeSeconds()}.{id:D6}"),
        ShownVersion = 1,
        Step = 1,
        NextStepAt = due,
        Events = 1,
        Version = 1,
    };

    private static string Name(int id) => string.Create(CultureInfo.InvariantCulture, $"Waiting{id}");
}
