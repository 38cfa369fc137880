using FestivalOps.Demo.SamplePlatform.Servers;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class PostgresServerTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task It_asks_for_the_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString) { Password = "guess" };
        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var error = await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync());
        error.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Theory]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("password_encryption", "scram-sha-256")]
    [InlineData("max_connections", "100")]
    [InlineData("fsync", "off")]
    public async Task It_is_set_up_for_tests(string setting, string value) =>
        (await QueryAsync($"SHOW {setting}")).ShouldBe(value);

    [Fact]
    public async Task A_database_made_here_counts_its_statements() =>
        (await QueryAsync("SELECT count(*) >= 0 FROM pg_stat_statements")).ShouldBe(true);

    [Fact]
    public async Task A_database_can_be_made_as_a_copy_of_another()
    {
        var original = await postgres.Server.CreateDatabaseAsync("original");
        await using (var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(original) { Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync();
            await using var create = new NpgsqlCommand("CREATE TABLE \"only here\" (id int)", connection);
            await create.ExecuteNonQueryAsync();
        }

        var copy = await postgres.Server.CreateDatabaseAsync("the \"copy\"", template: "original");

        (await QueryAsync("SELECT to_regclass('\"only here\"') IS NOT NULL", copy)).ShouldBe(true);
    }

    [Fact]
    public async Task A_monitor_sees_every_connection_and_reads_no_table()
    {
        var database = await postgres.Server.CreateDatabaseAsync("watched");
        await QueryAsync("CREATE TABLE secrets AS SELECT 1 AS one", database);
        var monitor = await postgres.Server.CreateMonitorAsync("watcher", "watched");

        (await QueryAsync("SELECT count(*) > 1 FROM pg_stat_activity WHERE query <> '<insufficient privilege>'", monitor)).ShouldBe(true);
        var error = await Should.ThrowAsync<PostgresException>(() => QueryAsync("SELECT * FROM secrets", monitor));
        error.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_plain_server_keeps_what_it_has_committed()
    {
        await using var server = await PostgresServer.StartAsync(new PostgresOptions { MaxConnections = 20 });
        (await QueryAsync("SHOW fsync", server.ConnectionString)).ShouldBe("on");
        (await QueryAsync("SHOW max_connections", server.ConnectionString)).ShouldBe("20");
    }

    private async Task<object?> QueryAsync(string sql, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? postgres.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
