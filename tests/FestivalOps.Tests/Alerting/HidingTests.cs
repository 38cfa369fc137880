using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Silences;
using FestivalOps.Channels;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;
using static FestivalOps.Alerting.Incidents.IncidentEventKind;

namespace FestivalOps.Tests.Alerting;

/// <summary>What is hidden by a cause or a silence, and shown again.</summary>
public sealed class HidingTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly IncomingAlert Database = Some.Alert("DatabaseDown", Severity.Critical, level: 3, instance: "db-1:9187");
    private static readonly IncomingAlert Errors = Some.Alert("HighErrorRate", Severity.Critical);

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task A_database_that_is_down_hides_the_error_rate_until_it_is_back(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Database], default);
        await stage.Intake.RaiseAsync([Errors], default);
        var hidden = await stage.IncidentAsync(2);
        (hidden.HiddenBy, hidden.NextStepAt).ShouldBe(("incident:1", null));
        (await stage.TimelineAsync(2)).ShouldBe([Opened, Hidden]);
        (await stage.OutboxAsync()).Select(r => r.Key).ShouldBe(["incident:1:card"]);

        await stage.Intake.RaiseAsync([Database.Stopped()], default);
        var shown = await stage.IncidentAsync(2);
        (shown.HiddenBy, shown.State).ShouldBe((null, IncidentState.Triggered));
        stage.Plan.Made[^1].ShouldBe((2, PlanCause.Opened));
        (await stage.OutboxAsync()).Select(r => r.Key).ShouldContain("incident:2:card");
        (await stage.TimelineAsync(2)).ShouldBe([Opened, Hidden, Shown]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cause_that_comes_later_or_in_the_same_body_hides_what_is_there(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Errors], default);
        await stage.Intake.RaiseAsync([Some.Alert("HighResponseTime"), Database], default);
        (await stage.IncidentsAsync()).Select(i => i.HiddenBy).ShouldBe(["incident:3", "incident:3", null], ignoreOrder: true);
        stage.Plan.Made.ShouldContain((1, PlanCause.Quiet));
        // What hides ends together with what is hidden: nothing comes up in between.
        await stage.Intake.RaiseAsync([Database.Stopped(), Errors.Stopped(), Some.Alert("HighResponseTime").Stopped()], default);
        (await stage.IncidentsAsync()).ShouldAllBe(i => i.State == IncidentState.Resolved);
        (await stage.TimelineAsync(1)).ShouldNotContain(Shown);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_host_that_is_down_hides_its_own_services_only(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HostDown", Severity.Critical, instance: "10.0.0.5:9100")], default);
        await stage.Intake.RaiseAsync([Some.Alert("RedisDown", Severity.Critical, instance: "10.0.0.5:6379"), Some.Alert("NginxDown", Severity.Critical, instance: "10.0.0.6:80")], default);
        (await stage.IncidentsAsync()).Select(i => i.HiddenBy).ShouldBe([null, "incident:1", null]);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_platforms_own_rules_hide_a_warning_behind_its_critical_twin(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var warning = Some.Alert("Disk", group: "w", labels: ("dev", "sda"));
        var elsewhere = Some.Alert("Disk", group: "x", labels: ("dev", "sdb"));
        await stage.Intake.RaiseAsync([warning, elsewhere, Some.Alert("Disk", Severity.Critical, group: "c", labels: ("dev", "sda"))], default);
        (await stage.IncidentsAsync()).ToDictionary(i => i.GroupKey, i => i.HiddenBy).ShouldBe(
            new Dictionary<string, string?> { ["w"] = "incident:3", ["x"] = null, ["c"] = null }, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_silence_hides_what_fires_and_what_comes_and_shows_it_when_it_ends(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage", instance: "web-1")], default);
        var made = await SilenceAsync(stage, "alertname=HighCpuUsage instance=~\"web.*\"", hours: 1);
        made.Says.Ja.ShouldBe("サイレンス 1 を設定しました（11-24 13:00 まで）。今は 1 件のアラートが隠れます。");
        made.IsDone.ShouldBeTrue();
        (await stage.IncidentAsync(1)).HiddenBy.ShouldBe("silence:1");
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage", group: "two", instance: "web-2"), Some.Alert("HighCpuUsage", group: "three", instance: "db-1")], default);
        (await stage.IncidentsAsync()).Select(i => i.HiddenBy).ShouldBe(["silence:1", "silence:1", null]);

        stage.Clock.Advance(TimeSpan.FromMinutes(61));
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentsAsync()).ShouldAllBe(i => i.HiddenBy == null);
        stage.Plan.Made.TakeLast(2).ShouldBe([(1, PlanCause.Opened), (2, PlanCause.Opened)], ignoreOrder: true);
        (await stage.Get<SilenceBook>().ListAsync(default)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_silence_can_be_ended_early_by_exactly_one_person(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage")], default);
        await SilenceAsync(stage, "alertname=HighCpuUsage", hours: 5);
        var book = stage.Get<SilenceBook>();
        var ended = await Task.WhenAll(Task.Run(() => book.EndAsync(1, "U0A", default)), Task.Run(() => book.EndAsync(1, "U0B", default)));
        ended.Count(e => e.IsDone).ShouldBe(1);
        (await stage.IncidentAsync()).HiddenBy.ShouldBeNull();
        (await book.EndAsync(9, "U0A", default)).Says.ShouldBe(SilenceTexts.Missing(9));
    }

    [Fact]
    public async Task A_silence_that_is_confirmed_twice_is_one_and_its_end_tells_what_can_be_seen()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage")], default);
        var (book, now) = (stage.Get<SilenceBook>(), stage.Clock.GetUtcNow());
        var wish = new SilenceRequest("alertname=HighCpuUsage", now, now.AddHours(2), "再起動", IsMaintenance: false);
        (await book.CreateAsync(wish, "U0A", AlertStage.Alerts, default)).IsDone.ShouldBeTrue();
        var again = await book.CreateAsync(wish, "U0A", AlertStage.Alerts, default);
        (again.IsDone, again.Silence!.Id).ShouldBe((false, 1));
        (await book.CreateAsync(wish with { EndsAt = now.AddHours(3) }, "U0B", AlertStage.Alerts, default)).Silence!.Id.ShouldBe(2);

        (await book.EndAsync(1, "U0A", default)).Says.En.ShouldBe("Silence 1 is ended. 0 alerts can be seen again. Something else hides 1 alert still.");
        (await book.EndAsync(2, "U0A", default)).Says.En.ShouldBe("Silence 2 is ended. 1 alert can be seen again.");
    }

    [Fact]
    public async Task What_people_report_hides_nothing_and_nothing_but_a_silence_hides_it()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.Intake.RaiseAsync([Some.Alert(AlertLabels.Report, severity: Severity.Critical, group: "person:1", instance: "")], default);
        await stage.Intake.RaiseAsync([Some.Alert(AlertLabels.Report, severity: Severity.Warning, group: "person:2", instance: "")], default);
        (await stage.IncidentsAsync()).ShouldAllBe(i => i.HiddenBy == null);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_maintenance_window_hides_from_its_start_and_reminds_before_its_end(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage")], default);
        var now = stage.Clock.GetUtcNow();
        var planned = await stage.Get<SilenceBook>().CreateAsync(
            new("alertname=~High.*", now.AddHours(1), now.AddHours(3), "DB 更新", IsMaintenance: true), "U0A", AlertStage.Alerts, default);
        planned.Silence!.IsMaintenance.ShouldBeTrue();
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentAsync()).HiddenBy.ShouldBeNull();
        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.Get<IncidentClock>().LookAsync(default);
        (await stage.IncidentAsync()).HiddenBy.ShouldBe("silence:1");
        stage.Clock.Advance(TimeSpan.FromMinutes(106));
        await stage.Get<IncidentClock>().LookAsync(default);
        await stage.Get<IncidentClock>().LookAsync(default);
        var row = (await stage.OutboxAsync()).Single(r => r.Kind == "silence.reminder");
        await using var db = stage.Db();
        var post = stage.Services.GetService(typeof(IEnumerable<IPostKind>)).ShouldBeAssignableTo<IEnumerable<IPostKind>>()!.Single(k => k.Kind == row.Kind);
        (await post.PrepareAsync(row, db, default)).ShouldBeOfType<Prepared.Post>().Message.Text.ShouldBe(
            ":hourglass_flowing_sand: メンテナンス 1 （DB 更新）は 11-24 15:00 に終わります。必要なら、その前に新しく設定してください。");
        stage.Clock.Advance(TimeSpan.FromHours(1));
        (await post.PrepareAsync(row, db, default)).ShouldBeOfType<Prepared.Drop>();
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_card_that_was_dropped_while_hidden_is_wanted_again_and_never_doubled(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("HighCpuUsage")], default);
        await SilenceAsync(stage, "alertname=HighCpuUsage", hours: 1);
        await using (var db = stage.Db())
            await db.Set<OutboxRow>().ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Dropped).SetProperty(r => r.Reason, "hidden"));
        await stage.Get<SilenceBook>().EndAsync(1, "U0A", default);
        var card = (await stage.OutboxAsync()).Single(r => r.Kind == "incident.card");
        (card.State, card.Reason).ShouldBe((OutboxState.Waiting, null));
    }

    [Fact]
    public async Task A_silence_that_was_ended_may_be_asked_for_anew_until_the_same_time_but_its_old_button_is_used()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        var (book, until) = (stage.Get<SilenceBook>(), stage.Clock.GetUtcNow().AddHours(2));
        Task<SilenceOutcome> AskAsync(DateTimeOffset asked) => book.CreateAsync(new("alertname=A", asked, until, "調査中", IsMaintenance: false), "U0A", AlertStage.Alerts, default);
        var asked = stage.Clock.GetUtcNow();
        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        (await AskAsync(asked)).IsDone.ShouldBeTrue();
        await book.EndAsync(1, "U0A", default);
        (await AskAsync(asked)).IsDone.ShouldBeFalse("that preview was used");
        stage.Clock.Advance(TimeSpan.FromSeconds(5));
        (await AskAsync(stage.Clock.GetUtcNow())).IsDone.ShouldBeTrue("it is asked for anew");
    }

    [Theory]
    [InlineData("", "Say what to silence")]
    [InlineData("HighCpuUsage", "can't be read")]
    [InlineData("alertname=~(", "not a regular expression")]
    [InlineData("alertname=~(?=x)x", "no look-around")]
    [InlineData("alertname=~.*", "don't say which alerts")]
    [InlineData("alertname!=x", "don't say which alerts")]
    [InlineData("<!channel>=x", "<!channel>")]
    public async Task Conditions_that_say_nothing_are_refused_with_a_sentence(string matchers, string sentence)
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        (await SilenceAsync(stage, matchers, hours: 1)).Says.En.ShouldContain(sentence);
    }

    [Fact]
    public async Task Times_and_reasons_that_make_no_sense_are_refused()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        (await SilenceAsync(stage, "a=b", hours: 0)).Says.ShouldBe(SilenceTexts.EndBeforeStart);
        (await SilenceAsync(stage, "a=b", hours: 24 * 31)).Says.ShouldBe(SilenceTexts.TooLong);
        (await SilenceAsync(stage, "a=b", hours: 1, reason: " ")).Says.ShouldBe(SilenceTexts.ReasonMissing);
    }

    [Fact]
    public async Task A_pattern_that_is_meant_to_take_for_ever_does_not()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        await SilenceAsync(stage, "alertname=~(a+)+b", hours: 1);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await stage.Intake.RaiseAsync([Some.Alert(new string('a', 900))], default);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await stage.IncidentAsync()).HiddenBy.ShouldBeNull();
    }

    [Fact]
    public async Task A_preview_says_what_would_be_hidden()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        await stage.Intake.RaiseAsync([Some.Alert("A", instance: "x"), Some.Alert("A", instance: "y"), Some.Alert("B")], default);
        var now = stage.Clock.GetUtcNow();
        var preview = await stage.Get<SilenceBook>().PreviewAsync(new("alertname=A", now, now.AddHours(1), "調査中", IsMaintenance: false), default);
        (preview.Alerts, preview.Incidents, preview.Problem).ShouldBe((2, 1, null));
    }

    private static Task<SilenceOutcome> SilenceAsync(AlertStage stage, string matchers, int hours, string reason = "調査中") =>
        stage.Get<SilenceBook>().CreateAsync(
            new(matchers, stage.Clock.GetUtcNow(), stage.Clock.GetUtcNow().AddHours(hours), reason, IsMaintenance: false), "U0A", AlertStage.Alerts, default);
}
