using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Card;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Channels.Outage;
using FestivalOps.Slack.Blocks;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using System.Diagnostics;
using Xunit;
using static FestivalOps.Alerting.Incidents.IncidentEventKind;

namespace FestivalOps.Tests.Alerting;

/// <summary>From an alert to an incident, whatever its source.</summary>
public sealed class IntakeTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task A_new_alert_opens_an_incident_with_a_card_in_the_channel_of_its_severity(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        (await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage"), Some.Alert("DiskSpaceLow", Severity.Critical)], default)).ShouldBe([1, 2]);

        var incidents = await stage.IncidentsAsync();
        incidents.Select(i => (i.Level, i.Severity, i.State, i.ChannelId, i.FiringAlerts, i.TotalAlerts)).ShouldBe(
        [
            (1, Severity.Warning, IncidentState.Triggered, AlertStage.Alerts, 1, 1),
            (2, Severity.Critical, IncidentState.Triggered, AlertStage.Critical, 1, 1),
        ]);
        (await stage.TimelineAsync()).ShouldBe([Opened]);
        stage.Plan.Made.ShouldBe([(1, PlanCause.Opened), (2, PlanCause.Opened)]);
        incidents[0].NextStepAt.ShouldNotBeNull();
        (await stage.OutboxAsync()).Select(r => (r.Key, r.Kind, r.Target, r.Priority)).ShouldBe(
        [
            ("incident:1:card", "incident.card", AlertStage.Alerts, FestivalOps.Channels.OutboxPriority.Card),
            ("incident:2:card", "incident.card", AlertStage.Critical, FestivalOps.Channels.OutboxPriority.Card),
        ], ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_same_news_again_changes_nothing(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage")], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(5));
        (await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage")], default)).ShouldBeEmpty();
        (await stage.IncidentAsync()).Version.ShouldBe(1);
        (await stage.OutboxAsync()).Count.ShouldBe(1);
        await using var db = stage.Db();
        db.Set<AlertRecord>().Single().SeenAt.ShouldBe(stage.Clock.GetUtcNow());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Alerts_of_one_group_are_one_incident_that_worsens_calms_and_ends(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var (first, second) = (Some.Alert("Disk", instance: "a"), Some.Alert("Disk", Severity.Critical, instance: "b"));
        await stage.Intake.RaiseAsync([first], default);
        await stage.Intake.RaiseAsync([second], default);
        var incident = await stage.IncidentAsync();
        (incident.Level, incident.Severity, incident.FiringAlerts, incident.TotalAlerts).ShouldBe((2, Severity.Critical, 2, 2));
        stage.Plan.Made.ShouldBe([(1, PlanCause.Opened), (1, PlanCause.Worsened)]);

        await stage.Intake.RaiseAsync([second.Stopped()], default);
        incident = await stage.IncidentAsync();
        (incident.Level, incident.State, incident.FiringAlerts).ShouldBe((2, IncidentState.Triggered, 1));
        await stage.Intake.RaiseAsync([first.Stopped()], default);
        incident = await stage.IncidentAsync();
        (incident.State, incident.ResolvedBy, incident.OpenKey, incident.NextStepAt).ShouldBe((IncidentState.Resolved, "", null, null));
        (await stage.TimelineAsync()).ShouldBe([Opened, AlertsJoined, Worsened, AlertsStopped, Resolved]);
        (await stage.OutboxAsync()).Select(r => r.Key).ShouldBe(
            ["incident:1:card", "incident:1:redraw:2", "incident:1:note:2", "incident:1:note:3", "incident:1:redraw:3", "incident:1:note:4", "incident:1:redraw:4", "incident:1:note:5"],
            ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_incident_comes_and_goes_as_long_as_any_of_its_alerts_does(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var (web, rate) = (Some.Alert("Web", source: AlertSource.Check, group: "web"), Some.Alert("ErrorRate", source: AlertSource.Check, group: "web"));
        await stage.Intake.RaiseAsync([web, rate], default);
        await stage.Intake.RaiseAsync([web.Flapping()], default);
        await stage.Intake.RaiseAsync([rate with { Level = 2 }], default);
        (await stage.IncidentAsync()).Flapping.ShouldBeTrue("another alert that is told anew does not make the first steady");
        await stage.Intake.RaiseAsync([rate.Flapping() with { Level = 2 }], default);
        await stage.Intake.RaiseAsync([web.Stopped()], default);
        (await stage.IncidentAsync()).Flapping.ShouldBeTrue("the other still does");
        await stage.Intake.RaiseAsync([rate with { Level = 2 }], default);
        (await stage.IncidentAsync()).Flapping.ShouldBeFalse();
        (await stage.TimelineAsync()).ShouldBe([Opened, FlappingBegan, Worsened, AlertsStopped, FlappingEnded]);

        await stage.Intake.RaiseAsync([(rate with { Level = 2 }).Flapping()], default);
        await stage.Intake.RaiseAsync([rate.Stopped()], default);
        (await stage.IncidentAsync()).Flapping.ShouldBeFalse();
        await using var db = stage.Db();
        db.Set<IncidentEvent>().OrderByDescending(e => e.Number).First().Data.ShouldContain("\"steady\":\"true\"");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_alert_of_the_webhook_that_comes_and_goes_is_kept_up_until_it_is_steady(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var alert = Some.Alert("Flicker", Severity.Critical);
        async Task ComesAsync(bool firing)
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(1));
            await stage.Intake.RaiseAsync([alert with { Firing = firing }], default);
        }
        for (var time = 0; time < 20; time++) await ComesAsync(firing: time % 2 == 0);
        var incident = await stage.IncidentAsync();
        (incident.Flapping, incident.State, incident.FiringAlerts).ShouldBe((true, IncidentState.Triggered, 1), "the sixth change makes it one that comes and goes; its ends are none any more");
        (await stage.TimelineAsync()).ShouldBe([Opened, Resolved, Reopened, Resolved, Reopened, FlappingBegan]);
        await stage.Intake.RaiseAsync([alert.Stopped()], default);
        (await stage.Get<IIncidentActions>().ResolveAsync(1, "U0SATO0001", "", default)).Says.En.ShouldContain("it comes and goes. It ends by itself");
        (await stage.OutboxAsync()).Count(r => r.Key.StartsWith("incident:1:note:", StringComparison.Ordinal)).ShouldBe(5);

        stage.Clock.Advance(TimeSpan.FromMinutes(29));
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Triggered);
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.TimelineAsync())[^1].ShouldBe(Resolved);
        await using (var db = stage.Db()) db.Set<IncidentEvent>().OrderByDescending(e => e.Number).First().Data.ShouldContain("\"steady\":\"true\"");

        await ComesAsync(firing: true);
        (await stage.IncidentAsync()).ShouldSatisfyAllConditions(i => i.Flapping.ShouldBeFalse("it begins anew"), i => i.State.ShouldBe(IncidentState.Triggered));
        await ComesAsync(firing: false);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_alert_of_the_webhook_that_came_and_went_and_stays_is_an_alert_like_others(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres, ("Alerting:Rules:FlapChanges", "4"));
        var (alert, other) = (Some.Alert("Flicker", group: "g"), Some.Alert("Steady", group: "g"));
        await stage.Intake.RaiseAsync([other], default);
        foreach (var firing in new[] { true, false, true, false, true }) await stage.Intake.RaiseAsync([alert with { Firing = firing }], default);
        (await stage.IncidentAsync()).ShouldSatisfyAllConditions(i => i.Flapping.ShouldBeTrue(), i => i.FiringAlerts.ShouldBe(2));
        // Another bot on this store knows it, too; what is only told anew is no change.
        await using (var another = stage.Another()) await another.Intake.RaiseAsync([alert with { TitleJa = "言い換え" }], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(31));
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentAsync()).ShouldSatisfyAllConditions(i => i.Flapping.ShouldBeFalse(), i => i.State.ShouldBe(IncidentState.Triggered), i => i.FiringAlerts.ShouldBe(2));
        (await stage.TimelineAsync())[^1].ShouldBe(FlappingEnded);
        await stage.Intake.RaiseAsync([alert.Stopped()], default);
        (await stage.IncidentAsync()).FiringAlerts.ShouldBe(1, "its end is news again");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_comes_and_goes_only_now_and_then_does_not_flap(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var alert = Some.Alert("Nightly");
        for (var time = 0; time < 40; time++)
        {
            stage.Clock.Advance(TimeSpan.FromMinutes(13));
            await stage.Intake.RaiseAsync([alert with { Firing = time % 2 == 0 }], default);
        }
        (await stage.IncidentsAsync()).ShouldAllBe(i => !i.Flapping && i.State == IncidentState.Resolved);
        (await stage.TimelineAsync()).ShouldNotContain(FlappingBegan);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_incidents_by_which_an_outage_of_Slack_was_noticed_are_in_its_catch_up(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("Brief", Severity.Critical), Some.Alert("Lasting", Severity.Critical)], default);
        await stage.Intake.RaiseAsync([Some.Alert("Brief", Severity.Critical).Stopped()], default);
        await using var db = stage.Db();
        // The rows are written some milliseconds after the incidents were opened.
        var gap = new SlackGap { Key = "gap", DownSince = stage.Clock.GetUtcNow().AddMilliseconds(3), Until = stage.Clock.GetUtcNow().AddMinutes(2) };
        db.Add(gap);
        await stage.Services.GetServices<ICatchUp>().OfType<IncidentCatchUp>().Single().CatchUpAsync(gap, db, default);
        await db.SaveChangesAsync();
        var row = (await stage.OutboxAsync()).Single(r => r.Kind == IncidentCatchUpPost.Name);
        var post = (await stage.Services.GetServices<IPostKind>().Single(k => k.Kind == row.Kind).PrepareAsync(row, db, default)).ShouldBeOfType<Prepared.Post>();
        var text = string.Join('\n', post.Message.Blocks.OfType<SectionBlock>().Select(b => b.Text!.Text));
        text.ShouldContain("その間に始まり、終わったインシデント 1 件");
        text.ShouldContain("*#1* Brief です");
        text.ShouldContain("*【新規】* :rotating_light: *#2* Lasting です");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_only_information_pages_nobody(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighUserRegistrationRate", Severity.Information)], default);
        var incident = await stage.IncidentAsync();
        (incident.ChannelId, incident.NextStepAt).ShouldBe((AlertStage.Information, null));
        stage.Plan.Made.ShouldBe([(1, PlanCause.Quiet)]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_group_that_fires_again_within_ten_minutes_of_its_end_is_the_same_incident(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var alert = Some.Alert("HighCpuUsage");
        await stage.Intake.RaiseAsync([alert], default);
        await stage.Intake.RaiseAsync([alert.Stopped()], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(10));
        await stage.Intake.RaiseAsync([alert], default);
        var incident = await stage.IncidentAsync();
        (incident.State, incident.FiringAlerts, incident.TotalAlerts, incident.OpenKey).ShouldBe((IncidentState.Triggered, 1, 1, alert.GroupKey));
        stage.Plan.Made[^1].ShouldBe((1, PlanCause.CameBack));
        (await stage.TimelineAsync()).ShouldBe([Opened, Resolved, Reopened]);

        await stage.Intake.RaiseAsync([alert.Stopped()], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(11));
        await stage.Intake.RaiseAsync([alert], default);
        (await stage.IncidentsAsync()).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_last_word_of_one_body_counts_and_what_was_never_heard_of_can_not_stop(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var alert = Some.Alert("HighCpuUsage");
        await stage.Intake.RaiseAsync([alert, alert.Stopped()], default);
        (await stage.IncidentsAsync()).ShouldBeEmpty();
        await stage.Intake.RaiseAsync([alert.Stopped(), alert], default);
        (await stage.IncidentsAsync()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_instances_that_raise_the_same_groups_at_once_open_each_once(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres, ("Alerting:Storm:Enabled", "false"));
        await using var other = stage.Another(("Alerting:Storm:Enabled", "false"));
        await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(i => new[] { stage, other }.Select(s =>
            Task.Run(() => s.Intake.RaiseAsync([Some.Alert($"Alert{i % 20}", instance: $"host{i}")], default)))));
        var incidents = await stage.IncidentsAsync();
        incidents.Count.ShouldBe(20);
        incidents.Select(i => i.Id).ShouldBe(Enumerable.Range(1, 20).Select(i => (long)i));
        incidents.ShouldAllBe(i => i.FiringAlerts == 2 && i.TotalAlerts == 2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ten_thousand_groups_open_and_end_quickly(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres, ("Alerting:Storm:Enabled", "false"));
        await stage.Intake.RaiseAsync([Some.Alert("Warm")], default);
        var alerts = Enumerable.Range(0, 10_000).Select(i => Some.Alert($"Alert{i}", instance: $"host-{i}:9100")).ToList();
        var opened = await CostAsync(() => stage.Intake.RaiseAsync(alerts, default));
        var repeated = await CostAsync(() => stage.Intake.RaiseAsync(alerts, default));
        var ended = await CostAsync(() => stage.Intake.RaiseAsync([.. alerts.Select(a => a.Stopped())], default));
        TestContext.Current.SendDiagnosticMessage("{0}: opened in {1}, repeated in {2}, ended in {3}", engine, opened, repeated, ended);
        var incidents = await stage.IncidentsAsync();
        incidents.Count.ShouldBe(10_001);
        incidents.Count(i => i.State == IncidentState.Resolved).ShouldBe(10_000);
    }

    // The time of the machine says little where other work runs; that of the processor says it all on SQLite, and our share on PostgreSQL.
    private static async Task<string> CostAsync(Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (clock, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await work();
        process.Refresh();
        return FormattableString.Invariant($"{clock.ElapsedMilliseconds} ms ({(process.TotalProcessorTime - before).TotalMilliseconds:0} ms of CPU)");
    }
}
