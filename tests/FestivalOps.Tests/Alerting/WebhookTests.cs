using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Intake;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>Alerts that come over HTTP in Alertmanager's format.</summary>
public sealed class WebhookTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_accepted_becomes_an_incident_and_leaves_the_inbox(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("HighCpuUsage")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await hook.SettledAsync(1);
        var incident = await hook.Stage.IncidentAsync();
        (incident.TitleEn, incident.GroupKey, incident.Source).ShouldBe(("High CPU usage detected", "alertmanager:{}:{alertname=\"X\"}", AlertSource.Alertmanager));
        await using var db = hook.Stage.Db();
        (await db.Set<InboxRow>().CountAsync()).ShouldBe(0);

        await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("HighCpuUsage").Replace("\"firing\"", "\"resolved\"")));
        await hook.UntilAsync(async () => (await hook.Stage.IncidentAsync()).State == IncidentState.Resolved);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Ten_thousand_alerts_of_one_body_are_taken_and_the_rest_is_told_as_left_out(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        var alerts = Enumerable.Range(0, 10_001).Select(i => WebhookStage.Firing($"Alert{i}")).ToArray();
        (await hook.PostAsync(WebhookStage.Body(alerts))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await hook.UntilAsync(async () => (await hook.Stage.IncidentsAsync()).Sum(i => i.FiringAlerts) == 10_000);

        await hook.Stage.Get<ConcernCycle>().LookAsync(default);
        (await hook.Stage.IncidentsAsync()).ShouldContain(i => i.TitleEn == "Some alerts were left out of a webhook" && i.State == IncidentState.Triggered);
        hook.Stage.Clock.Advance(TimeSpan.FromMinutes(61));
        await hook.Stage.Get<ConcernCycle>().LookAsync(default);
        (await hook.Stage.IncidentsAsync()).ShouldContain(i => i.TitleEn == "Some alerts were left out of a webhook" && i.State == IncidentState.Resolved);
    }

    [Fact]
    public async Task Only_those_who_know_a_secret_may_bring_alerts()
    {
        await using var hook = await WebhookStage.OpenAsync(
            Engine.Sqlite, postgres, ("Alerting:Webhook:User", "am"), ("Alerting:Webhook:Password", "pass:word-1"));
        var body = WebhookStage.Body(WebhookStage.Firing("A"));
        (await hook.PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("am:pass:word-1"));
        (await hook.PostAsync(body, authorization: $"basic {basic}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var wrong in new[] { "", "Bearer", "Bearer wrong-token-1", $"Bearer {basic}", "Basic " + WebhookStage.Token, "Basic !!!", "Bearer " + WebhookStage.Token + "x", new string('x', 7_000) })
        {
            var answer = await hook.PostAsync(body, authorization: wrong);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, wrong);
            (await answer.Content.ReadAsStringAsync()).ShouldMatch(@"^401: the secret is missing or wrong .*\. Error id E-[2-9A-Z]{6}\n$");
            await hook.Stage.Get<ConcernCycle>().LookAsync(default);
            // Without any secret it is someone who looks around; a wrong one may be a sender whose alerts nobody would hear of.
            // It wakes nobody: anyone who reaches the port can do it.
            (await hook.Stage.IncidentsAsync()).Where(i => i.TitleEn == "The webhook of alerts is called with a wrong secret").Select(i => (i.Severity, i.Level))
                .ShouldBe(wrong.Length == 0 ? [] : [(Severity.Warning, 1)], wrong);
        }
    }

    [Fact]
    public async Task Without_a_secret_in_the_settings_there_is_no_such_door()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres, ("Alerting:Webhook:BearerToken", ""));
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public static TheoryData<string, string> Unreadable => new()
    {
        { "", "is not JSON" },
        { "[]", "the body must be an object" },
        { "{\"version\":\"4\"}", "alerts must be a list" },
        { "{\"version\":\"4\",\"alerts\":{}}", "alerts must be a list" },
        { "{\"version\":\"3\",\"alerts\":[]}", "version 4" },
        { "{\"alerts\":[]}", "version 4" },
        { "{\"version\":4,\"alerts\":[]}", "version must be a text" },
        { "{\"version\":\"4\",\"alerts\":[1]}", "alerts[0] must be an object" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{}}]}", "alerts[0].labels must be an object with at least one label" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":1}}]}", "alerts[0].labels.a must be a text" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":[\"a\"]}]}", "alerts[0].labels must be an object of texts" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":\"b\"},\"annotations\":\"x\"}]}", "alerts[0].annotations must be" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"burning\",\"labels\":{\"a\":\"b\"}}]}", "alerts[0].status must be 'firing' or 'resolved'" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":\"b\",\"a\":\"c\"}}]}", "stands twice" },
        { "{\"version\":\"4\",\"alerts\":[],\"alerts\":[]}", "alerts stands twice" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"status\":\"resolved\",\"labels\":{\"a\":\"b\"}}]}", "stands twice" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":\"b\"},\"startsAt\":12}]}", "startsAt must be a text" },
        { "{\"version\":\"4\",\"truncatedAlerts\":NaN,\"alerts\":[]}", "is not JSON" },
        { "{\"version\":\"4\",\"truncatedAlerts\":-1,\"alerts\":[]}", "truncatedAlerts must be a whole number" },
        { "{\"version\":\"4\",\"truncatedAlerts\":1e400,\"alerts\":[]}", "truncatedAlerts must be a whole number" },
        { "{\"version\":\"4\",\"alerts\":[]} x", "is not JSON" },
        { "{\"version\":\"4\",\"x\":" + new string('[', 5_000) + new string(']', 5_000) + ",\"alerts\":[]}", "at most 16 levels deep" },
        { "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"labels\":{\"a\":\"\\ud800\"}}]}", "not UTF-8" },
    };

    [Theory, MemberData(nameof(Unreadable))]
    public async Task What_can_not_be_read_is_refused_with_the_reason_and_an_error_id(string body, string reason)
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        var answer = await hook.PostAsync(body);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain(reason);
        text.ShouldMatch(@"\. Error id E-[2-9A-Z]{6}\n$");
        await using var db = hook.Stage.Db();
        (await db.Set<InboxRow>().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_body_of_another_kind_or_size_is_refused()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres, ("Alerting:Webhook:MaxBodyBytes", "2000"));
        (await hook.PostAsync("a=b", type: "application/x-www-form-urlencoded")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await hook.PostAsync("{}", encoding: "gzip")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        var large = WebhookStage.Body(WebhookStage.Firing(new string('x', 3_000)));
        (await hook.PostAsync(large)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await hook.PostAsync(large, chunked: true)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")), chunked: true)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Hostile_texts_are_kept_harmless_and_within_their_limits(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        var labels = Enumerable.Range(0, 500).ToDictionary(i => $"zz{i}\u0007\u202E", _ => new string('障', 5_000));
        labels["alertname"] = "<!channel> *Evil*\u0000\r\n" + new string('x', 3_000);
        labels["severity"] = "apocalyptic";
        var annotations = new Dictionary<string, string> { ["summary"] = "<@U1> \u0000`code` " + new string('あ', 9_000), ["description"] = new string('"', 9_000) };
        var alert = JsonSerializer.Serialize(new { status = "firing", labels, annotations, startsAt = "0000-99-99T99:99:99Z", generatorURL = "javascript:alert(1)" });
        (await hook.PostAsync(WebhookStage.Body(alert))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await hook.SettledAsync(1);
        await using var db = hook.Stage.Db();
        var record = await db.Set<AlertRecord>().SingleAsync();
        record.Labels.Length.ShouldBeLessThanOrEqualTo(8_000);
        record.Annotations.Length.ShouldBeLessThanOrEqualTo(8_000);
        record.Annotations.ShouldNotContain("javascript");
        record.Severity.ShouldBe(Severity.Warning);
        record.StartsAt.ShouldBe(hook.Stage.Clock.GetUtcNow());
        var incident = await hook.Stage.IncidentAsync();
        incident.TitleJa.Length.ShouldBe(200);
        incident.TitleJa.ShouldNotContain('\0');
        AlertLabels.Read(record.Labels)["alertname"].ShouldStartWith("<!channel> *Evil*");
    }

    [Theory]
    [InlineData("2026-11-24T02:00:00Z", "2026-11-24T02:00:00Z")]
    [InlineData("2026-11-24T11:00:00.123456789+09:00", "2026-11-24T02:00:00.123456Z")]
    [InlineData("2030-01-01T00:00:00Z", "2026-11-24T03:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "2026-11-24T03:00:00Z")]
    [InlineData("yesterday", "2026-11-24T03:00:00Z")]
    [InlineData("NaN", "2026-11-24T03:00:00Z")]
    public async Task A_time_that_can_not_be_is_the_time_of_arrival(string given, string taken)
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        await hook.PostAsync(WebhookStage.Body($$"""{"status":"firing","labels":{"alertname":"A"},"startsAt":"{{given}}"}"""));
        await hook.SettledAsync(1);
        await using var db = hook.Stage.Db();
        (await db.Set<AlertRecord>().SingleAsync()).StartsAt.ShouldBe(DateTimeOffset.Parse(taken, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task What_its_sender_left_out_is_accepted_and_said_in_the_log()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")).Replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":7"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        hook.Log.ShouldContain("left out 7");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_killed_right_after_its_200_is_worked_off_by_the_next_process(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        await hook.StopWorkerAsync();
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("B"), WebhookStage.Firing("C")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hook.Stage.IncidentsAsync()).ShouldBeEmpty();

        await using var next = hook.Stage.Another(WebhookStage.Settings);
        await WebhookStage.StartAsync(next);
        await hook.UntilAsync(async () => (await next.IncidentsAsync()).Sum(i => i.FiringAlerts) == 3);
        await using var db = next.Db();
        (await db.Set<InboxRow>().CountAsync()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_small_body_on_a_quiet_day_is_an_incident_before_its_200(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres, ("Alerting:Webhook:AtOnceUpTo", "2"));
        await hook.StopWorkerAsync();
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A"), WebhookStage.Firing("B")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hook.Stage.IncidentAsync()).FiringAlerts.ShouldBe(2);

        // One too many goes through the inbox, and what comes after it must not overtake it there.
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A"), WebhookStage.Firing("B"), WebhookStage.Firing("C")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("D")))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hook.Stage.IncidentAsync()).FiringAlerts.ShouldBe(2);
        hook.Stage.Get<AlertInbox>().WaitingBodies.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_killed_after_its_effects_is_not_done_twice(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")));
        await hook.SettledAsync(1);
        await using var next = hook.Stage.Another(WebhookStage.Settings);
        await WebhookStage.StartAsync(next);
        // Its sender has not heard the answer and repeats.
        await next.Get<IncidentIntake>().RaiseAsync(next.Get<AlertmanagerReader>().Read(Encoding.UTF8.GetBytes(WebhookStage.Body(WebhookStage.Firing("A"))), next.Clock.GetUtcNow()).Alerts, default);
        (await next.OutboxAsync()).Count.ShouldBe(1);
        (await next.IncidentAsync()).Version.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Old_news_that_was_left_behind_does_not_overtake_newer_news(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var alert = Some.Alert("A");
        var before = stage.Clock.GetUtcNow();
        await stage.Intake.RaiseAsync([alert], default);
        stage.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Intake.RaiseAsync([alert.Stopped()], default);
        await stage.Get<IncidentIntake>().RaiseAsync([alert], before.AddMinutes(1), null, default);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
    }

    [Fact]
    public async Task When_too_much_waits_the_sender_is_told_to_come_back()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres, ("Alerting:Webhook:MaxWaitingAlerts", "10000"));
        await hook.StopWorkerAsync();
        var body = WebhookStage.Body([.. Enumerable.Range(0, 5_000).Select(i => WebhookStage.Firing($"A{i}"))]);
        (await hook.PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await hook.PostAsync(body)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var later = await hook.PostAsync(body);
        later.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        later.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_200()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Postgres, postgres);
        await postgres.Server.StopAsync();
        try
        {
            (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            hook.Stage.Get<AlertInbox>().WaitingAlerts.ShouldBe(0);
        }
        finally
        {
            await postgres.Server.StartAgainAsync();
        }
        (await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A")))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_same_labels_in_another_order_are_the_same_alert_and_no_others_are()
    {
        string Of(params (string, string)[] labels) => Fingerprint.Of(AlertSource.Alertmanager, labels.Select(l => KeyValuePair.Create(l.Item1, l.Item2)).ToList());
        Of(("a", "1"), ("b", "2")).ShouldBe(Of(("b", "2"), ("a", "1")));
        Of(("a", "1"), ("b", "2")).ShouldMatch("^[0-9a-f]{32}$");
        Of(("a", "1b")).ShouldNotBe(Of(("a1", "b")));
        Of(("a", "1"), ("b", "")).ShouldNotBe(Of(("a", "1b")));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Figures_are_told_to_Prometheus()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        await hook.PostAsync(WebhookStage.Body(WebhookStage.Firing("A"), WebhookStage.Firing("B")));
        await hook.PostAsync("nonsense");
        await hook.SettledAsync(1);
        var metrics = await hook.GetAsync("/metrics");
        metrics.ShouldContain("festivalops_alerts_accepted_total 2");
        metrics.ShouldContain("festivalops_alert_webhooks_refused_total{status=\"400\"} 1");
        metrics.ShouldContain("festivalops_alert_inbox_alerts 0");
        metrics.ShouldContain("festivalops_incidents_open{state=\"Triggered\",severity=\"Warning\"} 1");
    }
}
