using FestivalOps.Commands.Audit;

namespace FestivalOps.ScenarioTests;

/// <summary>What people do with incidents: the buttons and dialogs, as Slack hands them over.</summary>
public sealed class IncidentScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Acknowledging_shows_who_is_on_it_and_a_late_presser_learns_who_was_first(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);

        await stage.Sato.Presses("対応する", @in: Seed.Alerts);
        await stage.Sato.Sees("#1 を引き受けました");
        await stage.Suzuki.Types("/fops ack 1", @in: Seed.Ops);
        await stage.Suzuki.Sees($"#1 は <@{Seed.Sato}> さんが");
        await stage.CalmAsync();

        var card = stage.Card("HighErrorRate");
        card.Header.ShouldBe(":eyes: 対応中 | HighErrorRate");
        card.Text.ShouldContain($"*<@{Seed.Sato}>* が対応中");
        card.Buttons.ShouldNotContain(b => b.Label == "対応する");
        stage.Said(stage.Suzuki.Direct).ShouldAllBe(m => m.Buttons.Count == 0, "what he was sent asks for nothing any more");
        var rows = await stage.AuditRowsOfAsync("[incident.ack] 1", 2);
        rows.Count(r => r.Event == AuditEvent.Done).ShouldBe(1);
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task Snooze_and_escalate_go_out_from_the_card(Transport transport)
    {
        await using var stage = await StageAsync(transport, Store.Sqlite);

        await stage.Sato.Presses("1 時間", @in: Seed.Alerts);
        await stage.Sato.Sees("#1 を 11-24 11:", "までスヌーズしました");
        await stage.CalmAsync();
        stage.Card("HighErrorRate").Header.ShouldStartWith(":zzz:");
        await stage.Sato.Presses("エスカレーション");
        await stage.Sato.Sees("#1 をレベル 3 に上げました");
        await stage.SaysAsync(Seed.Alerts, $"<@{Seed.Takahashi}>", "対応をお願いします (レベル 3: エスカレーションの指示があったため)");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_note_is_written_in_a_dialog_and_stands_in_the_thread(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);

        await stage.Sato.Presses("メモを残す…", @in: Seed.Alerts);
        await stage.Sato.SeesDialog("#1 メモ");
        await stage.Sato.Fills("text", "ワーカーを再起動 <!channel> & 様子見");
        await stage.Sato.Submits();
        var answer = await stage.Sato.Sees("#1 にメモを残しました");
        var note = await stage.SaysAsync(Seed.Alerts, $"<@{Seed.Sato}> のメモ: ワーカーを再起動 &lt;!channel&gt; &amp; 様子見");

        answer.IsForOneOnly.ShouldBeTrue();
        answer.Channel.ShouldBe(Seed.Alerts);
        note.ThreadTs.ShouldBe(stage.Card("HighErrorRate").Ts);
        var rows = await stage.AuditRowsOfAsync("[incident.note] 1 text=ワーカーを再起動 <!channel> & 様子見", 2);
        rows[^1].Event.ShouldBe(AuditEvent.Done);
    }

    [Theory]
    [InlineData(Transport.Http, Store.Sqlite)]
    [InlineData(Transport.Socket, Store.Postgres)]
    public async Task Who_takes_it_until_a_time_is_asked_again_when_that_time_has_passed(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);

        await stage.Sato.Presses("期限を決めて対応…", @in: Seed.Alerts);
        await stage.Sato.SeesDialog("#1 期限を決めて対応");
        await stage.Sato.Fills("until", "いずれ");
        await stage.Sato.Submits();
        stage.Slack.Workspace.Top(Seed.Sato).ShouldNotBeNull().Errors["until"].ShouldStartWith("「いずれ」を時刻として読み取れません");
        await stage.Sato.Fills("until", "30m");
        await stage.Sato.Submits();
        await stage.Sato.Sees("#1 を 11-24", "までの約束で引き受けました");
        await stage.CalmAsync();
        stage.Card("HighErrorRate").Header.ShouldContain("対応中");
        await stage.RunsAsync(TimeSpan.FromMinutes(31));

        await stage.SaysAsync(Seed.Alerts, "約束の時刻", "を過ぎたため、未対応に戻りました");
        stage.Card("HighErrorRate").Header.ShouldStartWith(":rotating_light:");
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task Someone_is_assigned_in_a_dialog(Transport transport)
    {
        await using var stage = await StageAsync(transport, Store.Sqlite);

        await stage.Emily.Presses("担当を決める…", @in: Seed.Alerts);
        await stage.Emily.SeesDialog("#1 Assign");
        await stage.Emily.Fills("person", Seed.Suzuki);
        await stage.Emily.Submits();
        await stage.Emily.Sees($"#1 is assigned to <@{Seed.Suzuki}>");
        await stage.CalmAsync();

        stage.Card("HighErrorRate").Text.ShouldContain($"*<@{Seed.Suzuki}>* が対応中");
        stage.Said(Seed.Alerts, $"<@{Seed.Emily}> が <@{Seed.Suzuki}> に割り当てました").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Ending_it_leaves_undo_alone_on_the_card_and_undo_brings_it_back()
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, Store.Sqlite));
        await stage.Sato.Types("/fops incident open チケットが買えない レベル2", @in: Seed.Alerts);
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Sato.Presses("解決する");
        await stage.Sato.Sees("#1 を解決済みにしました");
        await stage.CalmAsync();
        var over = stage.Card("チケットが買えない");
        await stage.Sato.Presses("元に戻す");
        await stage.Sato.Sees("#1 の直前の操作を取り消しました");
        await stage.CalmAsync();

        over.Header.ShouldBe(":white_check_mark: 解決 | チケットが買えない");
        over.Buttons.Select(b => b.Label).ShouldBe(["元に戻す"]);
        stage.Card("チケットが買えない").Header.ShouldBe(":large_orange_circle: 警告 | チケットが買えない");
    }

    [Fact]
    public async Task Management_may_acknowledge_and_nothing_more()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);

        await stage.Takahashi.Presses("解決する", @in: Seed.Alerts);
        await stage.Takahashi.Sees("実行できるのは運用担当者・技術リード・セキュリティ担当・システム管理者だけです");
        await stage.Takahashi.Presses("対応する");
        await stage.Takahashi.Sees("#1 を引き受けました");
    }

    [Fact]
    public async Task A_dialog_whose_moment_has_passed_asks_to_press_again()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        stage.Expects("views.open");
        // The worker comes to it when the trigger is older than the three seconds that Slack gives.
        await stage.Slack.FaultAsync(new { late_deliveries = 1, late_seconds = 3.2 });

        var press = stage.Slack.PressAsync(Seed.Sato, Seed.Alerts, stage.Card("HighErrorRate").Ts, "menu", "incident.note 1");

        await stage.WaitsAsync(
            () => stage.Slack.Workspace.Messages(Seed.Alerts, Seed.Sato).FirstOrDefault(m => m.Text.Contains("もう一度押してください", StringComparison.Ordinal)),
            "the person is told to press again", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
        await press;
        stage.Slack.Workspace.Top(Seed.Sato).ShouldBeNull();
    }

    /// <summary>A stage on which one alert became #1, and people were told.</summary>
    private async Task<Stage> StageAsync(Transport transport, Store store)
    {
        var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", transport, store));
        await stage.FiresAsync("HighErrorRate", "critical", ("instance", "web-1"));
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        await stage.CalmAsync();
        return stage;
    }
}
