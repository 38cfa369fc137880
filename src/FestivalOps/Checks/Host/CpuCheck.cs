using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Host;

/// <summary>How busy are the processors?</summary>
internal sealed class CpuCheck(IHostMetrics metrics, IOptions<CpuOptions> options) : HostCheck(metrics)
{
    /// <inheritdoc/>
    public override string Name => "cpu";

    /// <inheritdoc/>
    public override LocalizedText Title { get; } = LocalizedText.Same("CPU");

    /// <inheritdoc/>
    public override LocalizedText Summary { get; } = new("CPU 使用率", "processor time in use");

    /// <inheritdoc/>
    protected override async Task<Measurement> MeasureAsync(IHostMetrics metrics, CancellationToken ct)
    {
        var (percent, over) = await metrics.CpuAsync(ct);
        return Measurement.Judged(percent, Unit.Percent, options.Value.Threshold) with { Facts = [new(HostTexts.MeanOver, $"{over.TotalSeconds:0} s")] };
    }
}
