using System.Globalization;
using FestivalOps.Demo.SamplePlatform.Data;
using Npgsql;

namespace FestivalOps.Benchmarks.Reports;

/// <summary>A database of the platform with very many payments, made by PostgreSQL itself.</summary>
internal static class ManyPayments
{
    /// <summary>So many users.</summary>
    public const int Users = 100_000;

    /// <summary>So many festivals.</summary>
    public const int Festivals = 20_000;

    // The platform's other indexes on payments serve none of the report's questions, and ten million rows would take minutes more with them.
    private const string Strip =
        """
        DO $$ DECLARE r record; BEGIN
          FOR r IN SELECT conname FROM pg_constraint WHERE conrelid = 'payments'::regclass AND contype = 'f' LOOP EXECUTE format('ALTER TABLE payments DROP CONSTRAINT %I', r.conname); END LOOP;
          FOR r IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = 'payments'::regclass AND NOT indisprimary LOOP EXECUTE format('DROP INDEX %s', r.name); END LOOP;
        END $$
        """;

    /// <summary>Makes tables and rows; the same each time.</summary>
    public static async Task FillAsync(string database, int payments, DateTimeOffset now)
    {
        await SampleDatabase.CreateTablesAsync(database);
        await DoAsync(database, Strip);
        var end = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        await DoAsync(database, $"SELECT setseed(0.20261129); INSERT INTO users (email, created_at, updated_at, last_api_access_at) SELECT 'u' || n, t, t, t FROM (SELECT n, timestamp '{end}' - random() * interval '730 days' AS t FROM generate_series(1, {Users}) n) s");
        await DoAsync(database, $"SELECT setseed(0.20261130); INSERT INTO festivals (user_id, created_at, updated_at) SELECT 1 + n % {Users}, t, t FROM (SELECT n, timestamp '{end}' - random() * interval '730 days' AS t FROM generate_series(1, {Festivals}) n) s");
        await DoAsync(
            database,
            $"""
            INSERT INTO payments (festival_id, user_id, amount, payment_method, status, currency, customer_email, external_transaction_id, processed_at, created_at, updated_at)
            SELECT 1 + n % {Festivals}, 1 + n % {Users}, 100 + n % 50000, (ARRAY['credit_card','bank_transfer','convenience_store','paypay'])[1 + n % 4],
                   (ARRAY['completed','completed','completed','completed','completed','pending','processing','failed','cancelled','refunded'])[1 + n % 10],
                   (ARRAY['JPY','JPY','JPY','JPY','JPY','USD','EUR'])[1 + n % 7], 'user' || n % {Users} || '@example.com', 'txn_' || md5(n::text), t, t, t
            FROM (SELECT n, timestamp '{end}' - ({payments} - n) * (interval '730 days' / {payments}) AS t FROM generate_series(1, {payments}) n) s
            """);
        await DoAsync(database, "VACUUM ANALYZE");
    }

    /// <summary>Does statements; an hour is enough for each.</summary>
    public static async Task DoAsync(string database, string statements)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database) { Pooling = false, CommandTimeout = 3600 }.ConnectionString);
        await connection.OpenAsync();
        foreach (var statement in statements.StartsWith("DO", StringComparison.Ordinal) ? [statements] : statements.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
#pragma warning disable CA2100 // statements of the benchmark
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }
}
