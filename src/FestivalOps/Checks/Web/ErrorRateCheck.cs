using System.Text.Json;
using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Web;

/// <summary>How many of the visitors' requests end in 5xx, as the platform's Prometheus counts them?</summary>
internal sealed class ErrorRateCheck(FestivalPrometheus prometheus, IOptions<ErrorRateOptions> options) : ICheck
{
    /// <inheritdoc/>
    public string Name => "error-rate";

    /// <inheritdoc/>
    public string Group => "web";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("エラー率", "Error rate");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("5xx で終わったリクエストの割合(5 分)", "share of requests that end in 5xx, over 5 minutes");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => prometheus.IsSetUp ? null : WebTexts.NoPrometheus;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var query = options.Value.Query;
        IReadOnlyList<PrometheusSample> samples;
        try
        {
            samples = await prometheus.QueryAsync(query, ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Measurement.Unknown(WebTexts.PrometheusAway) with { Facts = [new(WebTexts.Query, query)] };
        }
        var found = samples.Count == 0 ? Measurement.Unknown(WebTexts.NoRate)
            // 0 of 0 is no rate at all, and nothing that anyone had to wait for.
            : !double.IsFinite(samples[0].Value) ? Measurement.Ok(WebTexts.NoRequests)
            : Measurement.Judged(samples[0].Value, Unit.Percent, options.Value.Threshold);
        return found with { Facts = [new(WebTexts.Query, query)] };
    }
}
