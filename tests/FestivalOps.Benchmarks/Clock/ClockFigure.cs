using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Waking;

namespace FestivalOps.Benchmarks.Clock;

/// <summary>
/// How late very many scheduled tasks begin, and what the clock needs: stand-in tasks in the bot itself, with its SQLite file
/// (<c>synchronous=FULL</c>) on a disk. A run counts as begun when its work is called, which is after its row is durable.
/// </summary>
internal static class ClockFigure
{
    private const int Hosts = 10;
    private const int EachMinute = 100;
    private static readonly TimeSpan WorkTakes = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Measures; with <c>--short</c> 200 tasks in two minutes instead of 1,000 in ten.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["--short"])) return Comparison.Comparing.Usage();
        var count = args.Length == 0 ? 1_000 : 200;
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"clock-{Guid.NewGuid():N}")).FullName;
        var late = new ConcurrentQueue<double>();
        var before = Resident();
        // Time for the start: the first minute that is at least 45 s away.
        var first = TimeProvider.System.GetUtcNow().AddSeconds(105);
        await using (var bot = BotHost.Build(Settings(folder), services =>
        {
            for (var number = 0; number < count; number++)
                services.AddSingleton<IScheduledTask>(new StandInTask(number, TimeOnly.FromDateTime(first.UtcDateTime.AddMinutes(number / EachMinute)), late));
        }, TextWriter.Null))
        {
            await bot.StartAsync();
            var clock = bot.Services.GetRequiredService<TaskClock>();
            var since = Stopwatch.GetTimestamp();
            while (!clock.IsRunning) await WaitAsync(since);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} tasks of {Hosts} hosts, {EachMinute} due at once each minute; the clock was ready after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s"));
            since = Stopwatch.GetTimestamp();
            while (late.Count < count) await WaitAsync(since, TimeSpan.FromMinutes(count / EachMinute + 2));
            // A figure of a resting bot, not of the last burst.
            await Task.Delay(TimeSpan.FromSeconds(15), TimeProvider.System, CancellationToken.None);
            var memory = Resident();
            var sorted = late.Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from due to begun and durable: p50 {At(sorted, 0.5):F0} ms, p99 {At(sorted, 0.99):F0} ms, longest {sorted[^1]:F0} ms; memory {memory:F0} MB, {before:F0} MB before the bot was built"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"clock_p99_ms={At(sorted, 0.99):F0} clock_memory_mb={memory:F0}"));
            await bot.StopAsync();
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task WaitAsync(long since, TimeSpan more = default)
    {
        if (Stopwatch.GetElapsedTime(since) > Patience + more) throw new TimeoutException("The clock did not do what it was to do in time.");
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

    private static double Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1024.0 / 1024;
    }

    private static IConfiguration Settings(string folder) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Slack:Transport"] = "Http",
        ["Slack:BotToken"] = "xoxb-benchmark",
        ["Slack:SigningSecret"] = "benchmark",
        ["Slack:ApiBaseUrl"] = "http://127.0.0.1:9/api/",
        ["Slack:AllowInsecureLoopback"] = "true",
        ["Http:Address"] = "http://127.0.0.1:0",
        ["Language:TimeZone"] = "UTC",
        ["Storage:SqliteFile"] = Path.Combine(folder, "bot.db"),
        ["Checks:Run:EverySeconds"] = "0",
        ["Schedule:MorningCheck:Enabled"] = "false",
    }).Build();

    private sealed class StandInTask(int number, TimeOnly at, ConcurrentQueue<double> late) : IScheduledTask
    {
        public string Name { get; } = $"host-{(char)('a' + number % Hosts)}-{(char)('a' + number / Hosts / 26)}{(char)('a' + number / Hosts % 26)}";

        public LocalizedText Summary { get; } = new("代役", "a stand-in");

        public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(at.Hour, at.Minute));

        public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
        {
            late.Enqueue((TimeProvider.System.GetUtcNow() - run.Due).TotalMilliseconds);
            run.WriteLine("looked");
            await Task.Delay(WorkTakes, TimeProvider.System, ct);
            return TaskOutcome.Ok(new("済み", "done"));
        }
    }
}
