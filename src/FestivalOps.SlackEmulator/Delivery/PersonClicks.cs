using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Blocks;
using FestivalOps.SlackEmulator.Team;
using FestivalOps.SlackEmulator.Api;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Pressing and choosing in messages and views, as a person.</summary>
internal sealed class PersonClicks(Workspace workspace, BotLine line, Triggers triggers, ResponseUrls urls, Payloads payloads, Journal journal)
{
    private const int MaxRemembered = 1_000;
    private readonly ConcurrentDictionary<(string ActionId, string Value), JsonElement> loadedOptions = new();

    /// <summary>Acts on an element of a message. Inputs without <c>dispatch_action</c> only remember the value.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="channelId">Where.</param>
    /// <param name="ts">The message.</param>
    /// <param name="actionId">The element.</param>
    /// <param name="blockId">Its block; null for the first element with that action id.</param>
    /// <param name="values">Option values, ids or text; none for a button.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Outcome> PressAsync(string userId, string channelId, string ts, string actionId, string? blockId, IReadOnlyList<string> values, CancellationToken cancel)
    {
        var person = workspace.FindPerson(userId);
        var message = workspace.FindMessage(channelId, ts);
        if (person is null || workspace.FindChannel(channelId)?.Members.Contains(userId) != true)
            return Outcome.No("not_in_channel");
        if (message?.IsVisibleTo(userId) != true)
            return Outcome.No("message_not_found");
        if (Find(message.Blocks, actionId, blockId) is not { } found)
            return Outcome.No("no_such_element");
        var place = $"{channelId}/{ts}";
        if (Action(userId, place, found, values) is not { } action)
            return Outcome.No("no_such_option");
        if (!Dispatches(message.Blocks!.Value, found.BlockId))
            return new Outcome(true);
        var trigger = triggers.Issue(userId);
        var payload = Payloads.Base("block_actions", person, trigger);
        payloads.In(payload, message);
        payload["state"] = new JsonObject { ["values"] = payloads.Values(userId, place, message.Blocks) };
        payload["response_url"] = urls.Issue(new ResponseTarget(channelId, userId, ts, message.ThreadTs));
        payload["actions"] = new JsonArray(action);
        var answer = await line.SendAsync(DeliveryKind.Interactive, payload, "action " + actionId, null, cancel);
        return Outcome.Of(answer, "This action failed. The app did not respond.") with { TriggerId = trigger };
    }

    /// <summary>Acts on an element of a modal or App Home. Inputs without <c>dispatch_action</c> only remember the value.</summary>
    public async Task<Outcome> PressInViewAsync(string userId, string viewId, string actionId, string? blockId, IReadOnlyList<string> values, CancellationToken cancel)
    {
        var person = workspace.FindPerson(userId);
        var view = workspace.FindView(v => v.Id == viewId && v.User == userId);
        if (person is null || view is null)
            return Outcome.No("view_not_found");
        if (Find(view.Source.GetProperty("blocks"), actionId, blockId) is not { } found)
            return Outcome.No("no_such_element");
        if (Action(userId, view.Id, found, values) is not { } action)
            return Outcome.No("no_such_option");
        if (!Dispatches(view.Source.GetProperty("blocks"), found.BlockId))
            return new Outcome(true);
        var trigger = triggers.Issue(userId, view.Id);
        var payload = Payloads.Base("block_actions", person, trigger);
        payloads.In(payload, view);
        payload["actions"] = new JsonArray(action);
        var answer = await line.SendAsync(DeliveryKind.Interactive, payload, "action " + actionId, null, cancel);
        return Outcome.Of(answer, "We had some trouble connecting. Try again?") with { TriggerId = trigger };
    }

    /// <summary>Asks the bot for the options of an external select while a person types in it.</summary>
    public async Task<Outcome> SuggestAsync(string userId, string? channelId, string placeId, string actionId, string? blockId, string typed, CancellationToken cancel)
    {
        var person = workspace.FindPerson(userId);
        var message = channelId is null ? null : workspace.FindMessage(channelId, placeId);
        var view = channelId is null ? workspace.FindView(v => v.Id == placeId && v.User == userId) : null;
        var blocks = message is null ? view?.Source.GetProperty("blocks") : message.Blocks;
        if (person is null || Find(blocks, actionId, blockId) is not { } found)
            return Outcome.No("no_such_element");
        var payload = Payloads.Base("block_suggestion", person, null);
        if (message is not null)
            payloads.In(payload, message);
        else
            payloads.In(payload, view!);
        (payload["action_id"], payload["block_id"], payload["value"]) = (actionId, found.BlockId, typed);
        var answer = await line.SendAsync(DeliveryKind.Options, payload, "options of " + actionId, null, cancel);
        var outcome = Outcome.Of(answer, "The options could not be loaded.");
        return outcome.Ok ? outcome with { Options = Loaded(answer.Body, actionId) } : outcome;
    }

    private JsonElement? Loaded(string body, string actionId)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var findings = new Findings();
            var root = new Node(document.RootElement, "", findings);
            if (root.Has("option_groups"))
            {
                foreach (var group in root.Items("option_groups", required: true, 100))
                    ElementRules.CheckOptions(group.Items("options", required: true, 100), "external_select");
            }
            else
            {
                ElementRules.CheckOptions(root.Items("options", required: true, 100, min: 0), "external_select");
            }
            if (findings.Messages.Count == 0)
                return Remember(actionId, document.RootElement.Clone());
            journal.Refuse("options of " + actionId, "invalid_options", findings.Messages);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            journal.Refuse("options of " + actionId, "invalid_json", "the answer to an option load is {\"options\":[…]}");
        }
        return null;
    }

    private static (string BlockId, JsonElement Element)? Find(JsonElement? blocks, string actionId, string? blockId)
    {
        foreach (var found in Elements.All(blocks))
        {
            if (found.Element.GetProperty("action_id").ValueEquals(actionId) && (blockId is null || found.BlockId == blockId))
                return found;
        }
        return null;
    }

    /// <summary>The entry of <c>actions[]</c>; remembers what was chosen.</summary>
    private JsonObject? Action(string userId, string place, (string BlockId, JsonElement Element) found, IReadOnlyList<string> values)
    {
        var type = Elements.TypeOf(found.Element);
        var actionId = found.Element.GetProperty("action_id").GetString()!;
        JsonObject action;
        if (type == "button")
        {
            action = new() { ["type"] = "button" };
            foreach (var field in (string[])["text", "value", "style", "url"])
            {
                if (found.Element.TryGetProperty(field, out var v))
                    action[field] = JsonNode.Parse(v.GetRawText());
            }
        }
        else
        {
            var loaded = type.EndsWith("external_select", StringComparison.Ordinal) ? LoadedOptions(actionId, values) : (JsonElement?)null;
            if (Elements.Chosen(found.Element, values, loaded) is not { } chosen)
                return null;
            action = chosen;
            if (type != "overflow")
                workspace.SetState(userId, place, found.BlockId, actionId, chosen);
        }
        (action["action_id"], action["block_id"], action["action_ts"]) = (actionId, found.BlockId, workspace.NextTs());
        return action;
    }

    /// <summary>The options that the bot answered for these values; a value that was never loaded gets itself as its text.</summary>
    private JsonElement LoadedOptions(string actionId, IReadOnlyList<string> values)
    {
        var options = values.Select(v => loadedOptions.TryGetValue((actionId, v), out var option)
            ? option : JsonSerializer.SerializeToElement(new { text = new { type = "plain_text", text = v, emoji = true }, value = v }));
        return JsonSerializer.SerializeToElement(new { options });
    }

    private JsonElement Remember(string actionId, JsonElement loaded)
    {
        if (loadedOptions.Count > MaxRemembered)
            loadedOptions.Clear();
        foreach (var option in Elements.Options(loaded))
            loadedOptions[(actionId, option.GetProperty("value").GetString()!)] = option;
        return loaded;
    }

    private static bool Dispatches(JsonElement blocks, string blockId)
    {
        foreach (var block in blocks.EnumerateArray())
        {
            if (block.TryGetProperty("block_id", out var id) && id.ValueEquals(blockId) && block.GetProperty("type").ValueEquals("input"))
                return block.TryGetProperty("dispatch_action", out var flag) && flag.ValueKind == JsonValueKind.True;
        }
        return true;
    }
}
