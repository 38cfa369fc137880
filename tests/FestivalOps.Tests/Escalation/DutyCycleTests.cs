using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Commands;
using FestivalOps.Commands.Grammar;
using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Roles;
using FestivalOps.Escalation.Drills;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Escalation.Paging;
using FestivalOps.Escalation.Why;
using FestivalOps.Language;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

public sealed class DutyCycleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly (string, string)[] Rotation =
        [("OnCall:Operations:Rotation:0", LadderStage.Operator1), ("OnCall:Operations:Rotation:1", LadderStage.Operator2), ("OnCall:Operations:UserGroup", "S0ONCALL01")];

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_hand_over_is_told_once_with_what_is_open(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres, Rotation);
        await stage.RaiseAsync(level: 2);
        var duty = stage.Get<DutyCycle>();
        await duty.HandOverAsync(CancellationToken.None);
        (await stage.RowsAsync("oncall")).ShouldBeEmpty("Tuesday: Monday's hand-over is no news");

        stage.Clock.Advance(new DateTimeOffset(2026, 11, 30, 0, 0, 30, TimeSpan.Zero) - stage.Clock.GetUtcNow());
        await duty.HandOverAsync(CancellationToken.None);
        await stage.AnotherBot().GetRequiredService<DutyCycle>().HandOverAsync(CancellationToken.None);

        var row = (await stage.RowsAsync("oncall")).ShouldHaveSingleItem();
        row.Target.ShouldBe("C0OPS00001");
        var text = Text((await stage.PrepareAsync(row)).ShouldBeOfType<Prepared.Post>().Message);
        text.ShouldMatch($"運用担当者: <@{LadderStage.Operator1}> → <@{LadderStage.Operator2}>|運用担当者: <@{LadderStage.Operator2}> → <@{LadderStage.Operator1}>");
        text.ShouldContain("未解決のインシデント: 1 件");
        text.ShouldContain("#1 CPU 使用率 &lt;96%&gt; (L2, 未対応)");
    }

    [Fact]
    public async Task The_user_group_follows_and_a_refusal_is_said_once()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres, Rotation);
        var duty = stage.Get<DutyCycle>();
        await duty.KeepGroupsAsync(CancellationToken.None);
        stage.Slack.Groups["S0ONCALL01"].ShouldHaveSingleItem();
        await duty.KeepGroupsAsync(CancellationToken.None);
        stage.Slack.Calls.Count(c => c == "UserGroupUsers.Update").ShouldBe(1, "what is in step is left alone");

        stage.Slack.Refusals["S0ONCALL01"] = "plan_upgrade_required";
        for (var week = 0; week < 3; week++)
        {
            stage.Clock.Advance(TimeSpan.FromDays(7));
            await duty.KeepGroupsAsync(CancellationToken.None);
        }
        var said = (await stage.RowsAsync("oncall")).ShouldHaveSingleItem();
        (await stage.PrepareAsync(said)).ShouldBeOfType<Prepared.Post>().Message.Text!.ShouldContain("Slack の有料プランが必要です");
    }

    [Fact]
    public async Task Before_the_holidays_run_out_the_bot_raises_an_incident_of_its_own()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var intake = new FakeIntake(stage);
        var duty = ActivatorUtilities.CreateInstance<DutyCycle>(stage.Services, new object[] { new IIncidentIntake[] { intake } });
        await duty.WarnAsync(CancellationToken.None);
        stage.Clock.Advance(TimeSpan.FromDays(365));
        await duty.WarnAsync(CancellationToken.None);
        intake.Raised.Select(a => (a.Source, a.Severity, a.Firing)).ShouldBe([(AlertSource.Bot, Severity.Warning, false), (AlertSource.Bot, Severity.Warning, true)]);
        intake.Raised[1].TitleJa.ShouldBe("祝日データが 2027-12-31 で終わります。ボットを更新してください");
    }

    [Fact]
    public async Task Who_can_not_be_reached_is_found_before_it_matters()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        stage.Slack.People[LadderStage.Operator2].Deleted = true;
        stage.Slack.People[LadderStage.Guard].Profile!.Email = null;
        stage.Slack.Refusals[LadderStage.Boss] = "cannot_dm_bot";
        var check = stage.Get<ReachabilityCheck>();
        (await check.IsDueAsync(CancellationToken.None)).ShouldBeTrue();

        (await check.CheckAsync(CancellationToken.None)).ShouldBe(3);

        (await check.IsDueAsync(CancellationToken.None)).ShouldBeFalse();
        var said = Text((await stage.PrepareAsync((await stage.RowsAsync("oncall")).Single())).ShouldBeOfType<Prepared.Post>().Message);
        said.ShouldContain($"({LadderStage.Operator2}) ダイレクトメッセージ: アカウント停止中");
        said.ShouldContain($"({LadderStage.Guard}) メール: アドレスがわかりません");
        said.ShouldContain($"({LadderStage.Boss}) ダイレクトメッセージ: cannot_dm_bot");
        var shown = Text((await Type<OnCallCommand>(stage, LadderStage.Operator1, "oncall")).Message);
        shown.ShouldContain("アドレスがわかりません");
        stage.Clock.Advance(TimeSpan.FromDays(7));
        (await check.IsDueAsync(CancellationToken.None)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Duties_are_changed_by_command_and_looked_up(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres, Rotation);
        var refused = await Type<OnCallCommand>(stage, LadderStage.Operator1, $"oncall leave <@{LadderStage.Operator1}> 2026-11-24 2026-11-25");
        refused.Outcome.ShouldBe(AuditEvent.Refused);
        var roles = stage.Get<RoleBook>();
        (await roles.AskAsync(LadderStage.Guard, [Role.Operations], CancellationToken.None)).ShouldBe(Permission.Denied);
        (await Type<OnCallCommand>(stage, LadderStage.Lead, $"oncall override <@{LadderStage.Guard}|guard> operations 2026-11-24 2026-11-24")).Outcome.ShouldBe(AuditEvent.Done);
        (await roles.AskAsync(LadderStage.Guard, [Role.Operations], CancellationToken.None)).ShouldBe(Permission.Granted, "whoever is paged must be able to take it");
        (await roles.AskAsync(LadderStage.Guard, [Role.Management], CancellationToken.None)).ShouldBe(Permission.Denied);

        Text((await Type<OnCallCommand>(stage, LadderStage.Operator1, "oncall")).Message).ShouldContain($"運用担当者: <@{LadderStage.Guard}>");
        var book = stage.Get<OnCallBook>();
        (await book.AtAsync(stage.Clock.GetUtcNow(), CancellationToken.None))[Role.Operations].OnCall.ShouldBe([LadderStage.Guard]);
        (await book.AtAsync(stage.Clock.GetUtcNow().AddHours(14), CancellationToken.None))[Role.Operations].OnCall.ShouldNotBe([LadderStage.Guard]);
        (await Type<OnCallCommand>(stage, LadderStage.Lead, "oncall cancel 1")).Outcome.ShouldBe(AuditEvent.Done);
        (await Type<OnCallCommand>(stage, LadderStage.Lead, "oncall cancel 1")).Outcome.ShouldBe(AuditEvent.Refused);
        (await book.AtAsync(stage.Clock.GetUtcNow(), CancellationToken.None))[Role.Operations].OnCall.ShouldNotBe([LadderStage.Guard]);
    }

    [Theory]
    [InlineData("oncall leave sato 2026-12-01 2026-12-02", "人は @ で指定してください")]
    [InlineData("oncall leave <@U0OPER0001> 2026-12-02 2026-12-01", "開始と終了は")]
    [InlineData("oncall leave <@U0OPER0001> 2026-12-02 2036-12-01", "開始と終了は")]
    [InlineData("oncall leave <@U0OPER0001> 9999-12-31 9999-12-31", "開始と終了は")]
    [InlineData("oncall leave <@U0OPER0001> yesterday today", "開始と終了は")]
    [InlineData("oncall override <@U0OPER0001> king 2026-12-01 2026-12-02", "という役割はありません")]
    [InlineData("oncall cancel x", "有効な変更")]
    [InlineData("oncall override <@U0GONE0001> operations 2026-12-01 2026-12-02", "停止中か、Slack に存在しません")]
    [InlineData("oncall nonsense", "現在と次の担当")]
    public async Task A_slip_in_a_duty_is_explained(string line, string says)
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var reply = await Type<OnCallCommand>(stage, LadderStage.Lead, line);
        reply.Outcome.ShouldBe(AuditEvent.Refused);
        reply.Message.Text!.ShouldContain(says);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task While_Slack_is_away_mail_and_webhook_go_out_within_the_minute_and_once(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var minor = await stage.RaiseAsync(level: 1);
        var medium = await stage.RaiseAsync(level: 2);
        var taken = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        await stage.AcknowledgeAsync(taken, LadderStage.Lead);
        var down = new Down { DownSince = stage.Clock.GetUtcNow() };
        var outage = ActivatorUtilities.CreateInstance<OutagePages>(stage.Services, down);
        stage.Clock.Advance(TimeSpan.FromSeconds(59));
        (await outage.LookAsync(CancellationToken.None)).ShouldBe(0);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        (await outage.LookAsync(CancellationToken.None)).ShouldBe(1);
        (await outage.LookAsync(CancellationToken.None)).ShouldBe(0, "once");

        var rows = (await stage.RowsAsync(medium)).Where(r => r.Carrier is Carrier.Mail or Carrier.Webhook).ToList();
        rows.Count.ShouldBe(4, "three people and the webhook, which were planned for later");
        rows.ShouldAllBe(r => r.NotBefore <= stage.Clock.GetUtcNow());
        (await stage.RowsAsync(minor)).ShouldAllBe(r => r.Carrier != Carrier.Mail && r.Carrier != Carrier.Webhook);
        (await stage.EventsAsync(taken, IncidentEventKind.Paged)).ShouldAllBe(e => EventData.Of(e)["rule"] == "opened");
        foreach (var row in rows) (await stage.PrepareAsync(row)).ShouldNotBeOfType<Prepared.Drop>();
    }

    [Fact]
    public async Task Why_tells_in_plain_words_who_was_and_was_not_paged()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        stage.Clock.Advance(TimeSpan.FromHours(12));
        var id = await stage.RaiseAsync(level: 1);
        await stage.StepAsync();
        Text((await Type<WhyCommand>(stage, LadderStage.Operator1, $"why {id}")).Message).ShouldContain("次は 11月25日(水) 09:00 に運用担当者 (レベル 1) へ通知します。");
        await stage.PassesAsync(TimeSpan.FromHours(11));
        await stage.SentAsync((await stage.RowsAsync(id, "page.direct")).Single(r => r.Target == LadderStage.Operator1));
        await stage.AcknowledgeAsync(id, LadderStage.Operator1);

        var ja = Text((await Type<WhyCommand>(stage, LadderStage.Operator1, $"why #{id}")).Message);
        ja.ShouldContain("`11月24日(火) 22:00` 営業時間外のため、11月25日(水) 09:00 に通知します");
        ja.ShouldContain($"`09:00` レベル 1 として <@{LadderStage.Operator1}> <@{LadderStage.Operator2}> へ通知 — 発生したため");
        ja.ShouldContain($"• ダイレクトメッセージ: <@{LadderStage.Operator1}> 09:00 · <@{LadderStage.Operator2}> 届いていません");
        ja.ShouldContain("• チャンネルに表示: まだ表示していません");
        ja.ShouldNotContain("へ届きました", customMessage: "what arrived stands with its step, once");
        ja.ShouldContain($"<@{LadderStage.Operator1}> が対応を引き受けました");
        ja.ShouldContain("予定している通知はありません。");
        ja.ShouldNotContain("<96%>");
        var en = Text((await Type<WhyCommand>(stage, LadderStage.Operator1, $"why {id}", SpokenLanguage.En)).Message);
        en.ShouldContain("Outside business hours: told at Wed Nov 25 09:00");
        en.ShouldContain("told as level 1, because it was opened");
        (await Type<WhyCommand>(stage, LadderStage.Operator1, "why 999")).Message.Text!.ShouldContain("#999 はありません");
        (await Type<WhyCommand>(stage, LadderStage.Operator1, "why x")).Outcome.ShouldBe(AuditEvent.Refused);
    }

    [Fact]
    public async Task Why_tells_a_climb_with_the_level_and_the_time_that_passed_and_ends_with_who_was_not_told()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        await stage.SentAsync((await stage.RowsAsync(id, "page.mention")).Single());
        await stage.UndeliverableAsync((await stage.RowsAsync(id, "page.direct")).First(r => r.Target == LadderStage.Lead), "user_disabled");
        await stage.PassesAsync(TimeSpan.FromMinutes(15));

        var text = Text((await Type<WhyCommand>(stage, LadderStage.Lead, $"why {id}")).Message);

        text.ShouldContain("• チャンネルに表示: 10:00");
        text.ShouldContain("レベル 2 で 15 分のあいだ誰も対応しなかったため");
        text.ShouldNotContain("レベル 3 に上がりました", customMessage: "the step says it");
        var lines = text.Split('\n');
        Array.FindIndex(lines, l => l.Contains("通知できません", StringComparison.Ordinal)).ShouldBeGreaterThan(Array.FindLastIndex(lines, l => l.Contains("として", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_drill_runs_the_real_ladder_and_reports_who_was_reached_in_how_long(bool isTaken)
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var intake = new FakeIntake(stage);
        var command = ActivatorUtilities.CreateInstance<DrillCommand>(stage.Services, new object[] { new IIncidentIntake[] { intake } });
        var watch = ActivatorUtilities.CreateInstance<DrillWatch>(stage.Services, new object[] { new IIncidentIntake[] { intake } });
        var begun = await command.RunAsync(Context(LadderStage.Lead, "drill level3"), CancellationToken.None);
        begun.Message.Text!.ShouldContain("【訓練】レベル 3 の訓練を #1 として始めました");
        begun.Message.Text!.ShouldContain("結果を <#C0ALERTS01> の #1 のスレッドに投稿します");
        await stage.StepAsync();
        var mention = (await stage.RowsAsync(1, "page.mention")).Single();
        (await stage.PrepareAsync(mention)).ShouldBeOfType<Prepared.Post>().Message.Text!.ShouldContain("【訓練】#1 エスカレーション訓練");
        stage.Clock.Advance(TimeSpan.FromSeconds(2));
        await stage.SentAsync((await stage.RowsAsync(1, "page.direct")).First(r => r.Target == LadderStage.Boss));
        var report = (await stage.RowsAsync(1, "drill.report")).Single();
        (await stage.PrepareAsync(report)).ShouldBeOfType<Prepared.Later>();

        stage.Clock.Advance(isTaken ? TimeSpan.FromSeconds(40) : TimeSpan.FromMinutes(30));
        if (isTaken) await stage.AcknowledgeAsync(1, LadderStage.Operator1);
        (await watch.LookAsync(CancellationToken.None)).ShouldBe(1);

        var text = Text((await stage.PrepareAsync(report)).ShouldBeOfType<Prepared.Post>().Message);
        text.ShouldContain(isTaken ? $"<@{LadderStage.Operator1}> 42 秒で引き受け" : "誰も引き受けませんでした");
        text.ShouldContain($"<@{LadderStage.Boss}> ダイレクトメッセージ 2 秒");
        text.ShouldContain($"<@{LadderStage.Guard}> :warning: 通知が届きませんでした");
    }

    private static Task<FestivalOps.Commands.Reply> Type<T>(LadderStage stage, string user, string line, SpokenLanguage language = SpokenLanguage.Ja) where T : class, ICommand =>
        stage.Get<T>().RunAsync(Context(user, line, language), CancellationToken.None);

    private static CommandContext Context(string user, string line, SpokenLanguage language = SpokenLanguage.Ja) =>
        new(
            new("item", DateTimeOffset.UnixEpoch, user, "C0OPS00001", line, "", null), new(user, language), CommandLine.Parse(line), SpokenLanguage.Ja, null!, null!);

    private static string Text(Message message) => string.Join("\n", message.Blocks.Select(b => b switch
    {
        SectionBlock section => section.Text!.Text,
        ContextBlock context => string.Join(" ", context.Elements.OfType<TextObject>().Select(t => t.Text)),
        _ => "",
    }));

    private sealed class Down : ISlackDown
    {
        public DateTimeOffset? DownSince { get; set; }
    }

    /// <summary>As much of the intake as a drill and the bot's own warning need.</summary>
    private sealed class FakeIntake(LadderStage stage) : IIncidentIntake
    {
        public List<IncomingAlert> Raised { get; } = [];

        public async Task<IReadOnlyList<long>> RaiseAsync(IReadOnlyCollection<IncomingAlert> alerts, CancellationToken ct)
        {
            var alert = alerts.Single();
            Raised.Add(alert);
            if (alert.Source != AlertSource.Person) return [];
            if (alert.Firing)
            {
                return [await stage.RaiseAsync(alert.Level, i =>
                {
                    i.Drill = alert.Labels.GetValueOrDefault(DrillCommand.Label) == "true";
                    (i.TitleJa, i.TitleEn) = (alert.TitleJa, alert.TitleEn);
                })];
            }
            return [await stage.Get<IncidentDesk>().ChangeAsync(1, change =>
            {
                change!.Incident.State = IncidentState.Resolved;
                stage.Get<IIncidentPlan>().Plan(change.Incident, PlanCause.Quiet, change.Now);
                change.Record(IncidentEventKind.Resolved, "");
                return change.Incident.Id;
            }, ct)];
        }
    }
}
