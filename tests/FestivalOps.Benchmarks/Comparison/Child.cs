using System.Diagnostics;
using System.Globalization;

namespace FestivalOps.Benchmarks.Comparison;

/// <summary>A process that we started and end, with everything that it started.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private Child(Process process) => _process = process;

    /// <summary>The last lines that it wrote, to be shown when it failed.</summary>
    public string Said
    {
        get
        {
            lock (_said) return string.Join('\n', _said);
        }
    }

    /// <summary>Resident memory; unit: MB of 1,000,000 bytes.</summary>
    public double ResidentMegabytes => Status("VmRSS:");

    /// <summary>The most that it ever was; unit: MB.</summary>
    public double PeakMegabytes => Status("VmHWM:");

    /// <summary>The part of it that is the program's own, without pages of files that any program shares; unit: MB.</summary>
    public double OwnMegabytes => Status("RssAnon:") + Status("RssShmem:");

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>True once it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a program.</summary>
    public static Child Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        var child = new Child(new Process { StartInfo = start });
        child._process.OutputDataReceived += child.Keep;
        child._process.ErrorDataReceived += child.Keep;
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Starts this program in another mode.</summary>
    public static Child StartSelf(params IEnumerable<string> arguments) => Start(
        Environment.ProcessPath!,
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Child).Assembly.Location, .. arguments] : arguments,
        AppContext.BaseDirectory,
        // Callbacks run where the kernel's events are read: the cheapest that sockets get here.
        new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1", ["DOTNET_gcServer"] = "0" });

    /// <summary>Waits until it ends by itself; gives its exit code.</summary>
    /// <exception cref="TimeoutException">It is still running after <paramref name="atMost"/>.</exception>
    public async Task<int> EndAsync(TimeSpan atMost)
    {
        await _process.WaitForExitAsync().WaitAsync(atMost, TimeProvider.System);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as a service manager does, and waits until it has: a killed bot would tell its people at the next start.</summary>
    /// <exception cref="TimeoutException">It is still running after <paramref name="atMost"/>.</exception>
    public async Task StopAsync(TimeSpan atMost)
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync().WaitAsync(atMost, TimeProvider.System);
    }

    /// <summary>Ends it with SIGKILL, and with it what it started; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private double Status(string field)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_said)
        {
            _said.Enqueue(line.Data);
            if (_said.Count > 20) _said.Dequeue();
        }
    }
}
