using System.Diagnostics;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>How a server is started.</summary>
/// <param name="Program">The path of the program.</param>
/// <param name="Arguments">Its arguments, one by one; no shell reads them.</param>
/// <param name="Folder">Its working directory.</param>
/// <param name="Account">The account it runs under; null is ours.</param>
internal sealed record ServerCommand(string Program, IReadOnlyList<string> Arguments, string Folder, Account? Account);

/// <summary>
/// One running server: in a session of its own, so that Ctrl+C in our terminal is not for it; with a bare environment, so
/// that it never sees our secrets; under guard, so that it never outlives us.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private const int KeptLines = 40;
    private readonly Process process;
    private readonly GuardedProcess guarded;
    private readonly Queue<string> lastLines = new();

    /// <summary>Starts the server.</summary>
    public ServerProcess(ServerCommand command)
    {
        var guard = RunFolder.Current.Guard;
        var start = new ProcessStartInfo("/usr/bin/setsid", [.. command.Account?.Prefix ?? [], command.Program, .. command.Arguments])
        {
            WorkingDirectory = command.Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        guarded = new GuardedProcess(process.Id, ProcessTree.Look(process.Id)?.Started ?? 0);
        guard.Watch(guarded);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The number of its first process.</summary>
    public int Id => process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => process.HasExited;

    /// <summary>Its last 40 lines of output, for the message of an error.</summary>
    public string LastLines
    {
        get
        {
            lock (lastLines) return string.Join('\n', lastLines);
        }
    }

    /// <summary>Asks it to end by the signal; after the patience, or when it was suspended, it is killed with all below it.</summary>
    public async Task StopAsync(PosixSignalNumber signal, TimeSpan patience)
    {
        var tree = ProcessTree.Of(Id);
        if (!HasExited)
        {
            ProcessTree.SignalOne(Id, signal);
            ProcessTree.Signal(Id, PosixSignalNumber.Continue);
            using var limit = new CancellationTokenSource(patience);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                ProcessTree.Suspend(Id);
                ProcessTree.Signal(Id, PosixSignalNumber.Kill);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        // Children of a parent that crashed are nobody's now.
        foreach (var id in tree.Skip(1).Where(id => ProcessTree.Look(id) is not null)) ProcessTree.SignalOne(id, PosixSignalNumber.Kill);
        RunFolder.Current.Guard.Forget(guarded);
    }

    /// <inheritdoc />
    public void Dispose() => process.Dispose();

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (lastLines)
        {
            if (lastLines.Count == KeptLines) lastLines.Dequeue();
            lastLines.Enqueue(line);
        }
    }
}
