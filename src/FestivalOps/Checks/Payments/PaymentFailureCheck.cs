using System.Globalization;
using FestivalOps.Checks.Database;
using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Checks.Payments;

/// <summary>How many of the payments that ended lately failed?</summary>
internal sealed class PaymentFailureCheck(
    FestivalDatabase database, IOptions<PaymentFailureOptions> options, IOptions<LanguageOptions> languages, TimeProvider time) : ICheck
{
    /// <inheritdoc/>
    public string Name => "payment-failures";

    /// <inheritdoc/>
    public string Group => "payments";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("決済失敗率", "Failed payments");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("完了・失敗した決済のうち失敗の割合", "share of the ended payments that failed");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Unknown;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => database.IsSetUp ? null : DatabaseTexts.NotSetUp;

    /// <inheritdoc/>
    public string? Target => database.Place;

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var settings = options.Value;
        var since = time.GetUtcNow() - TimeSpan.FromHours(settings.WindowHours);
        PaymentCount count;
        try
        {
            count = await database.CountPaymentsAsync(since, ct);
        }
        catch (NpgsqlException failure) when (!ct.IsCancellationRequested)
        {
            return Measurement.Unknown(PaymentTexts.Why(failure));
        }
        var found = count.Ended == 0 ? Measurement.NotJudged(PaymentTexts.None(settings.WindowHours), Unit.Percent, settings.Threshold)
            : count.Ended < settings.MinPayments ? Measurement.NotJudged(PaymentTexts.TooFew(count.Failed, count.Ended, settings.MinPayments), Unit.Percent, settings.Threshold)
            : Measurement.Judged(100.0 * count.Failed / count.Ended, Unit.Percent, settings.Threshold, $"{count.Failed} / {count.Ended}");
        return found with
        {
            Facts =
            [
                new(PaymentTexts.Failed, count.Failed.ToString(CultureInfo.InvariantCulture)),
                new(PaymentTexts.Ended, count.Ended.ToString(CultureInfo.InvariantCulture)),
                new(PaymentTexts.Since, SpokenTime.Stamp(since, languages.Value.GetZone())),
            ],
        };
    }
}
