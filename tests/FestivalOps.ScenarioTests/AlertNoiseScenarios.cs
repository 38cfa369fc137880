using System.Globalization;
using System.Text.RegularExpressions;
using FestivalOps.Alerting.Rules;
using FestivalOps.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>Much at once, and the same again and again: people hear of it once.</summary>
public sealed partial class AlertNoiseScenarios(World world)
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_comes_and_goes_twenty_times_is_told_as_flapping_once_and_once_more_when_it_is_steady(Store store)
    {
        var up = true;
        await using var web = await SmsProvider.StartAsync(_ => Volatile.Read(ref up) ? 200 : 503);
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-24 10:00", Transport.Http, store,
            ("Checks:Run:EverySeconds", "10"), ("Platform:BaseUrl", web.Address), ("Platform:Database", null), ("Platform:Redis", null), ("Checks:Certificate:Endpoint", null),
            ("Alerting:Rules:Up:CriticalForSeconds", "0"), ("Alerting:Rules:Up:ClearForSeconds", "0"), ("Alerting:Rules:FlapSteadySeconds", "60"),
            // What else is measured of this application has its own patience, and is not what this is about.
            ("Alerting:Rules:HealthUrl:WarningForSeconds", "86400"), ("Alerting:Rules:HealthUrl:CriticalForSeconds", "86400"), ("Alerting:Rules:HealthUrl:UnknownForSeconds", "86400"),
            ("Alerting:Rules:ResponseTime:UnknownForSeconds", "86400"), ("Alerting:Rules:Availability:WarningForSeconds", "86400"), ("Alerting:Rules:Availability:CriticalForSeconds", "86400")));
        await MeasuresAsync(stage);

        for (var change = 1; change <= 20; change++)
        {
            Volatile.Write(ref up, !up);
            await MeasuresAsync(stage);
        }

        stage.Said(Seed.Alerts, "発生と復旧を繰り返しています。以後").ShouldHaveSingleItem();
        // Of the six changes that make it flapping; after it was told no single change is.
        (stage.Said(Seed.Alerts, "再び発生しました").Count, stage.Said(Seed.Alerts, "アラートが収まり").Count).ShouldBe((2, 2));
        Cards(stage).Where(c => c.Header.Contains("Web アプリ", StringComparison.Ordinal)).ShouldHaveSingleItem().Header.ShouldStartWith(":rotating_light:");

        up.ShouldBeTrue();
        for (var round = 0; round < 8; round++) await MeasuresAsync(stage);
        stage.Said(Seed.Alerts, "状態が落ち着き、解決しました").ShouldHaveSingleItem();
        stage.Said(Seed.Alerts, "発生と復旧を繰り返しています。以後").ShouldHaveSingleItem();
        Cards(stage).Where(c => c.Header.Contains("Web アプリ", StringComparison.Ordinal)).ShouldHaveSingleItem().Header.ShouldStartWith(":white_check_mark: 解決");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task What_Alertmanager_says_twenty_times_is_told_as_flapping_once_and_ends_once(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store, ("Alerting:Rules:FlapSteadySeconds", "600")));
        for (var change = 1; change <= 20; change++)
        {
            if (change % 2 == 1) await stage.FiresAsync("HighErrorRate", "warning");
            else await stage.EndsAsync("HighErrorRate", "warning");
            await stage.RunsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
        }
        await stage.SaysAsync(Seed.Alerts, "発生と復旧を繰り返しています。以後");
        stage.Said(Seed.Alerts, "発生と復旧を繰り返しています。以後").ShouldHaveSingleItem();
        (stage.Said(Seed.Alerts, "再び発生しました").Count, stage.Said(Seed.Alerts, "アラートが収まり").Count).ShouldBe((2, 2));
        var card = Cards(stage).ShouldHaveSingleItem();
        card.Header.ShouldNotStartWith(":white_check_mark:");

        await stage.RunsAsync(TimeSpan.FromMinutes(12), TimeSpan.FromSeconds(30));
        await stage.SaysAsync(Seed.Alerts, "状態が落ち着き、解決しました");
        await stage.TakesAsync(() => Cards(stage).Single().Header.StartsWith(":white_check_mark: 解決", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Of_forty_groups_within_a_minute_a_few_have_cards_and_one_card_counts_the_others(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store, ("Alerting:Storm:GroupsPerMinute", "5")));
        for (var i = 0; i < 40; i++) await stage.FiresAsync(Name(i), "warning", ("instance", $"web-{i}"));
        await stage.RunsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));

        // The card counts at looks of its own, which a busy machine does late.
        await stage.TakesAsync(() => Counted(stage) == 40);

        var cards = Cards(stage);
        cards.Count.ShouldBeLessThanOrEqualTo(6);
        var counted = Counted(stage);
        cards.Count(c => c.Header.StartsWith(":no_bell: まとめ済み", StringComparison.Ordinal)).ShouldBe(cards.Count - 1, "the first few were taken over");
        stage.Mentions().Count.ShouldBeLessThanOrEqualTo(cards.Count);
        await stage.Sato.Types("/fops incidents", @in: Seed.Ops);
        await stage.Sato.Sees($"アラート多発: {counted} 件");

        for (var i = 0; i < 40; i++) await stage.EndsAsync(Name(i), "warning", ("instance", $"web-{i}"));
        await stage.RunsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
        Cards(stage).Count.ShouldBe(cards.Count);
        Cards(stage).Count(c => c.Header.StartsWith(":white_check_mark: 解決", StringComparison.Ordinal)).ShouldBe(1);
        stage.Mentions().Count.ShouldBeLessThanOrEqualTo(cards.Count, "its end brings no flood");
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_administrators_role_that_is_left_empty_is_said_at_the_start_and_not_at_each_incident(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-24 10:00", Transport.Http, store, ("Roles:Administrator:Users:0", null), ("Roles:Security:UserGroups:0", null)));
        await stage.FiresAsync("DatabaseDown", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 3");
        await stage.SaysAsync(Seed.Alerts, "セキュリティ担当に通知できる人がいません");
        await stage.RunsAsync(TimeSpan.FromMinutes(12));

        stage.Said(Seed.Alerts, "システム管理者").ShouldBeEmpty();
        stage.Log.Lines.Count(l => l.Contains("Nobody is administrator", StringComparison.Ordinal)).ShouldBe(1);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"QueueBacklog{number}");

    private static int Counted(Stage stage)
    {
        var storm = Cards(stage).Where(c => c.Header.Contains("アラート多発", StringComparison.Ordinal)).ShouldHaveSingleItem();
        return int.Parse(Count().Match(storm.Header).Groups["count"].Value, CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<SeenMessage> Cards(Stage stage) => [.. stage.Said().Where(m => m.ThreadTs is null && m.Header.Length > 0)];

    // One round of checks. The clock stands still meanwhile: a slow machine is no slow application.
    private static async Task MeasuresAsync(Stage stage)
    {
        await stage.CalmAsync();
        var clock = stage.Bot.Services.GetRequiredService<RuleClock>();
        stage.Clock.Advance(TimeSpan.FromSeconds(10));
        await Soon.TrueAsync(() => clock.SinceLast < TimeSpan.FromSeconds(5), "the rules are evaluated", () => string.Join('\n', stage.Log.Lines.TakeLast(10)));
        await stage.CalmAsync();
    }

    [GeneratedRegex("多発: (?<count>[0-9]+) 件", RegexOptions.None, 1000)]
    private static partial Regex Count();
}
