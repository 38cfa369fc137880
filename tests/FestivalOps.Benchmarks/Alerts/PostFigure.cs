using System.Diagnostics;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>
/// From the POST of one alert to the first call of Slack that names it. Both programs run side by side and take turns. Before each turn
/// Slack has been left in peace for more than a second, so that our own pace of one post a second and channel, after a burst of two (the card
/// and the page into its thread), is not what is measured.
/// </summary>
internal static class PostFigure
{
    private const int WarmUp = 60;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2_200);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    public static async Task MeasureAsync(AlertScene scene)
    {
        var programs = scene.Both(0, () => scene.Make.Bot([.. BotSettings.NoStorm, .. BotSettings.Team, .. BotSettings.AlwaysOpen]), () => scene.Make.Theirs("0s")).ToList();
        AlertScene.Say($"post: one alert of a new group to the first call of Slack, {scene.Effort.Samples} samples each in turns, after {WarmUp} unmeasured ones; Alertmanager with group_wait 0s");
        var times = new Dictionary<Contestant, List<double>>();
        var running = new List<Child>();
        try
        {
            foreach (var program in programs)
            {
                running.Add(await program.StartAsync());
                times[program] = [];
            }
            // Moments that fall on no clock tick of either program; the same in every run.
            var random = new Random(20261123);
            for (var sample = -WarmUp; sample < scene.Effort.Samples; sample++)
            {
                foreach (var program in programs)
                {
                    var took = await OneAsync(scene.Slack, program, 1_000 + sample);
                    if (sample >= 0) times[program].Add(took);
                    await scene.Slack.UntilQuietAsync(Pace / programs.Count, AtMost);
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300)), TimeProvider.System, CancellationToken.None);
                }
            }
        }
        finally
        {
            foreach (var child in running) await child.DisposeAsync();
        }
        AlertScene.Row("", "median ms", "p99 ms", "longest ms", "least ms");
        foreach (var (program, those) in times)
        {
            those.Sort();
            AlertScene.Row(program.Name, $"{AlertScene.At(those, 0.5):F1}", $"{AlertScene.At(those, 0.99):F1}", $"{those[^1]:F1}", $"{those[0]:F1}");
            if (program.IsOurs) scene.Last["post_p99_ms"] = AlertScene.Text(AlertScene.At(those, 0.99), "F1");
        }
        if (times.Count == 2) AlertScene.Say($"FestivalOps / Alertmanager: median {AlertScene.At(times[programs[0]], 0.5) / AlertScene.At(times[programs[1]], 0.5):F1}, p99 {AlertScene.At(times[programs[0]], 0.99) / AlertScene.At(times[programs[1]], 0.99):F1}");
    }

    private static async Task<double> OneAsync(SlackSide slack, Contestant program, int mark)
    {
        // Each alert is the first of its group.
        var order = program.Order(mark, 1, int.MaxValue, 1, 1);
        var request = AlertRequests.Make(order)[0];
        var before = await slack.CountAsync();
        using var sender = await AlertSender.ConnectAsync(program.Program.Port);
        var sentAt = await sender.PostAsync(request);
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var first = (await slack.SinceAsync(before)).FirstOrDefault(call => call.Marks.Contains(AlertOrder.Mark(mark), StringComparer.Ordinal));
            if (first is not null) return Stopwatch.GetElapsedTime(sentAt, first.At).TotalMilliseconds;
            if (Stopwatch.GetElapsedTime(since) > AtMost) throw new TimeoutException($"{program.Name} did not tell Slack of an alert in {AtMost.TotalSeconds:F0} s.");
            // Not sooner: asking takes the processor that the program needs.
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }
}
