using System.Data.Common;
using System.Globalization;
using FestivalOps.Checks.History;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Storage;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Web;

/// <summary>How much of the time did the application answer? Counted from our own kept results of <c>/up</c>.</summary>
internal sealed class AvailabilityCheck(
    FestivalWeb web, HealthHistory history, IOptions<AvailabilityOptions> options, IOptions<ChecksOptions> run, TimeProvider time) : ICheck
{
    /// <inheritdoc/>
    public string Name => "availability";

    /// <inheritdoc/>
    public string Group => "web";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("API 稼働率", "API availability");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("/up が応答した割合", "share of the measurements in which /up answered");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => !web.IsSetUp ? WebTexts.NoAddress : run.Value.EverySeconds == 0 ? WebTexts.NeverMeasured : null;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var window = TimeSpan.FromHours(options.Value.WindowHours);
        IReadOnlyDictionary<CheckStatus, int> counts;
        try
        {
            counts = await history.CountAsync("up", time.GetUtcNow() - window, ct);
        }
        catch (Exception failure) when (failure is StoreNotReadyException or DbException && !ct.IsCancellationRequested)
        {
            return Measurement.Unknown(WebTexts.StoreAway);
        }
        // Unknown is when we could not look: it says nothing about the application.
        var answered = counts.GetValueOrDefault(CheckStatus.Ok);
        var measured = answered + counts.GetValueOrDefault(CheckStatus.Critical);
        Fact[] facts =
        [
            new(WebTexts.Answered, string.Create(CultureInfo.InvariantCulture, $"{answered} / {measured}")),
            new(WebTexts.Window, string.Create(CultureInfo.InvariantCulture, $"{window.TotalHours:0} h")),
        ];
        return measured < options.Value.MinMeasurements
            ? Measurement.NotJudged(WebTexts.TooFew(measured, options.Value.MinMeasurements), Unit.FinePercent, options.Value.Threshold) with { Facts = facts }
            : Measurement.Judged(100.0 * answered / measured, Unit.FinePercent, options.Value.Threshold) with { Facts = facts };
    }
}
