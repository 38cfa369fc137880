using System.Diagnostics;
using System.Globalization;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>
/// How late the ladder is when very many incidents wait for their next step. The incidents are written through the bot's own entities, due
/// one after the other over a known time; then the real bot starts. Alertmanager has nothing of the kind.
/// </summary>
internal static class TimerFigure
{
    // Some more, due before the others and not counted: a bot whose timers have waited for an hour is not one that has just started.
    private const int WarmUp = 200;
    private static readonly TimeSpan WarmUpBefore = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan WarmUpSpan = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task MeasureAsync(AlertScene scene)
    {
        if (!scene.WithOurs) return;
        var effort = scene.Effort;
        AlertScene.Say($"timers: incidents that wait for level 3, due evenly over a time; \"decided\" is what the timeline says, \"durable\" when it could be read from outside; median (least–most) of {effort.TimerRounds} rounds");
        AlertScene.Row("", "due a second", "decided p50 ms", "decided p99 ms", "durable p50 ms", "durable p99 ms", "longest ms");
        foreach (var (count, span) in effort.Timers)
        {
            var rounds = new List<(List<double> Decided, List<double> Durable)>();
            for (var round = 0; round < effort.TimerRounds; round++) rounds.Add(await RoundAsync(scene, count, span));
            var p99 = Spread.Of(rounds.Select(r => AlertScene.At(r.Durable, 0.99)));
            AlertScene.Row(
                $"{count:N0} timers", $"{count / span.TotalSeconds:N0}", Show(rounds, r => AlertScene.At(r.Decided, 0.5)), Show(rounds, r => AlertScene.At(r.Decided, 0.99)),
                Show(rounds, r => AlertScene.At(r.Durable, 0.5)), p99.Show("N0"), Show(rounds, r => r.Durable[^1]));
            scene.Last[count == effort.Timers[0].Count ? "timers_p99_ms_10k" : "timers_p99_ms_100k"] = AlertScene.Text(p99.Median, "F0");
        }
    }

    private static async Task<(List<double> Decided, List<double> Durable)> RoundAsync(AlertScene scene, int count, TimeSpan span)
    {
        var bot = scene.Make.Bot([.. BotSettings.Team, .. BotSettings.AlwaysOpen]);
        // The bot makes its own store; it is then filled while nobody runs on it.
        await using (var first = await bot.StartAsync()) await first.StopAsync(BotHost.ShutdownTimeout + TimeSpan.FromSeconds(10));
        var firstDue = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(25) + TimeSpan.FromMilliseconds(count * 0.4);
        await TimerSeed.WriteAsync(Path.Combine(bot.Folder, "bot.db"), count + WarmUp, n => Due(firstDue, span, count, n));

        await using var running = await bot.StartAsync();
        if (TimeProvider.System.GetUtcNow() > firstDue - WarmUpBefore) throw new InvalidOperationException("The bot was not up before the first timer was due: this machine is too slow for the figure.");
        using var store = new BotStore(bot);
        var durable = await WatchAsync(store, count, firstDue + span + Patience, n => Due(firstDue, span, count, n));
        var decided = store.Rows(
                $"SELECT incident_id, min(at) FROM incident_events WHERE {Taken} AND incident_id <= {count} GROUP BY incident_id",
                r => (Time(r.GetString(1)) - Due(firstDue, span, count, r.GetInt64(0))).TotalMilliseconds)
            .Order().ToList();
        return (decided, durable);
    }

    // What the ladder writes when it takes a step, in whatever way that ended.
    private const string Taken = "kind IN ('Escalated', 'Paged', 'NotPaged', 'Unreachable')";

    private static async Task<List<double>> WatchAsync(BotStore store, int count, DateTimeOffset end, Func<long, DateTimeOffset> due)
    {
        var late = new Dictionary<long, double>();
        var last = store.Number("SELECT coalesce(max(rowid), 0) FROM incident_events");
        while (late.Count < count)
        {
            var now = TimeProvider.System.GetUtcNow();
            foreach (var (row, incident) in store.Rows(
                $"SELECT rowid, incident_id, kind FROM incident_events WHERE rowid > $last AND {Taken} AND incident_id <= {count} ORDER BY rowid", r => (r.GetInt64(0), r.GetInt64(1)), ("$last", last)))
            {
                last = row;
                late.TryAdd(incident, (now - due(incident)).TotalMilliseconds);
            }
            if (now > end) throw new TimeoutException($"The ladder took {late.Count:N0} of {count:N0} steps in time.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
        return [.. late.Values.Order()];
    }

    // Whole milliseconds, as nobody sets a timer finer; the incidents are numbered from 1.
    private static DateTimeOffset Due(DateTimeOffset first, TimeSpan span, int count, long incident)
    {
        var due = incident <= count
            ? first + (span * ((incident - 1) / (double)count))
            : first - WarmUpBefore + (WarmUpSpan * ((incident - count - 1) / (double)WarmUp));
        return DateTimeOffset.FromUnixTimeMilliseconds(due.ToUnixTimeMilliseconds());
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Show<T>(List<T> rounds, Func<T, double> figure) => Spread.Of(rounds.Select(figure)).Show("N0");
}
