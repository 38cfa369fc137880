using System.Globalization;
using NpgsqlTypes;

namespace FestivalOps.Demo.SamplePlatform.Data;

/// <summary>Invents the platform's rows: a year of festivals, with payments and messages up to now.</summary>
internal static class SampleRows
{
    private static readonly string[] FamilyNames = ["佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤"];
    private static readonly string[] GivenNames = ["陽葵", "蓮", "結衣", "湊", "凛", "樹", "葵", "悠真", "美咲", "大輔"];
    private static readonly string[] Places = ["浅草", "京都", "仙台", "博多", "札幌", "高知", "青森", "徳島"];
    private static readonly string[] Festivals = ["夏祭り", "花火大会", "秋祭り", "雪まつり", "屋台市"];
    private static readonly string[] Work = ["会場図の確認", "警備計画の提出", "屋台の抽選", "音響の手配", "保健所への届出", "ボランティアの募集"];
    private static readonly string[] Businesses = ["たこ焼き", "かき氷", "焼きそば", "りんご飴", "射的", "金魚すくい"];
    private static readonly string[] PaymentMethods = ["credit_card", "bank_transfer", "convenience_store", "paypay"];
    private static readonly string[] NotificationTypes = ["task_assigned", "deadline_reminder", "payment_received", "application_reviewed"];

    /// <summary>The tables in the order in which foreign keys let them be filled.</summary>
    public static IEnumerable<SampleTable> Tables(SampleDataSize size, DateTime now, int seed) =>
    [
        Table("users", size.Users, seed, ["email", "encrypted_password", "first_name", "last_name", "phone"], row =>
        [
            string.Create(CultureInfo.InvariantCulture, $"user{row.Id}@example.jp"),
            "$2a$12$" + new string('x', 53),
            row.One(GivenNames),
            row.One(FamilyNames),
            string.Create(CultureInfo.InvariantCulture, $"+81-90-0000-{row.Id % 10_000:0000}"),
        ], [("role", NpgsqlDbType.Integer, row => row.Chance(0.02) ? 2 : 0),
            ("last_api_access_at", NpgsqlDbType.Timestamp, row => row.Chance(0.6) ? row.Before(now, 60) : null)], now),
        Table("festivals", size.Festivals, seed, ["name", "location"], row =>
        [
            row.One(Places) + row.One(Festivals), row.One(Places),
        ], [("budget", NpgsqlDbType.Numeric, row => 100_000m * row.Number(3, 200)),
            ("status", NpgsqlDbType.Integer, row => row.Number(0, 4)),
            ("user_id", NpgsqlDbType.Bigint, row => row.Reference(size.Users)),
            ("start_date", NpgsqlDbType.Timestamp, row => row.Before(now.AddDays(180), 360))], now),
        Table("payments", size.Payments, seed, ["payment_method", "status", "currency", "external_transaction_id", "customer_name"], row =>
        [
            row.One(PaymentMethods),
            row.Weighted(("completed", 86), ("pending", 5), ("processing", 2), ("failed", 3), ("cancelled", 2), ("refunded", 2)),
            row.Weighted(("JPY", 92), ("USD", 5), ("EUR", 3)),
            string.Create(CultureInfo.InvariantCulture, $"txn_{seed}_{row.Id:0000000000}"),
            row.One(FamilyNames) + " " + row.One(GivenNames),
        ], [("amount", NpgsqlDbType.Numeric, row => (decimal)(row.Number(5, 500) * 100)),
            ("festival_id", NpgsqlDbType.Bigint, row => row.Reference(size.Festivals)),
            ("user_id", NpgsqlDbType.Bigint, row => row.Reference(size.Users))], now),
        Table("notifications", size.Notifications, seed, ["notifiable_type", "notification_type", "title"], row =>
        [
            "Task", row.One(NotificationTypes), "お知らせ: " + row.One(Work),
        ], [("notifiable_id", NpgsqlDbType.Bigint, row => row.Reference(Math.Max(size.Tasks, 1))),
            ("recipient_id", NpgsqlDbType.Bigint, row => row.Reference(size.Users)),
            ("read_at", NpgsqlDbType.Timestamp, row => row.Chance(0.7) ? row.Before(now, 30) : null)], now),
        Table("tasks", size.Tasks, seed, ["title"], row => [row.One(Work)],
            [("priority", NpgsqlDbType.Integer, row => row.Number(0, 3)),
            ("status", NpgsqlDbType.Integer, row => row.Number(0, 3)),
            ("due_date", NpgsqlDbType.Timestamp, row => row.Before(now.AddDays(60), 120)),
            ("user_id", NpgsqlDbType.Bigint, row => row.Reference(size.Users)),
            ("festival_id", NpgsqlDbType.Bigint, row => row.Reference(size.Festivals))], now),
        Table("vendor_applications", size.VendorApplications, seed, ["business_name", "business_type"], row =>
        [
            row.One(FamilyNames) + "商店", row.One(Businesses),
        ], [("status", NpgsqlDbType.Integer, row => row.Number(0, 6)),
            ("festival_id", NpgsqlDbType.Bigint, row => row.Reference(size.Festivals)),
            ("user_id", NpgsqlDbType.Bigint, row => row.Reference(size.Users))], now),
        Table("chat_rooms", size.Festivals, seed, ["name", "room_type"], _ => ["全体連絡", "general"],
            [("festival_id", NpgsqlDbType.Bigint, row => row.Id)], now),
        Table("chat_messages", size.ChatMessages, seed, ["content", "message_type"], row => [row.One(Work) + "をお願いします。", "text"],
            [("chat_room_id", NpgsqlDbType.Bigint, row => row.Reference(size.Festivals)),
            ("user_id", NpgsqlDbType.Bigint, row => row.Reference(size.Users))], now),
    ];

    private static SampleTable Table(
        string name,
        int count,
        int seed,
        string[] textColumns,
        Func<SampleRow, object?[]> texts,
        (string Name, NpgsqlDbType Type, Func<SampleRow, object?> Value)[] others,
        DateTime now)
    {
        SampleColumn[] columns =
        [
            new("id", NpgsqlDbType.Bigint),
            .. textColumns.Select(column => new SampleColumn(column, NpgsqlDbType.Varchar)),
            .. others.Select(column => new SampleColumn(column.Name, column.Type)),
            new("created_at", NpgsqlDbType.Timestamp),
            new("updated_at", NpgsqlDbType.Timestamp),
        ];
        return new SampleTable(name, columns, count, Rows());

        IEnumerable<object?[]> Rows()
        {
            var row = new SampleRow(seed, name);
            while (row.Id < count)
            {
                row.Next();
                // The last row is minutes old, the first a year: evenly spread, so that today and last month have something.
                var created = SampleRow.Timestamp(now - TimeSpan.FromDays(365) * (1 - (row.Id - 0.5) / count));
                yield return [row.Id, .. texts(row), .. others.Select(column => column.Value(row)), created, created];
            }
        }
    }
}
