using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Host;

/// <summary>How full is the memory?</summary>
internal sealed class MemoryCheck(IHostMetrics metrics, IOptions<MemoryOptions> options) : HostCheck(metrics)
{
    /// <inheritdoc/>
    public override string Name => "memory";

    /// <inheritdoc/>
    public override LocalizedText Title { get; } = new("メモリ", "Memory");

    /// <inheritdoc/>
    public override LocalizedText Summary { get; } = new("メモリ使用率", "memory in use");

    /// <inheritdoc/>
    protected override async Task<Measurement> MeasureAsync(IHostMetrics metrics, CancellationToken ct)
    {
        var memory = await metrics.MemoryAsync(ct);
        return Measurement.Judged(100 * (1 - (memory.AvailableBytes / memory.TotalBytes)), Unit.Percent, options.Value.Threshold) with
        {
            Facts = [new(HostTexts.Total, UnitText.Bytes(memory.TotalBytes)), new(HostTexts.Available, UnitText.Bytes(memory.AvailableBytes))],
        };
    }
}
