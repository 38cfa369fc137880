using FestivalOps.Checks;
using FestivalOps.Checks.Payments;
using FestivalOps.Tests.SamplePlatform;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class PaymentFailureCheckTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Table = "CREATE TABLE payments (id bigserial, status varchar, processed_at timestamp(6), updated_at timestamp(6) NOT NULL)";

    [Theory]
    [InlineData(98, 2, CheckStatus.Ok, "2 % (2 / 100)")]
    [InlineData(97, 3, CheckStatus.Warning, "3 % (3 / 100)")]
    [InlineData(94, 6, CheckStatus.Critical, "6 % (6 / 100)")]
    [InlineData(18, 1, CheckStatus.Ok, "not judged (1 of 19 failed; judged from 20 payments)")]
    [InlineData(0, 0, CheckStatus.Ok, "no payment ended within 24 h")]
    public async Task The_share_of_failed_payments_is_held_against_the_guideline_s_limits(int completed, int failed, object status, string says)
    {
        var database = await WithAsync(Table,
            $"INSERT INTO payments (status, updated_at) SELECT 'completed', now() AT TIME ZONE 'UTC' - interval '1 hour' FROM generate_series(1, {completed})",
            $"INSERT INTO payments (status, updated_at) SELECT 'failed', now() AT TIME ZONE 'UTC' - interval '1 hour' FROM generate_series(1, {failed})",
            // Neither ended nor recent: these count for nothing.
            "INSERT INTO payments (status, updated_at) SELECT s, now() AT TIME ZONE 'UTC' FROM unnest(ARRAY['pending', 'processing', 'cancelled', 'refunded']) AS s, generate_series(1, 50)",
            "INSERT INTO payments (status, updated_at) SELECT 'failed', now() AT TIME ZONE 'UTC' - interval '25 hours' FROM generate_series(1, 500)",
            "INSERT INTO payments (status, processed_at, updated_at) SELECT 'failed', now() AT TIME ZONE 'UTC' - interval '3 days', now() AT TIME ZONE 'UTC' FROM generate_series(1, 500)");
        var found = await Measure.OnceAsync<PaymentFailureCheck>(("Platform:Database", database));
        found.Says.En.ShouldBe(says);
        found.Status.ShouldBe((CheckStatus)status);
    }

    [Theory]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/New_York")]
    public async Task The_server_s_time_zone_does_not_move_the_window(string zone)
    {
        var database = await WithAsync(Table,
            "INSERT INTO payments (status, updated_at) SELECT 'completed', now() AT TIME ZONE 'UTC' - interval '23 hours 50 minutes' FROM generate_series(1, 30)",
            "INSERT INTO payments (status, updated_at) SELECT 'failed', now() AT TIME ZONE 'UTC' - interval '24 hours 10 minutes' FROM generate_series(1, 30)");
        await ExecuteAsync(database, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} SET timezone TO '{zone}'");
        (await Measure.OnceAsync<PaymentFailureCheck>(("Platform:Database", database))).Says.En.ShouldBe("0 % (0 / 30)");
    }

    [Theory]
    [InlineData("SELECT 1", "not available: relation \"payments\" does not exist")]
    [InlineData("CREATE TABLE payments (id bigserial, status varchar, updated_at timestamp(6))", "not available: column payments.processed_at does not exist")]
    public async Task What_is_missing_is_named_and_the_rate_is_unknown_not_zero(string structure, string says)
    {
        var found = await Measure.OnceAsync<PaymentFailureCheck>(("Platform:Database", await WithAsync(structure)));
        found.Status.ShouldBe(CheckStatus.Unknown);
        found.Says.En.ShouldBe(says);
        found.Value.ShouldBeNull();
    }

    [Fact]
    public async Task A_role_that_may_not_read_them_is_told_what_to_grant_and_three_columns_are_enough()
    {
        var database = await WithAsync(Table);
        var name = new NpgsqlConnectionStringBuilder(database).Database!;
        var role = $"reader_{Guid.NewGuid():N}";
        var monitor = await postgres.Server.CreateMonitorAsync(role, name);
        var denied = await Measure.OnceAsync<PaymentFailureCheck>(("Platform:Database", monitor));
        denied.Status.ShouldBe(CheckStatus.Unknown);
        denied.Says.En.ShouldBe("the monitoring user may not read payments (GRANT SELECT (status, processed_at, updated_at) ON payments)");
        await ExecuteAsync(database, $"GRANT SELECT (status, processed_at, updated_at) ON payments TO {role}");
        (await Measure.OnceAsync<PaymentFailureCheck>(("Platform:Database", monitor))).Status.ShouldBe(CheckStatus.Ok);
    }

    [Fact]
    public async Task A_database_that_is_away_makes_it_unknown_and_says_so()
    {
        var away = await Measure.OnceAsync<PaymentFailureCheck>(("Platform:Database", "Host=127.0.0.1;Port=1;Username=u;Password=p;Database=d"));
        away.Status.ShouldBe(CheckStatus.Unknown);
        away.Says.En.ShouldBe("can't be counted: the database can't be reached");
    }

    private async Task<string> WithAsync(params string[] statements)
    {
        var database = await postgres.Server.CreateDatabaseAsync($"payments_{Guid.NewGuid():N}");
        foreach (var statement in statements) await ExecuteAsync(database, statement);
        return database;
    }

    private static async Task ExecuteAsync(string database, string statement)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
