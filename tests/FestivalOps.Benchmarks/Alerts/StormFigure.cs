using System.Diagnostics;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>Thousands of groups begin at once. Slack allows about one post a second in a channel; the stand-in takes everything and counts.</summary>
internal static class StormFigure
{
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(5);

    public static async Task MeasureAsync(AlertScene scene)
    {
        var effort = scene.Effort;
        AlertScene.Say($"storm: {effort.Storm:N0} groups of one alert at once, {effort.PerPost} in a body, {effort.Senders} senders; Alertmanager with group_wait 0s; median (least–most) of {effort.StormRounds} rounds");
        var results = new Dictionary<string, List<Storm>>(StringComparer.Ordinal);
        for (var round = 0; round < effort.StormRounds; round++)
        {
            foreach (var program in scene.Both(round, () => scene.Make.Bot([.. BotSettings.Team, .. BotSettings.AlwaysOpen]), () => scene.Make.Theirs("0s")))
            {
                if (!results.TryGetValue(program.Name, out var those)) results[program.Name] = those = [];
                those.Add(await RoundAsync(scene, program));
            }
        }
        AlertScene.Row("", "ms accepted", "ms durable", "ms to the first call", "calls in a minute", "of them new messages");
        foreach (var (name, those) in results.OrderByDescending(r => r.Key, StringComparer.Ordinal))
        {
            AlertScene.Row(
                name, Show(those, s => s.Accepted), those[0].Durable is null ? "never: in memory" : Show(those, s => s.Durable!.Value),
                Show(those, s => s.FirstCall), Show(those, s => s.Calls), Show(those, s => s.Messages));
        }
    }

    private static async Task<Storm> RoundAsync(AlertScene scene, Contestant program)
    {
        var effort = scene.Effort;
        await using var running = await program.StartAsync();
        // The code of both has run once before the storm; its one post is out of the way when it comes.
        var ready = await scene.Slack.CountAsync() + 1;
        await AlertLoad.SendAsync(program.Order(9_000_000, 1, 1, 1, 1));
        if (!await scene.Slack.UntilAsync(ready, AtMost)) throw new TimeoutException($"{program.Name} told Slack nothing.");
        await scene.Slack.UntilQuietAsync(TimeSpan.FromSeconds(3), AtMost);

        var before = await scene.Slack.CountAsync();
        using var store = program.IsOurs ? new BotStore(program) : null;
        var accepted = await AlertLoad.SendAsync(program.Order(0, effort.Storm, int.MaxValue, effort.PerPost, effort.Senders));
        var durable = store is null ? (double?)null : Stopwatch.GetElapsedTime(accepted.StartedAt, await store.SettledAsync(effort.Storm + 1, AtMost)).TotalMilliseconds;
        if (Watched - Stopwatch.GetElapsedTime(accepted.StartedAt) is { Ticks: > 0 } rest) await Task.Delay(rest, TimeProvider.System, CancellationToken.None);
        var calls = (await scene.Slack.SinceAsync(before)).Where(c => Stopwatch.GetElapsedTime(accepted.StartedAt, c.At) < Watched).ToList();
        if (calls.Count == 0) throw new TimeoutException($"{program.Name} told Slack nothing of the storm in a minute.");
        return new(
            accepted.Took.TotalMilliseconds, durable, Stopwatch.GetElapsedTime(accepted.StartedAt, calls.Min(c => c.At)).TotalMilliseconds,
            calls.Count, calls.Count(c => c.IsMessage));
    }

    private static string Show(List<Storm> those, Func<Storm, double> figure) => Spread.Of(those.Select(figure)).Show("N0");

    private sealed record Storm(double Accepted, double? Durable, double FirstCall, int Calls, int Messages);
}
