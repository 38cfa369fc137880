using System.Diagnostics;
using System.Globalization;

namespace FestivalOps.Benchmarks.Block;

/// <summary>Two network namespaces joined by a cable: the server with its firewall, and the attackers with many addresses. They end with it.</summary>
internal sealed class TwoMachines : IAsyncDisposable
{
    /// <summary>The server's address.</summary>
    public const string Server = "10.203.0.1";

    /// <summary>Where it receives.</summary>
    public const int Port = 4711;

    private readonly string _server = string.Create(CultureInfo.InvariantCulture, $"fopss{Environment.ProcessId}");
    private readonly string _attackers = string.Create(CultureInfo.InvariantCulture, $"fopsa{Environment.ProcessId}");
    private Process? _sends;
    private Process? _receives;

    /// <summary>An attacker's address, by number from 0.</summary>
    public static string Attacker(int number) => string.Create(CultureInfo.InvariantCulture, $"10.203.{1 + number / 250}.{1 + number % 250}");

    /// <summary>Makes them.</summary>
    public static async Task<TwoMachines> MakeAsync(int attackers)
    {
        var machines = new TwoMachines();
        await IpAsync("netns", "add", machines._server);
        await IpAsync("netns", "add", machines._attackers);
        await IpAsync("link", "add", "fops0", "netns", machines._server, "type", "veth", "peer", "name", "fops1", "netns", machines._attackers);
        await IpAsync("-n", machines._server, "addr", "add", Server + "/16", "dev", "fops0");
        foreach (var (name, device) in new[] { (machines._server, "fops0"), (machines._attackers, "fops1") })
        {
            await IpAsync("-n", name, "link", "set", "lo", "up");
            await IpAsync("-n", name, "link", "set", device, "up");
        }
        for (var number = 0; number < attackers; number++) await IpAsync("-n", machines._attackers, "addr", "add", Attacker(number) + "/16", "dev", "fops1");
        machines._receives = machines.Start(machines._server, ["packets-receive", Port.ToString(CultureInfo.InvariantCulture)]);
        machines._sends = machines.Start(machines._attackers, ["packets-send"]);
        await machines._receives.StandardOutput.ReadLineAsync();
        return machines;
    }

    /// <summary>Program and arguments as they run on the server.</summary>
    public (string Program, string[] Arguments) OnServer(params string[] words) => ("/usr/sbin/ip", ["netns", "exec", _server, .. words]);

    /// <summary>Lets an attacker send for a time while <paramref name="act"/> happens; milliseconds from what it returns to the last packet that came through.</summary>
    public async Task<double> LastPacketAfterAsync(int attacker, TimeSpan time, Func<Task<long>> act)
    {
        await _sends!.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Attacker(attacker)} {Server} {Port} {time.TotalMilliseconds:F0}"));
        await _sends.StandardInput.FlushAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None);
        var from = await act();
        await _sends.StandardOutput.ReadLineAsync();
        var end = Stopwatch.GetTimestamp();
        await _receives!.StandardInput.WriteLineAsync(Attacker(attacker));
        await _receives.StandardInput.FlushAsync();
        var last = long.Parse((await _receives.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        if (last == 0) throw new InvalidOperationException($"No packet of {Attacker(attacker)} came through at all.");
        // It sent to the end: nobody stopped it.
        return Stopwatch.GetElapsedTime(last, end) < TimeSpan.FromMilliseconds(50) ? double.PositiveInfinity : Math.Max(0, Stopwatch.GetElapsedTime(from, last).TotalMilliseconds);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { _sends, _receives })
        {
            if (process is null) continue;
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
        await IpAsync("netns", "del", _server);
        await IpAsync("netns", "del", _attackers);
    }

    private Process Start(string name, string[] mode)
    {
        string[] self = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.ProcessPath!, typeof(TwoMachines).Assembly.Location] : [Environment.ProcessPath!];
        return Process.Start(new ProcessStartInfo("/usr/sbin/ip", ["netns", "exec", name, .. self, .. mode]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    private static async Task IpAsync(params string[] words)
    {
        using var ip = Process.Start(new ProcessStartInfo("/usr/sbin/ip", words) { UseShellExecute = false, RedirectStandardError = true })!;
        var said = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        if (ip.ExitCode != 0) throw new InvalidOperationException($"ip {string.Join(' ', words)}: {said.Trim()}");
    }
}
