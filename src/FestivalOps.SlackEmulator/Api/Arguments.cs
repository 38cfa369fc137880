using System.Net.Http.Headers;
using System.Text.Json;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>What came with a request: arguments, token, and the warnings that the way of sending earns.</summary>
internal sealed record Arguments(Dictionary<string, JsonElement> Values, string? Token, bool TokenInUrl, bool IsJson, IReadOnlyList<string> Warnings)
{
    private const int MaxBody = 4 * 1024 * 1024;

    public static async Task<Arguments> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var warnings = new List<string>();
        var isJson = false;
        foreach (var (key, value) in request.Query)
            values[key] = Text(value.ToString());
        var tokenInUrl = values.Remove("token");
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed : null;
        if (string.Equals(type?.MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            isJson = true;
            if (string.IsNullOrEmpty(type!.CharSet))
                warnings.Add("missing_charset");
            await ReadJsonAsync(request, values, cancel);
        }
        else if (request.HasFormContentType)
        {
            await ReadFormAsync(request, values, cancel);
        }
        else if (request.ContentLength > 0)
        {
            throw new Refusal(type is null ? "missing_post_type" : "invalid_post_type");
        }
        return new Arguments(values, TokenOf(request, values), tokenInUrl, isJson, warnings);
    }

    private static string? TokenOf(HttpRequest request, Dictionary<string, JsonElement> values)
    {
        // Slack also takes the token as a form field.
        var inForm = values.Remove("token", out var field) ? field.ToString() : null;
        return AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter : inForm;
    }

    private static async Task ReadFormAsync(HttpRequest request, Dictionary<string, JsonElement> values, CancellationToken cancel)
    {
        try
        {
            foreach (var (key, value) in await request.ReadFormAsync(cancel))
                values[key] = Text(value.ToString());
        }
        catch (InvalidDataException)
        {
            throw new Refusal("invalid_form_data");
        }
    }

    private static async Task ReadJsonAsync(HttpRequest request, Dictionary<string, JsonElement> values, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancel);
        if (buffer.Length is 0 or > MaxBody)
            return;
        try
        {
            buffer.Position = 0;
            using var document = await JsonDocument.ParseAsync(buffer, default, cancel);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new Refusal("json_not_object");
            foreach (var property in document.RootElement.EnumerateObject())
                values[property.Name] = property.Value.Clone();
        }
        catch (JsonException)
        {
            throw new Refusal("invalid_json");
        }
    }

    private static JsonElement Text(string value) => JsonSerializer.SerializeToElement(value);
}
