using System.Globalization;
using System.Text.Json;

namespace FestivalOps.SlackEmulator.Blocks;

/// <summary>Where blocks are shown; some types exist on some surfaces only.</summary>
internal enum Surface
{
    Message,
    Modal,
    Home,
}

/// <summary>What Slack would find wrong, in the words of its <c>response_metadata.messages</c>.</summary>
internal sealed class Findings
{
    private const int Most = 20;
    private readonly List<string> messages = [];

    public IReadOnlyList<string> Messages => messages;

    public void Add(string pointer, string what)
    {
        if (messages.Count < Most)
            messages.Add($"[ERROR] {what} [json-pointer:{pointer}]");
    }
}

/// <summary>A JSON value with its place, and the questions that the block rules ask of it.</summary>
internal sealed class Node(JsonElement value, string pointer, Findings findings)
{
    public JsonElement Value => value;

    public string Pointer => pointer;

    public Findings Findings => findings;

    public string Type => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString()! : "";

    public void Wrong(string what) => findings.Add(pointer, what);

    public bool Has(string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var v) && v.ValueKind != JsonValueKind.Null;

    /// <summary>Every other property is "additional", which Slack refuses.</summary>
    public void Only(params ReadOnlySpan<string> names)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong("must be an object");
            return;
        }
        foreach (var property in value.EnumerateObject())
        {
            if (property.Name is not ("type" or "block_id") && !names.Contains(property.Name))
                Wrong("invalid additional property: " + property.Name);
        }
    }

    public Node? Child(string name, bool required, JsonValueKind kind)
    {
        if (!Has(name))
        {
            if (required)
                Wrong("missing required field: " + name);
            return null;
        }
        var child = new Node(value.GetProperty(name), $"{pointer}/{name}", findings);
        if (child.Value.ValueKind == kind)
            return child;
        child.Wrong("must be " + (kind switch { JsonValueKind.Array => "an array", JsonValueKind.Object => "an object", _ => "a string" }));
        return null;
    }

    public Node? Object(string name, bool required = true) => Child(name, required, JsonValueKind.Object);

    public string? Text(string name, bool required, int max, int min = 1)
    {
        var child = Child(name, required, JsonValueKind.String);
        if (child is null)
            return null;
        var text = child.Value.GetString()!;
        if (text.Length > max)
            child.Wrong(string.Create(CultureInfo.InvariantCulture, $"must be less than {max + 1} characters"));
        if (text.Length < min)
            child.Wrong(string.Create(CultureInfo.InvariantCulture, $"must be more than {min - 1} characters"));
        return text;
    }

    public void OneOf(string name, bool required, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name, required, 255);
        if (text is not null && !allowed.Contains(text))
            findings.Add($"{pointer}/{name}", $"must be one of: {string.Join(", ", allowed.ToArray())}");
    }

    public void Flag(string name)
    {
        if (Has(name) && value.GetProperty(name).ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            findings.Add($"{pointer}/{name}", "must be a boolean");
    }

    /// <summary>A whole number within limits. Slack's inputs carry some of them as text, some as numbers.</summary>
    public void Number(string name, int min, int max)
    {
        if (!Has(name))
            return;
        var v = value.GetProperty(name);
        if (v.ValueKind != JsonValueKind.Number || !v.TryGetInt32(out var number) || number < min || number > max)
            findings.Add($"{pointer}/{name}", string.Create(CultureInfo.InvariantCulture, $"must be a number from {min} to {max}"));
    }

    public IReadOnlyList<Node> Items(string name, bool required, int max, int min = 1)
    {
        var list = Child(name, required, JsonValueKind.Array);
        if (list is null)
            return [];
        var count = list.Value.GetArrayLength();
        if (count > max)
            list.Wrong(string.Create(CultureInfo.InvariantCulture, $"no more than {max} items allowed"));
        if (count < min)
            list.Wrong(string.Create(CultureInfo.InvariantCulture, $"no fewer than {min} items allowed"));
        return list.Elements();
    }

    public IReadOnlyList<Node> Elements()
    {
        var nodes = new List<Node>();
        foreach (var item in value.EnumerateArray())
        {
            var node = new Node(item, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{nodes.Count}"), findings);
            nodes.Add(node);
        }
        return nodes;
    }

    /// <summary>A text object: <c>plain_text</c>, or also <c>mrkdwn</c>.</summary>
    public void TextObject(string name, bool required, int max, bool plainOnly)
    {
        Object(name, required)?.IsTextObject(max, plainOnly);
    }

    public void IsTextObject(int max, bool plainOnly)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Wrong("must be an object");
            return;
        }
        if (Type is not "plain_text" && (plainOnly || Type is not "mrkdwn"))
            findings.Add(pointer + "/type", plainOnly ? "must be one of: plain_text" : "must be one of: plain_text, mrkdwn");
        if (Type is "mrkdwn" && Has("emoji"))
            Wrong("invalid additional property: emoji");
        if (Type is "plain_text" && Has("verbatim"))
            Wrong("invalid additional property: verbatim");
        Only("text", "emoji", "verbatim");
        Text("text", required: true, max);
    }
}
