using FestivalOps.Commands.Audit;
using FestivalOps.Commands.Queue;
using FestivalOps.Slack.Interaction;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Commands;

public sealed class WorkDeskTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly SlashCommand Typed = new() { Command = "/fops", UserId = "U1", ChannelId = "C1", Text = "health", ResponseUrl = "https://hooks.slack.com/commands/1" };

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_was_acknowledged_is_in_the_store_already(Engine engine)
    {
        await using var store = await TestStore.OpenAsync(engine, postgres);
        await store.Get<AuditTrail>().StartAsync(CancellationToken.None);
        // A patience that never ends: it is the row that ends the wait.
        var desk = ActivatorUtilities.CreateInstance<WorkDesk>(store.Services, new FakeTimeProvider(DateTimeOffset.UnixEpoch));

        (await desk.Handle(Typed)).ShouldBeNull();

        await using var db = store.Db();
        (await db.Set<PendingWork>().SingleAsync(TestContext.Current.CancellationToken)).Text.ShouldBe("health");
        await store.Get<AuditTrail>().StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_delays_an_acknowledgement_no_further()
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var desk = ActivatorUtilities.CreateInstance<WorkDesk>(store.Services, time);

        // Nobody writes rows here.
        var acknowledging = desk.Handle(Typed);
        time.Advance(WorkDesk.RowPatience - TimeSpan.FromMilliseconds(1));
        acknowledging.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));

        (await acknowledging.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeNull();
        store.Get<WorkQueue>().Waiting.ShouldBe(1);
    }

    [Theory]
    [InlineData("health", true)]
    [InlineData("incident open チケットが買えない", false)]
    public async Task In_a_crowd_only_what_changes_something_waits_for_its_row(string text, bool atOnce)
    {
        await using var store = await TestStore.OpenAsync(Engine.Sqlite, postgres);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var burst = new Burst(time);
        for (var arrival = 0; arrival < Burst.Arrivals; arrival++) burst.Arrive();
        var desk = ActivatorUtilities.CreateInstance<WorkDesk>(store.Services, time, burst);

        var acknowledging = desk.Handle(new SlashCommand { Command = "/fops", UserId = "U1", ChannelId = "C1", Text = text, ResponseUrl = Typed.ResponseUrl });

        acknowledging.IsCompleted.ShouldBe(atOnce);
        time.Advance(WorkDesk.RowPatience);
        (await acknowledging.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken)).ShouldBeNull();
    }
}
