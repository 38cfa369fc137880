using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Writes interaction payloads.</summary>
internal sealed class Payloads(Workspace workspace)
{
    public const string OldToken = "deprecated-verification-token";

    public static JsonObject Base(string type, Person person, string? triggerId)
    {
        var json = new JsonObject
        {
            ["type"] = type,
            ["team"] = new JsonObject { ["id"] = Seed.Team, ["domain"] = Seed.Domain },
            ["user"] = new JsonObject { ["id"] = person.Id, ["username"] = person.Name, ["name"] = person.Name, ["team_id"] = Seed.Team },
            ["api_app_id"] = Seed.App,
            ["token"] = OldToken,
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
        };
        if (triggerId is not null)
            json["trigger_id"] = triggerId;
        return json;
    }

    /// <summary>Adds where in a message something happened.</summary>
    public void In(JsonObject payload, Message message)
    {
        var channel = workspace.FindChannel(message.Channel);
        var isEphemeral = message.EphemeralFor is not null;
        var container = new JsonObject { ["type"] = "message", ["message_ts"] = message.Ts, ["channel_id"] = message.Channel, ["is_ephemeral"] = isEphemeral };
        if (message.ThreadTs is not null)
            container["thread_ts"] = message.ThreadTs;
        payload["container"] = container;
        payload["channel"] = new JsonObject { ["id"] = message.Channel, ["name"] = NameOf(channel) };
        if (!isEphemeral)
            payload["message"] = SlackJson.Of(message, workspace, withMetadata: true);
    }

    /// <summary>Adds where in a view something happened.</summary>
    public void In(JsonObject payload, View view)
    {
        payload["container"] = new JsonObject { ["type"] = "view", ["view_id"] = view.Id };
        payload["view"] = SlackJson.Of(view, Values(view.User, view.Id, view.Source.GetProperty("blocks")));
    }

    /// <summary>The state of all inputs of these blocks: what was chosen, else what the bot set as initial.</summary>
    public JsonObject Values(string userId, string place, JsonElement? blocks)
    {
        var chosen = workspace.State(userId, place);
        var values = new JsonObject();
        foreach (var (blockId, element) in Elements.WithState(blocks))
        {
            var actionId = element.GetProperty("action_id").GetString()!;
            if (values[blockId] is not JsonObject block)
                values[blockId] = block = [];
            block[actionId] = chosen[blockId]?[actionId]?.DeepClone() ?? Elements.Initial(element);
        }
        return values;
    }

    public static string NameOf(Channel? channel) => channel?.Kind switch
    {
        ChannelKind.Direct => "directmessage",
        ChannelKind.Private or ChannelKind.GroupDirect => "privategroup",
        _ => channel?.Name ?? "",
    };
}
