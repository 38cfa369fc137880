using System.Globalization;
using System.Runtime.InteropServices;

namespace FestivalOps.Demo.SamplePlatform.Local;

/// <summary>Signals to a process and to all that it started, by Linux's /proc.</summary>
internal static class ProcessTree
{
    /// <summary>The process and its living descendants, parents before children; empty when it is gone.</summary>
    public static IReadOnlyList<int> Of(int root)
    {
        if (Look(root) is null) return [];
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Stat: Look(id)))
            .Where(process => process.Stat is not null)
            .ToLookup(process => process.Stat!.Value.Parent, process => process.Id);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++) tree.AddRange(children[tree[i]]);
        return tree;
    }

    /// <summary>Sends a signal to the process and all below it; what has ended meanwhile is passed over.</summary>
    public static void Signal(int root, PosixSignalNumber signal)
    {
        foreach (var id in Of(root)) SignalOne(id, signal);
    }

    /// <summary>Asks the process and all below it to stand still. The parent first: stopped, it starts no more children.</summary>
    public static void Suspend(int root)
    {
        SignalOne(root, PosixSignalNumber.Stop);
        Signal(root, PosixSignalNumber.Stop);
    }

    /// <summary>Sends a signal to one process; nothing happens when it has ended meanwhile.</summary>
    /// <exception cref="InvalidOperationException">The signal is not permitted.</exception>
    public static void SignalOne(int id, PosixSignalNumber signal)
    {
        const int noSuchProcess = 3;
        if (Kill(id, (int)signal) == 0) return;
        var error = Marshal.GetLastPInvokeError();
        if (error != noSuchProcess)
            throw new InvalidOperationException($"Signal {signal} to process {id}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>What /proc/ID/stat tells about a process; null when there is none (a zombie counts as gone).</summary>
    public static ProcessFacts? Look(int id)
    {
        string text;
        try
        {
            text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        }
        catch (IOException)
        {
            return null; // ended: that is the answer
        }

        // The name in brackets may hold anything, so count from the last bracket: state is field 3, parent 4, start time 22.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        if (fields[0] is "Z" or "X") return null;
        return new ProcessFacts(
            fields[0][0],
            int.Parse(fields[1], CultureInfo.InvariantCulture),
            ulong.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int id, int signal);
}

/// <summary>A line of /proc: the state letter (T is stopped), the parent's number, the start in clock ticks since boot.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProcessFacts(char State, int Parent, ulong Started)
{
    /// <summary>Whether it stands still after SIGSTOP.</summary>
    public bool IsStopped => State == 'T';
}

/// <summary>Signals by their Linux numbers (x86-64 and arm64).</summary>
internal enum PosixSignalNumber
{
    /// <summary>Asks politely: PostgreSQL ends its sessions and stops.</summary>
    Interrupt = 2,

    /// <summary>Ends at once.</summary>
    Kill = 9,

    /// <summary>Asks to end.</summary>
    Terminate = 15,

    /// <summary>Goes on after <see cref="Stop"/>.</summary>
    Continue = 18,

    /// <summary>Stands still: connections stay open, nothing answers.</summary>
    Stop = 19,
}
