using System.Diagnostics;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>
/// Alerts accepted a second. Each round starts both programs anew with empty stores, warms them up with other alerts, waits until those are
/// worked off, and sends the alerts as fast as they are accepted.
/// </summary>
internal static class AcceptFigure
{
    private const int WarmUp = 5_000;
    private const int Names = 100;
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(10);

    public static async Task MeasureAsync(AlertScene scene)
    {
        var effort = scene.Effort;
        AlertScene.Say($"accept: distinct alerts of {Names} names, {effort.PerPost} in a body, {effort.Senders} senders; median (least–most) of {effort.Rounds} rounds. "
            + "Alertmanager with its default group_wait of 30s, so that it does nothing else meanwhile.");
        AlertScene.Row("", "alerts", "accepted/s", "ms to the last 200", "ms until effects durable", "effects/s");
        foreach (var count in effort.Accepted)
        {
            var results = new Dictionary<string, List<(Accepted Accepted, double Settled)>>(StringComparer.Ordinal);
            for (var round = 0; round < effort.Rounds; round++)
            {
                foreach (var program in scene.Both(round, () => scene.Make.Bot(BotSettings.NoStorm), () => scene.Make.Theirs("30s")))
                {
                    if (!results.TryGetValue(program.Name, out var those)) results[program.Name] = those = [];
                    those.Add(await RoundAsync(program, count, effort));
                }
            }
            foreach (var (name, those) in results.OrderByDescending(r => r.Key, StringComparer.Ordinal))
            {
                var durable = those.TrueForAll(r => r.Settled > 0);
                AlertScene.Row(
                    name, $"{count:N0}", Spread.Of(those.Select(r => r.Accepted.PerSecond)).Show("N0"),
                    Spread.Of(those.Select(r => r.Accepted.Took.TotalMilliseconds)).Show("N0"),
                    durable ? Spread.Of(those.Select(r => r.Settled)).Show("N0") : "never: in memory",
                    durable ? Spread.Of(those.Select(r => count / r.Settled * 1000)).Show("N0") : "–");
            }
            if (results.GetValueOrDefault("Alertmanager") is not { } theirs || results.GetValueOrDefault("FestivalOps") is not { } ours) continue;
            var ratio = AlertScene.Ratio([.. ours.Select(r => r.Accepted.PerSecond)], [.. theirs.Select(r => r.Accepted.PerSecond)])!;
            AlertScene.Say($"accepted, FestivalOps / Alertmanager at {count:N0}: {ratio.Show("F2")}");
            // The last size is the larger one; the smaller of both ratios counts.
            var before = scene.Last["alerts_ratio"] == "none" ? double.MaxValue : double.Parse(scene.Last["alerts_ratio"], System.Globalization.CultureInfo.InvariantCulture);
            scene.Last["alerts_ratio"] = AlertScene.Text(Math.Min(before, ratio.Median), "F2");
        }
    }

    private static async Task<(Accepted Accepted, double Settled)> RoundAsync(Contestant program, int count, AlertEffort effort)
    {
        await using var running = await program.StartAsync();
        using var store = program.IsOurs ? new BotStore(program) : null;
        await AlertLoad.SendAsync(program.Order(9_000_000, WarmUp, Names, effort.PerPost, effort.Senders));
        if (store is not null) await store.SettledAsync(WarmUp, AtMost);
        // Both may have something to tidy up after their start.
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);

        var order = program.Order(0, count, Names, effort.PerPost, effort.Senders);
        var send = AlertLoad.SendAsync(order);
        if (store is null)
        {
            var accepted = await send;
            await TheirMetrics.RefuseMissingAsync(program, WarmUp + count);
            return (accepted, 0);
        }
        var ours = await send;
        var settled = await store.SettledAsync(WarmUp + count, AtMost);
        return (ours, Stopwatch.GetElapsedTime(ours.StartedAt, settled).TotalMilliseconds);
    }
}
