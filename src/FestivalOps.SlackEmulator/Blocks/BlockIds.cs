using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>Slack gives an id to every block and element that came without one.</summary>
internal static class BlockIds
{
    /// <summary>Returns the blocks with ids filled in.</summary>
    public static JsonElement Fill(JsonElement blocks)
    {
        if (blocks.ValueKind != JsonValueKind.Array)
            return blocks;
        var array = JsonNode.Parse(blocks.GetRawText())!.AsArray();
        foreach (var block in array.OfType<JsonObject>())
            FillBlock(block);
        return JsonSerializer.SerializeToElement(array);
    }

    /// <summary>The same for a whole view.</summary>
    public static JsonElement FillView(JsonElement view)
    {
        var node = JsonNode.Parse(view.GetRawText())!.AsObject();
        foreach (var block in (node["blocks"] as JsonArray ?? []).OfType<JsonObject>())
            FillBlock(block);
        return JsonSerializer.SerializeToElement(node);
    }

    private static void FillBlock(JsonObject block)
    {
        // The markdown block's own id is not kept; it always gets a new one.
        if (block["block_id"] is null || block["type"]?.GetValue<string>() == "markdown")
            block["block_id"] = Ids.New("")[..5];
        foreach (var element in Elements(block))
        {
            if (element["type"] is JsonValue && element["action_id"] is null && element["type"]!.ToString() is not ("image" or "plain_text" or "mrkdwn"))
                element["action_id"] = Ids.New("")[..5];
        }
    }

    private static IEnumerable<JsonObject> Elements(JsonObject block) => block["type"]?.ToString() switch
    {
        "section" => new[] { block["accessory"] }.OfType<JsonObject>(),
        "input" => new[] { block["element"] }.OfType<JsonObject>(),
        "actions" => (block["elements"] as JsonArray ?? []).OfType<JsonObject>(),
        _ => [],
    };
}
