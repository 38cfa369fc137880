using FestivalOps.Festival;
using FestivalOps.Reports.Business;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Files;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Periods;
using FestivalOps.Reports.Post;
using FestivalOps.Tests.Maintenance;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>The business figures of October 2026, asked on November 5, against what the test itself counts.</summary>
public sealed class BusinessFigureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string FourthBusinessDay = "2026-11-05 09:30";

    private static readonly Period October = Period.Of(ReportKind.Monthly, new(2026, 10, 1));

    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Fact]
    public async Task Every_figure_is_what_the_rows_say_in_Tokyo_s_month()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 6_000);
        await using var stage = await StageAsync(data.Database);
        var answer = await AskAsync(stage, October, October.Before, October.YearBefore!);
        foreach (var (period, year, month) in new[] { (October, 2026, 10), (October.Before, 2026, 9), (October.YearBefore!, 2025, 10) })
        {
            var figures = answer.Figures[period.Key];
            var payments = data.Payments.Where(p => PlatformData.TokyoMonth(p.CreatedAtUtc) == (year, month)).ToList();
            payments.Count.ShouldBeGreaterThan(200);
            Value(figures, "festivals").ShouldBe(data.Festivals.Count(f => PlatformData.TokyoMonth(f) == (year, month)));
            Value(figures, "users_new").ShouldBe(data.Users.Count(u => PlatformData.TokyoMonth(u) == (year, month)));
            Value(figures, "payments").ShouldBe(payments.Count);
            foreach (var status in payments.GroupBy(p => p.Status)) Value(figures, $"payments:status:{status.Key}").ShouldBe(status.Count());
            foreach (var method in payments.GroupBy(p => p.Method)) Value(figures, $"payments:method:{method.Key}").ShouldBe(method.Count());
            foreach (var money in payments.Where(p => p.Status == "completed").GroupBy(p => p.Currency ?? "?")) Value(figures, $"revenue:{money.Key}").ShouldBe(money.Sum(p => p.Amount));
            figures.Count(f => f.Day is null && f.Kind.Unit == FigureUnit.Money).ShouldBe(payments.Where(p => p.Status == "completed").Select(p => p.Currency ?? "?").Distinct().Count(), "no currency is added to another");
            var (failed, completed) = (payments.Count(p => p.Status == "failed"), payments.Count(p => p.Status == "completed"));
            Value(figures, "payment_failures").ShouldBe(100m * failed / (failed + completed));
            for (var day = period.First; day <= period.Last; day = day.AddDays(1))
            {
                var ofDay = payments.Where(p => DateOnly.FromDateTime(p.CreatedAtUtc.AddHours(9)) == day).ToList();
                figures.Days("payments")[day].ShouldBe(ofDay.Count);
                figures.Days("revenue:JPY")[day].ShouldBe(ofDay.Where(p => p.Status == "completed" && p.Currency == "JPY").Sum(p => p.Amount));
            }
        }
        answer.Figures[October.Key].Find("revenue:CHF")!.Note!.Ja.ShouldContain("想定外の通貨");
    }

    [Fact]
    public async Task Users_are_counted_by_the_column_that_is_there_and_the_one_that_is_not_is_named()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 10);
        await using var stage = await StageAsync(data.Database);
        var figures = (await AskAsync(stage, October, October.Before)).Figures;
        var active = figures[October.Key].Find("users_active")!;
        active.Value.ShouldBeNull();
        active.Says().Ja.ShouldBe("データ欠損: users.last_sign_in_at がありません");
        active.Says().En.ShouldBe("missing data: there is no users.last_sign_in_at");
        active.MayCome.ShouldBeFalse();
        var api = figures[October.Key].Find("users_api")!;
        api.Value.ShouldBe(data.ApiAccesses.Count(a => PlatformData.TokyoMonth(a) == (2026, 10)));
        api.Note!.En.ShouldStartWith("a lower bound");
        figures[October.Before.Key].Find("users_api")!.Says().En.ShouldContain("can't be counted afterwards");

        await data.DoAsync("ALTER TABLE users ADD COLUMN last_sign_in_at timestamp; UPDATE users SET last_sign_in_at = '2026-10-15'");
        Value((await AskAsync(stage, October)).Figures[October.Key], "users_active").ShouldBe(60);
        stage.GoTo("2026-11-20 09:30");
        (await AskAsync(stage, October)).Figures[October.Key].Find("users_active")!.Value.ShouldBeNull("who came again since then is no longer seen in October");
    }

    [Fact]
    public async Task A_period_before_the_data_and_one_that_they_cover_in_part_never_read_as_little()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 500);
        await data.DoAsync("DELETE FROM payments WHERE created_at < '2026-09-14 15:00'; UPDATE festivals SET created_at = greatest(created_at, '2026-09-14 15:00'); UPDATE users SET created_at = greatest(created_at, '2026-09-14 15:00')");
        await using var stage = await StageAsync(data.Database);
        var september = October.Before;
        var figures = (await AskAsync(stage, October, september, LastYear)).Figures;
        figures[LastYear.Key].Find("festivals")!.Says().En.ShouldBe("missing data: the first record is from 2026-09-15");
        figures[LastYear.Key].Find("payments")!.Value.ShouldBeNull();
        var half = figures[september.Key].Find("festivals")!;
        half.Partly!.En.ShouldBe("data only from Sep 15 00:00 on");
        Change.Of(figures[October.Key].Find("festivals"), half).ShouldBeNull("half a month is no measure for a whole one");
        (await AskAsync(stage, september)).Figures[september.Key].Find("payments")!.Partly!.En.ShouldStartWith("data only from Sep 1");
        (await stage.Get<DataBeginning>().FirstDayAsync(CancellationToken.None)).ShouldBe(new DateOnly(2026, 9, 15));
    }

    [Fact]
    public async Task A_month_with_two_days_of_data_says_so_on_the_card_and_changes_no_other_report()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 60);
        // The platform's first payment was on November 29, 2025, at 22:39 in Tokyo; its first festival on December 4.
        await data.DoAsync(
            """
            DELETE FROM payments WHERE id > 54;
            UPDATE payments SET status = 'completed', created_at = CASE WHEN id <= 6 THEN timestamp '2025-11-29 13:39' + (id - 1) * interval '1 minute' ELSE timestamp '2025-12-02' + id * interval '1 hour' END;
            UPDATE festivals SET created_at = timestamp '2025-12-04 01:00' + (id - 1) * interval '1 minute';
            UPDATE users SET created_at = '2025-11-29 13:39'
            """);
        await using var stage = await ChecklistStage.SetAtAsync("2026-01-08 09:30", Engine.Sqlite, postgres, ("Platform:Database", data.Database));
        var november = Period.Of(ReportKind.Monthly, new(2025, 11, 1));
        var report = await stage.Get<ReportMaker>().MakeAsync(november, tell: null, CancellationToken.None);
        ReportLines.Headline(report, FigureKinds.Payments, report.Figures.Find("payments")).Ja.ShouldBe("6 (データは 11/29 22:39 から)");
        ReportLines.Headline(report, FigureKinds.Festivals, report.Figures.Find("festivals")).Ja.ShouldBe("データ欠損: 記録は 2025-12-04 からです");
        var first = await stage.Get<ReportMaker>().MakeAsync(Period.Of(ReportKind.Daily, new(2025, 11, 29)), tell: null, CancellationToken.None);
        first.Figures.Find("payments")!.Partly!.En.ShouldBe("data only from Nov 29 22:39 on", "also of the very day");

        report = await stage.Get<ReportMaker>().MakeAsync(Period.Of(ReportKind.Monthly, new(2025, 12, 1)), tell: null, CancellationToken.None);
        report.Figures.Find("payments")!.Value.ShouldBe(48);
        report.Whole.Where(f => f.Kind.Chapter == Chapter.Business).Select(report.Since).ShouldAllBe(c => c == null, "whoever asked for November before");
        ReportLines.Sentence(report).ShouldBe(ReportTexts.OnlyPartly);
    }

    [Fact]
    public async Task A_table_without_a_row_is_no_counted_zero()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 30);
        await data.DoAsync("DELETE FROM payments; DELETE FROM festivals");
        await using var stage = await StageAsync(data.Database);
        var figures = (await AskAsync(stage, October)).Figures[October.Key];
        figures.Find("festivals")!.Says().Ja.ShouldBe("データ欠損: festivals にはまだ 1 件もありません");
        figures.Find("revenue:JPY")!.Says().En.ShouldBe("missing data: payments has no rows yet");
    }

    [Fact]
    public async Task A_month_under_way_is_compared_with_as_much_of_the_one_before_and_that_is_not_kept()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 3_000);
        await using var stage = await ChecklistStage.SetAtAsync("2026-11-10 12:00", Engine.Sqlite, postgres, ("Platform:Database", data.Database));
        var report = await stage.Get<ReportMaker>().MakeAsync(Period.Of(ReportKind.Monthly, new(2026, 11, 1)), tell: null, CancellationToken.None);
        var upTo = new DateTime(2026, 10, 10, 3, 0, 0);
        Value(report.Earlier, "payments").ShouldBe(data.Payments.Count(p => PlatformData.TokyoMonth(p.CreatedAtUtc) == (2026, 10) && p.CreatedAtUtc < upTo));
        Value(report.YearEarlier, "payments").ShouldBe(data.Payments.Count(p => PlatformData.TokyoMonth(p.CreatedAtUtc) == (2025, 11) && p.CreatedAtUtc < new DateTime(2025, 11, 10, 3, 0, 0)));
        report.IsSamePart.ShouldBeTrue();
        report.Remarks[0].Ja.ShouldBe("期間の途中です (11/10 12:00 まで)。前の期間も同じ時点までの数値と比べています");
        FileTexts.Before(report).Ja.ShouldBe("前月 (同じ時点まで)");

        var october = await stage.Get<ReportMaker>().MakeAsync(October, tell: null, CancellationToken.None);
        Value(october.Figures, "payments").ShouldBe(data.Payments.Count(p => PlatformData.TokyoMonth(p.CreatedAtUtc) == (2026, 10)), "October itself is whole");
        // Asked the other way round, both are told until the same time.
        var turned = await stage.Get<ReportMaker>().MakeAsync(October, Period.Of(ReportKind.Monthly, new(2026, 11, 1)), yearBefore: null, tell: null, CancellationToken.None);
        Value(turned.Figures, "payments").ShouldBe(Value(report.Earlier, "payments"));
        turned.Remarks[0].ShouldBe(MakingTexts.OtherUnderWay);
        turned.IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task An_empty_month_is_a_counted_zero_and_has_no_failure_rate()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 300);
        await data.DoAsync("DELETE FROM payments WHERE created_at >= '2026-09-30 15:00'; DELETE FROM festivals WHERE created_at >= '2026-09-30 15:00'");
        await using var stage = await StageAsync(data.Database);
        var figures = (await AskAsync(stage, October)).Figures[October.Key];
        (Value(figures, "payments"), Value(figures, "festivals"), Value(figures, "revenue:JPY")).ShouldBe((0, 0, 0));
        figures.Find("payment_failures")!.Says().En.ShouldBe("no data: no payment was completed or failed");
    }

    [Fact]
    public async Task What_is_missing_costs_its_own_figures_only()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 100);
        await using var stage = await StageAsync(data.Database);
        await data.DoAsync("ALTER TABLE payments RENAME COLUMN currency TO currency_code");
        var figures = (await AskAsync(stage, October)).Figures[October.Key];
        figures.Find("revenue:JPY")!.Says().Ja.ShouldBe("データ欠損: payments.currency がありません");
        figures.Find("revenue:JPY")!.MayCome.ShouldBeTrue();
        var october = data.Payments.Where(p => PlatformData.TokyoMonth(p.CreatedAtUtc) == (2026, 10)).ToList();
        Value(figures, "payments").ShouldBe(october.Count);
        Value(figures, "payments:status:completed").ShouldBe(october.Count(p => p.Status == "completed"));
        Value(figures, "payments:method:paypay").ShouldBe(october.Count(p => p.Method == "paypay"));

        await data.DoAsync("ALTER TABLE payments RENAME COLUMN currency_code TO currency; ALTER TABLE payments RENAME COLUMN payment_method TO method; ALTER TABLE payments RENAME COLUMN status TO state");
        figures = (await AskAsync(stage, October)).Figures[October.Key];
        Value(figures, "payments").ShouldBe(october.Count);
        figures.Where(f => f.Value is null && f.Kind.Name.StartsWith("pay", StringComparison.Ordinal)).Select(f => f.Says().En).ShouldBe(
            ["missing data: there is no payments.status", "missing data: there is no payments.status", "missing data: there is no payments.payment_method"], "no row vanishes without a word");
        figures.Find("revenue:JPY")!.Says().En.ShouldBe("missing data: there is no payments.status");
        Value(figures, "festivals").ShouldBeGreaterThan(0);
        Value(figures, "users_api").ShouldBeGreaterThan(0);

        await data.DoAsync("DROP TABLE payments CASCADE");
        figures = (await AskAsync(stage, October)).Figures[October.Key];
        figures.Find("revenue:JPY")!.Says().En.ShouldBe("missing data: there is no table payments");
        await data.DoAsync("ALTER TABLE users RENAME COLUMN created_at TO born_at");
        (await AskAsync(stage, October)).Figures[October.Key].Find("users_new")!.Says().En.ShouldBe("missing data: there is no users.created_at");
        Value(figures, "festivals").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_role_without_the_right_is_told_which()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 100);
        var role = $"reader_{Guid.NewGuid():N}"[..20];
        await data.DoAsync($"CREATE ROLE {role} LOGIN PASSWORD 'r'; GRANT SELECT (id, created_at) ON festivals TO {role}");
        await using var stage = await StageAsync(new NpgsqlConnectionStringBuilder(data.Database) { Username = role, Password = "r" }.ConnectionString);
        var figures = (await AskAsync(stage, October)).Figures[October.Key];
        Value(figures, "festivals").ShouldBeGreaterThan(0);
        figures.Find("payments")!.Says().En.ShouldBe("missing data: not allowed to read payments (GRANT SELECT (id, created_at, status, payment_method, currency, amount) ON payments TO …)");
        figures.Find("payments")!.MayCome.ShouldBeTrue();

        await data.DoAsync($"GRANT SELECT (id, created_at, status, payment_method, currency, amount) ON payments TO {role}; GRANT SELECT (id, created_at, last_api_access_at) ON users TO {role}");
        figures = (await AskAsync(stage, October)).Figures[October.Key];
        figures.Where(f => f.Value is null).Select(f => f.Kind.Name).ShouldBe(["users_active"], "the rights that are named are enough");

        await data.DoAsync("ALTER TABLE users ADD COLUMN last_sign_in_at timestamp");
        (await AskAsync(stage, October)).Figures[October.Key].Find("users_active")!.Says().En.ShouldBe(
            "missing data: not allowed to read users.last_sign_in_at (GRANT SELECT (last_sign_in_at) ON users TO …)");
        await data.DoAsync($"GRANT SELECT (last_sign_in_at) ON users TO {role}");
        Value((await AskAsync(stage, October)).Figures[October.Key], "users_active").ShouldBe(0);
    }

    [Fact]
    public async Task A_locked_table_is_not_waited_for_and_a_slow_one_is_given_up()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 100);
        await using var stage = await StageAsync(data.Database, ("Reports:StatementSeconds", "1"));
        await using (var other = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(data.Database) { Pooling = false }.ConnectionString))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await PlatformStage.DoAsync(other, "LOCK TABLE payments IN ACCESS EXCLUSIVE MODE");
            var locked = (await AskAsync(stage, October)).Figures[October.Key];
            // A statement's own time is over before the lock's: both say that it may come later.
            locked.Find("payments")!.MayCome.ShouldBeTrue();
            locked.Find("payments")!.Value.ShouldBeNull();
            Value(locked, "festivals").ShouldBeGreaterThan(0);
        }
        await data.DoAsync("ALTER TABLE payments RENAME TO old; CREATE VIEW payments AS SELECT o.* FROM old o, LATERAL (SELECT pg_sleep(0.1) WHERE o.id > 0) s");
        var slow = (await AskAsync(stage, October)).Figures[October.Key];
        slow.Find("payments")!.Says().En.ShouldBe("missing data: it could not be counted within 1 s (Reports:StatementSeconds)");
        Value(slow, "users_new").ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_database_that_is_away_or_not_set_up_is_said()
    {
        await using var away = await StageAsync("Host=127.0.0.1;Port=1;Database=x;Username=x;Timeout=2");
        var missing = (await AskAsync(away, October)).Figures[October.Key];
        missing.Find("payments")!.Says().En.ShouldBe("missing data: the database can't be reached");
        missing.ShouldAllBe(f => f.IsAway && f.MayCome);
        missing.Select(f => f.Kind.Name).ShouldBe(["festivals", "payments", "payments:statuses", "payment_failures", "payments:methods", "revenue:JPY", "users_new", "users_active", "users_api"]);
        (await away.Get<DataBeginning>().FirstDayAsync(CancellationToken.None)).ShouldBeNull("who can't look does not say that there is nothing");
        await using var bare = await StageAsync("");
        var unset = (await AskAsync(bare, October)).Figures[October.Key].Find("festivals")!;
        unset.Says().En.ShouldBe("missing data: Platform:Database is not set");
        unset.Source.Ja.ShouldBe("問い合わせていません (設定 Platform:Database がありません)");
        unset.IsAway.ShouldBeFalse();
    }

    [Fact]
    public async Task All_questions_see_the_same_moment_and_none_can_write()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 50);
        await using var stage = await StageAsync(data.Database);
        await using var snapshot = await PlatformSnapshot.OpenAsync(stage.Get<FestivalDatabase>(), 5, CancellationToken.None);
        var before = await CountAsync(snapshot);
        await data.DoAsync("INSERT INTO payments (festival_id, user_id, amount, payment_method, created_at, updated_at) VALUES (1, 1, 1, 'x', now(), now())");
        (await CountAsync(snapshot)).ShouldBe(before);
        var write = await snapshot.AskAsync("DELETE FROM payments RETURNING id", r => r.GetInt64(0), "payments", CancellationToken.None);
        write.Why!.Says.En.ShouldContain("read-only transaction");
        (await CountAsync(snapshot)).ShouldBe(before, "a refusal costs only itself");

        static async Task<long> CountAsync(PlatformSnapshot snapshot) =>
            (await snapshot.AskAsync("SELECT count(*) FROM payments", r => r.GetInt64(0), "payments", CancellationToken.None)).Value![0];
    }

    [Fact]
    public async Task A_large_table_without_an_index_on_its_time_is_named_with_the_index_that_would_help()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 100);
        await data.DoAsync("UPDATE pg_class SET reltuples = 10000000 WHERE relname = 'payments'");
        await using var stage = await StageAsync(data.Database);
        (await AskAsync(stage, October)).Remarks.ShouldHaveSingleItem().En.ShouldBe(
            "payments (about 10,000,000 rows) was read as a whole, as created_at has no index. To make it faster: CREATE INDEX CONCURRENTLY index_payments_on_created_at ON payments (created_at);");
        await data.DoAsync("CREATE INDEX index_payments_on_created_at ON payments (created_at); UPDATE pg_class SET reltuples = 10000000 WHERE relname = 'payments'");
        (await AskAsync(stage, October)).Remarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_amount_that_is_no_number_and_texts_without_end_do_no_harm()
    {
        var data = await PlatformData.MakeAsync(postgres, payments: 100);
        await using var stage = await StageAsync(data.Database);
        await data.DoAsync("UPDATE payments SET currency = repeat('¥', 500) || E'\\n<!channel>', payment_method = E'=cmd|\\u0007', status = 'lost' WHERE id % 7 = 0");
        var figures = (await AskAsync(stage, October)).Figures[October.Key];
        figures.ShouldAllBe(f => f.Kind.Name.Length <= 120 && !f.Kind.Label.Ja.Contains('\n') && !f.Kind.Label.Ja.Contains('\a'));
        figures.Find("payments:status:lost")!.Kind.Label.En.ShouldBe("payments: lost (an unexpected status)");

        await data.DoAsync("UPDATE payments SET amount = 'NaN', status = 'completed' WHERE id = (SELECT max(id) FROM payments WHERE created_at < '2026-10-31')");
        figures = (await AskAsync(stage, October)).Figures[October.Key];
        figures.Find("payments")!.Says().En.ShouldStartWith("missing data: a value of payments can't be read");
        Value(figures, "users_new").ShouldBeGreaterThanOrEqualTo(0);
    }

    private static readonly Period LastYear = Period.Of(ReportKind.Monthly, new(2025, 10, 1));

    private Task<ChecklistStage> StageAsync(string database, params (string Key, string Value)[] settings) =>
        ChecklistStage.SetAtAsync(FourthBusinessDay, Engine.Sqlite, postgres, [("Platform:Database", database), .. settings]);

    private static Task<PartAnswer> AskAsync(ChecklistStage stage, params Period[] periods) =>
        stage.Services.GetServices<IReportPart>().OfType<BusinessPart>().Single().AskAsync([.. periods.Select(p => p.In(Tokyo))], CancellationToken.None);

    private static decimal Value(IEnumerable<Figure> figures, string name) => figures.Find(name)?.Value ?? throw new InvalidOperationException($"{name} is missing: {figures.Find(name)?.Why?.En}");
}
