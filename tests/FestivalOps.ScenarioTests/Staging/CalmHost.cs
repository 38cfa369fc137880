using FestivalOps.Checks.Host;
using FestivalOps.Language;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>A server on an ordinary day with one disk that fills up: the figures of the pictures.</summary>
internal sealed class CalmHost : IHostMetrics
{
    private const double GiB = 1L << 30;

    public LocalizedText? NotSetUp => null;

    public string Source => "festival-app-1";

    public Task<(double Percent, TimeSpan Over)> CpuAsync(CancellationToken ct) => Task.FromResult((23.0, TimeSpan.FromMinutes(1)));

    public Task<MemoryUse> MemoryAsync(CancellationToken ct) => Task.FromResult(new MemoryUse(16 * GiB, 6.4 * GiB));

    public Task<IReadOnlyList<DiskUse>> DisksAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<DiskUse>>([new("/var", 84, 16 * GiB), new("/", 41, 23.6 * GiB)]);

    public Task<LoadAverage> LoadAsync(CancellationToken ct) => Task.FromResult(new LoadAverage(1.1, 0.9, 4));
}
