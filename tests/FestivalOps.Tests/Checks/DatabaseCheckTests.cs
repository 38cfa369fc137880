using FestivalOps.Checks;
using FestivalOps.Checks.Database;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Tests.SamplePlatform;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class DatabaseCheckTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_database_that_answers_is_ok_with_its_version()
    {
        var found = await Measure.OnceAsync<DatabaseCheck>(("Platform:Database", postgres.Database));
        found.Status.ShouldBe(CheckStatus.Ok);
        found.Says.En.ShouldMatch(@"^answers in \d+ ms$");
        found.Facts.ShouldContain(f => f.Label.En == "Version" && f.Value.Contains('.'));
    }

    [Fact]
    public async Task Connections_are_counted_of_the_maximum()
    {
        await using var server = await StartAsync(maxConnections: 20);
        await using var held = NpgsqlDataSource.Create(server.ConnectionString);
        var connections = new List<NpgsqlConnection>();
        // Fewer than the limit, so that a connection that has just ended and is not gone yet doesn't count as the last free one.
        for (var i = 0; i < 16; i++) connections.Add(await held.OpenConnectionAsync());
        var busy = await Measure.OnceAsync<DatabaseConnectionsCheck>(("Platform:Database", server.ConnectionString));
        busy.Status.ShouldBe(CheckStatus.Warning);
        busy.Says.En.ShouldMatch(@"^8[5-9]|90 % \(1[78] / 20\)$");
        await Should.ThrowAsync<PostgresException>(async () =>
        {
            for (var i = 0; i < 10; i++) connections.Add(await held.OpenConnectionAsync());
        });
        var full = await Measure.OnceAsync<DatabaseConnectionsCheck>(("Platform:Database", server.ConnectionString));
        full.Status.ShouldBe(CheckStatus.Critical);
        full.Says.En.ShouldBe("all connections are taken; new ones are refused");
        foreach (var connection in connections) await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_refused_connection_is_critical_at_once_and_the_count_is_unknown_not_zero()
    {
        const string nowhere = "Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d";
        var down = await Measure.OnceAsync<DatabaseCheck>(("Platform:Database", nowhere));
        down.Status.ShouldBe(CheckStatus.Critical);
        down.Says.En.ShouldBe("connection refused (127.0.0.1:1)");
        var count = await Measure.OnceAsync<DatabaseConnectionsCheck>(("Platform:Database", nowhere));
        count.Status.ShouldBe(CheckStatus.Unknown);
        count.Value.ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_password_is_our_setting_not_the_database_s_fault()
    {
        var wrong = new NpgsqlConnectionStringBuilder(postgres.Database) { Password = "wrong" }.ConnectionString;
        var denied = await Measure.OnceAsync<DatabaseCheck>(("Platform:Database", wrong));
        denied.Status.ShouldBe(CheckStatus.Unknown);
        denied.Says.En.ShouldBe("the monitoring user was refused; check Platform:Database");
        denied.Facts.ShouldAllBe(f => !f.Value.Contains("wrong"));
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_critical()
    {
        var wrong = new NpgsqlConnectionStringBuilder(postgres.Database) { Database = "no_such" }.ConnectionString;
        (await Measure.OnceAsync<DatabaseCheck>(("Platform:Database", wrong))).Says.En.ShouldBe("the database does not exist");
    }

    private static async Task<PostgresServer> StartAsync(int maxConnections)
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        return await PostgresServer.StartAsync(new() { Durable = false, MaxConnections = maxConnections });
    }
}
