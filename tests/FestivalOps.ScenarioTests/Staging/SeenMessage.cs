using System.Text.Json;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>A message as a person reads it.</summary>
internal sealed class SeenMessage(Message message)
{
    private static readonly string[] TextTypes = ["mrkdwn", "plain_text"];

    public string Ts => message.Ts;

    public string Channel => message.Channel;

    /// <summary>What it tells, by the bot's own key in its metadata; empty when it has none.</summary>
    public string Key { get; } = message.Metadata is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("event_payload", out var payload)
        && payload.TryGetProperty("key", out var key) ? key.GetString() ?? "" : "";

    /// <summary>When it was posted.</summary>
    public DateTimeOffset At { get; } =
        DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(double.Parse(message.Ts, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The message in whose thread it is; null when it stands in the channel itself.</summary>
    public string? ThreadTs => message.ThreadTs;

    /// <summary>True when nobody else sees it.</summary>
    public bool IsForOneOnly => message.EphemeralFor is not null;

    public bool IsEdited => message.EditedAt is not null;

    /// <summary>What a notification shows.</summary>
    public string Notification => message.Text;

    /// <summary>Every text block by block, as it goes over the wire (entities escaped), buttons included.</summary>
    public string Text { get; } = string.Join('\n', Texts(message.Blocks).Select(t => t.Text).DefaultIfEmpty(message.Text));

    /// <summary>The lines, without those of buttons and the footer.</summary>
    public IReadOnlyList<string> Lines { get; } =
        [.. Texts(message.Blocks).Where(t => t.Block == "section").SelectMany(t => t.Text.Split('\n'))];

    public string Header { get; } = Texts(message.Blocks).FirstOrDefault(t => t.Block == "header").Text ?? "";

    /// <summary>Everything that Slack reads as markup.</summary>
    public IReadOnlyList<string> Markup { get; } = [message.Text, .. Texts(message.Blocks).Where(t => t.Type == "mrkdwn").Select(t => t.Text)];

    /// <summary>What can be pressed: buttons, and the choices of menus with their values.</summary>
    public IReadOnlyList<(string Label, string ActionId, string? Value)> Buttons { get; } = [.. ButtonsOf(message.Blocks)];

    public override string ToString() => $"[{message.Ts}{(IsForOneOnly ? " only for " + message.EphemeralFor : "")}] {Text}";

    private static IEnumerable<(string Block, string Type, string Text)> Texts(JsonElement? blocks)
    {
        if (blocks is not { ValueKind: JsonValueKind.Array } all) yield break;
        foreach (var block in all.EnumerateArray())
        {
            var kind = block.GetProperty("type").GetString()!;
            foreach (var (type, text) in Walk(block)) yield return (kind, type, text);
        }
    }

    private static IEnumerable<(string Type, string Text)> Walk(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var found in element.EnumerateArray().SelectMany(Walk)) yield return found;
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("type", out var type) && TextTypes.Contains(type.GetString(), StringComparer.Ordinal))
                yield return (type.GetString()!, element.GetProperty("text").GetString()!);
            else
                foreach (var found in element.EnumerateObject().SelectMany(p => Walk(p.Value))) yield return found;
        }
    }

    private static IEnumerable<(string, string, string?)> ButtonsOf(JsonElement? blocks) => blocks is not { ValueKind: JsonValueKind.Array } all
        ? []
        : from block in all.EnumerateArray()
          from element in block.TryGetProperty("elements", out var row) ? row.EnumerateArray().ToArray() : block.TryGetProperty("accessory", out var beside) ? [beside] : []
          where element.TryGetProperty("action_id", out _)
          from choice in element.TryGetProperty("options", out var options) ? options.EnumerateArray().ToArray() : [element]
          let value = choice.TryGetProperty("text", out _) && element.TryGetProperty("options", out _) ? choice.GetProperty("value").GetString() : null
          select (choice.GetProperty("text").GetProperty("text").GetString()!, element.GetProperty("action_id").GetString()!, value);
}
