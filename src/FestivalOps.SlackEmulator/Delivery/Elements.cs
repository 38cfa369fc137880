using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Finds interactive elements in blocks and writes their values.</summary>
internal static class Elements
{
    /// <summary>Every interactive element with the id of its block.</summary>
    public static IEnumerable<(string BlockId, JsonElement Element)> All(JsonElement? blocks)
    {
        if (blocks is not { ValueKind: JsonValueKind.Array } list)
            yield break;
        foreach (var block in list.EnumerateArray())
        {
            var id = block.TryGetProperty("block_id", out var b) ? b.ToString() : "";
            foreach (var name in (string[])["accessory", "element"])
            {
                if (block.TryGetProperty(name, out var one) && IsInteractive(one))
                    yield return (id, one);
            }
            if (!block.TryGetProperty("elements", out var several) || several.ValueKind != JsonValueKind.Array)
                continue;
            foreach (var element in several.EnumerateArray().Where(IsInteractive))
                yield return (id, element);
        }
    }

    public static IEnumerable<(string BlockId, JsonElement Element)> WithState(JsonElement? blocks) =>
        All(blocks).Where(e => TypeOf(e.Element) is not ("button" or "overflow" or "image" or "workflow_button"));

    public static string TypeOf(JsonElement element) => element.TryGetProperty("type", out var t) ? t.ToString() : "";

    // The insides of newer blocks are not checked, so they may hold anything.
    private static bool IsInteractive(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("action_id", out var id) && id.ValueKind == JsonValueKind.String && TypeOf(element).Length > 0;

    /// <summary>The name of the field that carries the value of this type.</summary>
    public static string ValueField(string type) => type switch
    {
        "static_select" or "external_select" or "radio_buttons" or "overflow" => "selected_option",
        "multi_static_select" or "multi_external_select" or "checkboxes" => "selected_options",
        "users_select" => "selected_user",
        "multi_users_select" => "selected_users",
        "channels_select" => "selected_channel",
        "multi_channels_select" => "selected_channels",
        "conversations_select" => "selected_conversation",
        "multi_conversations_select" => "selected_conversations",
        "datepicker" => "selected_date",
        "timepicker" => "selected_time",
        "datetimepicker" => "selected_date_time",
        "rich_text_input" => "rich_text_value",
        "file_input" => "files",
        _ => "value",
    };

    private static string InitialField(string type) => ValueField(type) is "value" ? "initial_value" : ValueField(type).Replace("selected_", "initial_", StringComparison.Ordinal);

    /// <summary>The state of an element that nobody touched.</summary>
    public static JsonObject Initial(JsonElement element)
    {
        var type = TypeOf(element);
        var value = element.TryGetProperty(InitialField(type), out var v) ? JsonNode.Parse(v.GetRawText()) : null;
        if (value is null && ValueField(type) is "selected_options" or "selected_users" or "selected_channels" or "selected_conversations")
            value = new JsonArray();
        return new() { ["type"] = type, [ValueField(type)] = value };
    }

    /// <summary>The state of an element after somebody chose.</summary>
    /// <param name="element">The element.</param>
    /// <param name="values">Option values, ids or text; none clears it.</param>
    /// <param name="loaded">Options that an external select has loaded.</param>
    /// <returns>Type and value, or null when a value is none of the options.</returns>
    public static JsonObject? Chosen(JsonElement element, IReadOnlyList<string> values, JsonElement? loaded = null)
    {
        var type = TypeOf(element);
        var field = ValueField(type);
        JsonNode? value;
        if (field is "selected_option" or "selected_options")
        {
            var options = values.Select(v => Option(loaded ?? element, v)).ToList();
            if (options.Contains(null))
                return null;
            value = field == "selected_option" ? options.FirstOrDefault() : new JsonArray([.. options]);
        }
        else
        {
            value = field switch
            {
                "selected_users" or "selected_channels" or "selected_conversations" => new JsonArray([.. values.Select(v => (JsonNode)v)]),
                "selected_date_time" => values.Count > 0 && long.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? JsonValue.Create(at) : null,
                "rich_text_value" => Rich(values is [var typed, ..] ? typed : null),
                _ => values.Count > 0 && values[0].Length > 0 ? JsonValue.Create(values[0]) : null,
            };
        }
        return new() { ["type"] = type, [field] = value };
    }

    /// <summary>All options of a menu, those in groups included.</summary>
    public static IEnumerable<JsonElement> Options(JsonElement menu)
    {
        if (menu.ValueKind != JsonValueKind.Object)
            return [];
        if (menu.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Array)
            return options.EnumerateArray();
        return menu.TryGetProperty("option_groups", out var groups) && groups.ValueKind == JsonValueKind.Array ? groups.EnumerateArray().SelectMany(Options) : [];
    }

    private static JsonNode? Option(JsonElement menu, string value) =>
        Options(menu).Where(o => o.TryGetProperty("value", out var v) && v.ValueEquals(value)).Select(o => JsonNode.Parse(o.GetRawText())).FirstOrDefault();

    private static JsonNode? Rich(string? text) => string.IsNullOrEmpty(text) ? null : JsonSerializer.SerializeToNode(new
    {
        type = "rich_text",
        elements = new[] { new { type = "rich_text_section", elements = new[] { new { type = "text", text } } } },
    });
}
