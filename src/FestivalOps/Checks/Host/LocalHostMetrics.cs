using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Checks.Host;

/// <summary>The figures of the machine that the bot runs on, from Linux' <c>/proc</c> and the file systems.</summary>
internal sealed class LocalHostMetrics(TimeProvider time) : IHostMetrics
{
    // What a person can fill up or repair; not proc, tmpfs, squashfs images and container layers.
    private static readonly HashSet<string> RealFileSystems =
        new(["ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "nfs", "nfs4", "vfat", "overlay"], StringComparer.OrdinalIgnoreCase);

    private static readonly TimeSpan CpuWindow = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => OperatingSystem.IsLinux() ? null : HostTexts.NeedsLinux;

    /// <inheritdoc/>
    public string Source => Environment.MachineName;

    /// <inheritdoc/>
    public async Task<double> CpuPercentAsync(CancellationToken ct)
    {
        var before = await ReadCpuAsync(ct);
        await Task.Delay(CpuWindow, time, ct);
        var after = await ReadCpuAsync(ct);
        var all = after.Total - before.Total;
        // No tick passed: nothing was measured, and 0 would be a lie.
        return all <= 0 ? throw new NoFigureException(HostTexts.NoCpuFigure) : 100.0 * (all - (after.Idle - before.Idle)) / all;
    }

    /// <inheritdoc/>
    public async Task<MemoryUse> MemoryAsync(CancellationToken ct)
    {
        var lines = await File.ReadAllLinesAsync("/proc/meminfo", ct);
        return new(KiB(lines, "MemTotal:"), KiB(lines, "MemAvailable:"));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DiskUse>> DisksAsync(CancellationToken ct)
    {
        // Blocking system calls: a dead network mount would hang the caller's thread.
        return Task.Run<IReadOnlyList<DiskUse>>(
            () =>
            {
                var disks = DriveInfo.GetDrives()
                    .Where(d => d.IsReady && RealFileSystems.Contains(d.DriveFormat) && d.TotalSize > 0)
                    .Select(Use)
                    .OrderByDescending(d => d.UsedPercent)
                    .DistinctBy(d => (d.UsedPercent, d.FreeBytes))
                    .ToList();
                return disks.Count > 0 ? disks : throw new NoFigureException(HostTexts.NoDiskFigure);
            },
            ct);
    }

    /// <inheritdoc/>
    public async Task<LoadAverage> LoadAsync(CancellationToken ct)
    {
        var words = (await File.ReadAllTextAsync("/proc/loadavg", ct)).Split(' ');
        return new(Number(words[0]), Number(words[1]), Environment.ProcessorCount);
    }

    private static DiskUse Use(DriveInfo drive)
    {
        double used = drive.TotalSize - drive.TotalFreeSpace;
        var usable = used + drive.AvailableFreeSpace;
        return new(drive.Name, usable > 0 ? 100 * used / usable : 100, drive.AvailableFreeSpace);
    }

    // "cpu  user nice system idle iowait irq softirq steal …": waiting for a disk is idle time of the processor.
    private static async Task<(double Total, double Idle)> ReadCpuAsync(CancellationToken ct)
    {
        using var reader = new StreamReader("/proc/stat");
        var line = await reader.ReadLineAsync(ct) ?? "";
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number).ToArray();
        return ticks.Length < 5 ? throw new NoFigureException(HostTexts.NoCpuFigure) : (ticks.Sum(), ticks[3] + ticks[4]);
    }

    private static double KiB(string[] lines, string key)
    {
        var line = Array.Find(lines, l => l.StartsWith(key, StringComparison.Ordinal)) ?? throw new NoFigureException(HostTexts.NoMemoryFigure);
        return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
