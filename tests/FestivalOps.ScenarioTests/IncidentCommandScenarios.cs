namespace FestivalOps.ScenarioTests;

/// <summary>What people do with incidents without a button: the commands.</summary>
public sealed class IncidentCommandScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task The_list_shows_what_is_open_worst_first(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);
        await stage.Sato.Types("/fops incidents");
        await stage.Sato.Sees("続いているインシデントはありません");
        for (var id = 1; id <= 10; id++)
        {
            await stage.FiresAsync(id == 4 ? "ApplicationDown" : $"Alert{id}", "critical");
            await stage.CalmAsync();
        }

        await stage.Emily.Types("/fops incidents", @in: Seed.Ops);
        var list = await stage.Emily.Sees("10 open incidents, worst first");
        await stage.Emily.Presses("Show more");
        var rest = await stage.Emily.Sees("9–10 of 10");
        await stage.Sato.Types("/fops incidents all");
        await stage.Sato.Sees("インシデント 10 件(新しい順)");
        await stage.Sato.Types("/fops incidents please");
        await stage.Sato.Sees("please", "意味がわかりません");

        list.IsForOneOnly.ShouldBeTrue();
        list.Lines.First(l => l.Contains('#', StringComparison.Ordinal)).ShouldContain("*#4* ApplicationDown");
        list.Text.ShouldContain("Nobody has taken this yet");
        rest.Lines.Count(l => l.Contains("*#", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("/fops incident 1")]
    [InlineData("/fops incident #1")]
    [InlineData("/fops incident １")]
    public async Task One_incident_is_shown_to_who_asks(string typed)
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.FiresAsync("HighErrorRate", "critical", ("instance", "web-1"));
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Takahashi.Types(typed, @in: Seed.Ops);
        var card = await stage.Takahashi.Sees("HighErrorRate on web-1", "インシデント発生");

        card.IsForOneOnly.ShouldBeTrue();
        card.Header.ShouldBe(":rotating_light: 緊急 | HighErrorRate");
    }

    [Fact]
    public async Task An_incident_is_opened_by_hand_with_words_for_how_bad_it_is()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);

        await stage.Sato.Types("/fops incident open チケットが買えない <script> 緊急");
        await stage.Sato.Sees("#1 を登録しました", $"カード: <#{Seed.Alerts}>");
        await stage.SaysAsync(Seed.Alerts, $"<@{Seed.Takahashi}>", "対応をお願いします (レベル 3");
        await stage.Sato.Types("/fops incident open 緊急");
        await stage.Sato.Sees("タイトルを付けてください");
        await stage.Sato.Types("/fops incident open");
        await stage.Sato.Sees("タイトルを付けてください");
        await stage.Sato.Types("/fops incident nonsense");
        await stage.Sato.Sees("番号ではありません");
        await stage.Sato.Types("/fops incident 4711");
        await stage.Sato.Sees("#4711 というインシデントはありません");

        stage.Said().Where(m => m.ThreadTs is null).ShouldHaveSingleItem().Header.ShouldBe(":rotating_light: 緊急 | チケットが買えない <script>");
    }

    [Theory]
    [InlineData("/fops ack 1", "が対応を引き受けました")]
    [InlineData("/fops resolve #1 再起動で回復", "が解決しました: 再起動で回復")]
    public async Task What_the_buttons_do_can_be_typed(string typed, string said)
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.Sato.Types("/fops incident open チケットが買えない レベル2");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Sato.Types(typed, @in: Seed.Ops);

        (await stage.HearsAsync(stage.Sato)).Text.ShouldContain("#1 を");
        await stage.SaysAsync(Seed.Alerts, $"<@{Seed.Sato}> {said}");
    }

    [Fact]
    public async Task What_can_not_be_understood_is_answered_with_what_can_and_changes_nothing()
    {
        await using var stage = await StageAsync(Transport.Http, Store.Sqlite);
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        foreach (var (typed, answer) in new[]
        {
            ("/fops ack 1 until yesterday", "時刻として読み取れません"),
            ("/fops ack", "番号を指定してください"),
            ("/fops ack 1 23:59 please", "意味がわかりません"),
            ("/fops snooze 1", "いつまでかを指定してください"),
            ("/fops snooze 1 2020-01-01 9:00", "もう過ぎています"),
            ("/fops resolve x", "番号ではありません"),
            ("/fops silence everything please", "使い方"),
            ("/fops silence alertname=A for 2h", "理由を付けてください"),
            ("/fops silence alertname=~( for 2h x", "正規表現「(」が正しくありません"),
            ("/fops silence alertname=\"High CPU\" for 2h", "理由を付けてください"),
            ("/fops silence end x", "番号ではありません"),
            ("/fops maintenance 23:00", "使い方"),
            ("/fops maintenance 23:00 2h", "名前を付けてください"),
            ("/fops maintenance 明日 3:00 明日 1:00 更新", "終了は開始より後にしてください"),
        })
        {
            await stage.Sato.Types(typed, @in: Seed.Ops);
            (await stage.Sato.Sees(answer)).IsForOneOnly.ShouldBeTrue(typed);
        }
        await stage.CalmAsync();
        stage.Card("HighErrorRate").Header.ShouldStartWith(":rotating_light:");
        await stage.Sato.Types("/fops silence list", @in: Seed.Ops);
        await stage.Sato.Sees("サイレンスはありません");
    }

    [Theory]
    [InlineData(Transport.Socket, Store.Sqlite)]
    [InlineData(Transport.Http, Store.Postgres)]
    public async Task Silences_and_maintenance_windows_are_shown_before_they_hold(Transport transport, Store store)
    {
        await using var stage = await StageAsync(transport, store);

        await stage.Sato.Types("/fops silence alertname=HighCPUUsage instance=~\"web.*\" for 2h 再起動のため");
        await stage.Sato.Sees("`alertname=HighCPUUsage instance=~");
        await stage.Sato.Presses("この内容で始める");
        await stage.Sato.Sees("サイレンス 1 を設定しました");
        await stage.FiresAsync("HighCPUUsage", "critical", ("instance", "web-1"));
        await stage.FiresAsync("HighCPUUsage2", "critical", ("instance", "web-1"));
        await stage.SaysAsync(Seed.Alerts, "HighCPUUsage2", "対応をお願いします");
        stage.Said().Count(m => m.ThreadTs is null).ShouldBe(1, "only the other alert is shown");

        await stage.Emily.Types("/fops maintenance tomorrow 1:00 tomorrow 3:00 nightly update", @in: Seed.Ops);
        (await stage.Emily.Sees("nightly update")).Text.ShouldMatch(@"(?<day>\d{1,2}) 01:00 to .*\k<day> 03:00", "tomorrow is tomorrow, also for the end");
        await stage.Emily.Types("/fops maintenance now 2h moving the database", @in: Seed.Ops);
        await stage.Emily.Sees("every alert is kept quiet");
        await stage.Emily.Presses("Confirm");
        await stage.Emily.Sees("Maintenance 2 is set");
        await stage.CalmAsync();
        stage.Card("HighCPUUsage2").Header.ShouldStartWith(":no_bell:");
        await stage.Sato.Types("/fops maintenance list");
        await stage.Sato.Sees("*メンテナンス 2*", "moving the database");
        await stage.Emily.Types("/fops maintenance end 2", @in: Seed.Ops);
        await stage.Emily.Sees("Maintenance 2 is ended");
        await stage.Sato.Types("/fops silence list");
        await stage.Sato.Sees("*サイレンス 1*", "再起動のため");
        await stage.Sato.Types("/fops silence end 1");
        await stage.Sato.Sees("サイレンス 1 を終わらせました");
        await stage.SaysAsync(Seed.Alerts, "#1 HighCPUUsage*", "対応をお願いします");
        // The old preview knew of no alert: pressed once more, it hides nothing unseen.
        await stage.Sato.Presses("この内容で始める");
        await stage.Sato.Sees("確認のあとに対象が増えました", "緊急のアラートも通知されなくなります", "HighCPUUsage");
        stage.Card("HighCPUUsage").Header.ShouldStartWith(":rotating_light:");
    }

    private Task<Stage> StageAsync(Transport transport, Store store) => world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", transport, store));
}
