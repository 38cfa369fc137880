using System.Diagnostics;
using FestivalOps.Demo.SamplePlatform.Local;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>One of our programs as a process of its own, as a service manager or a person starts it.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> output = [];
    private readonly List<string> errors = [];

    /// <summary>Starts the built program with these arguments, without any setting of the tests' own environment.</summary>
    public RunningProgram(string name, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            WorkingDirectory = RunFolder.Current.Create("program"),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("FOPS_", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(key);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public string Output => Text(output);

    public string Errors => Text(errors);

    /// <summary>Whether it was started by something that ignores Ctrl+C, as shells do for what runs in the background.</summary>
    public bool IgnoresInterrupt
    {
        get
        {
            var ignored = File.ReadLines($"/proc/{Id}/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
            return (Convert.ToUInt64(ignored.Trim(), 16) & 0b10) != 0;
        }
    }

    public void Signal(PosixSignalNumber signal) => ProcessTree.SignalOne(Id, signal);

    /// <summary>Waits for its end.</summary>
    public async Task<int> EndsAsync()
    {
        await Soon.TrueAsync(() => process.HasExited, "the program ends", () => Output + Errors);
        // The streams are read to their end, too.
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        process.Dispose();
    }

    private void Keep(List<string> lines, string? line)
    {
        if (line is null) return;
        lock (gate) lines.Add(line);
    }

    private string Text(List<string> lines)
    {
        lock (gate) return string.Join('\n', lines);
    }
}
