using System.Globalization;
using FestivalOps.Festival;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Checks.Web;

/// <summary>How long does the application take to answer? The middle one of three requests, so that one slow packet is not an alarm.</summary>
internal sealed class ResponseTimeCheck(FestivalWeb web, IOptions<FestivalOptions> festival, IOptions<ResponseTimeOptions> options) : ICheck
{
    /// <inheritdoc/>
    public string Name => "response-time";

    /// <inheritdoc/>
    public string Group => "web";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("応答時間", "Response time");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("応答にかかる時間(3 回の中央値)", "time to answer, the middle one of three requests");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Critical;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => web.IsSetUp ? null : WebTexts.NoAddress;

    /// <inheritdoc/>
    public string? Target => web.Url(festival.Value.UpPath).ToString();

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var path = festival.Value.UpPath;
        var times = new double[3];
        try
        {
            for (var i = 0; i < times.Length; i++)
                times[i] = (await web.GetAsync(path, ct)).Took.TotalMilliseconds;
        }
        catch (HttpRequestException failure)
        {
            return WebTexts.Unreachable(web.Url(path), failure);
        }
        var all = string.Join(" / ", times.Select(t => t.ToString("0", CultureInfo.InvariantCulture)));
        Array.Sort(times);
        return Measurement.Judged(times[1], Unit.Milliseconds, options.Value.Threshold) with
        {
            Facts = [new(WebTexts.Address, web.Url(path).ToString()), new(WebTexts.ThreeTimes, all + " ms")],
        };
    }
}
