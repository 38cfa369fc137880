using System.Runtime.InteropServices;

namespace FestivalOps;

/// <summary>
/// Gives memory back to the operating system when the bot has nothing to do. The bot shares its machine with the platform, and nobody does
/// it unasked: the runtime first collects when its budget of tens of megabytes is used, which takes an idling bot hours, and the C library
/// keeps what compiling at the start needed.
/// </summary>
internal sealed class IdleMemory(TimeProvider time, Func<long> allocated, Action giveBack) : BackgroundService
{
    /// <summary>Pause between two looks: 10 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>What may be allocated between two looks by a bot that idles: outbox, ladder and clock look about for work each second. Unit: bytes.</summary>
    public const long Idling = 5_000_000;

    /// <summary>What must have been allocated since the last time. An idling bot needs a minute or two for it. Unit: bytes.</summary>
    public const long Worthwhile = 8_000_000;

    private long _seen;
    private long _given;

    /// <summary>For this process.</summary>
    public IdleMemory(TimeProvider time) : this(time, () => GC.GetTotalAllocatedBytes(), GiveBack)
    {
    }

    /// <summary>Gives back what can be had, if the bot has idled since the last look.</summary>
    public void Look()
    {
        var now = allocated();
        if (now - _seen < Idling && now - _given >= Worthwhile)
        {
            giveBack();
            _given = now;
        }
        _seen = now;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
    }

    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = malloc_trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library than glibc: it gives back what it wants to.
        }
    }

    [DllImport("libc", ExactSpelling = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int malloc_trim(nint keep);
}
