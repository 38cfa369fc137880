using FestivalOps.Alerting.Card;
using FestivalOps.Commands.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>What people do with incidents: the buttons and dialogs, as Slack hands them over.</summary>
public sealed class IncidentScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Acknowledging_from_the_card_shows_who_is_on_it_and_a_late_presser_learns_who_was_first(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);
        await stage.OpensIncidentAsync(42);

        await stage.Sato.Presses("対応する", @in: Seed.Alerts);
        await stage.Sato.Sees("対応を引き受けました");
        // Before the card is redrawn the others still see the button.
        await stage.Suzuki.Presses("対応する", @in: Seed.Alerts);
        var late = await stage.Suzuki.Sees("すでに対応中です");
        await stage.CarriesAsync(42, IncidentRedrawPost.Name);

        late.IsForOneOnly.ShouldBeTrue();
        late.Text.ShouldContain($"<@{Seed.Sato}>");
        var card = Card(stage);
        card.Header.ShouldBe(":eyes: 対応中 | CPU 使用率が高い");
        card.Text.ShouldContain($"*<@{Seed.Sato}>* が対応中");
        card.Buttons.ShouldNotContain(b => b.Label == "対応する");
        var wishes = stage.Bot.Services.GetRequiredService<IncidentsOnStage>().Wishes;
        wishes.ShouldBe([$"ack 42 {Seed.Sato}", $"ack 42 {Seed.Suzuki}"]);
        var rows = await stage.AuditRowsOfAsync("[incident.ack] 42", 4);
        rows.Count(r => r.Event == AuditEvent.Done).ShouldBe(2);
    }

    [Fact]
    public async Task A_double_press_takes_it_once()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.OpensIncidentAsync(42);
        await stage.Sato.Presses("メモを残す…", @in: Seed.Alerts);

        await stage.Sato.PressesTwice("対応する");
        await stage.Sato.Sees("対応を引き受けました");
        await stage.Sato.Sees("二度目は実行しませんでした");

        stage.Bot.Services.GetRequiredService<IncidentsOnStage>().Wishes.ShouldBe([$"ack 42 {Seed.Sato}"]);
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task Snooze_and_escalate_go_out_from_the_card(Transport transport)
    {
        await using var stage = await StageAsync(transport, Store.Sqlite);
        await stage.OpensIncidentAsync(42);
        var incidents = stage.Bot.Services.GetRequiredService<IncidentsOnStage>();

        await stage.Sato.Presses("1 時間", @in: Seed.Alerts);
        await stage.Sato.Sees("できました");
        await stage.Sato.Presses("エスカレーション");
        await stage.Sato.Sees("できました");

        incidents.Wishes.Count.ShouldBe(2);
        incidents.Wishes.First().ShouldStartWith($"snooze 42 {Seed.Sato} 20");
        await incidents.WishedAsync($"escalate 42 {Seed.Sato}");
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task A_note_is_written_in_a_dialog_and_answered_where_the_card_is(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);
        await stage.OpensIncidentAsync(42);

        await stage.Sato.Presses("メモを残す…", @in: Seed.Alerts);
        await stage.Sato.SeesDialog("#42 メモ");
        await stage.Sato.Fills("text", "ワーカーを再起動 <!channel> & 様子見");
        await stage.Sato.Submits();
        var answer = await stage.Sato.Sees("できました");

        answer.IsForOneOnly.ShouldBeTrue();
        answer.Channel.ShouldBe(Seed.Alerts);
        await stage.Bot.Services.GetRequiredService<IncidentsOnStage>().WishedAsync($"note 42 {Seed.Sato} ワーカーを再起動 <!channel> & 様子見");
        var rows = await stage.AuditRowsOfAsync("[incident.note] 42 text=ワーカーを再起動 <!channel> & 様子見", 2);
        rows[^1].Event.ShouldBe(AuditEvent.Done);
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task Someone_is_assigned_in_a_dialog(Transport transport)
    {
        await using var stage = await StageAsync(transport, Store.Sqlite);
        await stage.OpensIncidentAsync(42);

        await stage.Emily.Presses("担当を決める…", @in: Seed.Alerts);
        await stage.Emily.SeesDialog("#42 Assign");
        await stage.Emily.Fills("person", Seed.Suzuki);
        await stage.Emily.Submits();

        await stage.Emily.Sees("Done.");
        await stage.Bot.Services.GetRequiredService<IncidentsOnStage>().WishedAsync($"assign 42 {Seed.Emily} {Seed.Suzuki}");
    }

    [Theory]
    [InlineData(Transport.Http)]
    [InlineData(Transport.Socket)]
    public async Task An_incident_that_still_fires_is_not_ended_but_silenced_after_a_preview(Transport transport)
    {
        await using var stage = await StageAsync(transport, Store.Sqlite);
        await stage.OpensIncidentAsync(42);

        await stage.Sato.Presses("解決する", @in: Seed.Alerts);
        await stage.Sato.Sees("まだ発報中のアラートがあります");
        await stage.Sato.Presses("サイレンス…");
        var dialog = await stage.Sato.SeesDialog("#42 サイレンス");
        await stage.Sato.Fills("span", "３０分");
        await stage.Sato.Fills("reason", "再起動のため");
        await stage.Sato.Submits();
        var preview = await stage.Sato.Sees("このサイレンスが通知しなくなるもの");
        await stage.Sato.Presses("この内容で始める");
        await stage.Sato.Sees("サイレンス 7 を始めました");

        dialog.ShouldContain("alertname=HighCPUUsage check=cpu");
        preview.Text.ShouldContain("アラート 2 件");
        await stage.Bot.Services.GetRequiredService<IncidentsOnStage>()
            .WishedAsync($"silence alertname=HighCPUUsage check=cpu 30 min 再起動のため {Seed.Sato} {Seed.Alerts}");
    }

    [Fact]
    public async Task Ending_it_leaves_undo_alone_on_the_card()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.OpensIncidentAsync(42, firing: false);

        await stage.Sato.Presses("解決する", @in: Seed.Alerts);
        await stage.Sato.Sees("解決済みにしました");
        await stage.CarriesAsync(42, IncidentRedrawPost.Name);
        await stage.Sato.Presses("元に戻す");
        await stage.Sato.Sees("できました");

        var card = Card(stage);
        card.Header.ShouldBe(":white_check_mark: 解決 | CPU 使用率が高い");
        card.Buttons.Select(b => b.Label).ShouldBe(["元に戻す"]);
        await stage.Bot.Services.GetRequiredService<IncidentsOnStage>().WishedAsync($"undo 42 {Seed.Sato}");
    }

    [Fact]
    public async Task Management_may_acknowledge_and_nothing_more()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.OpensIncidentAsync(42);

        await stage.Takahashi.Presses("解決する", @in: Seed.Alerts);
        await stage.Takahashi.Sees("実行できるのは運用担当者・技術リード・セキュリティ担当・システム管理者だけです");
        await stage.Takahashi.Presses("対応する");
        await stage.Takahashi.Sees("対応を引き受けました");

        stage.Bot.Services.GetRequiredService<IncidentsOnStage>().Wishes.ShouldBe([$"ack 42 {Seed.Takahashi}"]);
    }

    [Fact]
    public async Task A_dialog_whose_moment_has_passed_asks_to_press_again()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.OpensIncidentAsync(42);
        stage.Expects("views.open");
        // The worker comes to it when the trigger is older than the three seconds that Slack gives.
        await stage.Slack.FaultAsync(new { late_deliveries = 1, late_seconds = 3.2 });

        await stage.Slack.PressAsync(Seed.Sato, Seed.Alerts, Card(stage).Ts, "menu", "incident.note 42");

        await stage.WaitsAsync(
            () => stage.Slack.Workspace.Messages(Seed.Alerts, Seed.Sato).FirstOrDefault(m => m.Text.Contains("もう一度押してください", StringComparison.Ordinal)),
            "the person is told to press again", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
        stage.Slack.Workspace.Top(Seed.Sato).ShouldBeNull();
    }

    private static SeenMessage Card(Stage stage) => new(stage.Slack.Workspace.Messages(Seed.Alerts).First(m => m.BotId is not null));

    private Task<Stage> StageAsync(Transport transport, Store store) =>
        world.NewStageAsync(new(transport, store) { Replace = IncidentsOnStage.Replace });
}
