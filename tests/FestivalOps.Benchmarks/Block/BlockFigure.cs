using System.Diagnostics;
using System.Globalization;
using System.Text;
using FestivalOps.Benchmarks.Comparison;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Benchmarks.Block;

/// <summary>
/// From the twentieth line written to the last packet that came through, beside fail2ban's server on a log of its own; a burst of lines with an
/// attacker at its end; and acknowledgements while a million lines are read.
/// </summary>
internal static class BlockFigure
{
    private const string Script = "/usr/local/sbin/festivalops-firewall";
    private const int Warm = 5;

    /// <summary>Measures; with <c>--short</c> 5 attackers of each instead of 60.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not ([] or ["--short"])) return Comparing.Usage();
        var (samples, theirs) = args.Length == 0 ? (60, 30) : (5, 3);
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/sbin/nft"))
        {
            Say("It needs root and nftables (apt-get install nftables): left out.");
            return 0;
        }
        var folder = Directory.CreateTempSubdirectory("fops-block-").FullName;
        var isOurs = !File.Exists(Script);
        // The bot runs it from where it is installed.
        if (isOurs) File.Copy(Path.Combine(Repository(), "deploy/firewall/festivalops-firewall"), Script);
        try
        {
            if (isOurs) File.SetUnixFileMode(Script, (UnixFileMode)0x1ed); // 0755
            Say(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores for everything. .NET {Environment.Version}. A packet every millisecond from the attacker; times to the last one that came through."));
            await using var machines = await TwoMachines.MakeAsync(Warm + samples + theirs + 10);
            var ours = await OursAsync(machines, folder, samples);
            if (File.Exists("/usr/bin/fail2ban-server")) await TheirsAsync(machines, folder, Warm + samples + 2, theirs);
            else Say("Without fail2ban (apt-get install fail2ban): its side is left out");
            await AcknowledgedAsync(folder, args.Length == 0 ? 1_000_000 : 100_000);
            Say(string.Create(CultureInfo.InvariantCulture, $"block_p50_ms={Part(ours, 0.5):F1} block_p95_ms={Part(ours, 0.95):F1}"));
            return 0;
        }
        finally
        {
            if (isOurs) File.Delete(Script);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<double>> OursAsync(TwoMachines machines, string folder, int samples)
    {
        var log = Path.Combine(folder, "access.log");
        await File.WriteAllTextAsync(log, "");
        var settings = Settings(folder, log);
        settings["FOPS_Blocking__Mode"] = "Block";
        settings["FOPS_Blocking__Firewalls__local__Kind"] = "Nftables";
        var (program, arguments) = machines.OnServer("dotnet", Path.Combine(AppContext.BaseDirectory, "FestivalOps.dll"));
        await using var bot = Child.Start(program, arguments, folder, settings);
        // Until it watches: its first attackers only warm it up.
        for (var n = 0; n < Warm; n++)
        {
            if (double.IsInfinity(await OneAsync(machines, log, n, TimeSpan.FromSeconds(n == 0 ? 15 : 1.5))) && n > 0) throw new InvalidOperationException($"Nothing was blocked. The bot said:\n{bot.Said}");
        }
        var times = new List<double>();
        for (var n = 0; n < samples; n++) times.Add(await OneAsync(machines, log, Warm + n, TimeSpan.FromSeconds(0.8)));
        Tell("FestivalOps", times);
        // A burst, at whose end an attacker stands: all of it is read when he is blocked.
        const int lines = 100_000;
        var burst = new StringBuilder();
        for (var n = 0; n < lines; n++) burst.Append(Line("192.0.2.1", 200));
        for (var n = 0; n < 20; n++) burst.Append(Line(TwoMachines.Attacker(Warm + samples), 404));
        var bytes = Encoding.ASCII.GetBytes(burst.ToString());
        var took = await machines.LastPacketAfterAsync(Warm + samples, TimeSpan.FromSeconds(3), async () =>
        {
            await using var file = File.Open(log, FileMode.Append);
            var begin = Stopwatch.GetTimestamp();
            await file.WriteAsync(bytes);
            return begin;
        });
        Say(string.Create(CultureInfo.InvariantCulture, $"a burst of {lines:N0} lines: blocked {took:F0} ms after its first byte was written, {lines / took * 1000:N0} lines/s"));
        await bot.StopAsync(BotHost.ShutdownTimeout + TimeSpan.FromSeconds(10));
        return times;
    }

    private static async Task TheirsAsync(TwoMachines machines, string folder, int first, int samples)
    {
        var log = Path.Combine(folder, "theirs.log");
        await File.WriteAllTextAsync(log, "");
        foreach (var part in new[] { "filter.d", "action.d" }) Directory.CreateDirectory(Path.Combine(folder, "fail2ban", part));
        foreach (var action in Directory.EnumerateFiles("/etc/fail2ban/action.d", "nftables*")) File.Copy(action, Path.Combine(folder, "fail2ban/action.d", Path.GetFileName(action)));
        await File.WriteAllTextAsync(Path.Combine(folder, "fail2ban/fail2ban.conf"), "[Definition]\nloglevel = ERROR\nlogtarget = STDOUT\nsyslogsocket = auto\nsocket = " + folder + "/f2b.sock\npidfile = " + folder + "/f2b.pid\ndbfile = None\ndbpurgeage = 1d\ndbmaxmatches = 10\n[Thread]\nstacksize = 0\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "fail2ban/filter.d/bench.conf"), "[Definition]\nfailregex = ^<HOST> - \\S+ \\[\\] \"[^\"]*\" (?:401|403|404|429) \ndatepattern = %%d/%%b/%%Y:%%H:%%M:%%S %%z\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "fail2ban/jail.conf"), "[bench]\nenabled = true\nfilter = bench\nlogpath = " + log + "\nbackend = auto\nmaxretry = 20\nfindtime = 300\nbantime = 600\nusedns = no\naction = nftables-allports[name=bench, protocol=udp]\nignoreself = false\n");
        var (program, arguments) = machines.OnServer("/usr/bin/fail2ban-server", "-f", "-c", Path.Combine(folder, "fail2ban"), "-s", Path.Combine(folder, "f2b.sock"), "-p", Path.Combine(folder, "f2b.pid"), "start");
        await using var server = Child.Start(program, arguments, folder);
        var times = new List<double>();
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
        for (var n = 0; n < samples; n++) times.Add(await OneAsync(machines, log, first + n, TimeSpan.FromSeconds(2.5)));
        if (times.TrueForAll(double.IsInfinity)) Say($"fail2ban blocked nothing; it said:\n{server.Said}");
        else Tell("fail2ban", times);
    }

    // The bot of the comparison with a log that is watched: how long people wait for an acknowledgement while it reads.
    private static async Task AcknowledgedAsync(string folder, int lines)
    {
        var log = Path.Combine(folder, "busy.log");
        await File.WriteAllTextAsync(log, "");
        var port = FreePort.Take();
        await using var sink = await new Contender("the stand-in for Slack", port, "", false, () => Child.StartSelf("sink", port.ToString(CultureInfo.InvariantCulture))).StartAsync();
        using var slack = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
        var contenders = new Contenders(folder, port);
        var scene = new Scene(port, contenders.Secret, slack);
        var watching = contenders.Bot(new Dictionary<string, string>(StringComparer.Ordinal) { ["FOPS_Blocking__Logs__busy__Path"] = log, ["FOPS_Blocking__TrustedProxies__0"] = "none" });
        var (bot, _) = await scene.FirstAnswerAsync(watching);
        await using var _bot = bot;
        await scene.RoundAsync(watching, bot, 2_000, 8, 0);
        var calm = await scene.RoundAsync(watching, bot, 1_000, 8, 100);
        var text = new StringBuilder();
        for (var n = 0; n < lines; n++) text.Append(Line(string.Create(CultureInfo.InvariantCulture, $"198.51.{n % 250}.{n / 250 % 250}"), n % 10 == 0 ? 404 : 200));
        var bytes = Encoding.ASCII.GetBytes(text.ToString());
        var round = scene.RoundAsync(watching, bot, 1_000, 8, 100);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, CancellationToken.None);
        await using (var file = File.Open(log, FileMode.Append)) await file.WriteAsync(bytes);
        var busy = await round;
        Say(string.Create(CultureInfo.InvariantCulture, $"acknowledgements at 100/s: p99 {calm.Load.P99:F1} ms calm, {busy.Load.P99:F1} ms (longest {busy.Load.Worst:F1}) while {lines:N0} lines are written and read"));
    }

    private static async Task<double> OneAsync(TwoMachines machines, string log, int attacker, TimeSpan time) => await machines.LastPacketAfterAsync(attacker, time, async () =>
    {
        await using var file = File.Open(log, FileMode.Append);
        var line = Encoding.ASCII.GetBytes(Line(TwoMachines.Attacker(attacker), 404));
        for (var n = 0; n < 20; n++)
        {
            await file.WriteAsync(line);
            await file.FlushAsync();
        }
        return Stopwatch.GetTimestamp();
    });

    private static Dictionary<string, string> Settings(string folder, string log) => new(StringComparer.Ordinal)
    {
        ["FOPS_Slack__Transport"] = "Http",
        ["FOPS_Slack__BotToken"] = "xoxb-bench-bench-bench",
        ["FOPS_Slack__SigningSecret"] = "0123456789abcdef0123456789abcdef",
        ["FOPS_Slack__ApiBaseUrl"] = "http://127.0.0.1:9/api/",
        ["FOPS_Slack__AllowInsecureLoopback"] = "true",
        ["FOPS_Storage__SqliteFile"] = Path.Combine(folder, "block.db"),
        ["FOPS_Http__Address"] = "http://127.0.0.1:18099",
        ["FOPS_Checks__Run__EverySeconds"] = "0",
        ["FOPS_Blocking__Logs__web__Path"] = log,
        ["FOPS_Blocking__TrustedProxies__0"] = "none",
    };

    private static string Line(string address, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"{address} - - [{TimeProvider.System.GetUtcNow():dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /festivals/42 HTTP/1.1\" {status} 512 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0\" \"-\"\n");

    private static void Tell(string name, List<double> times)
    {
        var missed = times.Count(double.IsInfinity);
        Say(string.Create(CultureInfo.InvariantCulture, $"{name,-12} twentieth line to last packet: median {Part(times, 0.5):F1} ms, p95 {Part(times, 0.95):F1} ms, longest {times.Max():F1} ms, {times.Count} attackers{(missed > 0 ? $", {missed} of them not blocked in time" : "")}"));
    }

    private static double Part(List<double> times, double part) => times.Order().ElementAt((int)((times.Count - 1) * part));

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FestivalOps.sln"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("It is measured from within the repository.");
        return folder;
    }

    private static void Say(string line) => Console.WriteLine(line);
}
