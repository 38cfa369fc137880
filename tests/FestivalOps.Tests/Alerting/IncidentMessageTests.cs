using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Language;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;
using Shouldly;
using Xunit;
using static FestivalOps.Tests.Alerting.IncidentSamples;

namespace FestivalOps.Tests.Alerting;

/// <summary>What the card says in every state, and what hostile text does to it: nothing.</summary>
public sealed class IncidentMessageTests
{
    [Fact]
    public void A_triggered_incident_says_how_bad_what_since_when_and_what_happens_next()
    {
        var card = Draw(Incident());
        Header(card).ShouldBe(":large_orange_circle: 警告 | CPU 使用率が高い");
        var text = Text(card);
        text.ShouldContain("*まだ誰も対応していません* · 03:00 から");
        text.ShouldContain("#42 · 警告 · レベル 2 中程度 · 対応目標: 2 時間以内");
        text.ShouldContain("CPU が忙しい");
        text.ShouldContain("値 `87 %`  (警告 &gt; 80 %)");
        text.ShouldContain("`host=web-1`");
        text.ShouldContain("*次*  03:27 に 技術リード へ通知予定");
        text.ShouldContain("その後  05:12 レベル 3(経営陣)");
        Actions(card).ShouldBe(["incident.ack", "incident.resolve", "incident.escalate", "incident.snooze", "menu"]);
        card.Text.ShouldBe(":large_orange_circle: #42 警告: CPU 使用率が高い (レベル 2 中程度)");
    }

    [Theory]
    [InlineData("ciritcal <!channel>", true)]
    [InlineData("warning", false)]
    [InlineData("CRITICAL", false)]
    [InlineData("", false)]
    public void A_severity_that_nobody_knows_is_said_on_the_card(string severity, bool isSaid)
    {
        var alert = Alert(source: AlertSource.Alertmanager, labels: Json(("alertname", "X"), ("severity", severity)));
        var remarks = IncidentMessage.Card(Facts(Incident(), alert), Time, SpokenLanguage.Ja).Blocks.OfType<ContextBlock>().SelectMany(c => c.Elements).OfType<PlainText>().Select(t => t.Text).ToList();
        if (isSaid) remarks.ShouldContain($"severity「{severity}」は未知の値のため、警告として扱っています");
        else remarks.ShouldNotContain(t => t.Contains("severity", StringComparison.Ordinal));
    }

    [Fact]
    public void In_English_it_says_the_same()
    {
        var text = Text(Draw(Incident(), SpokenLanguage.En));
        text.ShouldContain("*Nobody has taken this yet* · since 03:00");
        text.ShouldContain("#42 · Warning · Level 2 (medium) · target: within 2 hours");
        text.ShouldContain("The CPU is busy");
        text.ShouldContain("(warning &gt; 80 %)");
        text.ShouldContain("*Next*  technical lead to be told at 03:27");
    }

    [Fact]
    public void What_waits_for_the_morning_says_so()
    {
        var text = Text(Draw(Incident(change: i => (i.Level, i.Plan) = (1, PlannedStep.Write([new(Now + new TimeSpan(5, 48, 0), 1, ["Operations"], true)])))));
        text.ShouldContain("09:00 に 運用担当者 へ通知予定(営業時間待ち)");
        text.ShouldContain("レベル 1 軽微 · 対応目標: 営業時間内");
    }

    [Fact]
    public void A_plan_that_is_late_says_its_time_and_an_empty_one_that_nothing_is_planned()
    {
        Text(Draw(Incident(change: i => i.Plan = PlannedStep.Write([new(Now - TimeSpan.FromMinutes(1), 2, ["TechnicalLead"], false)])))).ShouldContain("03:11 に 技術リード へ通知予定");
        Text(Draw(Incident(change: i => i.Plan = "[]"))).ShouldContain("通知の予定はありません");
    }

    [Fact]
    public void An_acknowledged_incident_says_who_is_on_it_and_until_when()
    {
        var card = Draw(Incident(change: Take));
        Header(card).ShouldBe(":eyes: 対応中 | CPU 使用率が高い");
        Text(card).ShouldContain($"*<@{Sato}>* が対応中(03:10 から)");
        Text(card).ShouldContain(":alarm_clock: 05:12 までに終える約束(過ぎると再び通知します)");
        Text(card).ShouldNotContain("*次*");
        Actions(card).ShouldNotContain("incident.ack");
    }

    [Fact]
    public void An_assigned_one_names_who_works_on_it() =>
        Text(Draw(Incident(change: i =>
        {
            Take(i);
            i.AssignedTo = "U0SUZU0001";
        }))).ShouldContain("*<@U0SUZU0001>* が担当(03:10 から)");

    [Fact]
    public void What_stays_in_the_channel_says_no_span_that_would_grow_old()
    {
        Action<Incident>[] all = [_ => { }, Take, i => (i.SnoozedUntil, i.SnoozedBy) = (Now + TimeSpan.FromHours(30), Sato)];
        foreach (var change in all)
        {
            var text = Text(Draw(Incident(change: change)));
            text.ShouldNotContain("分後");
            text.ShouldNotContain("時間後");
            text.ShouldNotContain("明日");
        }
        Text(Draw(Incident(change: all[2]))).ShouldContain("11月24日(火) 09:12 までスヌーズ");
    }

    [Fact]
    public void Since_when_is_when_the_first_alert_began_and_not_when_we_heard_of_it()
    {
        var began = Facts(Incident()) with { Since = Now - TimeSpan.FromMinutes(40) };
        Text(IncidentMessage.Card(began, Time, SpokenLanguage.Ja)).ShouldContain("まだ誰も対応していません* · 02:32 から");
        var over = Facts(Incident(change: i => (i.State, i.ResolvedAt) = (IncidentState.Resolved, Now))) with { Since = Now - TimeSpan.FromMinutes(40) };
        Text(IncidentMessage.Card(over, Time, SpokenLanguage.En)).ShouldContain("Resolved 02:32–03:12 (40 min)");
    }

    [Fact]
    public void A_value_stands_once_when_the_description_says_it()
    {
        var alert = Alert(annotations: Json(("description", "いまは基準内 — 5 分続けば解決します: 69 %"), ("value", "69 %"), ("limit", "緊急 > 90 %")));
        var text = Text(IncidentMessage.Card(Facts(Incident(), alert), Time, SpokenLanguage.Ja));
        text.ShouldContain("いまは基準内 — 5 分続けば解決します: 69 %");
        text.ShouldNotContain("値 `69 %`");
        text.ShouldNotContain("90 %", customMessage: "a limit beside a value that is inside of it says two things at once");
    }

    [Fact]
    public void A_storm_is_not_described_by_one_of_its_alerts()
    {
        var storm = new Incident
        {
            Id = 42, GroupKey = "storm:C0ALERT001", OpenKey = "storm:C0ALERT001", Source = AlertSource.Check, TitleJa = "アラート多発: 40 件", TitleEn = "Alert storm: 40 alerts",
            Severity = Severity.Warning, Level = 2, OpenedAt = Now, FiringAlerts = 40, TotalAlerts = 40, ChannelId = "C0ALERT001", Version = 1,
        };
        var text = Text(Draw(storm));
        text.ShouldNotContain("CPU が忙しい");
        text.ShouldNotContain("web-1");
        text.ShouldNotContain("87 %");
        text.ShouldContain(":bell: アラート 40 件が発報中: CPU 使用率が高い 他 39 件");
    }

    [Fact]
    public void A_silenced_one_says_why_until_when_and_by_whom()
    {
        var silence = new FestivalOps.Alerting.Silences.Silence
        {
            Id = 3, IsMaintenance = false, Matchers = "", Reason = "再起動中 <!here>", Author = Sato, ChannelId = "C0OPS00001", CreatedAt = Now, StartsAt = Now, EndsAt = Now + TimeSpan.FromHours(2),
        };
        Text(IncidentMessage.Card(Facts(Incident(change: i => i.HiddenBy = "silence:3")) with { Silence = silence }, Time, SpokenLanguage.Ja))
            .ShouldContain($"*サイレンス 3 により 05:12 まで通知しません* · 再起動中 &lt;!here&gt; · <@{Sato}>");
    }

    [Fact]
    public void The_top_of_the_plan_is_named_once_and_a_drill_that_is_over_names_no_alerts()
    {
        string[] all = ["Operations", "TechnicalLead", "Security", "Management", "Administrator"];
        var text = Text(Draw(Incident(change: i => i.Plan = PlannedStep.Write(
            [new(Now, 2, ["TechnicalLead"], false), new(Now + TimeSpan.FromMinutes(15), 3, all, false), new(Now + TimeSpan.FromMinutes(20), 3, all, false)]))));
        text.ShouldContain("その後  03:27 レベル 3(経営陣を含む全員) → 03:32 もう一度");
        var over = Text(Draw(Incident(change: i => (i.State, i.ResolvedAt, i.Drill) = (IncidentState.Resolved, Now, true))));
        over.ShouldContain("訓練を終了しました");
        over.ShouldNotContain("アラートが止まりました");
    }

    [Fact]
    public void A_snoozed_one_says_until_when_and_by_whom()
    {
        var card = Draw(Incident(change: i => (i.SnoozedUntil, i.SnoozedBy) = (Now + TimeSpan.FromHours(4), Sato)));
        Header(card).ShouldStartWith(":zzz: スヌーズ中");
        Text(card).ShouldContain($"*07:12 までスヌーズ(その後、再び通知します)* · <@{Sato}>");
    }

    [Theory]
    [InlineData("silence:7", "サイレンス中", "サイレンス 7 により通知しません")]
    [InlineData("incident:41", "通知なし", "#41 (原因) が続く間は通知しません")]
    public void A_hidden_one_says_what_hides_it(string by, string state, string sentence)
    {
        var card = Draw(Incident(change: i => i.HiddenBy = by));
        Header(card).ShouldStartWith($":no_bell: {state}");
        Text(card).ShouldContain(sentence);
        Text(card).ShouldNotContain("*次*");
    }

    [Fact]
    public void A_resolved_one_says_how_long_it_took_and_leaves_undo_while_it_holds()
    {
        var over = Incident(change: i => (i.State, i.ResolvedAt, i.ResolvedBy) = (IncidentState.Resolved, Now, Sato));
        var card = IncidentMessage.Card(Facts(over) with { UndoUntil = Now + TimeSpan.FromMinutes(9) }, Time, SpokenLanguage.Ja);
        Header(card).ShouldStartWith(":white_check_mark: 解決");
        Text(card).ShouldContain($"*解決 03:00–03:12 (12 分)* · <@{Sato}>");
        Text(card).ShouldNotContain("87 %");
        Text(IncidentMessage.Card(Facts(Incident(change: i => (i.State, i.ResolvedAt, i.FiringAlerts, i.TotalAlerts) = (IncidentState.Resolved, Now, 0, 3))), Time, SpokenLanguage.Ja))
            .ShouldContain("アラート 3 件(すべて停止)");
        Actions(card).ShouldBe(["incident.undo"]);
        Actions(Draw(over)).ShouldBeEmpty();
    }

    [Fact]
    public void One_that_ended_by_itself_names_nobody() =>
        Text(Draw(Incident(change: i => (i.State, i.ResolvedAt, i.ResolvedBy) = (IncidentState.Resolved, Now, "")))).ShouldContain("アラートが止まりました");

    [Fact]
    public void Severities_and_states_look_different_at_a_glance()
    {
        Incident[] all =
        [
            Incident(change: i => i.Severity = Severity.Critical), Incident(), Incident(change: i => i.Severity = Severity.Information), Incident(change: Take),
            Incident(change: i => i.SnoozedUntil = Now), Incident(change: i => i.HiddenBy = "silence:1"), Incident(change: i => i.State = IncidentState.Resolved),
        ];
        all.Select(IncidentMessage.Picture).ShouldBeUnique();
    }

    [Fact]
    public void A_drill_is_marked_in_the_header_and_in_the_notification()
    {
        var card = Draw(Incident(change: i => i.Drill = true));
        Header(card).ShouldBe(":large_orange_circle: 【訓練】警告 | CPU 使用率が高い");
        card.Text.ShouldBe("【訓練】:large_orange_circle: #42 警告: CPU 使用率が高い (レベル 2 中程度)");
        Text(card).ShouldNotContain("host=", customMessage: "the labels of a drill are no place");
        Draw(Incident(change: i => i.Drill = true), SpokenLanguage.En).Text.ShouldNotBeNull().ShouldStartWith("[DRILL]");
    }

    [Fact]
    public void Several_alerts_are_counted_and_the_first_named()
    {
        var many = Incident(change: i => (i.FiringAlerts, i.TotalAlerts, i.Flapping) = (6, 10, true));
        var text = Text(IncidentMessage.Card(Facts(many, Alert(title: "A"), Alert(title: "B"), Alert(title: "C"), Alert(title: "D")), Time, SpokenLanguage.Ja));
        text.ShouldContain("アラート 10 件のうち 6 件が発報中: A、B、C 他 3 件");
        text.ShouldContain("発報と解消を繰り返しています");
    }

    [Fact]
    public void The_last_hour_stands_beside_its_first_and_last_value()
    {
        var facts = Facts(Incident()) with { LastHour = [40, 41, null, 60, 87] };
        Text(IncidentMessage.Card(facts, Time, SpokenLanguage.Ja)).ShouldContain("`▁▁·▃▇`  40 → 87  (1 時間)");
    }

    [Fact]
    public void A_card_that_moved_says_from_where() =>
        Text(IncidentMessage.Card(Facts(Incident()) with { MovedFrom = "C0OLD00001" }, Time, SpokenLanguage.Ja)).ShouldContain("<#C0OLD00001> に投稿できないため、このチャンネルに表示しています");

    [Fact]
    public void Hostile_text_is_shown_and_does_nothing()
    {
        const string nasty = "<!channel> <@U0SATO0001> & <https://evil.example|click> :fire: \u202e\u0000\u0007\r\nnext";
        var incident = Incident(change: i =>
        {
            (i.TitleJa, i.HiddenBy) = (nasty, null);
            (i.FiringAlerts, i.TotalAlerts) = (2, 2);
            i.Plan = PlannedStep.Write([new(Now, 2, [nasty], false)]);
        });
        var alert = Alert(title: nasty, labels: Json((nasty, nasty), ("host", "`" + nasty)), annotations: Json(("description", nasty), ("value", nasty), ("limit", nasty)));
        var card = IncidentMessage.Card(Facts(incident, alert), Time, SpokenLanguage.Ja);
        foreach (var markup in Markup(card).Append(card.Text!))
        {
            markup.ShouldNotContain("<!");
            markup.ShouldNotContain("<@");
            markup.ShouldNotContain("<http");
            markup.ShouldNotContain("&amp;lt;");
        }
        Text(card).ShouldContain("&lt;!channel&gt;");
        Text(card).Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        Text(card).ShouldNotContain("\u202e");
        Header(card).ShouldNotContain(":fire:");
    }

    [Fact]
    public void Huge_text_is_cut_and_the_card_stays_within_Slacks_limits()
    {
        var huge = new string('x', 100_000);
        var incident = Incident(change: i => (i.TitleJa, i.FiringAlerts, i.TotalAlerts) = (huge[..200], 10_000, 20_000));
        var labels = Json([.. Enumerable.Range(0, 500).Select(n => ($"label{n}{huge[..50]}", huge[..500]))]);
        var card = IncidentMessage.Card(
            Facts(incident, [.. Enumerable.Range(0, 5).Select(_ => Alert(title: huge[..200], labels: labels, annotations: Json(("description", huge), ("value", huge), ("limit", huge))))]),
            Time, SpokenLanguage.Ja);
        Header(card).Length.ShouldBeLessThanOrEqualTo(150);
        Text(card).Length.ShouldBeLessThan(3_000);
        MessageLimits.Fit(card).Count.ShouldBe(1);
        Text(MessageLimits.FitOne(card)).ShouldBe(Text(card), "nothing had to be cut by the client");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"value\":1}")]
    [InlineData("")]
    public void Labels_that_can_not_be_read_are_left_out(string json) =>
        Header(IncidentMessage.Card(Facts(Incident(), Alert(labels: json, annotations: json)), Time, SpokenLanguage.Ja)).ShouldContain("CPU");

    [Fact]
    public void An_incident_without_alerts_has_a_card() =>
        Header(IncidentMessage.Card(new(Incident(), [], [], null), Time, SpokenLanguage.Ja)).ShouldContain("CPU 使用率が高い");

    private static void Take(Incident i) =>
        (i.State, i.AcknowledgedBy, i.AcknowledgedAt, i.PromiseUntil) = (IncidentState.Acknowledged, Sato, Now - TimeSpan.FromMinutes(2), Now + TimeSpan.FromHours(2));

    private static Message Draw(Incident incident, SpokenLanguage language = SpokenLanguage.Ja) => IncidentMessage.Card(Facts(incident), Time, language);

    private static string Header(Message card) => card.Blocks.OfType<HeaderBlock>().Single().Text!.Text;

    private static IEnumerable<string> Markup(Message card) => card.Blocks.SelectMany(b => b switch
    {
        SectionBlock { Text: Markdown text } => [text.Text],
        ContextBlock context => context.Elements.OfType<Markdown>().Select(m => m.Text),
        _ => Enumerable.Empty<string>(),
    });

    private static string Text(Message card) => string.Join('\n', card.Blocks.SelectMany(b => b switch
    {
        SectionBlock { Text: { } text } => [text.Text],
        ContextBlock context => context.Elements.OfType<TextObject>().Select(m => m.Text),
        _ => Enumerable.Empty<string>(),
    }));

    private static IEnumerable<string?> Actions(Message card) => card.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Elements).Select(e => e.ActionId);
}
