using System.Globalization;
using FestivalOps.Language;

namespace FestivalOps.Checks.Host;

/// <summary>The figures of the machine that the bot runs on, from Linux' <c>/proc</c> and the file systems.</summary>
internal sealed class LocalHostMetrics(CpuSampler cpu) : IHostMetrics
{
    // What a person can fill up or repair; not proc, tmpfs, squashfs images and container layers.
    private static readonly HashSet<string> RealFileSystems =
        new(["ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "jfs", "nfs", "nfs4", "vfat", "overlay"], StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => OperatingSystem.IsLinux() ? null : HostTexts.NeedsLinux;

    /// <inheritdoc/>
    public string Source => Environment.MachineName;

    /// <inheritdoc/>
    public Task<(double Percent, TimeSpan Over)> CpuAsync(CancellationToken ct) => cpu.MeanAsync(ct);

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

    private static double KiB(string[] lines, string key)
    {
        var line = Array.Find(lines, l => l.StartsWith(key, StringComparison.Ordinal)) ?? throw new NoFigureException(HostTexts.NoMemoryFigure);
        return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
