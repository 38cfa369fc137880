using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Host;

/// <summary>How full is the fullest disk?</summary>
internal sealed class DiskCheck(IHostMetrics metrics, IOptions<DiskOptions> options) : HostCheck(metrics)
{
    /// <inheritdoc/>
    public override string Name => "disk";

    /// <inheritdoc/>
    public override LocalizedText Title { get; } = new("ディスク", "Disk");

    /// <inheritdoc/>
    public override LocalizedText Summary { get; } = new("最も埋まっているディスクの使用率", "use of the fullest disk");

    /// <inheritdoc/>
    protected override async Task<Measurement> MeasureAsync(IHostMetrics metrics, CancellationToken ct)
    {
        var disks = await metrics.DisksAsync(ct);
        return Measurement.Judged(disks[0].UsedPercent, Unit.Percent, options.Value.Threshold, disks[0].Mount) with
        {
            Facts =
            [
                .. disks.Take(10).Select(d => new Fact(
                    new($"{d.Mount} の空き", $"Free on {d.Mount}"), $"{UnitText.Bytes(d.FreeBytes)} ({Unit.Percent.Format(100 - d.UsedPercent).En})")),
            ],
        };
    }
}
