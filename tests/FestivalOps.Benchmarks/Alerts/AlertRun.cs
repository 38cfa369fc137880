using System.Globalization;
using FestivalOps.Benchmarks.Comparison;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Benchmarks.Alerts;

/// <summary>All figures about alerts, beside prometheus-alertmanager.</summary>
internal static class AlertRun
{
    private static readonly IReadOnlyList<(string Name, Func<AlertScene, Task> Measure)> Figures =
    [
        ("accept", AcceptFigure.MeasureAsync),
        ("post", PostFigure.MeasureAsync),
        ("storm", StormFigure.MeasureAsync),
        ("kill", KillFigure.MeasureAsync),
        ("timers", TimerFigure.MeasureAsync),
        ("memory", MemoryFigure.MeasureAsync),
    ];

    /// <summary>Runs what <paramref name="args"/> ask for: <c>[--short] [--theirs] [--only NAME]</c>.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var brief = args.Contains("--short", StringComparer.Ordinal);
        var only = args.SkipWhile(a => a != "--only").Skip(1).FirstOrDefault();
        var known = args.Count(a => a is "--short" or "--theirs") + (only is null ? 0 : 2);
        if (known != args.Length || (only is not null && Figures.All(f => f.Name != only)))
        {
            Console.Error.WriteLine($"dotnet run -c Release --project tests/FestivalOps.Benchmarks -- alerts [--short] [--theirs] [--only {string.Join('|', Figures.Select(f => f.Name))}]");
            return 64; // EX_USAGE of sysexits.h
        }
        // Beside the program and not in /tmp, which may be memory: what is called durable has to lie on a disk.
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"alerts-{Guid.NewGuid():N}")).FullName;
        try
        {
            await MeasureAsync(brief ? AlertEffort.Short : AlertEffort.Full, folder, only, !args.Contains("--theirs", StringComparer.Ordinal));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(AlertEffort effort, string folder, string? only, bool withOurs)
    {
        var port = FreePort.Take();
        await using var sink = await new Contender("the stand-in for Slack", port, "", false, () => Child.StartSelf("sink", port.ToString(CultureInfo.InvariantCulture))).StartAsync();
        using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
        var scene = new AlertScene(effort, new(folder, port), new(http), await Contestants.ProblemAsync(), withOurs);
        await scene.Slack.OpenAsync();

        AlertScene.Say($"{Environment.ProcessorCount} cores for everything: programs, senders and the stand-in for Slack. .NET {Environment.Version}, {(Comparing.Debugged() ? "DEBUG build: figures mean nothing" : "Release build")}, {File.ReadAllText("/proc/loadavg").Split(' ')[0]} load before.");
        AlertScene.Say($"FestivalOps: SQLite file with synchronous=FULL on {Disk(folder)}; a body is durable before its 200. Alertmanager: alerts in memory.");
        if (scene.Problem is { } problem) AlertScene.Say($"Without Alertmanager: {problem}. Its side is left out.");
        foreach (var (name, measure) in Figures.Where(f => only is null || f.Name == only))
        {
            AlertScene.Say("");
            try
            {
                await measure(scene);
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException or System.Net.Sockets.SocketException)
            {
                // The others are still worth having; the last line shows that this one is missing.
                AlertScene.Say($"{name} failed: {failure.Message}");
            }
        }
        AlertScene.Say("");
        AlertScene.Say(string.Join(' ', scene.Last.Select(figure => $"{figure.Key}={figure.Value}")));
    }

    private static string Disk(string folder)
    {
        var mount = DriveInfo.GetDrives().Where(d => folder.StartsWith(d.Name, StringComparison.Ordinal)).MaxBy(d => d.Name.Length);
        return mount is null ? "an unknown disk" : $"{mount.DriveFormat} ({mount.Name}){(mount.DriveFormat is "tmpfs" or "ramfs" ? ", WHICH IS MEMORY: durable means nothing here" : "")}";
    }
}
