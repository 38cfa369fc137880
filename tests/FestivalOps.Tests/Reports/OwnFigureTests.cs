using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Reports.Figures;
using FestivalOps.Reports.Making;
using FestivalOps.Reports.Operations;
using FestivalOps.Reports.Periods;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.Maintenance;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Reports;

/// <summary>Figures from what the bot itself remembers, of Thursday, November 26, 2026, asked on Friday.</summary>
public sealed class OwnFigureTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly Period Yesterday = Period.Of(ReportKind.Daily, new(2026, 11, 26));

    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Availability_downtime_and_the_worst_hour_are_those_of_the_measurements(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        // Each 30 minutes; down at 13:00 and 13:30, not looked at 20:00; the midnights are other days' or the day's own.
        var at = ClockStage.At("2026-11-25 23:30");
        for (var i = 0; i < 51; i++, at += TimeSpan.FromMinutes(30))
        {
            var status = at.Hour == 13 ? CheckStatus.Critical : at is { Hour: 20, Minute: 0 } ? CheckStatus.Unknown : CheckStatus.Ok;
            await stage.MeasuredAsync("up", at, status);
            await stage.MeasuredAsync("response-time", at, CheckStatus.Ok, 100 + i, Unit.Milliseconds);
        }
        var figures = await AskAsync<MeasuredPart>(stage);
        // 48 of the day, of which one says nothing: 45 of 47 answered.
        figures.Find("availability")!.Value.ShouldBe(100m * 45 / 47);
        figures.Find("availability")!.Note!.En.ShouldBe("target 99.5 %, 45 of 47 measurements answered; measured for 16 % of the period");
        figures.Find("downtime")!.Value.ShouldBe(600, "each stands for five minutes at most");
        figures.Find("worst_hour")!.Value.ShouldBe(0);
        figures.Find("worst_hour")!.Note!.Ja.ShouldBe("11/26 13時台、2 回中 0 回応答");
        // 101 to 148.
        figures.Find("response_mean")!.Value.ShouldBe(124.5m);
        figures.Find("response_p50")!.Value.ShouldBe(124);
        figures.Find("response_p95")!.Value.ShouldBe(146);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Incidents_are_counted_by_level_and_their_times_by_the_printed_definition(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        await OpenAsync(stage, 1, "2026-11-25 23:59", 3, acknowledged: 1, resolved: 2);
        await OpenAsync(stage, 2, "2026-11-26 00:00", 1, acknowledged: 10, resolved: 30);
        await OpenAsync(stage, 3, "2026-11-26 12:00", 3, acknowledged: 20, resolved: null);
        await OpenAsync(stage, 4, "2026-11-26 18:00", 3, acknowledged: null, resolved: 90);
        await OpenAsync(stage, 5, "2026-11-26 19:00", 2, acknowledged: 1, resolved: 2, drill: true);
        var figures = await AskAsync<IncidentPart>(stage);
        (figures.Find("incidents:1")!.Value, figures.Find("incidents:2")!.Value, figures.Find("incidents:3")!.Value).ShouldBe((1m, 0m, 2m));
        figures.Find("mtta")!.Value.ShouldBe(15 * 60);
        figures.Find("mtta")!.Note!.En.ShouldBe("from opening to the first acknowledgement, 2 of 3 incidents (1 ended or wait without one); without drills");
        figures.Find("mttr")!.Value.ShouldBe(60 * 60);
        figures.Find("mttr")!.Note!.Ja.ShouldBe("発生から解決まで。3 件中 2 件 (1 件は未解決)。訓練を除く");
        figures.Find("pages")!.Value.ShouldBe(3);
        var before = await AskAsync<IncidentPart>(stage, Period.Of(ReportKind.Daily, new(2026, 11, 24)));
        before.Find("incidents:3")!.Value.ShouldBeNull("the bot was not there yet: no incident is not the same as nobody looked");
    }

    [Fact]
    public async Task A_day_without_an_incident_is_a_counted_zero()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredAsync("up", ClockStage.At("2026-11-25 10:00"), CheckStatus.Ok);
        var figures = await AskAsync<IncidentPart>(stage);
        figures.Find("incidents:3")!.Value.ShouldBe(0);
        figures.Find("mtta")!.Says().En.ShouldBe("no data: there was no incident");
    }

    [Fact]
    public async Task What_the_bot_saw_only_the_end_of_says_since_when_and_how_much()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredAsync("up", ClockStage.At("2026-11-26 20:27"), CheckStatus.Ok);
        await stage.RanAsync("morning-check", "2026-11-26 20:30", RunState.Ok, new("朝", "morning"));
        var incidents = await AskAsync<IncidentPart>(stage);
        incidents.Find("incidents:3")!.SaysWhole().Ja.ShouldBe("0 (記録は 11/26 20:27 から)");
        incidents.Find("pages")!.SaysWhole().En.ShouldBe("0 (records only from Nov 26 20:27 on)");
        var measured = await AskAsync<MeasuredPart>(stage);
        measured.Find("availability")!.SaysWhole().Ja.ShouldBe("100 % (測定 0 %)");
        measured.Find("downtime")!.SaysWhole().En.ShouldBe("0 s (measured for 0 %)");
        (await AskAsync<FestivalOps.Reports.Upkeep.UpkeepPart>(stage)).Find("runs_failed")!.SaysWhole().Ja.ShouldBe("0 (実行履歴は 2026-11-26 から)");
        Change.Of(measured.Find("availability"), measured.Find("availability")).ShouldBeNull("one measurement is no day to compare with");
    }

    [Fact]
    public async Task The_disk_is_told_with_the_day_on_which_it_fills()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        // A point a day for ten days, until 70 % on the 26th.
        for (var hour = 0; hour <= 240; hour++) await stage.MeasuredAsync("disk", ClockStage.At("2026-11-16 23:30").AddHours(hour), CheckStatus.Ok, 60 + hour / 24.0);
        var figures = await AskAsync<FestivalOps.Reports.Operations.CapacityPart>(stage);
        figures.Find("disk_used")!.Value!.Value.ShouldBe(70, 0.01m);
        figures.Find("disk_full")!.Value!.Value.ShouldBe(30, 0.1m);
        figures.Find("disk_full")!.Note!.En.ShouldBe("full around 2026-12-26 (+1 pt a day)");
        figures.Find("database_bytes")!.Says().En.ShouldBe("missing data: Platform:Database is not set");
    }

    [Fact]
    public async Task The_cache_s_hits_are_those_of_the_period_also_over_a_restart_of_Redis()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        foreach (var (at, hits, misses) in new[] { ("2026-11-25 08:45", 1_000, 100), ("2026-11-26 08:45", 1_900, 200), ("2026-11-26 20:45", 50, 0) })
            await stage.MeasuredByAsync("cache-check", at, RunState.Ok, new("確認", "looked"), ("hits", hits), ("misses", misses));
        var figures = await AskAsync<FestivalOps.Reports.Operations.CapacityPart>(stage);
        // 900 + 50 hits, 100 + 0 misses.
        figures.Find("cache_hits")!.Value!.Value.ShouldBe(100m * 950 / 1_050, 0.001m);
    }

    [Fact]
    public async Task Security_tells_what_tasks_and_checklists_have_kept()
    {
        await using var stage = await ChecklistStage.SetAtAsync("2026-11-26 09:10", Engine.Sqlite, postgres);
        await stage.MeasuredByAsync("morning-check", "2026-11-26 09:00", RunState.Ok, new("朝", "morning"), (FigureNames.SecurityScore, 92), (FigureNames.CriticalIssues, 1));
        await stage.MeasuredByAsync("security-audit", "2026-11-26 10:00", RunState.Ok, new("監査", "audit"), (FigureNames.SecurityScore, 88), (FigureNames.CriticalIssues, 2));
        await stage.MeasuredByAsync("security-check", "2026-11-26 09:30", RunState.Ok, new("確認", "looked"), ("answers_403", 12), ("answers_404", 300), ("answers_429", 5));
        await stage.MeasuredAsync("certificate", ClockStage.At("2026-11-26 08:00"), CheckStatus.Ok, 41, Unit.Days);
        await stage.RunsAsync<DailyChecklistTask>();
        var list = await stage.ListAsync();
        await stage.Get<ChecklistDesk>().TickAsync(list.List.Id, list.Open[0].Number, ChecklistStage.Guard, "", CancellationToken.None);
        stage.GoTo("2026-11-27 09:15");
        var figures = await AskAsync<FestivalOps.Reports.Security.SecurityPart>(stage);
        (figures.Find("security_score")!.Value, figures.Find("security_score_min")!.Value, figures.Find("security_critical_issues")!.Value).ShouldBe((88m, 88m, 2m));
        figures.Find("unauthorised")!.Value.ShouldBe(317);
        figures.Find("certificate_days")!.Value.ShouldBe(41);
        var done = (await stage.ListAsync()).Items.Count(i => i.DoneAt is not null);
        figures.Find("checklists")!.Value.ShouldBe(100m * done / 5);
        figures.Find("checklists_signed")!.Value.ShouldBe(0);
        figures.Find("blocked")!.Value.ShouldBeNull();
    }

    [Fact]
    public async Task Upkeep_tells_what_ran_was_left_out_and_failed()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.RanAsync("morning-check", "2026-11-25 09:00", RunState.Ok, new("朝", "morning"));
        await stage.RanAsync("morning-check", "2026-11-26 09:00", RunState.Ok, new("朝", "morning"));
        await stage.RanAsync("cache-check", "2026-11-26 08:45", RunState.Failed, new("不可", "failed"));
        await stage.RanAsync("cache-warm-up", "2026-11-26 06:00", RunState.Failed, new("不可", "failed"));
        await stage.RanAsync("cache-warm-up", "2026-11-26 07:00", RunState.Failed, new("不可", "failed"));
        await stage.RanAsync("backups", "2026-11-26 09:30", RunState.Ok, new("確認", "read"));
        await stage.RanAsync("capacity", "2026-11-26 10:00", RunState.Skipped, new("見送り", "left out"));
        await stage.MeasuredByAsync("restore-test", "2026-11-26 10:30", RunState.Ok, new("復元", "restored"), (FigureNames.RecoverySeconds, 754));
        var figures = await AskAsync<FestivalOps.Reports.Upkeep.UpkeepPart>(stage);
        figures.Find("runs_ok")!.Value.ShouldBe(3);
        figures.Find("runs_failed")!.Value.ShouldBe(3);
        figures.Find("runs_failed")!.Note!.En.ShouldBe("cache-warm-up ×2, cache-check");
        (figures.Find("runs_skipped")!.Value, figures.Find("runs_missed")!.Value).ShouldBe((1m, 0m));
        figures.Find("backups_read")!.Value.ShouldBe(1);
        figures.Find("recovery_seconds")!.Says().En.ShouldBe("12 min");
    }

    private static async Task OpenAsync(ChecklistStage stage, long id, string at, int level, int? acknowledged, int? resolved, bool drill = false)
    {
        await using var db = stage.Db();
        var opened = ClockStage.At(at).ToUniversalTime();
        db.Add(new Incident
        {
            Id = id, GroupKey = $"g{id}", Source = AlertSource.Check, TitleJa = "障害", TitleEn = "trouble", Severity = Severity.Critical, Level = level, OpenedAt = opened, ChannelId = "", Drill = drill,
            ResolvedAt = resolved is { } end ? opened.AddMinutes(end) : null, State = resolved is null ? IncidentState.Triggered : IncidentState.Resolved,
        });
        db.Add(new IncidentEvent { IncidentId = id, Number = 1, At = opened.AddSeconds(30), Kind = IncidentEventKind.PageArrived, Actor = "", Data = "{}" });
        // Who takes it a second time does not count again.
        if (acknowledged is { } taken)
            db.AddRange(new[] { taken, taken + 40 }.Select((minutes, number) => new IncidentEvent { IncidentId = id, Number = 2 + number, At = opened.AddMinutes(minutes), Kind = IncidentEventKind.Acknowledged, Actor = "U1", Data = "{}" }));
        await db.SaveChangesAsync();
    }

    private static async Task<IReadOnlyList<Figure>> AskAsync<T>(ChecklistStage stage, Period? period = null) where T : IReportPart
    {
        var wanted = period ?? Yesterday;
        return (await stage.Services.GetServices<IReportPart>().OfType<T>().Single().AskAsync([wanted.In(Tokyo)], CancellationToken.None)).Figures[wanted.Key];
    }
}
