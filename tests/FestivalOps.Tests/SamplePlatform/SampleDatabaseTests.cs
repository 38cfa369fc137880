using System.Globalization;
using FestivalOps.Demo.SamplePlatform.Data;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class SampleDatabaseTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_platforms_structure_has_38_tables_and_their_foreign_keys()
    {
        var database = await NewDatabaseAsync("structure");
        (await OneAsync(database, $"SELECT count(*) FROM ({Tables}) AS t")).ShouldBe("38");
        (await OneAsync(database, "SELECT count(*) FROM pg_constraint WHERE contype = 'f'")).ShouldBe("58");
        (await OneAsync(database, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'last_sign_in_at'")).ShouldBe("0");
    }

    [Fact]
    public async Task The_same_seed_and_moment_give_the_same_rows_and_another_seed_gives_others()
    {
        var first = await FilledAsync("first", seed: 7);
        var second = await FilledAsync("second", seed: 7);
        var other = await FilledAsync("other", seed: 8);

        second.ShouldBe(first);
        other.ShouldNotBe(first, StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_rows_have_what_reports_and_checks_need()
    {
        var database = await NewDatabaseAsync("rows");
        await SampleDatabase.FillAsync(database, new SampleDataSize(), Now);

        (await OneAsync(database, "SELECT count(*) FROM payments")).ShouldBe("2000");
        (await OneAsync(database, "SELECT string_agg(DISTINCT currency, ',' ORDER BY currency) FROM payments")).ShouldBe("EUR,JPY,USD");
        (await OneAsync(database, "SELECT count(DISTINCT status) FROM payments")).ShouldBe("6");
        (await OneAsync(database, "SELECT max(created_at) > '2026-11-22' AND max(created_at) <= '2026-11-23 03:00' FROM payments")).ShouldBe("True");
        (await OneAsync(database, "SELECT bool_and(created_at > '2025-11-22') FROM users")).ShouldBe("True");
        (await OneAsync(database, "INSERT INTO users (created_at, updated_at, email) VALUES (now(), now(), 'new@example.jp') RETURNING id")).ShouldBe("401");
    }

    private async Task<string> FilledAsync(string name, int seed)
    {
        var database = await NewDatabaseAsync(name);
        var size = new SampleDataSize { Users = 50, Festivals = 5, Payments = 300, Notifications = 0 };
        await SampleDatabase.FillAsync(database, size, Now, seed);
        const string digest = "SELECT md5(string_agg(x::text, '|' ORDER BY x.id)) FROM payments AS x";
        return await OneAsync(database, digest) + await OneAsync(database, digest.Replace("payments", "users", StringComparison.Ordinal));
    }

    private async Task<string> NewDatabaseAsync(string name)
    {
        var database = await postgres.Server.CreateDatabaseAsync(name);
        await SampleDatabase.CreateTablesAsync(database);
        return database;
    }

    private static async Task<string?> OneAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
