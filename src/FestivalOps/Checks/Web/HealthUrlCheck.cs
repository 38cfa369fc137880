using System.Text.Json;
using FestivalOps.Festival;
using FestivalOps.Language;

namespace FestivalOps.Checks.Web;

/// <summary>What does the application say about its own parts: database, Redis, disk?</summary>
internal sealed class HealthUrlCheck(FestivalWeb web, Microsoft.Extensions.Options.IOptions<FestivalOptions> options) : ICheck
{
    private static readonly string[] Parts = ["database", "redis", "disk"];

    /// <inheritdoc/>
    public string Name => "health-url";

    /// <inheritdoc/>
    public string Group => "web";

    /// <inheritdoc/>
    public LocalizedText Title { get; } = new("アプリの自己診断", "Application's own health");

    /// <inheritdoc/>
    public LocalizedText Summary { get; } = new("アプリ自身がデータベース・Redis・ディスクを正常と答えるか", "does the application call its database, Redis and disk healthy");

    /// <inheritdoc/>
    public CheckStatus WhenSilent => CheckStatus.Critical;

    /// <inheritdoc/>
    public LocalizedText? NotSetUp => web.IsSetUp ? null : WebTexts.NoAddress;

    /// <inheritdoc/>
    public string? Target => web.Url(options.Value.HealthPath).ToString();

    /// <inheritdoc/>
    public async Task<Measurement> MeasureAsync(CancellationToken ct)
    {
        var path = options.Value.HealthPath;
        WebAnswer answer;
        try
        {
            answer = await web.GetAsync(path, ct);
        }
        catch (HttpRequestException failure)
        {
            return WebTexts.Unreachable(web.Url(path), failure);
        }

        var parts = Read(answer.Body);
        List<Fact> facts = [new(WebTexts.Address, answer.Url.ToString()), new(WebTexts.StatusCode, $"{answer.StatusCode}")];
        facts.AddRange(parts.Select(p => new Fact(LocalizedText.Same(p.Key), p.Value)));
        return Judge(path, answer, parts) with { Facts = facts };
    }

    private static Measurement Judge(string path, WebAnswer answer, Dictionary<string, string> parts)
    {
        if (answer.StatusCode == 404) return Measurement.Unknown(WebTexts.NoSuchHealthUrl(path));
        if (answer.StatusCode is not (200 or 503)) return Measurement.Critical(WebTexts.WrongStatus(path, answer.StatusCode));
        var broken = parts.Where(p => Parts.Contains(p.Key) && !IsFine(p.Value)).Select(p => p.Key).ToList();
        var says = broken.Count > 0 ? WebTexts.PartsBroken(string.Join(", ", broken)) : WebTexts.WrongStatus(path, answer.StatusCode);
        if (answer.StatusCode == 503) return Measurement.Critical(says);
        // The application itself answers 200: it works, and one of its parts is not as it should be.
        if (broken.Count > 0) return Measurement.Warning(says);
        return parts.Count == 0 ? Measurement.Unknown(WebTexts.NotJson(path)) : Measurement.Ok(WebTexts.Answers(path, answer.Took));
    }

    // The application writes a word, true/false, or an object with a "status", depending on its version.
    private static Dictionary<string, string> Read(ReadOnlyMemory<byte> body)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(body, new() { MaxDepth = 8 });
            if (json.RootElement.ValueKind != JsonValueKind.Object) return parts;
            foreach (var property in json.RootElement.EnumerateObject().Take(30))
            {
                var value = property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("status", out var status)
                    ? status
                    : property.Value;
                parts[ForeignText.OneLine(property.Name, 40)] = ForeignText.OneLine(value.ToString(), 200);
            }
        }
        catch (JsonException)
        {
            // An empty list of parts is what the caller reports as "not the JSON that was expected".
            parts.Clear();
        }
        return parts;
    }

    private static bool IsFine(string value) =>
        value.ToLowerInvariant() is "ok" or "healthy" or "true" or "up" or "connected" or "pass" or "not_configured";
}
