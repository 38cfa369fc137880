using System.Globalization;

namespace FestivalOps.Checks.Host;

/// <summary>
/// Reads the processor's counters every few seconds, so that "in use" is the mean of the last minute. A look of a quarter of a second at
/// the moment of the question would mostly measure the question.
/// </summary>
internal sealed class CpuSampler(TimeProvider time) : BackgroundService
{
    /// <summary>How often the counters are read: every 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>What the mean reaches back to: 1 minute.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Lock _guard = new();
    private readonly Queue<Sample> _samples = new();

    /// <summary>The mean use in percent, and the span that it is the mean of: up to a minute, at least a second.</summary>
    /// <exception cref="NoFigureException">The system has no such counters.</exception>
    public async Task<(double Percent, TimeSpan Over)> MeanAsync(CancellationToken ct)
    {
        var now = await ReadAsync(ct);
        var before = Oldest();
        if (before is null || now.At - before.At < Shortest)
        {
            before = now;
            await Task.Delay(Shortest, time, ct);
            now = await ReadAsync(ct);
        }
        var all = now.Total - before.Total;
        // No tick passed: nothing was measured, and 0 would be a lie.
        if (all <= 0) throw new NoFigureException(HostTexts.NoCpuFigure);
        return (Math.Clamp(100.0 * (all - (now.Idle - before.Idle)) / all, 0, 100), now.At - before.At);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            var sample = await ReadAsync(stoppingToken);
            lock (_guard)
            {
                _samples.Enqueue(sample);
                while (sample.At - _samples.Peek().At > Window) _samples.Dequeue();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Sample? Oldest()
    {
        lock (_guard) return _samples.TryPeek(out var oldest) ? oldest : null;
    }

    // "cpu  user nice system idle iowait irq softirq steal …": waiting for a disk is idle time of the processor.
    private async Task<Sample> ReadAsync(CancellationToken ct)
    {
        using var reader = new StreamReader("/proc/stat");
        var line = await reader.ReadLineAsync(ct) ?? "";
        var ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(t => double.Parse(t, CultureInfo.InvariantCulture)).ToArray();
        return ticks.Length < 5 ? throw new NoFigureException(HostTexts.NoCpuFigure) : new(time.GetUtcNow(), ticks.Sum(), ticks[3] + ticks[4]);
    }

    private sealed record Sample(DateTimeOffset At, double Total, double Idle);
}
