using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Storage;

public sealed class StoreWatchTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task A_database_that_dies_is_noticed_and_so_is_its_return()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        var state = store.Get<StoreState>();
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services, state);
        await watch.StartAsync(CancellationToken.None);
        await postgres.Server.StopAsync();
        try
        {
            await Until(() => state.Problem?.StartsWith("the store does not answer (error id E-", StringComparison.Ordinal) == true);
            state.IsReachable.ShouldBeFalse();
            state.Ready.IsCompletedSuccessfully.ShouldBeTrue();
        }
        finally
        {
            await postgres.Server.StartAgainAsync();
        }
        await Until(() => state.IsReachable);
        await watch.StopAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_deleted_or_replaced_under_the_bot_is_noticed(bool replaced)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.db");
        await using var store = await TestStore.OpenAsync(("Storage:SqliteFile", file), migrate: true, file);
        File.Copy(file, file + ".copy");
        var state = store.Get<StoreState>();
        using var watch = ActivatorUtilities.CreateInstance<StoreWatch>(store.Services, state);
        await watch.StartAsync(CancellationToken.None);
        // The first look is behind us once a problem that was put there is gone again.
        state.SetProblem("before the first look");
        await Until(() => state.IsReachable);
        if (replaced) File.Move(file + ".copy", file, overwrite: true);
        else File.Delete(file);
        await Until(() => state.Problem?.StartsWith("the store's file was removed or replaced", StringComparison.Ordinal) == true);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Every_session_is_told_to_end_soon_when_its_client_is_gone()
    {
        await using var store = await TestStore.OpenAsync(Engine.Postgres, postgres);
        await using var db = store.Db();
        var connection = (NpgsqlConnection)Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetDbConnection(db.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        (await ShowAsync(connection, "idle_in_transaction_session_timeout")).ShouldBe("10s");
        (await ShowAsync(connection, "statement_timeout")).ShouldBe("10s");
        new NpgsqlConnectionStringBuilder(connection.ConnectionString).TcpKeepAlive.ShouldBeTrue();
    }

    private static async Task<object?> ShowAsync(NpgsqlConnection connection, string setting)
    {
        await using var command = new NpgsqlCommand("SELECT current_setting(@name)", connection) { Parameters = { new("name", setting) } };
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (!holds()) await Task.Delay(20, limit.Token);
    }
}
