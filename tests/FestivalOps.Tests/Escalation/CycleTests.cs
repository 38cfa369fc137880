using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Escalation;

public sealed class CycleTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_incident_that_nobody_takes_climbs_to_everyone_and_goes_on(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var id = await stage.RaiseAsync(level: 1);

        await stage.StepAsync();
        Directs(await stage.RowsAsync(id)).ShouldBe([LadderStage.Operator1, LadderStage.Operator2]);
        (await stage.IncidentAsync(id)).NextStepAt.ShouldBe(LadderStage.Morning.AddHours(2));
        await stage.PassesAsync(TimeSpan.FromMinutes(119));
        (await stage.RowsAsync(id)).Count.ShouldBe(3); // two people and the mention: nothing new
        await stage.PassesAsync(TimeSpan.FromMinutes(1));
        Directs(Newest(await stage.RowsAsync(id))).ShouldBe([LadderStage.Lead, LadderStage.Operator1, LadderStage.Operator2]);
        await stage.PassesAsync(TimeSpan.FromMinutes(15));
        Directs(Newest(await stage.RowsAsync(id))).ShouldContain(LadderStage.Boss);
        for (var again = 0; again < 3; again++)
        {
            await stage.PassesAsync(TimeSpan.FromMinutes(5));
            Directs(Newest(await stage.RowsAsync(id))).ShouldContain(LadderStage.Boss);
        }

        var incident = await stage.IncidentAsync(id);
        (incident.Level, incident.Step).ShouldBe((3, 6));
        (await stage.EventsAsync(id, IncidentEventKind.Escalated)).Select(e => EventData.Of(e)["level"]).ShouldBe(["2", "3", "3", "3", "3"]);
        PlannedStep.Read(incident.Plan)[0].At.ShouldBe(incident.NextStepAt!.Value);
        (await stage.RowsAsync(id, "incident.redraw")).Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_minor_incident_at_night_waits_for_the_morning_and_says_so(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        stage.Clock.Advance(TimeSpan.FromHours(12)); // 22:00
        var id = await stage.RaiseAsync(level: 1);
        await stage.StepAsync();

        (await stage.RowsAsync(id)).ShouldBeEmpty();
        var said = (await stage.EventsAsync(id, IncidentEventKind.NotPaged)).ShouldHaveSingleItem();
        EventTexts.Line(said, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).Ja.ShouldBe("営業時間外のため、11月25日(水) 09:00 に通知します");
        (await stage.RowsAsync(id, "incident.note")).ShouldHaveSingleItem();
        PlannedStep.Read((await stage.IncidentAsync(id)).Plan)[0].WaitsForMorning.ShouldBeTrue();

        await stage.PassesAsync(TimeSpan.FromHours(11) - TimeSpan.FromSeconds(1));
        (await stage.RowsAsync(id)).ShouldBeEmpty();
        await stage.PassesAsync(TimeSpan.FromSeconds(1));
        (await stage.RowsAsync(id)).Count.ShouldBe(3);
        (await stage.EventsAsync(id, IncidentEventKind.NotPaged)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_is_taken_is_quiet_and_what_comes_back_pages_anew(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        await stage.AcknowledgeAsync(id, LadderStage.Operator1);
        await stage.PassesAsync(TimeSpan.FromHours(5));
        var first = await stage.RowsAsync(id);
        (await stage.EventsAsync(id, IncidentEventKind.Escalated)).ShouldBeEmpty();

        await stage.ComeBackAsync(id);
        await stage.StepAsync();

        var all = await stage.RowsAsync(id);
        all.Count.ShouldBe(first.Count * 2, "every way is written once more, under keys of its own");
        (await stage.EventsAsync(id, IncidentEventKind.Paged)).Select(e => EventData.Of(e)["rule"]).Distinct().ShouldBe(["opened", "came-back"]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Two_instances_share_the_work_and_take_no_step_twice(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        const int many = 1_200;
        var ids = new List<long>();
        for (var i = 0; i < many; i++) ids.Add(await stage.RaiseAsync(level: 2));
        var second = stage.AnotherBot();
        await second.GetRequiredService<FestivalOps.Escalation.OnCall.StaffBook>().RefreshAsync(CancellationToken.None);
        var other = second.GetRequiredService<LadderWork>();
        var mine = stage.Get<LadderWork>();

        async Task Work(LadderWork work)
        {
            // "Nothing was due" may mean that the other one holds it: look again.
            for (var idle = 0; idle < 20;)
            {
                if (await work.TakeAsync(100, [], CancellationToken.None) == 0)
                {
                    idle++;
                    await Task.Yield();
                }
            }
        }

        await Task.WhenAll(Task.Run(() => Work(mine)), Task.Run(() => Work(other)));
        await stage.StepAsync();

        await using var db = stage.Db();
        (await db.Set<Incident>().CountAsync(i => i.Step == 1)).ShouldBe(many);
        (await db.Set<OutboxRow>().CountAsync(r => r.Kind == "page.mention")).ShouldBe(many);
        (await db.Set<IncidentEvent>().CountAsync(e => e.Kind == IncidentEventKind.Paged)).ShouldBe(many * 4);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Presses_in_the_middle_of_a_batch_are_neither_lost_nor_do_they_lose_the_batch(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        var ids = new List<long>();
        for (var i = 0; i < 300; i++) ids.Add(await stage.RaiseAsync(level: 2));

        var presses = Task.Run(async () =>
        {
            foreach (var id in ids.Where(i => i % 3 == 0)) await stage.AcknowledgeAsync(id, LadderStage.Lead);
        });
        var steps = Task.Run(async () =>
        {
            while (!presses.IsCompleted) await stage.StepAsync();
        });
        await Task.WhenAll(presses, steps);
        await stage.StepAsync();

        await using var db = stage.Db();
        var incidents = await db.Set<Incident>().AsNoTracking().ToListAsync();
        incidents.Where(i => i.Id % 3 == 0).ShouldAllBe(i => i.State == IncidentState.Acknowledged && i.NextStepAt == null);
        incidents.Where(i => i.Id % 3 != 0).ShouldAllBe(i => i.Step == 1 && i.NextStepAt != null);
        foreach (var incident in incidents)
            (await db.Set<IncidentEvent>().Where(e => e.IncidentId == incident.Id).Select(e => e.Number).OrderBy(n => n).ToListAsync()).ShouldBe(Enumerable.Range(1, incident.Events));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Warming_up_leaves_nothing_behind(Engine engine)
    {
        await using var stage = await LadderStage.SetAsync(engine, postgres);
        await stage.Get<LadderWork>().WarmUpAsync(CancellationToken.None);
        await using var db = stage.Db();
        (await db.Set<Incident>().CountAsync(), await db.Set<IncidentEvent>().CountAsync(), await db.Set<OutboxRow>().CountAsync()).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task The_cycle_sleeps_until_the_next_step_and_a_second_at_most()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var cycle = stage.Get<EscalationCycle>();
        (await cycle.LookAsync(CancellationToken.None)).ShouldBe(TimeSpan.FromSeconds(1));
        await stage.RaiseAsync(level: 2);
        (await cycle.LookAsync(CancellationToken.None)).ShouldBe(TimeSpan.Zero);
        (await cycle.LookAsync(CancellationToken.None)).ShouldBe(TimeSpan.FromSeconds(1));
        stage.Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(300));
        (await cycle.LookAsync(CancellationToken.None)).ShouldBe(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public async Task After_a_long_stop_one_step_is_taken_and_not_all_that_were_missed()
    {
        await using var stage = await LadderStage.SetAsync(Engine.Sqlite, postgres);
        var id = await stage.RaiseAsync(level: 2);
        await stage.StepAsync();
        await stage.PassesAsync(TimeSpan.FromHours(9));
        (await stage.EventsAsync(id, IncidentEventKind.Escalated)).Count.ShouldBe(1);
        (await stage.IncidentAsync(id)).NextStepAt.ShouldBe(stage.Clock.GetUtcNow().AddMinutes(5));
    }

    private static List<string> Directs(IEnumerable<OutboxRow> rows) => [.. rows.Where(r => r.Carrier == Carrier.Person).Select(r => r.Target).Order(StringComparer.Ordinal)];

    private static List<OutboxRow> Newest(List<OutboxRow> rows) => [.. rows.Where(r => r.CreatedAt == rows[^1].CreatedAt)];
}
