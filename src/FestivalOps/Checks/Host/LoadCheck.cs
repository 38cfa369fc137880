using System.Globalization;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Host;

/// <summary>How much work waits for a processor?</summary>
internal sealed class LoadCheck(IHostMetrics metrics, IOptions<LoadOptions> options) : HostCheck(metrics)
{
    /// <inheritdoc/>
    public override string Name => "load";

    /// <inheritdoc/>
    public override LocalizedText Title { get; } = new("負荷", "Load");

    /// <inheritdoc/>
    public override LocalizedText Summary { get; } = new("コアあたりのロードアベレージ(5 分)", "five-minute load average per core");

    /// <inheritdoc/>
    protected override async Task<Measurement> MeasureAsync(IHostMetrics metrics, CancellationToken ct)
    {
        var load = await metrics.LoadAsync(ct);
        if (load.Cores < 1) return Measurement.Unknown(HostTexts.NoCpuFigure);
        return Measurement.Judged(load.Five / load.Cores, Unit.PerCore, options.Value.Threshold) with
        {
            Facts =
            [
                new(HostTexts.OneMinute, load.One.ToString("0.##", CultureInfo.InvariantCulture)),
                new(HostTexts.FiveMinutes, load.Five.ToString("0.##", CultureInfo.InvariantCulture)),
                new(HostTexts.Cores, load.Cores.ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }
}
