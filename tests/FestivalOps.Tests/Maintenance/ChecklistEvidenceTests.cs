using FestivalOps.Checks;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>What the bot fills in by itself, and what it leaves to people.</summary>
public sealed class ChecklistEvidenceTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly LocalizedText Done = new("異常なし", "nothing found");

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_check_of_the_day_is_evidence_and_one_of_yesterday_is_not(Engine engine)
    {
        await using var stage = await ChecklistStage.SetAsync(engine, postgres);
        await stage.MeasuredAsync("certificate", ClockStage.At("2026-11-26 23:59"), CheckStatus.Ok, 62, Unit.Days);
        await stage.RunsAsync<DailyChecklistTask>();
        var item = await stage.ItemAsync("certificate");
        item.DoneAt.ShouldBeNull();
        item.Verdict.ShouldBe(EvidenceVerdict.NotAvailable);
        item.EvidenceJa.ShouldBe("確認できません: TLS 証明書の最終測定 2026-11-26 23:59 は対象期間より前です");

        await stage.MeasuredAsync("certificate", ClockStage.At("2026-11-27 11:01"), CheckStatus.Ok, 62, Unit.Days);
        await stage.RunsAsync<ChecklistReminderTask>();
        item = await stage.ItemAsync("certificate");
        (item.DoneBy, item.Verdict, item.EvidenceEn).ShouldBe(("", EvidenceVerdict.Good, "TLS certificate: value 62"));
        item.EvidenceAt.ShouldBe(ClockStage.At("2026-11-27 11:01"));
    }

    [Theory]
    [InlineData(nameof(CheckStatus.Warning), nameof(EvidenceVerdict.Finding))]
    [InlineData(nameof(CheckStatus.Critical), nameof(EvidenceVerdict.Finding))]
    [InlineData(nameof(CheckStatus.Unknown), nameof(EvidenceVerdict.NotAvailable))]
    public async Task What_is_not_well_is_left_to_people_with_what_was_found(string status, string verdict)
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredAsync("certificate", stage.Clock.GetUtcNow(), Enum.Parse<CheckStatus>(status), 5, Unit.Days);
        await stage.RunsAsync<DailyChecklistTask>();
        var item = await stage.ItemAsync("certificate");
        (item.Verdict.ToString(), item.DoneAt).ShouldBe((verdict, null));
        item.EvidenceJa.ShouldContain("値 5");
    }

    [Fact]
    public async Task A_check_that_is_not_set_up_says_so()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres, ("Checks:Certificate:Endpoint", FestivalOps.Tests.House.TestBot.Absent));
        await stage.RunsAsync<DailyChecklistTask>();
        (await stage.ItemAsync("certificate")).EvidenceEn.ShouldStartWith("not available: TLS certificate: ");
    }

    [Theory]
    [InlineData(81.0, 0.0, nameof(EvidenceVerdict.Good))]
    [InlineData(80.0, 0.0, nameof(EvidenceVerdict.Finding))] // the guideline writes "> 80%"
    [InlineData(100.0, 0.0, nameof(EvidenceVerdict.Good))]
    [InlineData(810.0, 0.0, nameof(EvidenceVerdict.Finding))]
    [InlineData(95.0, 1.0, nameof(EvidenceVerdict.Finding))]
    [InlineData(null, 0.0, nameof(EvidenceVerdict.NotAvailable))]
    [InlineData(null, 2.0, nameof(EvidenceVerdict.Finding))]
    [InlineData(null, null, nameof(EvidenceVerdict.NotAvailable))]
    public async Task The_score_is_the_figure_that_was_kept_whatever_the_sentences_say(double? score, double? critical, string verdict)
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        // Other parts of the morning check found something; the score stands for itself.
        (string, double)[] figures = [.. score is { } s ? [(FigureNames.SecurityScore, s)] : ((string, double)[])[], .. critical is { } c ? [(FigureNames.CriticalIssues, c)] : ((string, double)[])[]];
        await stage.MeasuredByAsync("morning-check", "2026-11-27 09:00", RunState.Warning, new("警告 1 件、監査スコア 99 %", "1 warning, audit score 99 %"), figures);
        await stage.RunsAsync<DailyChecklistTask>();
        var item = await stage.ItemAsync("score");
        item.Verdict.ToString().ShouldBe(verdict, item.EvidenceEn);
        item.DoneAt.HasValue.ShouldBe(item.Verdict == EvidenceVerdict.Good);
        if (score == 81) (item.EvidenceJa, item.EvidenceEn).ShouldBe(("morning-check: 監査スコア 81 %、重大な問題 0", "morning-check: audit score 81 %, critical issues 0"));
    }

    [Theory]
    [InlineData(nameof(RunState.Ok), 0.0, 0.0, nameof(EvidenceVerdict.Good))]
    [InlineData(nameof(RunState.Warning), 0.0, 3.0, nameof(EvidenceVerdict.Finding))]
    [InlineData(nameof(RunState.Warning), 0.0, 0.0, nameof(EvidenceVerdict.Good))] // something else of that run needs a look
    [InlineData(nameof(RunState.Ok), 0.0, null, nameof(EvidenceVerdict.NotAvailable))] // there is no npm on the host
    [InlineData(nameof(RunState.Ok), null, null, nameof(EvidenceVerdict.NotAvailable))] // all went well, but nobody looked at dependencies
    [InlineData(nameof(RunState.Failed), null, null, nameof(EvidenceVerdict.Finding))]
    [InlineData(nameof(RunState.Failed), 0.0, 0.0, nameof(EvidenceVerdict.Good))] // it failed elsewhere, a certificate say
    [InlineData(nameof(RunState.NotAvailable), null, null, nameof(EvidenceVerdict.NotAvailable))]
    public async Task A_run_speaks_for_an_item_only_with_what_it_measured(string state, double? gems, double? npm, string verdict)
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        (string, double)[] figures = [.. gems is { } g ? [(FigureNames.GemWeaknesses, g)] : ((string, double)[])[], .. npm is { } n ? [(FigureNames.NpmWeaknesses, n)] : ((string, double)[])[]];
        await stage.MeasuredByAsync("security-check", "2026-11-27 10:00", Enum.Parse<RunState>(state), Done, figures);
        await stage.RunsAsync<WeeklyChecklistTask>();
        var item = await stage.ItemAsync("dependencies");
        item.Verdict.ToString().ShouldBe(verdict, item.EvidenceEn);
        if (gems is not null && npm is null) item.EvidenceEn.ShouldBe("not available: security-check: known weaknesses of gems 0, of npm packages not measured");
    }

    [Fact]
    public async Task Figures_of_an_older_run_are_no_evidence_for_the_newest()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredByAsync("security-check", "2026-11-27 09:00", RunState.Ok, Done, (FigureNames.GemWeaknesses, 0), (FigureNames.NpmWeaknesses, 0));
        await stage.RanAsync("security-check", "2026-11-27 10:00", RunState.Ok, Done);
        await stage.RunsAsync<WeeklyChecklistTask>();
        (await stage.ItemAsync("dependencies")).EvidenceEn.ShouldBe("not available: the run of security-check could not measure it");
    }

    [Fact]
    public async Task The_week_counts_from_Monday_on()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredByAsync("backups", "2026-11-23 00:00", RunState.Ok, Done, (FigureNames.BackupsEncrypted, 3), (FigureNames.BackupsNotEncrypted, 0));
        await stage.RanAsync("system-updates", "2026-11-22 23:59", RunState.Ok, Done);
        await stage.RunsAsync<WeeklyChecklistTask>();
        (await stage.ItemAsync("backup-encryption")).DoneBy.ShouldBe("");
        var patches = await stage.ItemAsync("patches");
        (patches.DoneAt, patches.EvidenceEn).ShouldBe((null, "not available: the last run of system-updates, 2026-11-22 23:59, lies before the period"));
        (await stage.ItemAsync("dependencies")).EvidenceEn.ShouldBe("not available: security-check has not run yet");
        (await stage.ItemAsync("accounts")).Verdict.ShouldBe(EvidenceVerdict.None);
    }

    [Theory]
    [InlineData(true, nameof(EvidenceVerdict.Good))]
    [InlineData(false, nameof(EvidenceVerdict.Finding))]
    public async Task A_drill_of_the_month_is_evidence_when_someone_took_it(bool wasTaken, string verdict)
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.RunsAsync<MonthlyChecklistTask>();
        (await stage.ItemAsync("drill")).EvidenceEn.ShouldContain("no drill in this period");
        await using (var db = stage.Db())
        {
            db.Add(IncidentOf(7, stage.Clock.GetUtcNow(), drill: true, taken: wasTaken ? stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(4) : null));
            await db.SaveChangesAsync();
        }
        await stage.RunsAsync<ChecklistReminderTask>();
        var drill = await stage.ItemAsync("drill");
        drill.Verdict.ToString().ShouldBe(verdict);
        drill.EvidenceJa.ShouldContain(wasTaken ? "訓練 #7(2026-11-27 11:00)、4 分で対応開始" : "誰も対応しませんでした");
    }

    [Fact]
    public async Task Newer_evidence_takes_the_bots_own_tick_back_but_never_a_persons()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredByAsync("security-check", "2026-11-27 10:00", RunState.Ok, Done, [(FigureNames.GemWeaknesses, 0), (FigureNames.NpmWeaknesses, 0), .. Refused(0)]);
        await stage.RunsAsync<WeeklyChecklistTask>();
        var list = await stage.ListAsync();
        await stage.Get<ChecklistDesk>().TickAsync(list.List.Id, 3, ChecklistStage.Guard, "", CancellationToken.None);
        list.Open.Count.ShouldBe(3);

        await stage.MeasuredByAsync("security-check", "2026-11-27 10:30", RunState.Warning, new("要確認", "look"), (FigureNames.GemWeaknesses, 2), (FigureNames.NpmWeaknesses, 0));
        await stage.RunsAsync<ChecklistReminderTask>();
        var now = await stage.ListAsync();
        now.Items[0].DoneAt.ShouldBeNull();
        now.Items[0].EvidenceEn.ShouldBe("security-check: known weaknesses of gems 2, of npm packages 0");
        now.Items[1].DoneAt.ShouldBeNull("its log was not looked at this time");
        now.Items[2].DoneBy.ShouldBe(ChecklistStage.Guard);
    }

    [Fact]
    public async Task A_tick_of_the_bot_that_an_administrator_took_back_is_not_set_again_by_the_same_evidence()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.RanAsync("system-updates", "2026-11-26 10:00", RunState.Ok, Done);
        await stage.RunsAsync<WeeklyChecklistTask>();
        var desk = stage.Get<ChecklistDesk>();
        (await desk.UndoAsync(1, 5, ChecklistStage.Guard, isAdministrator: false, CancellationToken.None)).End.ShouldBe(PressEnd.NotYours);
        (await desk.UndoAsync(1, 5, ChecklistStage.Admin, isAdministrator: true, CancellationToken.None)).End.ShouldBe(PressEnd.Done);
        await stage.RunsAsync<WeeklyChecklistTask>();
        (await stage.ItemAsync("patches")).DoneAt.ShouldBeNull();
    }

    [Fact]
    public async Task Refused_requests_are_told_with_their_numbers_and_left_to_people()
    {
        await using var stage = await ChecklistStage.SetAsync(Engine.Sqlite, postgres);
        await stage.MeasuredByAsync("security-check", "2026-11-27 10:00", RunState.Ok, Done, Refused(1_234));
        await stage.RunsAsync<WeeklyChecklistTask>();
        var item = await stage.ItemAsync("access-log");
        (item.Verdict, item.DoneAt, item.EvidenceEn).ShouldBe((EvidenceVerdict.Finding, null, "security-check: 403: 0, 404: 1,234, 429: 0"));
    }

    private static (string, double)[] Refused(double notFound) => [(FigureNames.Answers(403), 0), (FigureNames.Answers(404), notFound), (FigureNames.Answers(429), 0)];

    internal static FestivalOps.Alerting.Incidents.Incident IncidentOf(long id, DateTimeOffset at, bool drill = false, DateTimeOffset? taken = null) => new()
    {
        Id = id, GroupKey = $"g{id}", OpenKey = $"g{id}", Source = FestivalOps.Alerting.Alerts.AlertSource.Check, TitleJa = "決済が遅い", TitleEn = "Payments are slow", Level = 2,
        Severity = FestivalOps.Alerting.Alerts.Severity.Warning, OpenedAt = at.ToUniversalTime(), ChannelId = "C0ALERTS01", Drill = drill, AcknowledgedAt = taken?.ToUniversalTime(),
        AcknowledgedBy = taken is null ? null : ChecklistStage.Operator, State = taken is null ? FestivalOps.Alerting.Incidents.IncidentState.Triggered : FestivalOps.Alerting.Incidents.IncidentState.Acknowledged,
    };
}
