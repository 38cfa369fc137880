using System.Text.Json;
using FestivalOps.Language;
using Microsoft.Extensions.Options;

namespace FestivalOps.Festival;

/// <summary>Something that Prometheus reads.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Instance">Which of the job's.</param>
/// <param name="IsUp">The last read succeeded.</param>
/// <param name="Error">Why it did not, one line; foreign text.</param>
internal sealed record PrometheusTarget(string Job, string Instance, bool IsUp, string Error);

/// <summary>A rule that Prometheus has loaded.</summary>
/// <param name="Name">Name of the alert.</param>
/// <param name="IsHealthy">It could be evaluated, or was not yet.</param>
/// <param name="Error">Why it could not, one line; foreign text.</param>
internal sealed record PrometheusLoadedRule(string Name, bool IsHealthy, string Error);

/// <summary>What the platform's Prometheus reads and which rules it has.</summary>
internal sealed class PrometheusState(IHttpClientFactory clients, IOptions<FestivalOptions> options)
{
    private const int LongestError = 200;

    /// <summary>True when an address is set.</summary>
    public bool IsSetUp => options.Value.Prometheus is not null;

    /// <summary>Its targets; those that its own rules drop are left out.</summary>
    /// <exception cref="HttpRequestException">It can't be reached, or said more than 1 MiB.</exception>
    /// <exception cref="JsonException">It answered something else than Prometheus does.</exception>
    public async Task<IReadOnlyList<PrometheusTarget>> TargetsAsync(CancellationToken ct)
    {
        var data = await AskAsync("/api/v1/targets?state=active", ct);
        return [.. List(data, "activeTargets").Select(t =>
        {
            var labels = t.TryGetProperty("labels", out var l) ? l : default;
            return new PrometheusTarget(Text(labels, "job"), Text(labels, "instance"), Text(t, "health") == "up", Text(t, "lastError"));
        })];
    }

    /// <summary>Its alerting rules.</summary>
    /// <exception cref="HttpRequestException">It can't be reached, or said more than 1 MiB.</exception>
    /// <exception cref="JsonException">It answered something else than Prometheus does.</exception>
    public async Task<IReadOnlyList<PrometheusLoadedRule>> RulesAsync(CancellationToken ct)
    {
        var data = await AskAsync("/api/v1/rules?type=alert", ct);
        return [.. List(data, "groups").SelectMany(g => List(g, "rules")).Select(r => new PrometheusLoadedRule(Text(r, "name"), Text(r, "health") is "ok" or "unknown", Text(r, "lastError")))];
    }

    private async Task<JsonElement> AskAsync(string path, CancellationToken ct)
    {
        using var client = clients.CreateClient(FestivalPrometheus.ClientName);
        using var response = await client.GetAsync(new Uri(options.Value.Prometheus!, path), ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        return answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("data", out var data) ? data : throw new JsonException("There is no data in it.");
    }

    private static List<JsonElement> List(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement element, string name) => ForeignText.OneLine(
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : "", LongestError);
}
