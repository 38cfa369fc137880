using System.Diagnostics;
using System.Net.Sockets;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>
/// SIGKILL at the two worst moments: right after the 200 for alerts that nobody was told of yet, and right after Slack has a post. The
/// program then starts again on what it left on disk.
/// </summary>
internal static class KillFigure
{
    private static readonly IReadOnlyList<(string Name, string Value)> Settings =
        [.. BotSettings.NoStorm, .. BotSettings.Fast, .. BotSettings.Team, .. BotSettings.NeverOpen];

    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(25);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Repeats = TimeSpan.FromSeconds(3);

    public static async Task MeasureAsync(AlertScene scene)
    {
        var count = scene.Effort.Killed;
        AlertScene.Say($"kill: {count:N0} alerts of as many groups in one body, then SIGKILL, then a new start on the same data");
        if (scene.WithOurs) scene.Last["kill_lost"] = $"{await LostAsync(scene, scene.Make.Bot(Settings))}/{count}";
        if (scene.WithTheirs) await LostAsync(scene, scene.Make.Theirs("30s"));

        AlertScene.Say($"kill after the post, the sender repeats every {Repeats.TotalSeconds:F0} s. FestivalOps: killed {scene.Effort.Kills} times while Slack has a post and has not answered; Alertmanager: once, when all are posted");
        if (scene.WithOurs) scene.Last["kill_doubled"] = $"{await DoubledOursAsync(scene, scene.Make.Bot(Settings))}/{count}";
        if (scene.WithTheirs) await DoubledTheirsAsync(scene, scene.Make.Theirs("0s"));
    }

    private static async Task<int> LostAsync(AlertScene scene, Contestant program)
    {
        var count = scene.Effort.Killed;
        var before = await scene.Slack.CountAsync();
        await using (var first = await program.StartAsync())
        {
            using var sender = await AlertSender.ConnectAsync(program.Program.Port);
            await sender.PostAsync(Body(program, count));
            await first.KillAsync();
        }
        var told = await scene.Slack.CountAsync() - before;
        await using var second = await program.StartAsync();
        // Longer than Alertmanager's group_wait; for ours until it has nothing more to tell.
        var calls = await scene.Slack.UntilAllShownAsync(before, program.IsOurs ? Quiet : TimeSpan.FromSeconds(45), AtMost);
        var shown = calls.SelectMany(c => c.Marks).ToHashSet(StringComparer.Ordinal);
        var lost = Enumerable.Range(0, count).Count(n => !shown.Contains(AlertOrder.Mark(n)));
        AlertScene.Say($"{program.Name}: {told} calls of Slack before the end, {calls.Count - told:N0} after the new start, never shown: {lost} of {count}");
        return lost;
    }

    private static async Task<int> DoubledOursAsync(AlertScene scene, Contestant program)
    {
        var (count, kills) = (scene.Effort.Killed, scene.Effort.Kills);
        var before = await scene.Slack.CountAsync();
        var running = await program.StartAsync();
        using var enough = new CancellationTokenSource();
        var sender = RepeatAsync(program, count, enough.Token);
        try
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                // Spread over the whole run; at least one post comes between two kills.
                var at = Math.Max(before + (count * kill / (kills + 1)), await scene.Slack.CountAsync() + 1);
                await scene.Slack.HoldAtAsync(at);
                if (!await scene.Slack.UntilAsync(at, AtMost)) throw new TimeoutException($"{program.Name} stopped posting before kill {kill}.");
                await running.KillAsync();
                await scene.Slack.ReleaseAsync();
                running = await program.StartAsync();
            }
            await scene.Slack.UntilAllShownAsync(before, Quiet, AtMost);
        }
        finally
        {
            await running.DisposeAsync();
            await enough.CancelAsync();
            await sender;
        }
        var calls = await scene.Slack.SinceAsync(before);
        var keys = calls.Where(c => c.What == "post" && c.Metadata.Length > 0).GroupBy(c => c.Metadata, StringComparer.Ordinal).Where(g => g.Count() > 1).ToList();
        var marks = Twice(calls);
        marks.UnionWith(keys.SelectMany(g => g).SelectMany(c => c.Marks));
        Tell(program, calls, marks, count);
        if (keys.Count > 0) AlertScene.Say($"  posts with the same key: {string.Join(", ", keys.Take(5).Select(g => g.Key))}");
        return marks.Count;
    }

    private static async Task DoubledTheirsAsync(AlertScene scene, Contestant program)
    {
        var count = scene.Effort.Killed;
        var before = await scene.Slack.CountAsync();
        var running = await program.StartAsync();
        using var enough = new CancellationTokenSource();
        var sender = RepeatAsync(program, count, enough.Token);
        try
        {
            if (!await scene.Slack.UntilAsync(before + count, AtMost)) throw new TimeoutException($"{program.Name} did not post all alerts.");
            await running.KillAsync();
            running = await program.StartAsync();
            await scene.Slack.UntilAllShownAsync(before, Quiet, AtMost);
        }
        finally
        {
            await running.DisposeAsync();
            await enough.CancelAsync();
            await sender;
        }
        var calls = await scene.Slack.SinceAsync(before);
        Tell(program, calls, Twice(calls), count);
    }

    private static void Tell(Contestant program, IReadOnlyList<SlackCall> calls, HashSet<string> doubled, int count)
    {
        var shown = calls.Where(c => c.IsMessage).SelectMany(c => c.Marks).ToHashSet(StringComparer.Ordinal);
        AlertScene.Say($"{program.Name}: {calls.Count:N0} calls of Slack, {shown.Count} of {count} alerts shown, posted twice: {doubled.Count} of {count}");
    }

    // A message of its own that names the alert, more than once. Replies and redraws may name it as often as they like.
    private static HashSet<string> Twice(IEnumerable<SlackCall> calls) => calls.Where(c => c.IsMessage).SelectMany(c => c.Marks)
        .GroupBy(m => m, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);

    private static ReadOnlyMemory<byte> Body(Contestant program, int count) => AlertRequests.Make(program.Order(0, count, int.MaxValue, count, 1))[0];

    private static async Task RepeatAsync(Contestant program, int count, CancellationToken enough)
    {
        // The same alerts, with the same times, over and over, as Prometheus does.
        var body = Body(program, count);
        while (!enough.IsCancellationRequested)
        {
            try
            {
                using var sender = await AlertSender.ConnectAsync(program.Program.Port);
                await sender.PostAsync(body);
            }
            catch (Exception gone) when (gone is SocketException or IOException or InvalidOperationException)
            {
                // It has just been killed, or its successor says 503 because it is not ready; the next repeat meets it.
                Debug.WriteLine(gone.Message);
            }
            try
            {
                await Task.Delay(Repeats, TimeProvider.System, enough);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
