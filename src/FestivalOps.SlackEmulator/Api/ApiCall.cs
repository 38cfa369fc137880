using System.Globalization;
using System.Text.Json;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>One call with its arguments, however they were sent.</summary>
internal sealed class ApiCall(string method, IReadOnlyDictionary<string, JsonElement> args, Workspace workspace, EmulatorOptions options, Pacing pacing)
{
    public string Method => method;

    public IReadOnlyDictionary<string, JsonElement> Args => args;

    public Workspace Workspace => workspace;

    public bool Has(string name) => args.TryGetValue(name, out var v) && v.ValueKind != JsonValueKind.Null && !(v.ValueKind == JsonValueKind.String && v.GetString()!.Length == 0);

    /// <summary>An argument as text; null when absent or empty.</summary>
    public string? Str(string name)
    {
        if (!Has(name))
            return null;
        var value = args[name];
        return value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
    }

    public string Need(string name) => Str(name) ?? throw Missing(name);

    public static Refusal Missing(string name) => new("invalid_arguments", "[ERROR] missing required field: " + name);

    public bool Flag(string name, bool otherwise = false) => Str(name) switch
    {
        null => otherwise,
        "true" or "1" or "True" => true,
        _ => false,
    };

    public int Int(string name, int otherwise) =>
        Str(name) is { } text ? int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var n) ? n : throw new Refusal("invalid_arguments", $"[ERROR] must be a number: {name}") : otherwise;

    /// <summary>An argument that is JSON: sent as such, or as JSON text in a form.</summary>
    public JsonElement? Json(string name, string whenBroken)
    {
        if (!Has(name))
            return null;
        var value = args[name];
        if (value.ValueKind != JsonValueKind.String)
            return value;
        try
        {
            using var document = JsonDocument.Parse(value.GetString()!);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new Refusal(whenBroken);
        }
    }

    /// <summary>A list argument: comma-separated text or a JSON array.</summary>
    public IReadOnlyList<string> List(string name)
    {
        if (!Has(name))
            return [];
        if (args[name] is { ValueKind: JsonValueKind.Array } array)
            return [.. array.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)];
        return args[name].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>A conversation the bot may know of; private ones exist for members only.</summary>
    public Channel Channel(string name = "channel", bool byName = false)
    {
        var id = Need(name);
        var channel = workspace.FindChannel(id);
        if (channel is null || (!byName && !string.Equals(channel.Id, id, StringComparison.Ordinal))
            || (channel.Kind != ChannelKind.Public && !channel.Members.Contains(Seed.BotUser)))
            throw new Refusal("channel_not_found");
        return channel;
    }

    /// <summary>A conversation that can be posted to.</summary>
    public Channel PostableChannel(string name = "channel")
    {
        var id = Need(name);
        if (workspace.FindPerson(id) is { IsBot: false, IsDeactivated: false })
            return workspace.OpenDirect([id, Seed.BotUser]).Channel;
        var channel = Channel(name, byName: true);
        if (channel.IsArchived)
            throw new Refusal("is_archived");
        if (!channel.Members.Contains(Seed.BotUser) && !HasScope("chat:write.public"))
            throw new Refusal("not_in_channel");
        return channel;
    }

    public bool HasScope(string scope) => options.BotScopes.Contains(scope, StringComparer.Ordinal);

    /// <summary>The scope that depends on the kind of conversation, for example <c>groups:read</c>.</summary>
    public void NeedScope(ChannelKind kind, string what, string? narrow = null)
    {
        var prefix = kind switch { ChannelKind.Public => "channels", ChannelKind.Private => "groups", ChannelKind.Direct => "im", _ => "mpim" };
        var wide = kind == ChannelKind.Public && what == "write" ? "channels:manage" : $"{prefix}:{what}";
        if (!HasScope(wide) && !(narrow is not null && HasScope($"{prefix}:{narrow}")))
            throw MissingScope(narrow is null ? wide : $"{wide},{prefix}:{narrow}");
    }

    public Refusal MissingScope(string needed) => new("missing_scope")
    {
        Extra = new() { ["needed"] = needed, ["provided"] = string.Join(',', options.BotScopes) },
    };

    /// <summary>One message a second and channel, whichever way it is posted. Slack limit.</summary>
    public void PacePost(string channelId) => pacing.Post(channelId);
}
