using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace FestivalOps.Festival;

/// <summary>One sample of an instant query.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value; may be NaN.</param>
internal sealed record PrometheusSample(IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>The platform's Prometheus, asked by instant query.</summary>
internal sealed class FestivalPrometheus(IHttpClientFactory clients, IOptions<FestivalOptions> options)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "festival-prometheus";

    /// <summary>True when an address is set.</summary>
    public bool IsSetUp => options.Value.Prometheus is not null;

    /// <summary>Runs an instant query; an empty list means that Prometheus has no such series now.</summary>
    /// <exception cref="HttpRequestException">It can't be reached, or it refused the query.</exception>
    /// <exception cref="JsonException">It answered something else than Prometheus does.</exception>
    public Task<IReadOnlyList<PrometheusSample>> QueryAsync(string query, CancellationToken ct) => AskAsync([new("query", query)], ct);

    /// <summary>The same as it was at a moment, as far back as Prometheus remembers.</summary>
    /// <exception cref="HttpRequestException">It can't be reached, or it refused the query.</exception>
    /// <exception cref="JsonException">It answered something else than Prometheus does.</exception>
    public Task<IReadOnlyList<PrometheusSample>> QueryAsync(string query, DateTimeOffset at, CancellationToken ct) =>
        AskAsync([new("query", query), new("time", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))], ct);

    private async Task<IReadOnlyList<PrometheusSample>> AskAsync(IEnumerable<KeyValuePair<string, string>> question, CancellationToken ct)
    {
        using var client = clients.CreateClient(ClientName);
        var url = new Uri(options.Value.Prometheus!, "/api/v1/query");
        using var form = new FormUrlEncodedContent(question);
        using var response = await client.PostAsync(url, form, ct);
        response.EnsureSuccessStatusCode();
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(ct);
        var result = answer.GetProperty("data").GetProperty("result");
        return [.. result.EnumerateArray().Select(Sample)];
    }

    private static PrometheusSample Sample(JsonElement sample) => new(
        sample.GetProperty("metric").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal),
        double.Parse(sample.GetProperty("value")[1].GetString() ?? "NaN", CultureInfo.InvariantCulture));
}
