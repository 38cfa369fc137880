using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Control;

/// <summary>The JSON of the control API: snake_case like Slack's own.</summary>
internal static class ControlJson
{
    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.PropertyNameCaseInsensitive = true;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
    }

    public static JsonArray Of(IEnumerable<Message> messages, Workspace workspace) => new([.. messages.Select(m => (JsonNode)Of(m, workspace))]);

    public static JsonObject Of(Message message, Workspace workspace)
    {
        var json = SlackJson.Of(message, workspace, withMetadata: true);
        json["channel"] = message.Channel;
        json["ephemeral_for"] = message.EphemeralFor;
        json["is_slackbot"] = message.IsSlackbot;
        return json;
    }
}
