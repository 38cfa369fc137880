using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>
/// A companion process that ends the servers we started and removes our temporary folder when this process is gone, even
/// after SIGKILL. There is one for each process; it reads orders from a pipe whose other end only we hold.
/// </summary>
/// <remarks>
/// PR_SET_PDEATHSIG was the alternative and lost: it fires when the starting thread ends (a pool thread may), and it cannot
/// reach the stopped children of a suspended PostgreSQL.
/// </remarks>
internal sealed class ProcessGuard
{
    private readonly Lock gate = new();
    private readonly StreamWriter orders;

    /// <summary>Starts the guard of the folder, which it removes when this process ends.</summary>
    public ProcessGuard(string folder)
    {
        var script = Path.Combine(folder, "guard.sh");
        File.WriteAllText(script, PlatformFiles.Guard);
        var start = new ProcessStartInfo("/usr/bin/setsid", ["/bin/sh", script, folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The process guard did not start.");
        orders = process.StandardInput;
        orders.AutoFlush = true;
    }

    /// <summary>Puts a process and all below it under guard.</summary>
    public void Watch(GuardedProcess process) => Order("watch", process);

    /// <summary>Takes a process that has ended out of guard, because its number may be given to another.</summary>
    public void Forget(GuardedProcess process) => Order("forget", process);

    private void Order(string order, GuardedProcess process)
    {
        lock (gate) orders.WriteLine(FormattableString.Invariant($"{order} {process.Id}:{process.Started}"));
    }
}

/// <summary>A process by its number and its start time in clock ticks since boot, which together are never reused.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GuardedProcess(int Id, ulong Started);
