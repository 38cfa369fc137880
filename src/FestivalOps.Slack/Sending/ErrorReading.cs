using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

internal static class ErrorReading
{
    // Slack's error answers are small; whatever is larger is not worth keeping in an exception.
    private const int Facts = 20;

    public static ErrorResponse Read(JsonElement root)
    {
        var response = new ErrorResponse { Error = RawJson.Text(root, "error") ?? "unknown", Warning = RawJson.Text(root, "warning") };
        if (root.TryGetProperty("response_metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array)
        {
            foreach (var message in messages.EnumerateArray().Take(Facts))
                if (message.ValueKind == JsonValueKind.String)
                    response.Messages.Add(message.GetString()!);
        }
        if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array)
        {
            foreach (var error in errors.EnumerateArray().Take(Facts))
                response.Messages.Add(error.ValueKind == JsonValueKind.String ? error.GetString()! : Describe(error));
        }
        foreach (var property in root.EnumerateObject().Where(property => property.Name is not ("ok" or "error" or "warning")).Take(Facts))
        {
            if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                response.Info[property.Name] = property.Value.ToString();
        }
        return response;
    }

    private static string Describe(JsonElement error) => string.Join(' ', new[]
    {
        RawJson.Text(error, "error") ?? RawJson.Text(error, "code"), RawJson.Text(error, "message"), RawJson.Text(error, "pointer"), RawJson.Text(error, "user"),
    }.Where(part => part is not null));
}
