using System.Diagnostics;
using System.Globalization;
using FestivalOps.Benchmarks.Comparison;

namespace FestivalOps.Benchmarks.Scan;

/// <summary>How fast <c>FestivalOps scan</c> reads a finished log, beside <c>fail2ban-regex</c> and <c>wc -l</c> on the same file, all on one core.</summary>
internal static class ScanFigure
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // As fail2ban's own filters are written, with the statuses that we count; the date's pattern is named, or it would try all that it knows.
    private const string NginxRegex = """^<HOST> - \S+ \[\] "[^"]*" (?:401|403|404|429) """;
    private const string NginxDate = "--datepattern=%d/%b/%Y:%H:%M:%S %z";

    /// <summary>Measures; with <c>--short</c> 100,000 lines and one round instead of 1,000,000 and five.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["--short"])) return Comparing.Usage();
        var (lines, rounds) = args.Length == 0 ? (1_000_000, 5) : (100_000, 1);
        var folder = Directory.CreateTempSubdirectory("fops-scan-").FullName;
        try
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{lines:N0} lines each, {rounds} rounds, everything on one core (taskset), files in the page cache. .NET {Environment.Version}"));
            var theirs = File.Exists("/usr/bin/fail2ban-regex");
            if (!theirs) Say("Without fail2ban-regex (apt-get install fail2ban): its side is left out");
            var nginx = await OfAsync("nginx", folder, lines, rounds, GeneratedLogs.WriteNginx, theirs ? [NginxDate] : null, NginxRegex);
            var auth = await OfAsync("auth", folder, lines, rounds, GeneratedLogs.WriteAuth, theirs ? [] : null, "sshd");
            var ratio = nginx.Ratio is { } a && auth.Ratio is { } b ? Math.Min(a, b).ToString("F0", CultureInfo.InvariantCulture) : "none";
            Say(string.Create(CultureInfo.InvariantCulture, $"nginx_lines_per_s={nginx.PerSecond:F0} auth_lines_per_s={auth.PerSecond:F0} fail2ban_ratio={ratio}"));
            return nginx.IsRight && auth.IsRight ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Figures> OfAsync(string kind, string folder, int lines, int rounds, Action<string, int> write, string[]? options, string filter)
    {
        var file = Path.Combine(folder, kind + ".log");
        write(file, lines);
        List<double> ours = [], reading = [], counting = [];
        var (peak, isRight) = (0.0, true);
        for (var round = 0; round < rounds; round++)
        {
            counting.Add(lines / (await RunAsync("wc", ["-l", file], folder)).Seconds);
            var scan = await RunAsync("dotnet", [typeof(BotHost).Assembly.Location, "scan", kind, file], folder);
            ours.Add(lines / scan.Seconds);
            reading.Add(Reading(scan.Error));
            peak = Math.Max(peak, scan.PeakMegabytes);
            isRight &= Found(scan.Output).SetEquals(GeneratedLogs.Known(lines));
        }
        Say(string.Create(CultureInfo.InvariantCulture, $"{kind}: {new FileInfo(file).Length / 1e6:F0} MB"));
        Say($"  FestivalOps scan                  {Spread.Of(reading).Show("N0")} lines/s of processor time from the first byte to the last; whole process with its start {Spread.Of(ours).Show("N0")} by the clock, at most {peak.ToString("F0", CultureInfo.InvariantCulture)} MB");
        Say($"  wc -l                             {Spread.Of(counting).Show("N0")} lines/s");
        Say($"  found exactly the known attackers {(isRight ? "yes" : "NO")}");
        double? ratio = null;
        if (options is not null)
        {
            // One round: it takes half a minute and differs little.
            var regex = await RunAsync("fail2ban-regex", [.. options, file, filter], folder);
            ratio = Spread.Of(ours).Median / (lines / regex.Seconds);
            Say(string.Create(CultureInfo.InvariantCulture, $"  fail2ban-regex                    {lines / regex.Seconds:N0} lines/s; {Failures(regex.Output)}"));
        }
        return new(Spread.Of(reading).Median, ratio, isRight);
    }

    private static async Task<Run> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo("/usr/bin/taskset", ["--cpu-list", "0", program, .. arguments]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var ended = process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        var peak = 0.0;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        }
        await ended;
        var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}");
        return new(seconds, await output, await error, peak);
    }

    private static double Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }

    private static double Reading(string summary)
    {
        var words = summary.TrimEnd().Split(' ');
        return double.Parse(words[^5], CultureInfo.InvariantCulture);
    }

    private static HashSet<string> Found(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);

    private static string Failures(string output) => output.Split('\n').FirstOrDefault(l => l.StartsWith("Lines:", StringComparison.Ordinal)) ?? "it did not say what it found";

    private static void Say(string line) => Console.WriteLine(line);

    private sealed record Run(double Seconds, string Output, string Error, double PeakMegabytes);

    private sealed record Figures(double PerSecond, double? Ratio, bool IsRight);
}
