using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Commands.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>What people do with incidents: the buttons, dialogs and commands, as Slack hands them over.</summary>
public sealed class IncidentScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Acknowledging_from_the_card_shows_who_is_on_it_and_a_late_presser_learns_who_was_first(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);
        await OpenAsync(stage, 42);

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
        await OpenAsync(stage, 42);
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
        await OpenAsync(stage, 42);
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
        await OpenAsync(stage, 42);

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
        await OpenAsync(stage, 42);

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
        await OpenAsync(stage, 42);

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
        await OpenAsync(stage, 42, firing: false);

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
        await OpenAsync(stage, 42);

        await stage.Takahashi.Presses("解決する", @in: Seed.Alerts);
        await stage.Takahashi.Sees("実行できるのは運用担当者または技術リードまたはセキュリティ担当またはシステム管理者だけです");
        await stage.Takahashi.Presses("対応する");
        await stage.Takahashi.Sees("対応を引き受けました");

        stage.Bot.Services.GetRequiredService<IncidentsOnStage>().Wishes.ShouldBe([$"ack 42 {Seed.Takahashi}"]);
    }

    [Fact]
    public async Task A_dialog_whose_moment_has_passed_asks_to_press_again()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await OpenAsync(stage, 42);
        stage.Expects("views.open");
        // The worker comes to it when the trigger is older than the three seconds that Slack gives.
        await stage.Slack.FaultAsync(new { late_deliveries = 1, late_seconds = 3.2 });

        await stage.Slack.PressAsync(Seed.Sato, Seed.Alerts, Card(stage).Ts, "menu", "incident.note 42");

        await stage.WaitsAsync(
            () => stage.Slack.Workspace.Messages(Seed.Alerts, Seed.Sato).FirstOrDefault(m => m.Text.Contains("もう一度押してください", StringComparison.Ordinal)),
            "the person is told to press again", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
        stage.Slack.Workspace.Top(Seed.Sato).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task The_list_shows_what_is_open_worst_first(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);
        await stage.Sato.Types("/fops incidents");
        await stage.Sato.Sees("続いているインシデントはありません");
        for (var id = 1; id <= 10; id++) await OpenAsync(stage, id, level: id == 4 ? 3 : 2, post: false);

        await stage.Emily.Types("/fops incidents", @in: Seed.Ops);
        var list = await stage.Emily.Sees("10 open incidents, worst first");
        await stage.Emily.Presses("Show more");
        var rest = await stage.Emily.Sees("9–10 of 10");
        await stage.Sato.Types("/fops incidents all");
        await stage.Sato.Sees("インシデント 10 件(新しい順)");
        await stage.Sato.Types("/fops incidents please");
        await stage.Sato.Sees("please", "意味がわかりません");

        list.IsForOneOnly.ShouldBeTrue();
        list.Lines.First(l => l.Contains('#', StringComparison.Ordinal)).ShouldContain("*#4*");
        list.Text.ShouldContain("Nobody has taken this yet");
        rest.Lines.Count(l => l.Contains("*#", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("/fops incident 42")]
    [InlineData("/fops incident #42")]
    [InlineData("/fops incident ４２")]
    public async Task One_incident_is_shown_to_who_asks(string typed)
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await OpenAsync(stage, 42);

        await stage.Takahashi.Types(typed, @in: Seed.Ops);
        var card = await stage.Takahashi.Sees("CPU 使用率が 5 分以上 80 % を超えています");

        card.IsForOneOnly.ShouldBeTrue();
        card.Header.ShouldBe(":large_orange_circle: 警告 | CPU 使用率が高い");
    }

    [Fact]
    public async Task An_incident_is_opened_by_hand_with_words_for_how_bad_it_is()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops incident open チケットが買えない <script> 緊急");
        await stage.Sato.Sees("#77 を登録しました");
        await stage.Sato.Types("/fops incident open");
        await stage.Sato.Sees("タイトルを付けてください");
        await stage.Sato.Types("/fops incident nonsense");
        await stage.Sato.Sees("番号ではありません");
        await stage.Sato.Types("/fops incident 4711");
        await stage.Sato.Sees("#4711 というインシデントはありません");

        var raised = stage.Bot.Services.GetRequiredService<IncidentsOnStage>().Raised.ShouldHaveSingleItem();
        raised.TitleJa.ShouldBe("チケットが買えない <script>");
        raised.Level.ShouldBe(3);
    }

    [Theory]
    [InlineData("/fops ack 42", "ack 42 U0SATO0001")]
    [InlineData("/fops resolve #42 再起動で回復", "resolve 42 U0SATO0001 再起動で回復")]
    public async Task What_the_buttons_do_can_be_typed(string typed, string wish)
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await OpenAsync(stage, 42, firing: false);

        await stage.Sato.Types(typed, @in: Seed.Ops);

        await stage.Bot.Services.GetRequiredService<IncidentsOnStage>().WishedAsync(wish);
        (await stage.Sato.Sees("#42")).IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task What_can_not_be_understood_is_answered_with_what_can()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        foreach (var (typed, answer) in new[]
        {
            ("/fops ack 42 until yesterday", "時刻として読み取れません"),
            ("/fops ack", "番号を指定してください"),
            ("/fops ack 42 23:59 please", "意味がわかりません"),
            ("/fops snooze 42", "いつまでかを指定してください"),
            ("/fops snooze 42 2020-01-01 9:00", "もう過ぎています"),
            ("/fops resolve x", "番号ではありません"),
            ("/fops silence everything please", "使い方"),
            ("/fops silence alertname=A for 2h", "理由を付けてください"),
            ("/fops silence alertname==A for 2h x", "条件を読み取れません"),
            ("/fops silence end x", "番号ではありません"),
            ("/fops maintenance 23:00", "使い方"),
            ("/fops maintenance 23:00 2h", "名前を付けてください"),
        })
        {
            await stage.Sato.Types(typed, @in: Seed.Ops);
            (await stage.Sato.Sees(answer)).IsForOneOnly.ShouldBeTrue(typed);
        }
        stage.Bot.Services.GetRequiredService<IncidentsOnStage>().Wishes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Silences_and_maintenance_windows_are_shown_before_they_hold()
    {
        await using var stage = await StageAsync(Transport.Socket, Store.Sqlite);
        var incidents = stage.Bot.Services.GetRequiredService<IncidentsOnStage>();

        await stage.Sato.Types("/fops silence alertname=HighCPUUsage instance=~\"web.*\" for 2h 再起動のため");
        await stage.Sato.Sees("`alertname=HighCPUUsage instance=~");
        await stage.Sato.Presses("この内容で始める");
        await stage.Sato.Sees("サイレンス 7 を始めました");
        await stage.Emily.Types("/fops maintenance now 2h moving the database", @in: Seed.Ops);
        await stage.Emily.Sees("every alert is kept quiet");
        await stage.Emily.Presses("Confirm");
        await stage.Emily.Sees("Silence 7 holds");
        await stage.Sato.Types("/fops silence list");
        await stage.Sato.Sees("サイレンスはありません");
        await stage.Sato.Types("/fops maintenance list");
        await stage.Sato.Sees("予定されたメンテナンスはありません");
        await stage.Sato.Types("/fops silence end 7");
        await stage.Sato.Sees("サイレンス 7 を終わらせました");

        incidents.Wishes.ShouldContain(w => w.StartsWith("silence alertname=HighCPUUsage instance=~", StringComparison.Ordinal) && w.EndsWith($"120 min 再起動のため {Seed.Sato} {Seed.Ops}", StringComparison.Ordinal));
        incidents.Wishes.ShouldContain($"silence  120 min moving the database {Seed.Emily} {Seed.Ops} maintenance");
    }

    private static async Task OpenAsync(Stage stage, long id, int level = 2, bool firing = true, bool post = true)
    {
        var now = stage.Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var incident = SampleIncidents.Cpu(id, now, Seed.Alerts);
        (incident.Level, incident.FiringAlerts) = (level, firing ? 1 : 0);
        if (post) await stage.HasIncidentAsync(incident, SampleIncidents.CpuAlert(id, now));
        else await stage.InStoreAsync(async db => { db.Add(incident); return await db.SaveChangesAsync(); });
    }

    private static SeenMessage Card(Stage stage) => new(stage.Slack.Workspace.Messages(Seed.Alerts).First(m => m.BotId is not null));

    private Task<Stage> StageAsync(Transport transport, Store store) =>
        world.NewStageAsync(new(transport, store) { Replace = IncidentsOnStage.Replace });
}
