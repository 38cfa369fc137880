using System.Text.Json.Nodes;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Paging;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Slack.Blocks;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

public sealed class PageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task The_ways_go_out_in_the_order_of_the_level()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();

        var rows = await stage.RowsAsync(id);
        rows.GroupBy(r => r.Carrier).ToDictionary(g => g.Key, g => g.Select(r => (r.NotBefore - r.CreatedAt).TotalSeconds).Distinct().Single())
            .ShouldBe(new Dictionary<Carrier, double> { [Carrier.Channel] = 0, [Carrier.Person] = 0, [Carrier.Mail] = 300, [Carrier.Webhook] = 600 }, ignoreOrder: true);
        rows.ShouldAllBe(r => r.Priority == OutboxPriority.Page);
        rows.Where(r => r.Carrier == Carrier.Mail).Select(r => r.Target).ShouldContain($"{LadderStage.Lead}@example.com");
        rows.Select(r => r.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task The_mention_is_a_new_reply_that_the_channel_sees_and_waits_for_the_card()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2, i => i.Drill = true);
        await stage.StepAsync();
        var mention = (await stage.RowsAsync(id, "page.mention")).Single();
        await using (var db = stage.Db())
        {
            db.Add(stage.Get<Outbox>().Row($"incident:{id}:card", "incident.card", $"{id}", Carrier.Channel, "C0ALERTS01", OutboxPriority.Card));
            await db.SaveChangesAsync();
        }
        (await stage.PrepareAsync(mention)).ShouldBeOfType<Prepared.Later>();
        await using (var db = stage.Db())
        {
            await db.Set<OutboxRow>().Where(r => r.Kind == "incident.card").ExecuteUpdateAsync(s => s.SetProperty(r => r.State, OutboxState.Sent));
            await db.Set<Incident>().ExecuteUpdateAsync(s => s.SetProperty(i => i.CardTs, "1.000").SetProperty(i => i.CardChannel, "C0ALERTS01"));
        }

        var message = (await stage.PrepareAsync(mention)).ShouldBeOfType<Prepared.Post>().Message;
        (message.ThreadTs, message.ReplyBroadcast).ShouldBe(("1.000", true));
        message.Text!.ShouldBe(
            $"*【訓練】#{id} CPU 使用率 &lt;96%&gt;* <@{LadderStage.Lead}> <@{LadderStage.Operator1}> <@{LadderStage.Operator2}> 訓練です。「対応する」を押すほかに、することはありません。\n10:15 までに対応がなければ、レベル 3 に通知します。");
    }

    [Fact]
    public async Task A_direct_message_says_what_since_when_and_carries_buttons()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 3);
        await stage.StepAsync();
        var row = (await stage.RowsAsync(id, "page.direct")).First(r => r.Target == LadderStage.Boss);

        var message = (await stage.PrepareAsync(row)).ShouldBeOfType<Prepared.Post>().Message;

        message.Blocks.OfType<SectionBlock>().Single().Text!.Text.ShouldContain("10:00 から");
        message.Blocks.OfType<ActionsBlock>().Single().Elements.Cast<Button>().Select(b => (b.ActionId, b.Value)).ShouldBe([("incident.ack", $"{id}")], "there is nothing above level 3");
    }

    [Fact]
    public async Task Mail_and_webhook_say_the_same()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres, ("People:Phones:0", $"{LadderStage.Lead}=+819012345678"), ("People:Emails:0", $"{LadderStage.Lead}=lead@example.org"));
        var id = await stage.RaiseAsync(level: 3, i => i.Drill = true);
        await stage.StepAsync();
        var rows = await stage.RowsAsync(id);

        var mail = (await stage.PrepareAsync(rows.Single(r => r.Target == "lead@example.org"))).ShouldBeOfType<Prepared.Mail>();
        mail.Subject.ShouldBe($"[FestivalOps] 【訓練】#{id} CPU 使用率 <96%> (レベル 3・緊急)");
        mail.Text.ShouldContain("訓練です。「対応する」を押すほかに、することはありません。");
        var call = JsonNode.Parse((await stage.PrepareAsync(rows.Single(r => r.Carrier == Carrier.Webhook))).ShouldBeOfType<Prepared.Call>().Json)!;
        ((long)call["incident"]!, (int)call["level"]!, (bool)call["drill"]!).ShouldBe((id, 3, true));
        call["people"]!.AsArray().Single(p => (string?)p!["user"] == LadderStage.Lead)!["phone"]!.ToString().ShouldBe("+819012345678");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Nobody_is_paged_for_what_was_taken_even_when_it_came_back(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        var old = (await stage.RowsAsync(id)).First(r => r.Carrier == Carrier.Mail);
        await stage.AcknowledgeAsync(id, LadderStage.Operator1);
        (await stage.PrepareAsync(old)).ShouldBe(new Prepared.Drop($"acknowledged by {LadderStage.Operator1}"));
        stage.Clock.Advance(TimeSpan.FromMinutes(6));
        await stage.ComeBackAsync(id);
        await stage.StepAsync();

        (await stage.PrepareAsync(old)).ShouldBeOfType<Prepared.Drop>().Reason.ShouldStartWith("it was taken since");
        var fresh = (await stage.RowsAsync(id)).Last(r => r.Carrier == Carrier.Person);
        (await stage.PrepareAsync(fresh)).ShouldBeOfType<Prepared.Post>();
    }

    [Fact]
    public async Task After_an_outage_only_the_newest_page_of_a_kind_is_sent()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 3);
        await stage.StepAsync();
        for (var i = 0; i < 6; i++) await stage.PassesAsync(TimeSpan.FromMinutes(5));
        var toBoss = (await stage.RowsAsync(id, "page.direct")).Where(r => r.Target == LadderStage.Boss).ToList();
        toBoss.Count.ShouldBe(7);
        var prepared = new List<Prepared>();
        foreach (var row in toBoss) prepared.Add(await stage.PrepareAsync(row));
        prepared.OfType<Prepared.Post>().Count().ShouldBe(1);
        prepared[^1].ShouldBeOfType<Prepared.Post>();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task When_no_way_to_a_role_is_left_it_is_said_aloud_and_the_ladder_climbs_at_once(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        stage.Outward.PageWebhook = null;
        var id = await stage.RaiseAsync(level: 1);
        await stage.StepAsync();
        var rows = await stage.RowsAsync(id);
        foreach (var row in rows) await stage.UndeliverableAsync(row, row.Carrier == Carrier.Channel ? "invalid_blocks" : "user_disabled");

        (await stage.IncidentAsync(id)).NextStepRule.ShouldBe("unreachable");
        await stage.StepAsync();

        (await stage.IncidentAsync(id)).Level.ShouldBe(2);
        EventData.Of((await stage.EventsAsync(id, IncidentEventKind.Escalated)).Single())["rule"].ShouldBe("unreachable");
        var trouble = await stage.RowsAsync(id, "page.trouble");
        trouble.ShouldNotBeEmpty();
        var said = (await stage.PrepareAsync(trouble[^1])).ShouldBeOfType<Prepared.Post>().Message;
        said.Text!.ShouldContain("運用担当者へ通知できません");
        (await stage.EventsAsync(id)).Select(e => e.Number).ShouldBe(Enumerable.Range(1, (await stage.IncidentAsync(id)).Events));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_mention_whose_channel_is_archived_goes_where_the_card_goes(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        await stage.UndeliverableAsync((await stage.RowsAsync(id, "page.mention")).ShouldHaveSingleItem(), "is_archived");

        (await stage.IncidentAsync(id)).ChannelId.ShouldBe("C0OPS00001");
        (await stage.RowsAsync(id, "page.mention")).ShouldContain(r => r.Target == "C0OPS00001" && r.Lane == "Channel:C0OPS00001");
        (await stage.EventsAsync(id, IncidentEventKind.Unreachable)).ShouldAllBe(e => EventData.Of(e)["channel"] == "C0ALERTS01", "nobody is out of reach");
    }

    [Fact]
    public async Task When_one_way_fails_the_next_ones_go_out_now()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        await stage.UndeliverableAsync((await stage.RowsAsync(id, "page.direct")).First(r => r.Target == LadderStage.Lead), "user_disabled");

        (await stage.RowsAsync(id)).ShouldAllBe(r => r.NotBefore <= stage.Clock.GetUtcNow());
        (await stage.IncidentAsync(id)).NextStepAt.ShouldBe(LadderStage.Morning.AddMinutes(15), "other ways are left: no climb");
        (await stage.RowsAsync(id, "page.trouble")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_level_without_people_is_said_aloud_and_climbed_over_at_once()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres, ("Escalation:Level2:Roles", "Security"), ("Roles:Security:Users:0", "U0GONE0001"));
        await stage.Get<StaffBook>().RefreshAsync(CancellationToken.None);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();

        var incident = await stage.IncidentAsync(id);
        (incident.Level, incident.Step).ShouldBe((3, 2));
        var trouble = (await stage.RowsAsync(id, "page.trouble")).First();
        (await stage.PrepareAsync(trouble)).ShouldBeOfType<Prepared.Post>().Message.Text!.ShouldContain("セキュリティ担当に通知できる人がいません");
        EventData.Of((await stage.EventsAsync(id, IncidentEventKind.Escalated)).Single())["rule"].ShouldBe("empty-role");
        incident.NextStepAt.ShouldBe(LadderStage.Morning.AddMinutes(5), "the top is told again at its own pace");

        var said = (await stage.RowsAsync(id, "page.trouble")).Count;
        stage.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.StepAsync();
        (await stage.RowsAsync(id, "page.trouble")).Count.ShouldBe(said, "it was said, and every five minutes the same would drown the pages");
    }

    [Fact]
    public async Task Who_is_on_leave_is_passed_over_and_named_without_a_mention()
    {
        await using var stage = await LadderStage.SetAsync(
            Engine.Sqlite, postgres, ("OnCall:Operations:Rotation:0", LadderStage.Operator1), ("OnCall:Operations:Rotation:1", LadderStage.Operator2));
        stage.Slack.People[LadderStage.Operator1].Deleted = true;
        stage.Slack.People[LadderStage.Operator2].Deleted = false;
        await stage.Get<StaffBook>().RefreshAsync(CancellationToken.None);
        stage.Clock.Advance(TimeSpan.FromDays(7)); // whoever's turn it is, one of the two weeks is the first operator's
        var id = await stage.RaiseAsync(level: 1);
        stage.Clock.Advance(TimeSpan.FromDays(7));
        var next = await stage.RaiseAsync(level: 1);
        await stage.StepAsync();

        var texts = new List<string>();
        foreach (var row in (await stage.RowsAsync(id, "page.mention")).Concat(await stage.RowsAsync(next, "page.mention")))
            texts.Add((await stage.PrepareAsync(row)).ShouldBeOfType<Prepared.Post>().Message.Text!);
        texts.ShouldAllBe(t => t.Contains($"<@{LadderStage.Operator2}>", StringComparison.Ordinal) && !t.Contains($"<@{LadderStage.Operator1}>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_arrived_is_in_the_timeline_and_hinders_no_press(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        foreach (var row in await stage.RowsAsync(id)) await stage.SentAsync(row);
        await stage.AcknowledgeAsync(id, LadderStage.Lead);

        (await stage.EventsAsync(id, IncidentEventKind.PageArrived)).Count.ShouldBe(8); // one mention, three people twice, one webhook
        (await stage.EventsAsync(id)).Select(e => e.Number).ShouldBe(Enumerable.Range(1, (await stage.IncidentAsync(id)).Events));
    }
}
