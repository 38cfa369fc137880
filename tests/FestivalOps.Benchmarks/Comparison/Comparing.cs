using System.Diagnostics;
using System.Globalization;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>The whole comparison, from the first start to the lines at the end.</summary>
internal sealed class Comparing
{
    private const int SteadyRate = 1_000;

    private readonly Effort _effort;
    private readonly Scene _scene;
    private readonly Contender _bare;
    private readonly Contender _bot;
    private readonly Contender? _bolt;
    private readonly Contenders _contenders;

    private Comparing(Effort effort, Scene scene, Contenders contenders, string? bolt)
    {
        (_effort, _scene, _contenders) = (effort, scene, contenders);
        (_bare, _bot, _bolt) = (contenders.Bare(), contenders.Bot(), bolt is null ? null : contenders.Bolt(bolt));
    }

    public static int Usage()
    {
        Console.Error.WriteLine("dotnet run -c Release --project tests/FestivalOps.Benchmarks [-- --short | --burst]");
        return 64; // EX_USAGE of sysexits.h
    }

    public static async Task<int> RunAsync(Effort effort)
    {
        var folder = Directory.CreateTempSubdirectory("fops-bench-").FullName;
        try
        {
            var (bolt, problem) = effort.WithBolt ? await BoltInstall.EnsureAsync() : (null, null);
            if (problem is not null) Say($"Without Bolt: {problem}. The comparison with it is left out.");
            var port = FreePort.Take();
            var contenders = new Contenders(folder, port);
            await using var sink = await new Contender("the stand-in for Slack", port, "", false, () => Child.StartSelf("sink", port.ToString(CultureInfo.InvariantCulture))).StartAsync();
            using var slack = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}/") };
            await new Comparing(effort, new(port, contenders.Secret, slack), contenders, bolt).CompareAsync();
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task CompareAsync()
    {
        Say($"{Environment.ProcessorCount} cores for everything: program, load generator and stand-in. .NET {Environment.Version}, "
            + $"{(Debugged() ? "DEBUG build: figures mean nothing" : "Release build")}.");
        Say("FestivalOps: real process and settings, HTTP, SQLite file with synchronous=FULL, checks of this host, no platform;");
        Say($"  its settings that are not the defaults: {string.Join(", ", Contenders.Differences.Select(d => $"{d.Key}={d.Value}"))}.");
        Say("Bolt: signature verified, the same card to the same address; it writes no audit row, which is in its favour.");

        var starts = await StartsAsync();
        await using var bare = await _bare.StartAsync();
        await using var bot = starts.Bot;
        await using var bolt = starts.Bolt;
        List<(Contender, Child)> running = [(_bare, bare), (_bot, bot)];
        if (bolt is not null) running.Add((_bolt!, bolt));
        var (acks, answers) = await FullLoadAsync(running);
        var steady = await SteadyAsync(running[..2]);
        Say($"memory after the load: FestivalOps {bot.ResidentMegabytes:F0} MB"
            + (bolt is null ? "" : $", Bolt {bolt.ResidentMegabytes:F0} MB"));
        Say("");
        Say($"ack_ratio={acks.Median:F2} ack_p99_ms_at_1000={steady.Median:F1} answers_ratio={(answers is null ? "none" : answers.Median.ToString("F2", CultureInfo.InvariantCulture))} idle_mb={starts.IdleMegabytes:F0} first_answer_ms={starts.FirstAnswer:F0}");
    }

    private async Task<(Child Bot, Child? Bolt, double IdleMegabytes, double FirstAnswer)> StartsAsync()
    {
        var (bot, botFirst) = await StartsAsync(_bot);
        // The first answer of a cold program may replace a "running" card; the next one is a plain answer, which Bolt then gives, too.
        await _scene.RoundAsync(_bot, bot!, 1, 1, 0);
        await File.WriteAllBytesAsync(_contenders.CardFile, await _scene.CardAsync());
        var (bolt, boltFirst) = _bolt is null ? (null, null) : await StartsAsync(_bolt);
        await Task.Delay(_effort.Idle, TimeProvider.System, CancellationToken.None);
        Row("", "first answer, ms", $"idle {_effort.Idle.TotalSeconds:F0} s, MB", "of it its own, MB");
        var idle = bot!.ResidentMegabytes;
        Row(_bot.Name, botFirst!.Show("N0"), $"{idle:F0}", $"{bot.OwnMegabytes:F0}");
        if (bolt is not null) Row(_bolt!.Name, boltFirst!.Show("N0"), $"{bolt.ResidentMegabytes:F0}", $"{bolt.OwnMegabytes:F0}");
        Say("The first start makes the store, the others find it. Memory: resident as the kernel counts it; its own: without pages of files, which are shared.");
        return (bot, bolt, idle, botFirst.Median);
    }

    private async Task<(Child? Last, Spread? FirstAnswer)> StartsAsync(Contender contender)
    {
        var times = new List<double>();
        Child? last = null;
        for (var start = 0; start < _effort.Starts; start++)
        {
            if (last is not null)
            {
                await last.StopAsync(BotHost.ShutdownTimeout + TimeSpan.FromSeconds(10));
                await last.DisposeAsync();
            }
            (last, var time) = await _scene.FirstAnswerAsync(contender);
            times.Add(time.TotalMilliseconds);
        }
        return (last, Spread.Of(times));
    }

    private async Task<(Spread Acks, Spread? Answers)> FullLoadAsync(List<(Contender Who, Child Running)> all)
    {
        var results = all.ToDictionary(c => c.Who, _ => new List<RoundResult>());
        for (var round = -1; round < _effort.Rounds; round++)
        {
            // Each round the other way round, so that whatever else the machine does favours nobody. The first one only warms up.
            foreach (var (contender, running) in round % 2 == 0 ? all : Enumerable.Reverse(all))
            {
                var result = await _scene.RoundAsync(contender, running, _effort.Commands, _effort.Connections, 0);
                if (round >= 0) results[contender].Add(result);
            }
        }
        Say("");
        Say($"{_effort.Commands:N0} commands over {_effort.Connections} connections, as fast as they are acknowledged; cpu: processor time of the program per command; median (least–most) of {_effort.Rounds} rounds");
        Row("", "acks/s", "p50 ms", "p99 ms", "answers/s", "cpu µs", "accepted/busy");
        foreach (var (contender, rounds) in results)
        {
            Row(
                contender.Name,
                Spread.Of(rounds.Select(r => r.Load.PerSecond)).Show("N0"),
                Spread.Of(rounds.Select(r => r.Load.P50)).Show("F2"),
                Spread.Of(rounds.Select(r => r.Load.P99)).Show("F2"),
                contender.Answers ? Spread.Of(rounds.Select(r => r.AnswersPerSecond)).Show("N0") : "–",
                Spread.Of(rounds.Select(r => r.Processor)).Show("N0"),
                $"{rounds.Sum(r => r.Load.Accepted):N0}/{rounds.Sum(r => r.Load.Busy):N0}");
        }
        var acks = Ratio(results[_bot], results[_bare], r => r.Load.PerSecond);
        var answers = _bolt is null ? null : Ratio(results[_bot], results[_bolt], r => r.AnswersPerSecond);
        Say($"acknowledgements, FestivalOps / bare Kestrel: {acks.Show("F2")}   complete answers, FestivalOps / Bolt: {answers?.Show("F2") ?? "left out"}");
        return (acks, answers);
    }

    private async Task<Spread> SteadyAsync(List<(Contender Who, Child Running)> all)
    {
        Say("");
        Say($"{SteadyRate:N0} commands a second, each at its moment, for {_effort.SteadySeconds} s; latency counted from that moment");
        Row("", "p50 ms", "p99 ms", "longest ms", "accepted/busy");
        Spread? bot = null;
        foreach (var (contender, running) in all)
        {
            var rounds = new List<RoundResult>();
            for (var round = 0; round < _effort.SteadyRounds; round++)
                rounds.Add(await _scene.RoundAsync(contender, running, _effort.SteadySeconds * SteadyRate, _effort.Connections, SteadyRate));
            var p99 = Spread.Of(rounds.Select(r => r.Load.P99));
            Row(
                contender.Name, Spread.Of(rounds.Select(r => r.Load.P50)).Show("F2"), p99.Show("F2"),
                Spread.Of(rounds.Select(r => r.Load.Worst)).Show("F1"), $"{rounds.Sum(r => r.Load.Accepted):N0}/{rounds.Sum(r => r.Load.Busy):N0}");
            bot = p99;
        }
        return bot!;
    }

    private static Spread Ratio(List<RoundResult> ours, List<RoundResult> theirs, Func<RoundResult, double> figure) =>
        Spread.Of(ours.Zip(theirs, (a, b) => figure(a) / figure(b)));

    internal static bool Debugged() =>
        typeof(Comparing).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false).OfType<DebuggableAttribute>().Any(d => d.IsJITOptimizerDisabled);

    private static void Row(params string[] cells) => Say(string.Concat(cells.Select((cell, n) => cell.PadRight(n == 0 ? 14 : 24))).TrimEnd());

    private static void Say(string text) => Console.WriteLine(text);
}
