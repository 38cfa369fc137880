using Microsoft.Extensions.DependencyInjection;

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
        for (var id = 1; id <= 10; id++) await stage.OpensIncidentAsync(id, level: id == 4 ? 3 : 2, post: false);

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
        await stage.OpensIncidentAsync(42);

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
        await stage.OpensIncidentAsync(42, firing: false);

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

    private Task<Stage> StageAsync(Transport transport, Store store) =>
        world.NewStageAsync(new(transport, store) { Replace = IncidentsOnStage.Replace });
}
