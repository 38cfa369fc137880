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
        (storm.FiringAlerts, storm.TitleJa).ShouldBe((20, "アラート多発: 20 件"), "it counts what it took over");
        incidents.Take(5).ShouldAllBe(i => i.HiddenBy == "storm:6" && i.State == IncidentState.Resolved && i.NextStepAt == null);
        (await stage.Get<IIncidentActions>().AcknowledgeAsync(3, "U0SATO0001", null, default)).Says.En.ShouldBe("#3 was put together with others as #6. Act on #6.");
        var rows = await stage.OutboxAsync();
        rows.Count(r => r.Kind == "incident.redraw" && r.Subject == "6").ShouldBe(1, "its changes of one moment share a redraw");
        (await stage.TimelineAsync(6)).Count.ShouldBe(1);

        // It goes on while any of them fires, and brings no flood when it ends.
        await stage.Intake.RaiseAsync([.. Alerts(20).Skip(5).Select(a => a.Stopped())], default);
        incidents = await stage.IncidentsAsync();
        (incidents[5].State, incidents[5].FiringAlerts).ShouldBe((IncidentState.Triggered, 5));
        await stage.Intake.RaiseAsync([.. Alerts(5).Select(a => a.Stopped())], default);
        incidents = await stage.IncidentsAsync();
        incidents.Count.ShouldBe(6);
        incidents.ShouldAllBe(i => i.State == IncidentState.Resolved);
        incidents.Take(5).ShouldAllBe(i => i.HiddenBy == "storm:6");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_critical_alert_that_begins_after_a_storm_was_taken_is_someones_again(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres, ("Alerting:Storm:GroupsPerMinute", "5"));
        await stage.Intake.RaiseAsync([.. Enumerable.Range(0, 10).Select(i => Some.Alert($"Critical{i}", Severity.Critical))], default);
        await stage.Get<IIncidentActions>().AcknowledgeAsync(1, "U0SATO0001", null, default);
        stage.Clock.Advance(TimeSpan.FromSeconds(30));
        await stage.Intake.RaiseAsync([Some.Alert("SameMinute", Severity.Critical)], default);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Acknowledged, "what belongs to the storm that was taken");
        stage.Clock.Advance(TimeSpan.FromSeconds(60));

        await stage.Intake.RaiseAsync([Some.Alert("PaymentsDown", Severity.Critical)], default);
        var storm = await stage.IncidentAsync();
        (storm.State, storm.AcknowledgedBy, storm.FiringAlerts).ShouldBe((IncidentState.Triggered, null, 12));
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.CameBack));
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
