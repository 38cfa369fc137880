using System.Text.Json;
using FestivalOps.Language;

namespace FestivalOps.Checks.Host;

/// <summary>What the host checks share: their group, their source, and that a figure which isn't there is Unknown.</summary>
internal abstract class HostCheck(IHostMetrics metrics) : ICheck
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public string Group => "host";

    /// <inheritdoc/>
    public abstract LocalizedText Title { get; }

    /// <inheritdoc/>
    public abstract LocalizedText Summary { get; }

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => metrics.NotSetUp;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        try
        {
            var measurement = await MeasureAsync(metrics, ct);
            return measurement with { Facts = [.. measurement.Facts, new(HostTexts.Source, metrics.Source)] };
        }
        catch (NoFigureException failure)
        {
            return Measurement.Unknown(failure.Why);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException)
        {
            return Measurement.Unknown(HostTexts.PrometheusAway);
        }
    }

    /// <summary>Measures with the figures at hand.</summary>
    protected abstract Task<Measurement> MeasureAsync(IHostMetrics metrics, CancellationToken ct);
}
