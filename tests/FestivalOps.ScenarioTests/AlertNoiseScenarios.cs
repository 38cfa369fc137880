namespace FestivalOps.ScenarioTests;

/// <summary>Much at once, and the same again and again: people hear of it once.</summary>
public sealed class AlertNoiseScenarios(World world)
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task An_administrators_role_that_is_left_empty_is_said_at_the_start_and_not_at_each_incident(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-24 10:00", Transport.Http, store, ("Roles:Administrator:Users:0", null), ("Roles:Security:UserGroups:0", null)));
        await stage.FiresAsync("DatabaseDown", "critical");
        await stage.SaysAsync(Seed.Alerts, "対応をお願いします (レベル 3");
        await stage.SaysAsync(Seed.Alerts, "セキュリティ担当に通知できる人がいません");
        await stage.RunsAsync(TimeSpan.FromMinutes(12));

        stage.Said(Seed.Alerts, "システム管理者").ShouldBeEmpty();
        stage.Log.Lines.Count(l => l.Contains("Nobody is administrator", StringComparison.Ordinal)).ShouldBe(1);
    }
}
