using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;
using static FestivalOps.Alerting.Incidents.IncidentEventKind;

namespace FestivalOps.Tests.Alerting;

/// <summary>What time does to incidents.</summary>
public sealed class ClockTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task A_promise_that_runs_out_brings_it_back_once_even_with_two_instances(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await using var other = stage.Another();
        await stage.Get<IIncidentActions>().AcknowledgeAsync(1, "U0A", stage.Clock.GetUtcNow().AddHours(2), default);
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Acknowledged);
        stage.Clock.Advance(TimeSpan.FromHours(2));
        await Task.WhenAll(Task.Run(() => stage.Get<IncidentClock>().LookAsync(default)), Task.Run(() => other.Get<IncidentClock>().LookAsync(default)));
        var incident = await stage.IncidentAsync();
        (incident.State, incident.AcknowledgedBy, incident.PromiseUntil).ShouldBe((IncidentState.Triggered, null, null));
        incident.NextStepAt.ShouldNotBeNull();
        (await stage.TimelineAsync()).ShouldBe([Opened, Acknowledged, PromiseRanOut]);
        stage.Plan.Made.Concat(other.Plan.Made).Count(p => p.Cause == PlanCause.CameBack).ShouldBeGreaterThanOrEqualTo(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_snooze_ends_and_it_pages_again(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await stage.Get<IIncidentActions>().SnoozeAsync(1, "U0A", stage.Clock.GetUtcNow().AddMinutes(30), default);
        (await stage.IncidentAsync()).NextStepAt.ShouldBeNull();
        stage.Clock.Advance(TimeSpan.FromMinutes(30));
        await stage.Get<IncidentClock>().LookAsync(default);
        var incident = await stage.IncidentAsync();
        (incident.SnoozedUntil, incident.SnoozedBy).ShouldBe((null, null));
        incident.NextStepAt.ShouldNotBeNull();
        (await stage.TimelineAsync()).ShouldBe([Opened, Snoozed, SnoozeEnded]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_snooze_does_not_hide_that_it_becomes_worse(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        await stage.Get<IIncidentActions>().SnoozeAsync(1, "U0A", stage.Clock.GetUtcNow().AddHours(4), default);
        await stage.Intake.RaiseAsync([Some.Alert("Disk", Severity.Critical, instance: "other")], default);
        var incident = await stage.IncidentAsync();
        (incident.SnoozedUntil, incident.Level).ShouldBe((null, 2));
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.Worsened));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_alert_of_Alertmanager_that_nobody_speaks_of_for_long_counts_as_ended(Engine engine)
    {
        await using var stage = await OpenAsync(engine, ("Alerting:ForgetHours", "1"));
        await stage.Intake.RaiseAsync([Some.Alert("Own", source: AlertSource.Check)], default);
        for (var look = 0; look < 7; look++)
        {
            (await stage.IncidentAsync(1)).State.ShouldBe(IncidentState.Triggered);
            stage.Clock.Advance(TimeSpan.FromMinutes(10));
            await stage.Get<IncidentClock>().LookAsync(default);
        }
        (await stage.IncidentAsync(1)).State.ShouldBe(IncidentState.Resolved);
        (await stage.IncidentAsync(2)).State.ShouldBe(IncidentState.Triggered);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_clock_that_jumps_forgets_no_alert_and_neither_does_a_start_after_a_long_stop(Engine engine)
    {
        await using var stage = await OpenAsync(engine);
        var clock = stage.Get<IncidentClock>();
        await clock.LookAsync(default);
        stage.Clock.AdjustTime(stage.Clock.GetUtcNow().AddDays(3));
        await clock.LookAsync(default);
        stage.Clock.AdjustTime(stage.Clock.GetUtcNow().AddDays(-5));
        await clock.LookAsync(default);
        stage.Clock.AdjustTime(stage.Clock.GetUtcNow().AddDays(9));
        await using var started = stage.Another();
        await started.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Triggered);
    }

    private async Task<AlertStage> OpenAsync(Engine engine, params (string, string)[] settings)
    {
        var stage = await AlertStage.OpenAsync(engine, postgres, settings);
        await stage.Intake.RaiseAsync([Some.Alert("Disk")], default);
        _ = stage.Get<IncidentClock>();
        return stage;
    }
}
