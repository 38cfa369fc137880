using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>Many groups at once are one card.</summary>
public sealed class StormTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task Ten_thousand_groups_in_one_body_are_one_card_and_one_page(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var alerts = Alerts(10_000).ToList();
        await stage.Intake.RaiseAsync(alerts, default);
        var storm = (await stage.IncidentsAsync()).ShouldHaveSingleItem();
        (storm.TitleJa, storm.TitleEn, storm.FiringAlerts).ShouldBe(("アラート多発: 10,000 件", "Alert storm: 10,000 alerts", 10_000));
        stage.Plan.Made.ShouldBe([(1, PlanCause.Opened)]);
        (await stage.OutboxAsync()).Count.ShouldBe(1);

        await stage.Intake.RaiseAsync([.. alerts.Take(9_000).Select(a => a.Stopped())], default);
        (await stage.IncidentAsync()).TitleJa.ShouldBe("アラート多発: 1,000 件");
        await stage.Intake.RaiseAsync([.. alerts.Select(a => a.Stopped())], default);
        var over = await stage.IncidentAsync();
        (over.State, over.TitleJa).ShouldBe((IncidentState.Resolved, "アラート多発: 10,000 件"), "one that is over tells how many there were");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Groups_that_come_one_by_one_become_a_storm_whose_card_stands_for_the_first_ones_too(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres, ("Alerting:Storm:GroupsPerMinute", "5"));
        foreach (var alert in Alerts(20)) await stage.Intake.RaiseAsync([alert], default);
        var incidents = await stage.IncidentsAsync();
        incidents.Count.ShouldBe(6);
        var storm = incidents[5];
        storm.FiringAlerts.ShouldBe(15);
        incidents.Take(5).ShouldAllBe(i => i.HiddenBy == "incident:6" && i.NextStepAt == null);
        var rows = await stage.OutboxAsync();
        rows.Count(r => r.Kind == "incident.redraw" && r.Subject == "6").ShouldBe(1, "its changes of one moment share a redraw");
        (await stage.TimelineAsync(6)).Count.ShouldBe(1);

        // It ends, and what fires on shows again.
        await stage.Intake.RaiseAsync([.. Alerts(20).Skip(5).Select(a => a.Stopped())], default);
        incidents = await stage.IncidentsAsync();
        incidents[5].State.ShouldBe(IncidentState.Resolved);
        incidents.Take(5).ShouldAllBe(i => i.HiddenBy == null && i.NextStepAt != null);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_storm_takes_no_more_when_it_has_been_calm_for_five_minutes(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres, ("Alerting:Storm:GroupsPerMinute", "5"));
        await stage.Intake.RaiseAsync([.. Alerts(10)], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await stage.Intake.RaiseAsync([Some.Alert("During")], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(6));
        await stage.Intake.RaiseAsync([Some.Alert("After")], default);
        (await stage.IncidentsAsync()).Select(i => i.FiringAlerts).ShouldBe([11, 1]);
    }

    [Fact]
    public async Task What_brings_the_system_down_and_what_people_say_keeps_its_own_card()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres, ("Alerting:Storm:GroupsPerMinute", "5"));
        await stage.Intake.RaiseAsync(
            [.. Alerts(10), Some.Alert("ApplicationDown", Severity.Warning, level: 3), Some.Alert("ByHand", source: AlertSource.Person)], default);
        (await stage.IncidentsAsync()).Select(i => i.GroupKey).ShouldBe([$"storm:{AlertStage.Alerts}", "ApplicationDown", "ByHand"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_makes_no_storm()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres, ("Alerting:Storm:GroupsPerMinute", "5"));
        for (var i = 0; i < 4; i++)
        {
            await stage.Intake.RaiseAsync([Some.Alert($"A{i}"), Some.Alert($"B{i}")], default);
            stage.Clock.AdjustTime(stage.Clock.GetUtcNow().AddHours(-1));
        }
        (await stage.IncidentsAsync()).Count.ShouldBe(8);
    }

    [Fact]
    public async Task Switched_off_every_group_has_its_card()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres, ("Alerting:Storm:Enabled", "false"));
        await stage.Intake.RaiseAsync([.. Alerts(100)], default);
        (await stage.IncidentsAsync()).Count.ShouldBe(100);
    }

    private static IEnumerable<IncomingAlert> Alerts(int count) => Enumerable.Range(0, count).Select(i => Some.Alert($"Alert{i}", instance: $"host-{i}"));
}
