using FestivalOps.Commands.People;
using FestivalOps.Escalation.OnCall;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>An alert from its arrival to its end, with the real intake, ladder and outbox, and a clock that is held.</summary>
public sealed class AlertFlowScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task An_alert_that_nobody_takes_climbs_until_someone_does_and_then_nobody_is_told_any_more(Transport transport, Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", transport, store));
        await stage.FiresAsync("HighErrorRate", "critical", ("instance", "web-1"));

        var first = await stage.SaysAsync(Seed.Alerts, "#1 HighErrorRate", "対応をお願いします (レベル 2: 発生したため)");
        await stage.RunsAsync(TimeSpan.FromMinutes(14));
        var waiting = stage.Card("HighErrorRate");
        stage.Mentions().Count.ShouldBe(1);
        await stage.RunsAsync(TimeSpan.FromMinutes(2));
        stage.Mentions().Count.ShouldBe(2);
        await stage.RunsAsync(TimeSpan.FromMinutes(5));
        var mentions = stage.Mentions();
        await stage.Sato.Presses("対応する", @in: Seed.Alerts);
        await stage.Sato.Sees("#1 を引き受けました");
        await stage.CalmAsync();
        var taken = stage.Card("HighErrorRate");
        await stage.RunsAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));
        await stage.EndsAsync("HighErrorRate", "critical", ("instance", "web-1"));
        await stage.CalmAsync();

        // Who is told, when, and by which rule. Each time it is a message of its own: an edit wakes nobody.
        waiting.Header.ShouldBe(":rotating_light: 緊急 | HighErrorRate");
        waiting.Text.ShouldContain("次*  10:15 に 経営陣を含む全員 へ通知予定");
        mentions.Count.ShouldBe(3);
        var afterwards = stage.Mentions();
        afterwards.Count.ShouldBe(3);
        afterwards.ShouldAllBe(m => !m.Text.Contains("対応をお願いします", StringComparison.Ordinal), "none asks for what is done");
        mentions.ShouldAllBe(m => m.ThreadTs == waiting.Ts);
        Mentioned(mentions[0]).ShouldBe([Seed.Emily, Seed.Sato, Seed.Suzuki]);
        Mentioned(mentions[1]).ShouldBe([Seed.Emily, Seed.Sato, Seed.Suzuki, Seed.Takahashi, Seed.Tanaka]);
        mentions[1].Text.ShouldContain("レベル 3: 時間内に誰も対応しなかったため");
        (mentions[1].At - first.At).ShouldBeInRange(TimeSpan.FromMinutes(14.8), TimeSpan.FromMinutes(15.8));
        (mentions[2].At - mentions[1].At).ShouldBeInRange(TimeSpan.FromMinutes(4.8), TimeSpan.FromMinutes(5.8));
        Mentioned(mentions[2]).Count.ShouldBe(5);
        // Each of them is written to directly, too, with the same button.
        stage.Said(stage.Takahashi.Direct, "#1 HighErrorRate").Count.ShouldBe(2);

        taken.Header.ShouldBe(":eyes: 対応中 | HighErrorRate");
        taken.Text.ShouldContain($"*<@{Seed.Sato}>* が対応中");
        var over = stage.Card("HighErrorRate");
        over.Ts.ShouldBe(waiting.Ts, "one incident is one card");
        over.Header.ShouldBe(":white_check_mark: 解決 | HighErrorRate");
        over.Text.ShouldContain("アラートが止まりました");
        over.Buttons.ShouldBeEmpty();
        stage.Said().Where(m => m.ThreadTs == over.Ts).Select(m => m.Text).TakeLast(2).ShouldBe([$"<@{Seed.Sato}> が対応を引き受けました", "アラートが収まり、解決しました"]);

        await stage.Tanaka.Types("/fops why 1", @in: Seed.Ops);
        var why = await stage.Tanaka.Sees("*#1 HighErrorRate*", "レベル 2 で 15 分のあいだ誰も対応しなかったため", "解決済みのため、これ以上通知しません");
        why.Text.ShouldContain("チャンネルに表示: 10:15");
        why.Text.ShouldContain($"<@{Seed.Takahashi}> 10:15");
        why.Text.ShouldContain($"<@{Seed.Sato}> が対応を引き受けました");
        await stage.AuditShouldBeWholeAsync();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Of_two_who_press_different_buttons_at_once_one_wins_and_the_other_learns_who(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store));
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await Task.WhenAll(stage.Sato.Presses("対応する", @in: Seed.Alerts), stage.Suzuki.Presses("エスカレーション", @in: Seed.Alerts));
        var (sato, suzuki) = (await stage.HearsAsync(stage.Sato), await stage.HearsAsync(stage.Suzuki));
        await stage.CalmAsync();

        var satoWon = sato.Text.Contains("#1 を引き受けました", StringComparison.Ordinal);
        var card = stage.Card("HighErrorRate");
        if (satoWon)
        {
            suzuki.Text.ShouldContain($"#1 は <@{Seed.Sato}> さんが");
            card.Text.ShouldContain($"*<@{Seed.Sato}>* が対応中");
            stage.Said(Seed.Alerts, "レベル 3 に上げました").ShouldBeEmpty();
        }
        else
        {
            sato.Text.ShouldContain($"<@{Seed.Suzuki}> さんがほぼ同時に #1 を操作しました");
            suzuki.Text.ShouldContain("#1 をレベル 3 に上げました");
            card.Text.ShouldContain("まだ誰も対応していません");
            stage.Said(Seed.Alerts, "対応を引き受けました").ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(Transport.Http, Store.Sqlite)]
    [InlineData(Transport.Socket, Store.Postgres)]
    public async Task A_press_shows_on_the_card_within_two_seconds_and_a_second_one_does_nothing(Transport transport, Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", transport, store));
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");
        await stage.RunsAsync(TimeSpan.FromMinutes(1));

        await stage.Sato.PressesTwice("対応する", Seed.Alerts);
        var took = await stage.TakesAsync(() => stage.Card("HighErrorRate").Header.StartsWith(":eyes:", StringComparison.Ordinal));
        await stage.Sato.Sees("二度目は実行しませんでした");
        await stage.Suzuki.Types("/fops ack 1", @in: Seed.Ops);
        await stage.Suzuki.Sees($"#1 は <@{Seed.Sato}> さんが");
        await stage.CalmAsync();
        stage.Said(stage.Suzuki.Direct).ShouldHaveSingleItem().Buttons.ShouldBeEmpty("what he was sent asks for nothing any more");

        took.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(2));
        stage.Said(Seed.Alerts, "対応を引き受けました").ShouldHaveSingleItem().Text.ShouldContain(Seed.Sato);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_database_that_is_down_hides_the_errors_that_follow_from_it_until_it_is_back(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store));
        await stage.FiresAsync("DatabaseDown", "critical");
        await stage.SaysAsync(Seed.Alerts, "#1 DatabaseDown", "対応をお願いします (レベル 3");
        await stage.Suzuki.Presses("対応する", @in: Seed.Alerts);
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.RunsAsync(TimeSpan.FromHours(1));
        stage.Said(Seed.Alerts, "HighErrorRate").ShouldBeEmpty("its cause is known");
        await stage.Sato.Types("/fops incident 2", @in: Seed.Ops);
        await stage.Sato.Sees("#1 (原因) が続く間は通知しません");
        await stage.Sato.Types("/fops why 2");
        await stage.Sato.Sees("規則 (Alerting:Inhibition):", "`alertname=DatabaseDown hides alertname=~HighErrorRate|");

        await stage.EndsAsync("DatabaseDown", "critical");
        var page = await stage.SaysAsync(Seed.Alerts, "#2 HighErrorRate", "対応をお願いします (レベル 2");

        page.ThreadTs.ShouldBe(stage.Card("HighErrorRate").Ts);
        stage.Card("DatabaseDown").Header.ShouldStartWith(":white_check_mark: 解決");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_role_without_anyone_who_is_there_is_said_aloud_and_the_next_level_is_told_at_once(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-24 10:00", Transport.Http, store,
            ("Roles:Operations:UserGroups:0", null), ("Roles:Operations:Users:0", "U0NOBODY01"), ("Roles:Operations:Users:1", Seed.Emily)));
        stage.Expects("users.info: user_not_found");
        // The weekly look at who can be reached comes with the first start, and tries.
        stage.Expects("conversations.open: user_disabled");
        await stage.Slack.PostAsync("people", new { id = Seed.Emily, name = "emily", real_name = "Emily Clark", is_deactivated = true });
        // Every few minutes the bot asks who is there.
        await stage.RunsAsync(TimeSpan.FromMinutes(6));
        var staff = stage.Bot.Services.GetRequiredService<StaffBook>();
        await stage.WaitsAsync(() => staff.Accounts.GetValueOrDefault(Seed.Emily) is { State: AccountState.Deactivated } emily ? emily : null, "Slack told that Emily is gone", () => "");

        await stage.FiresAsync("HighMemoryUsage", "warning");
        var said = await stage.SaysAsync(Seed.Alerts, "*#1 HighMemoryUsage*", "運用担当者に通知できる人がいません");
        var page = await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 3: 担当者のいない役割があったため)");
        await stage.CalmAsync();

        Mentioned(page).ShouldBe([Seed.Suzuki, Seed.Takahashi, Seed.Tanaka]);
        page.Text.ShouldContain("アカウント停止中のため除外しました");
        page.Text.ShouldContain("U0NOBODY01 は Slack に存在しないため除外しました");
        (page.At - said.At).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        stage.Card("HighMemoryUsage").Text.ShouldContain("レベル 3");
    }

    private static IReadOnlyList<string> Mentioned(SeenMessage message) =>
        [.. System.Text.RegularExpressions.Regex.Matches(message.Text, "<@(U[A-Z0-9]+)>").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
}
