using FestivalOps.Commands.Audit;

namespace FestivalOps.ScenarioTests;

/// <summary>The bot stops, gently or not, while it has accepted work.</summary>
public sealed class ShutdownScenarios(World world)
{
    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task What_was_accepted_is_finished_first(Transport transport, Store store)
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(transport, store));
        await world.Platform.Redis!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health redis");
            await stage.Emily.Types("/fops version");
            await stage.StopBotAsync();

            (await stage.Sato.Sees(TimeSpan.FromSeconds(1), "詳細を見る")).IsForOneOnly.ShouldBeFalse();
            await stage.Emily.Sees(TimeSpan.FromSeconds(1), "*FestivalOps");
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Redis);
        }
        await stage.StartBotAsync();
        (await stage.AuditRowsOfAsync("health redis", 2)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
        (await stage.AuditRowsOfAsync("version", 2)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Done]);
        await stage.AuditShouldBeWholeAsync();
    }

    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task Who_was_cut_off_is_told_at_the_next_start(Store store)
    {
        world.NeedsPlatform();
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Commands:DrainSeconds"] = "1", ["Checks:Run:TimeoutSeconds"] = "4.5" };
        await using var stage = await world.NewStageAsync(new(Transport.Http, store) { Settings = settings });
        await world.Platform.Postgres!.SuspendAsync(TestContext.Current.CancellationToken);
        try
        {
            await stage.Sato.Types("/fops health postgresql");
            await stage.Sato.Sees("を確認しています…");
            await stage.StopBotAsync();
        }
        finally
        {
            await world.ResumeAsync(world.Platform.Postgres);
        }
        await stage.ForgetInstancesAsync();
        await stage.StartBotAsync();

        // The card in the channel no longer claims to be running, and the one who asked is told in person.
        (await stage.Sato.Sees("途中で中断しました")).IsForOneOnly.ShouldBeFalse();
        var told = await stage.Sato.Sees("途中で中断しました", "もう一度実行してください", "`health postgresql`");

        told.IsForOneOnly.ShouldBeTrue();
        (await stage.AuditRowsOfAsync("health postgresql", 2)).Select(r => r.Event).ShouldBe([AuditEvent.Received, AuditEvent.Interrupted]);
        await stage.AuditShouldBeWholeAsync();
    }
}
