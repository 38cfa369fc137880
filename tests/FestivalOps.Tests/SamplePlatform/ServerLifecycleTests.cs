using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Demo.SamplePlatform.Servers;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class ServerLifecycleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);
    private static readonly HttpClient Http = new() { Timeout = Patience };

    [Fact]
    public async Task PostgreSQL_can_be_hung_taken_away_and_brought_back_with_its_data()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
        await QueryAsync(server, "CREATE TABLE kept AS SELECT 42 AS number");
        await using var idle = new NpgsqlConnection(server.ConnectionString);
        await idle.OpenAsync();

        await HangsAndGoesOnAsync(server, () => QueryAsync(server, "SELECT number FROM kept"));
        await GoesAndComesBackAsync(server, () => QueryAsync(server, "SELECT number FROM kept"));
        (await QueryAsync(server, "SELECT number FROM kept")).ShouldBe(42);
    }

    [Fact]
    public async Task Redis_can_be_hung_taken_away_and_brought_back()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        await using var server = await RedisServer.StartAsync(new RedisOptions { Password = "correct-horse", MaxMemoryBytes = 8 << 20 });
        (await server.PingAsync(default)).ShouldBeTrue();

        await HangsAndGoesOnAsync(server, () => server.PingAsync(default));
        await GoesAndComesBackAsync(server, () => server.PingAsync(default));
    }

    [Fact]
    public async Task Nginx_can_be_hung_taken_away_and_brought_back()
    {
        Assert.SkipUnless(NginxServer.IsAvailable(out var reason), reason);
        await using var app = await SampleApp.StartAsync();
        await using var server = await NginxServer.StartAsync(new NginxOptions { Application = app.Address });

        await HangsAndGoesOnAsync(server, () => Http.GetStringAsync(new Uri(server.Address, "/up")));
        await GoesAndComesBackAsync(server, () => Http.GetStringAsync(new Uri(server.Address, "/up")));
    }

    [Fact]
    public async Task A_hung_server_is_disposed_at_once_and_leaves_no_process_and_no_folder()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        var server = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
        await using var idle = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await idle.OpenAsync();
        var processes = server.ProcessIds;
        processes.Count.ShouldBeGreaterThan(3);
        await server.SuspendAsync();

        await server.DisposeAsync();

        processes.ShouldAllBe(id => ProcessTree.Look(id) == null);
        Directory.Exists(server.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_in_its_own_words_why()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        var error = await Should.ThrowAsync<InvalidOperationException>(() => PostgresServer.StartAsync(new PostgresOptions { MaxConnections = 1 }));
        error.Message.ShouldContain("postgres ended while starting");
        error.Message.ShouldContain("max_connections");
    }

    private static async Task HangsAndGoesOnAsync(LocalServer server, Func<Task> ask)
    {
        await server.SuspendAsync();
        server.IsRunning.ShouldBeTrue();
        server.ProcessIds.ShouldAllBe(id => ProcessTree.Look(id)!.Value.IsStopped);
        var answer = ask();
        await Should.ThrowAsync<TimeoutException>(() => answer.WaitAsync(Moment, TimeProvider.System));

        server.Resume();
        await answer.WaitAsync(Patience, TimeProvider.System);
    }

    private static async Task GoesAndComesBackAsync(LocalServer server, Func<Task> ask)
    {
        var processes = server.ProcessIds;
        processes.ShouldNotBeEmpty();
        await server.StopAsync();
        server.IsRunning.ShouldBeFalse();
        processes.ShouldAllBe(id => ProcessTree.Look(id) == null);
        await Should.ThrowAsync<Exception>(ask);

        await server.StartAgainAsync();
        await ask().WaitAsync(Patience, TimeProvider.System);
    }

    private static async Task<object?> QueryAsync(PostgresServer server, string sql)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(unpooled.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
