using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>Resident memory with many open incidents, each of one alert, against Alertmanager with the same alerts in the same groups.</summary>
internal static class MemoryFigure
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(20);

    public static async Task MeasureAsync(AlertScene scene)
    {
        var effort = scene.Effort;
        AlertScene.Say($"memory: {effort.Remembered:N0} firing alerts, each a group (incident) of its own, after {effort.Idle.TotalSeconds:F0} s of idling; Alertmanager before it tells (group_wait 2h) and, in its favour, once more with all of them in 100 groups");
        AlertScene.Row("", "resident MB", "of it its own, MB", "most ever, MB");
        var ours = scene.WithOurs ? await RoundAsync(scene, scene.Make.Bot(BotSettings.NoStorm), int.MaxValue, "FestivalOps") : double.NaN;
        if (!scene.WithTheirs) return;
        var theirs = await RoundAsync(scene, scene.Make.Theirs("2h"), int.MaxValue, "Alertmanager");
        var few = await RoundAsync(scene, scene.Make.Theirs("2h"), 100, "  in 100 groups");
        if (!scene.WithOurs) return;
        AlertScene.Say($"resident, FestivalOps / Alertmanager: {ours / theirs:F2}; against its 100 groups: {ours / few:F2}");
        scene.Last["memory_ratio"] = AlertScene.Text(ours / theirs, "F2");
    }

    private static async Task<double> RoundAsync(AlertScene scene, Contestant program, int groups, string name)
    {
        var effort = scene.Effort;
        await using var running = await program.StartAsync();
        await AlertLoad.SendAsync(program.Order(0, effort.Remembered, groups, effort.PerPost, effort.Senders));
        if (program.IsOurs)
        {
            using var store = new BotStore(program);
            await store.SettledAsync(effort.Remembered, AtMost);
        }
        else
        {
            await TheirMetrics.RefuseMissingAsync(program, effort.Remembered);
        }
        await Task.Delay(effort.Idle, TimeProvider.System, CancellationToken.None);
        var resident = running.ResidentMegabytes;
        AlertScene.Row(name, $"{resident:F0}", $"{running.OwnMegabytes:F0}", $"{running.PeakMegabytes:F0}");
        return resident;
    }
}
