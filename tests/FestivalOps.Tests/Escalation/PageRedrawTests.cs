using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Slack.Blocks;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

/// <summary>A page that stays in Slack must not ask for what is done already.</summary>
public sealed class PageRedrawTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task When_it_is_taken_the_pages_say_who_has_it_and_ask_for_nothing(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var id = await PagedAsync(stage);
        await stage.AcknowledgeAsync(id, LadderStage.Operator1);
        await CardIsDrawnAsync(stage, id);

        var redraws = await stage.RowsAsync(id, "page.redraw");
        redraws.Select(r => r.Target).ShouldBe(["C0ALERTS01", LadderStage.Lead, LadderStage.Operator1, LadderStage.Operator2], ignoreOrder: true);
        redraws.ShouldAllBe(r => r.Priority == OutboxPriority.Report, "nobody waits for it");
        foreach (var row in redraws)
        {
            var redraw = (await stage.PrepareAsync(row)).ShouldBeOfType<Prepared.Redraw>();
            (redraw.ChannelId, redraw.Ts).ShouldBe((row.Target, "1.1"));
            redraw.Message.Text!.ShouldBe($":eyes: *#{id} CPU 使用率 &lt;96%&gt;*  <@{LadderStage.Operator1}> が対応中(10:00 から)");
            redraw.Message.Blocks.OfType<ActionsBlock>().ShouldBeEmpty();
        }
        await CardIsDrawnAsync(stage, id);
        (await stage.RowsAsync(id, "page.redraw")).Count.ShouldBe(4, "another drawing of the card changes nothing about the pages");
    }

    [Fact]
    public async Task A_page_that_arrives_after_the_incident_was_taken_is_redrawn_and_one_that_never_arrived_is_not()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2, CardIsThere);
        await stage.StepAsync();
        await stage.AcknowledgeAsync(id, LadderStage.Operator1);
        await CardIsDrawnAsync(stage, id);
        (await stage.RowsAsync(id, "page.redraw")).ShouldBeEmpty("nothing has arrived");

        await stage.SentAsync((await stage.RowsAsync(id, "page.direct")).Single(r => r.Target == LadderStage.Lead));

        (await stage.RowsAsync(id, "page.redraw")).ShouldHaveSingleItem().Target.ShouldBe(LadderStage.Lead);
    }

    [Fact]
    public async Task A_page_that_waited_for_its_card_does_not_follow_the_next_level_s_page()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2, CardIsThere);
        await stage.StepAsync();
        var first = (await stage.RowsAsync(id, "page.mention")).ShouldHaveSingleItem();
        (await stage.PrepareAsync(first)).ShouldBeOfType<Prepared.Post>("nothing newer was told");

        stage.Clock.Advance(TimeSpan.FromHours(3));
        await stage.StepAsync();
        var next = (await stage.RowsAsync(id, "page.mention")).Last();
        next.Id.ShouldNotBe(first.Id);
        await stage.SentAsync(next);

        (await stage.PrepareAsync(first)).ShouldBeOfType<Prepared.Drop>().Reason.ShouldBe("a newer page says it");
    }

    [Fact]
    public async Task An_old_page_of_an_incident_that_came_back_points_to_the_newer_one_and_the_end_closes_both()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await PagedAsync(stage);
        await stage.AcknowledgeAsync(id, LadderStage.Operator1);
        stage.Clock.Advance(TimeSpan.FromMinutes(6));
        await stage.ComeBackAsync(id);
        await stage.StepAsync();
        var fresh = (await stage.RowsAsync(id, "page.direct")).Last(r => r.Target == LadderStage.Lead);
        await stage.SentAsync(fresh);
        await CardIsDrawnAsync(stage, id);

        var redraws = await stage.RowsAsync(id, "page.redraw");
        redraws.Count.ShouldBe(4);
        redraws.ShouldAllBe(r => r.Argument != fresh.Id, "the newer page still asks for what is to be done");
        (await stage.PrepareAsync(redraws[0])).ShouldBeOfType<Prepared.Redraw>().Message.Text!.ShouldContain("再び対応が必要です。新しい通知をご覧ください");

        await stage.Get<IncidentDesk>().ChangeAsync(id, change =>
        {
            (change!.Incident.State, change.Incident.ResolvedAt, change.Incident.ResolvedBy) = (IncidentState.Resolved, change.Now, "");
            return change.Record(IncidentEventKind.Resolved, "");
        }, CancellationToken.None);
        await CardIsDrawnAsync(stage, id);

        var last = (await stage.RowsAsync(id, "page.redraw")).Last(r => r.Argument == fresh.Id);
        (await stage.PrepareAsync(last)).ShouldBeOfType<Prepared.Redraw>().Message.Text!.ShouldContain("解決 10:00–10:06 (6 分) · アラートが止まりました");
    }

    [Fact]
    public async Task A_page_says_since_when_it_is_wrong_and_that_it_fires_again()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await using (var db = stage.Db())
        {
            db.Add(new AlertRecord
            {
                Fingerprint = "f", IncidentId = id, Source = AlertSource.Alertmanager, Name = "A", TitleJa = "A", TitleEn = "A", Severity = Severity.Warning, Level = 2, Firing = true,
                StartsAt = LadderStage.Morning.AddMinutes(-25), SeenAt = LadderStage.Morning, Labels = "{}", Annotations = """{"description":"busy"}""",
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
        await stage.Get<IncidentDesk>().ChangeAsync(id, change =>
        {
            stage.Get<IIncidentPlan>().Plan(change!.Incident, PlanCause.CameBack, change.Now);
            return change.Record(IncidentEventKind.Reopened, "");
        }, CancellationToken.None);
        await stage.StepAsync();

        var direct = (await stage.RowsAsync(id, "page.direct"))[0];
        var text = (await stage.PrepareAsync(direct)).ShouldBeOfType<Prepared.Post>().Message.Blocks.OfType<SectionBlock>().Single().Text!.Text;
        text.ShouldContain("09:35 から");
        text.ShouldContain("対応をお願いします (再び発生したため)。");
    }

    // A level-2 incident whose mention and direct messages arrived.
    private static async Task<long> PagedAsync(LadderStage stage)
    {
        var id = await stage.RaiseAsync(level: 2, CardIsThere);
        await stage.StepAsync();
        foreach (var row in (await stage.RowsAsync(id)).Where(r => r.Carrier.IsSlack())) await stage.SentAsync(row);
        return id;
    }

    private static void CardIsThere(Incident incident) => (incident.CardChannel, incident.CardTs) = ("C0ALERTS01", "1.1");

    private static async Task CardIsDrawnAsync(LadderStage stage, long id)
    {
        var row = stage.Get<Outbox>().Row($"test:{Guid.NewGuid():N}", "incident.redraw", $"{id}", Carrier.Channel, "C0ALERTS01", OutboxPriority.Redraw);
        await using (var db = stage.Db()) await db.Set<Incident>().ExecuteUpdateAsync(set => set.SetProperty(i => i.ShownVersion, 0));
        await stage.PrepareAsync(row);
        await stage.SentAsync(row);
    }
}
