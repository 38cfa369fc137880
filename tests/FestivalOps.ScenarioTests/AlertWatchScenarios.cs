using FestivalOps.Channels.Outage;
using FestivalOps.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>Who watches those that watch: Alertmanager's constant signal, our own sign of life, the hand-over of the duty.</summary>
public sealed class AlertWatchScenarios(World world)
{
    private static readonly (string, string?)[] NoPlatform =
        [("Platform:BaseUrl", null), ("Platform:Database", null), ("Platform:Redis", null), ("Checks:Certificate:Endpoint", null)];

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task A_watchdog_that_stops_is_an_incident_until_it_is_heard_again(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store));
        await stage.FiresAsync("Watchdog", "none");
        await stage.RunsAsync(TimeSpan.FromMinutes(9));
        stage.Said().ShouldBeEmpty("as long as it is heard it is nothing to speak of");

        await stage.RunsAsync(TimeSpan.FromMinutes(2));
        await stage.SaysAsync(Seed.Alerts, "Prometheus からの定期信号が途絶えました", "対応をお願いします (レベル 2");
        stage.Card("定期信号が途絶えました").Text.ShouldContain("常時発報のアラート Watchdog が");

        await stage.FiresAsync("Watchdog", "none");
        await stage.WaitsAsync(
            () => stage.Card("定期信号が途絶えました") is { } card && card.Header.StartsWith(":white_check_mark: 解決", StringComparison.Ordinal) ? card : null,
            "the end of the incident", () => string.Join("\n---\n", stage.Said()));
        await stage.RunsAsync(TimeSpan.FromMinutes(5));
        stage.Mentions().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_sign_of_life_stops_while_nobody_can_be_told_and_comes_back_with_Slack(Store store)
    {
        await using var outside = await SmsProvider.StartAsync(_ => 200);
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-24 10:00", Transport.Http, store,
            [.. NoPlatform, ("Checks:Run:EverySeconds", "30"), ("Alerting:DeadMan:Url", outside.Address), ("Alerting:DeadMan:OutboxStuckSeconds", "60")]));
        await HeardAsync(stage, outside, moreThan: 1);

        await stage.Slack.FaultAsync(new { down_seconds = 900 });
        await stage.FiresAsync("HighErrorRate", "critical");
        await stage.WaitsAsync(
            () => stage.Log.Lines.FirstOrDefault(l => l.Contains("the outbox is stuck", StringComparison.Ordinal)),
            "the sign is held back", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
        var quiet = outside.Calls.Count;
        await stage.PassesAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        outside.Calls.Count.ShouldBe(quiet, "whoever waits for it outside shall notice");

        await stage.PassesAsync(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1));
        await stage.SaysAsync(Seed.Alerts, "#1 HighErrorRate", "対応をお願いします");
        await HeardAsync(stage, outside, moreThan: quiet);
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_duty_is_handed_over_once_with_what_is_open_and_the_new_one_is_told(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-30 08:50", Transport.Http, store, ("OnCall:Operations:Rotation:0", Seed.Sato), ("OnCall:Operations:Rotation:1", Seed.Emily)));
        await stage.FiresAsync("HighMemoryUsage", "warning");
        await stage.SaysAsync(Seed.Alerts, "営業時間外のため、09:00 に通知します");
        stage.Said(Seed.Ops, "引き継ぎ").ShouldBeEmpty();

        await stage.RunsUntilAsync("2026-11-30 09:02");
        var post = await stage.SaysAsync(Seed.Ops, "オンコールの引き継ぎ");
        var page = await stage.SaysAsync(Seed.Alerts, "#1 HighMemoryUsage", "対応をお願いします (レベル 1");
        await stage.StopBotAsync();
        await stage.StartBotAsync();
        await stage.RunsAsync(TimeSpan.FromMinutes(3));

        post.Text.ShouldContain($"運用担当者: <@{Seed.Sato}> → <@{Seed.Emily}>");
        post.Text.ShouldContain("• #1 HighMemoryUsage (L1, ");
        page.Text.ShouldContain($"<@{Seed.Emily}>");
        page.Text.ShouldNotContain(Seed.Sato);
        stage.Said(Seed.Ops, "オンコールの引き継ぎ").ShouldHaveSingleItem("neither time nor a restart repeats it");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task After_an_outage_of_Slack_the_channel_of_critical_incidents_hears_of_one_that_became_critical_elsewhere(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store, ("Channels:Critical", Seed.Ops)));
        await stage.FiresAsync("QueueBacklog", "warning", ("instance", "web-1"));
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 1");
        await stage.CalmAsync();

        await stage.Slack.FaultAsync(new { down_seconds = 900 });
        var back = stage.Clock.GetUtcNow() + TimeSpan.FromMinutes(15.5);
        await stage.FiresAsync("QueueBacklog", "critical", ("instance", "web-2"));
        var outage = stage.Bot.Services.GetRequiredService<SlackOutage>();
        await stage.WaitsAsync(() => outage.IsOut ? "out" : null, "the outage is noticed", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
        await stage.PassesAsync(back - stage.Clock.GetUtcNow(), TimeSpan.FromSeconds(1));
        var here = await stage.SaysAsync(Seed.Alerts, "Slack とのやり取りが再開しました");
        var there = await stage.SaysAsync(Seed.Ops, "Slack とのやり取りが再開しました");
        await stage.RunsAsync(TimeSpan.FromMinutes(1));

        here.Text.ShouldContain("*#1* QueueBacklog");
        there.Text.ShouldContain("*#1* QueueBacklog");
        stage.Said(Seed.Ops).Count.ShouldBe(1);
        stage.Said(Seed.Alerts, "Slack とのやり取りが再開しました").Count.ShouldBe(1);
    }

    private static Task<string> HeardAsync(Stage stage, SmsProvider outside, int moreThan) => stage.WaitsAsync(
        () => outside.Calls.Count > moreThan ? "heard" : null, "the sign of life", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
}
