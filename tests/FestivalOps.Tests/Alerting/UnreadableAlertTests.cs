using System.Net;
using System.Text;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Alerting.Webhook;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Alerting;

/// <summary>One alert of a body that can't be read does not silence the others, and is not silent itself.</summary>
public sealed class UnreadableAlertTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_a_body_with_unreadable_alerts_the_readable_ones_are_taken_and_the_others_are_told(Engine engine)
    {
        await using var hook = await WebhookStage.OpenAsync(engine, postgres);
        string[] alerts =
        [
            "1", WebhookStage.Firing("A"), """{"status":"burning","labels":{"alertname":"X"},"deep":[{"x":[1,{}]}]}""", """{"status":"firing","labels":{"a":"\ud800"},"annotations":{}}""",
            """{"status":"firing","labels":{"a":{"b":"c"}}}""", WebhookStage.Firing("B"),
        ];
        (await hook.PostAsync(WebhookStage.Body(alerts))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await hook.UntilAsync(async () => (await hook.Stage.IncidentsAsync()).Sum(i => i.FiringAlerts) == 2);
        hook.Log.ShouldContain("alerts[0] must be an object");
        (await hook.GetAsync("/metrics")).ShouldContain("festivalops_alerts_unreadable_total 4");

        await hook.Stage.Get<ConcernCycle>().LookAsync(default);
        (await hook.Stage.IncidentsAsync()).ShouldContain(i => i.TitleEn == "Some alerts were left out of a webhook" && i.State == IncidentState.Triggered);
        await using var db = hook.Stage.Db();
        var told = await db.Set<AlertRecord>().SingleAsync(a => a.Source == AlertSource.Bot && a.Firing);
        told.Annotations.ShouldContain("4 件のアラートを読み取れませんでした");
        told.Annotations.ShouldContain("alerts[0] must be an object");
    }

    [Fact]
    public async Task A_body_of_which_nothing_can_be_read_is_refused_and_told_all_the_same()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        (await hook.PostAsync(WebhookStage.Body(["1", "2"]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await hook.Stage.Get<ConcernCycle>().LookAsync(default);
        (await LeftOutAsync()).State.ShouldBe(IncidentState.Triggered);

        // An hour later it is over, and says so instead of what it said last.
        hook.Stage.Clock.Advance(LeftOutConcern.Lasts + TimeSpan.FromSeconds(1));
        await hook.Stage.Get<ConcernCycle>().LookAsync(default);
        var over = await LeftOutAsync();
        over.State.ShouldBe(IncidentState.Resolved);
        await using var db = hook.Stage.Db();
        (await db.Set<AlertRecord>().SingleAsync(a => a.IncidentId == over.Id)).Annotations.ShouldContain("この 1 時間、省かれたアラートはありません");

        async Task<Incident> LeftOutAsync() => (await hook.Stage.IncidentsAsync()).Single(i => i.TitleEn == "Some alerts were left out of a webhook");
    }

    [Fact]
    public async Task Ten_thousand_are_tried_and_the_others_are_counted_without_a_look()
    {
        await using var hook = await WebhookStage.OpenAsync(Engine.Sqlite, postgres);
        var body = Encoding.UTF8.GetBytes(WebhookStage.Body([WebhookStage.Firing("A"), .. Enumerable.Repeat("1", 200_000)]));
        var read = hook.Stage.Get<AlertmanagerReader>().Read(body, hook.Stage.Clock.GetUtcNow());
        read.Alerts.Count.ShouldBe(1);
        read.Unreadable.ShouldBe(new(AlertmanagerReader.MaxAlerts - 1, "alerts[1] must be an object"));
        read.Truncated.ShouldBe(200_001 - AlertmanagerReader.MaxAlerts);
    }
}
