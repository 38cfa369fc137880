using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Scheduling;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FestivalOps.Tests.Maintenance;

/// <summary>The real clock, moved by the test, which also learns when someone begins to wait.</summary>
internal sealed class MovedClock : TimeProvider
{
    public TimeSpan By { get; set; }

    public Action<TimeSpan>? Waits { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + By;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits?.Invoke(dueTime);
        return System.CreateTimer(callback, state, dueTime, period);
    }
}

/// <summary>The bot's tasks beside a database of the platform, with an application's folder.</summary>
internal sealed class PlatformStage : IAsyncDisposable
{
    private PlatformStage(TaskStage tasks, MovedClock clock, string database) => (Tasks, Clock, Database) = (tasks, clock, database);

    public TaskStage Tasks { get; }

    public MovedClock Clock { get; }

    /// <summary>Connection string of the owner; empty without a database.</summary>
    public string Database { get; }

    public string Application => Path.Combine(Tasks.Folder, "app");

    public static async Task<PlatformStage> SetAsync(PostgresFixture? postgres, params (string Key, string Value)[] settings)
    {
        var clock = new MovedClock();
        var database = "";
        if (postgres is not null)
        {
            database = await postgres.Server.CreateDatabaseAsync($"p{Guid.NewGuid():N}", cancellationToken: TaskStage.Ct);
            await SampleDatabase.CreateTablesAsync(database, TaskStage.Ct);
        }
        var stage = new PlatformStage(new TaskStage(services => services.AddSingleton<TimeProvider>(clock)), clock, database);
        Directory.CreateDirectory(Path.Combine(stage.Application, "tmp"));
        Directory.CreateDirectory(Path.Combine(stage.Application, "log"));
        stage.Tasks.Set("Maintenance:Application:Folder", stage.Application).Set("Maintenance:Database:LockWaitMilliseconds", "300");
        if (database.Length > 0) stage.Tasks.Set("Platform:Database", database).Set("Platform:MaintenanceDatabase", database);
        foreach (var (key, value) in settings) stage.Tasks.Set(key, value);
        await stage.Tasks.OpenStoreAsync();
        return stage;
    }

    public Task<TaskOutcome> RunAsync<T>(CancellationToken? ct = null) where T : IScheduledTask => Tasks.RunAsync<T>(ct: ct);

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TaskStage.Ct);
        return connection;
    }

    public async Task DoAsync(string statement)
    {
        await using var connection = await OpenAsync();
        await DoAsync(connection, statement);
    }

    public static async Task DoAsync(NpgsqlConnection connection, string statement)
    {
#pragma warning disable CA2100 // statements of the test
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TaskStage.Ct);
    }

    public async Task<long> CountAsync(string question)
    {
        await using var connection = await OpenAsync();
#pragma warning disable CA2100 // the same
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        return (long)(await command.ExecuteScalarAsync(TaskStage.Ct))!;
    }

    /// <summary>Notifications of one user: so many of 91 days, so many of 89.</summary>
    public Task NotifyAsync(int old, int young) => DoAsync(
        FormattableString.Invariant(
            $"""
            INSERT INTO users (email, created_at, updated_at) VALUES ('a@example.com', now(), now());
            INSERT INTO notifications (recipient_id, notifiable_type, notifiable_id, notification_type, title, created_at, updated_at)
            SELECT (SELECT min(id) FROM users), 'Task', 1, 'x', 'x', t, t
            FROM (SELECT (now() AT TIME ZONE 'UTC') - make_interval(days => CASE WHEN n <= {old} THEN 91 ELSE 89 END) AS t FROM generate_series(1, {old + young}) n) s;
            """));

    public async ValueTask DisposeAsync() => await Tasks.DisposeAsync();
}
