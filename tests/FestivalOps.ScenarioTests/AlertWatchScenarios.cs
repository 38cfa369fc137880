namespace FestivalOps.ScenarioTests;

/// <summary>Who watches those that watch: Alertmanager's constant signal, our own sign of life, the hand-over of the duty.</summary>
public sealed class AlertWatchScenarios(World world)
{
    [Theory]
    [InlineData(Store.Sqlite)]
    [InlineData(Store.Postgres)]
    public async Task The_duty_is_handed_over_once_with_what_is_open_and_the_new_one_is_told(Store store)
    {
        await using var stage = await world.NewStageAsync(AlertsOnStage.At(
            "2026-11-30 08:50", Transport.Http, store, ("OnCall:Operations:Rotation:0", Seed.Sato), ("OnCall:Operations:Rotation:1", Seed.Emily)));
        await stage.FiresAsync("HighMemoryUsage", "warning");
        await stage.SaysAsync(Seed.Alerts, "営業時間外のため、09:00 に通知します");
        stage.Said(Seed.Ops, "引き継ぎ").ShouldBeEmpty();

        await stage.RunsUntilAsync("2026-11-30 09:02");
        var post = await stage.SaysAsync(Seed.Ops, "オンコールの引き継ぎ");
        var page = await stage.SaysAsync(Seed.Alerts, "#1 HighMemoryUsage", "対応をお願いします (レベル 1");
        await stage.StopBotAsync();
        await stage.StartBotAsync();
        await stage.RunsAsync(TimeSpan.FromMinutes(3));

        post.Text.ShouldContain($"運用担当者: <@{Seed.Sato}> → <@{Seed.Emily}>");
        post.Text.ShouldContain("• #1 HighMemoryUsage (L1, ");
        page.Text.ShouldContain($"<@{Seed.Emily}>");
        page.Text.ShouldNotContain(Seed.Sato);
        stage.Said(Seed.Ops, "オンコールの引き継ぎ").ShouldHaveSingleItem("neither time nor a restart repeats it");
    }
}
