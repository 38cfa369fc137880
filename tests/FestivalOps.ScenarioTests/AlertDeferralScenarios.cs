namespace FestivalOps.ScenarioTests;

/// <summary>What is told later: at night, by a promise, by a snooze, behind a silence. The real ladder, with a clock that is held.</summary>
public sealed class AlertDeferralScenarios(World world)
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_warning_at_night_waits_for_the_morning_and_says_so(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-25 05:30", Transport.Http, store));
        await stage.FiresAsync("HighMemoryUsage", "warning");
        await stage.SaysAsync(Seed.Alerts, "HighMemoryUsage", "09:00 に 運用担当者 へ通知予定(営業時間待ち");
        await stage.SaysAsync(Seed.Alerts, "営業時間外のため、09:00 に通知します");

        await stage.RunsUntilAsync("2026-11-25 08:59", TimeSpan.FromMinutes(5));
        stage.Mentions().ShouldBeEmpty();
        stage.Said(stage.Sato.Direct).ShouldBeEmpty();
        await stage.RunsUntilAsync("2026-11-25 09:01", TimeSpan.FromSeconds(10));

        var page = stage.Mentions().ShouldHaveSingleItem();
        page.At.ShouldBeInRange(AlertsOnStage.Moment("2026-11-25 09:00"), AlertsOnStage.Moment("2026-11-25 09:01"));
        page.Text.ShouldContain($"<@{Seed.Sato}>");
        page.Text.ShouldContain("レベル 1: 発生したため");
        stage.Said(stage.Sato.Direct).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_warning_on_the_Saturday_before_a_holiday_waits_until_Tuesday(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-21 11:00", Transport.Http, store));
        await stage.FiresAsync("HighMemoryUsage", "warning");
        await stage.SaysAsync(Seed.Alerts, "09:00 に 運用担当者 へ通知予定(営業時間待ち");

        // Neither the holiday's morning nor a bot that was away makes it page.
        await stage.SleepsUntilAsync("2026-11-23 08:55");
        await stage.RunsUntilAsync("2026-11-23 09:05");
        stage.Mentions().ShouldBeEmpty();
        await stage.SleepsUntilAsync("2026-11-24 08:55");
        await stage.RunsUntilAsync("2026-11-24 08:59");
        stage.Mentions().ShouldBeEmpty();
        await stage.RunsUntilAsync("2026-11-24 09:01", TimeSpan.FromSeconds(10));

        stage.Mentions().ShouldHaveSingleItem().At.ShouldBeInRange(AlertsOnStage.Moment("2026-11-24 09:00"), AlertsOnStage.Moment("2026-11-24 09:01"));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_promise_that_runs_out_brings_the_incident_back(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 13:00", Transport.Http, store));
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Sato.Types("/fops ack 1 until 14:00", @in: Seed.Ops);
        await stage.Sato.Sees("#1 を 11-24 14:00 までの約束で引き受けました");
        await stage.RunsUntilAsync("2026-11-24 13:59");
        var taken = stage.Card("HighErrorRate");
        stage.Mentions().Count.ShouldBe(1);
        await stage.RunsUntilAsync("2026-11-24 14:01");

        taken.Text.ShouldContain("14:00 までに終える約束");
        stage.Said(Seed.Alerts, "約束の時刻 (14:00) を過ぎたため、未対応に戻りました").Count.ShouldBe(1);
        var again = stage.Mentions()[1];
        again.Text.ShouldContain("レベル 2: 未対応に戻ったため");
        again.At.ShouldBeInRange(AlertsOnStage.Moment("2026-11-24 14:00"), AlertsOnStage.Moment("2026-11-24 14:01"));
        stage.Card("HighErrorRate").Text.ShouldContain("まだ誰も対応していません");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_snooze_of_half_an_hour_comes_back_after_it(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", Transport.Http, store));
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Suzuki.Presses("30 分", @in: Seed.Alerts);
        await stage.Suzuki.Sees("#1 を 11-24 20:30 までスヌーズしました");
        await stage.RunsAsync(TimeSpan.FromMinutes(29));
        var asleep = stage.Card("HighErrorRate");
        stage.Mentions().Count.ShouldBe(1);
        await stage.RunsAsync(TimeSpan.FromMinutes(2));

        asleep.Header.ShouldBe(":zzz: スヌーズ中 | HighErrorRate");
        asleep.Text.ShouldContain("20:30 までスヌーズ");
        stage.Said(Seed.Alerts, "スヌーズが終わりました").Count.ShouldBe(1);
        stage.Mentions().Count.ShouldBe(2);
        stage.Card("HighErrorRate").Header.ShouldBe(":rotating_light: 緊急 | HighErrorRate");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_snooze_until_the_next_business_morning_passes_over_weekend_and_holiday(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-20 17:00", Transport.Http, store));
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Sato.Presses("翌営業日の朝まで", @in: Seed.Alerts);
        await stage.Sato.Sees("#1 を 11-24 09:00 までスヌーズしました");
        await stage.RunsUntilAsync("2026-11-20 17:05");
        await stage.SleepsUntilAsync("2026-11-23 08:55");
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.RunsUntilAsync("2026-11-23 09:05");
        await stage.SleepsUntilAsync("2026-11-24 08:55");
        await stage.RunsUntilAsync("2026-11-24 08:59");
        stage.Mentions().Count.ShouldBe(1);
        await stage.RunsUntilAsync("2026-11-24 09:01", TimeSpan.FromSeconds(10));

        stage.Mentions().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Transport.Http, Store.Sqlite)]
    [InlineData(Transport.Socket, Store.Postgres)]
    public async Task What_still_fires_is_not_ended_but_silenced_for_a_while_and_comes_back_after_it(Transport transport, Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 20:00", transport, store));
        await stage.FiresAsync("HighErrorRate", "critical", ("instance", "web-1"));
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします");

        await stage.Sato.Presses("解決する", @in: Seed.Alerts);
        await stage.Sato.Sees("#1 はまだ 1 件のアラートが発生中なので、解決済みにできません");
        await stage.Sato.Presses("サイレンス…");
        var dialog = await stage.Sato.SeesDialog("#1 サイレンス");
        await stage.Sato.Fills("span", "そのうち");
        await stage.Sato.Fills("reason", "再起動のため");
        await stage.Sato.Submits();
        stage.Slack.Workspace.Top(Seed.Sato).ShouldNotBeNull("what was typed is not lost").Errors["span"].ShouldStartWith("「そのうち」を時刻として読み取れません");
        await stage.Sato.Fills("span", "６０分");
        await stage.Sato.Submits();
        var preview = await stage.Sato.Sees("このサイレンスが通知しなくなるもの");
        stage.Card("HighErrorRate").Header.ShouldStartWith(":rotating_light:");
        await stage.Sato.Presses("この内容で始める");
        await stage.Sato.Sees("サイレンス 1 を設定しました", "1 件のアラートが隠れます");
        await stage.RunsUntilAsync("2026-11-24 20:44");
        var hidden = stage.Card("HighErrorRate");
        stage.Said(Seed.Alerts, "に終わります").ShouldBeEmpty();
        await stage.RunsUntilAsync("2026-11-24 20:59");
        var reminder = stage.Said(Seed.Alerts, "サイレンス 1", "11-24 21:00 に終わります").ShouldHaveSingleItem();
        stage.Mentions().Count.ShouldBe(1);
        await stage.RunsUntilAsync("2026-11-24 21:02");

        dialog.ShouldContain("alertname=HighErrorRate instance=web-1");
        preview.Text.ShouldContain("アラート 1 件(インシデント 1 件)");
        hidden.Header.ShouldBe(":no_bell: サイレンス中 | HighErrorRate");
        reminder.At.ShouldBeLessThan(AlertsOnStage.Moment("2026-11-24 20:47"));
        stage.Card("HighErrorRate").Header.ShouldBe(":rotating_light: 緊急 | HighErrorRate");
        stage.Mentions().Count.ShouldBe(2);
    }
}
