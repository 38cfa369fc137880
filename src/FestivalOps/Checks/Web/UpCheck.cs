using FestivalOps.Festival;
using FestivalOps.Language;

namespace FestivalOps.Checks.Web;

/// <summary>Does the application answer 200 on its boot check (guideline, 朝のシステムチェック)?</summary>
internal sealed class UpCheck(FestivalWeb web, Microsoft.Extensions.Options.IOptions<FestivalOptions> options) : ICheck
{
    /// <inheritdoc/>
    public string Name => "up";

    /// <inheritdoc/>
    public string Group => "web";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("Web アプリ", "Web application");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("/up が 200 を返すか", "does /up answer 200");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Critical;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => web.IsSetUp ? null : WebTexts.NoAddress;

    /// <inheritdoc/>
    public string? Target => web.Url(options.Value.UpPath).ToString();

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var path = options.Value.UpPath;
        try
        {
            var answer = await web.GetAsync(path, ct);
            Fact[] facts = [new(WebTexts.Address, answer.Url.ToString()), new(WebTexts.StatusCode, $"{answer.StatusCode}")];
            return answer.StatusCode == 200
                ? Measurement.Ok(WebTexts.Answers(path, answer.Took)) with { Facts = facts }
                : Measurement.Critical(WebTexts.WrongStatus(path, answer.StatusCode)) with { Facts = facts };
        }
        catch (HttpRequestException failure)
        {
            return WebTexts.Unreachable(web.Url(path), failure);
        }
    }
}
