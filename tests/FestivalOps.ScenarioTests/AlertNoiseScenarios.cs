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
    public async Task Of_forty_groups_within_a_minute_a_few_have_cards_and_one_card_counts_the_others(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At("2026-11-24 10:00", Transport.Http, store, ("Alerting:Storm:GroupsPerMinute", "5")));
        for (var i = 0; i < 40; i++) await stage.FiresAsync(Name(i), "warning", ("instance", $"web-{i}"));
        await stage.RunsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));

        // The card counts at looks of its own, which a busy machine does late.
        await stage.TakesAsync(() => Counted(stage) >= 35);

        var cards = Cards(stage);
        cards.Count.ShouldBeLessThanOrEqualTo(6);
        var counted = Counted(stage);
        // The first few, in whose place it stands, are not among those that it counts.
        counted.ShouldBeInRange(35, 40);
        stage.Mentions().Count.ShouldBeLessThanOrEqualTo(cards.Count);
        await stage.Sato.Types("/fops incidents", @in: Seed.Ops);
        await stage.Sato.Sees($"アラート多発: {counted} 件");

        for (var i = 0; i < 40; i++) await stage.EndsAsync(Name(i), "warning", ("instance", $"web-{i}"));
        await stage.RunsAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));
        Cards(stage).Count.ShouldBe(cards.Count);
        Cards(stage).ShouldAllBe(c => c.Header.StartsWith(":white_check_mark: 解決", StringComparison.Ordinal));
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

    [GeneratedRegex("多発: (?<count>[0-9]+) 件", RegexOptions.None, 1000)]
    private static partial Regex Count();
}
