using FestivalOps.Demo.SamplePlatform.Data;
using FestivalOps.Tests.SamplePlatform;
using Npgsql;
using NpgsqlTypes;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>A payment as the test knows it.</summary>
internal sealed record GeneratedPayment(DateTime CreatedAtUtc, string Status, string Method, string? Currency, decimal Amount);

/// <summary>
/// A database with the platform's structure and rows of which the test knows each one, so that it can count them without a line of the
/// product's code.
/// </summary>
internal sealed class PlatformData
{
    private static readonly string[] Statuses = ["pending", "processing", "completed", "completed", "completed", "failed", "cancelled", "refunded"];
    private static readonly string[] Methods = ["credit_card", "bank_transfer", "convenience_store", "paypay"];
    private static readonly string?[] Currencies = ["JPY", "JPY", "JPY", "USD", "EUR", "CHF", null];

    private PlatformData(string database) => Database = database;

    public string Database { get; }

    public List<GeneratedPayment> Payments { get; } = [];

    public List<DateTime> Festivals { get; } = [];

    public List<DateTime> Users { get; } = [];

    public List<DateTime> ApiAccesses { get; } = [];

    /// <summary>The month of a moment in Tokyo, which has been nine hours ahead of UTC all year round since 1951.</summary>
    public static (int Year, int Month) TokyoMonth(DateTime utc) => (utc.AddHours(9).Year, utc.AddHours(9).Month);

    /// <summary>Rows over 14 months until the end of November 2026, with some on the very edges of October.</summary>
    public static async Task<PlatformData> MakeAsync(PostgresFixture postgres, int payments, int seed = 20261129)
    {
        var data = new PlatformData(await postgres.Server.CreateDatabaseAsync($"reports_{Guid.NewGuid():N}"));
        await SampleDatabase.CreateTablesAsync(data.Database, TestContext.Current.CancellationToken);
        data.Generate(payments, seed);
        await data.WriteAsync();
        return data;
    }

    private void Generate(int payments, int seed)
    {
        var random = new Random(seed);
        var first = new DateTime(2025, 9, 30, 15, 0, 0);
        var span = new DateTime(2026, 11, 26, 0, 0, 0) - first;
        for (var i = 0; i < 60; i++) Users.Add(i == 0 ? first : At());
        for (var i = 0; i < 60; i++) ApiAccesses.Add(At());
        for (var i = 0; i < 90; i++) Festivals.Add(At());
        // Midnights of Tokyo are 15:00 UTC; a microsecond beside them decides the month.
        DateTime[] edges = [new(2026, 9, 30, 15, 0, 0), new(2026, 10, 31, 15, 0, 0), new(2025, 10, 31, 15, 0, 0)];
        foreach (var edge in edges)
        {
            Festivals.AddRange([edge, edge.AddMicroseconds(-1)]);
            foreach (var at in new[] { edge, edge.AddMicroseconds(-1) }) Payments.Add(new(at, "completed", "credit_card", "JPY", 1_000_000));
        }
        for (var i = 0; i < payments; i++)
        {
            var currency = Currencies[random.Next(Currencies.Length)];
            var amount = currency == "JPY" ? random.Next(1, 100_000) : random.Next(1, 1_000_000) / 100m;
            Payments.Add(new(At(), Statuses[random.Next(Statuses.Length)], Methods[random.Next(Methods.Length)], currency, amount));
        }

        DateTime At() => first.AddMicroseconds((long)(random.NextDouble() * span.TotalMicroseconds));
    }

    private async Task WriteAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await CopyAsync(connection, "COPY users (email, created_at, updated_at, last_api_access_at) FROM STDIN (FORMAT BINARY)", Users.Order().Index(), async (copy, user) =>
        {
            await copy.WriteAsync($"u{user.Index}@example.com", NpgsqlDbType.Varchar);
            await copy.WriteAsync(user.Item, NpgsqlDbType.Timestamp);
            await copy.WriteAsync(user.Item, NpgsqlDbType.Timestamp);
            await copy.WriteAsync(ApiAccesses[user.Index], NpgsqlDbType.Timestamp);
        });
        await CopyAsync(connection, "COPY festivals (user_id, created_at, updated_at) FROM STDIN (FORMAT BINARY)", Festivals.Order(), async (copy, at) =>
        {
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
            await copy.WriteAsync(at, NpgsqlDbType.Timestamp);
            await copy.WriteAsync(at, NpgsqlDbType.Timestamp);
        });
        await CopyAsync(connection, "COPY payments (festival_id, user_id, amount, payment_method, status, currency, created_at, updated_at) FROM STDIN (FORMAT BINARY)", Payments.OrderBy(p => p.CreatedAtUtc), async (copy, payment) =>
        {
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
            await copy.WriteAsync(payment.Amount, NpgsqlDbType.Numeric);
            await copy.WriteAsync(payment.Method, NpgsqlDbType.Varchar);
            await copy.WriteAsync(payment.Status, NpgsqlDbType.Varchar);
            if (payment.Currency is null) await copy.WriteNullAsync();
            else await copy.WriteAsync(payment.Currency, NpgsqlDbType.Varchar);
            await copy.WriteAsync(payment.CreatedAtUtc, NpgsqlDbType.Timestamp);
            await copy.WriteAsync(payment.CreatedAtUtc, NpgsqlDbType.Timestamp);
        });
    }

    private static async Task CopyAsync<T>(NpgsqlConnection connection, string statement, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, Task> write)
    {
        await using var copy = await connection.BeginBinaryImportAsync(statement, TestContext.Current.CancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync();
            await write(copy, row);
        }
        await copy.CompleteAsync();
    }

    public async Task DoAsync(string statement)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // statements of the test
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
