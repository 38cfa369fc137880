using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Blocks;
using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary><c>auth.test</c>, reactions, pins, bookmarks, canvases, sockets.</summary>
internal sealed class OtherMethods(EmulatorOptions options, SocketHub sockets)
{
    private const int MaxPins = 100;
    private const int MaxReactions = 23;

    public IEnumerable<ApiMethod> All() =>
    [
        new("auth.test", [], ApiMethod.Special, false, [], Test),
        new("blocks.validate", [], ApiMethod.Special, false, ["blocks"], Validate),
        new("reactions.add", ["reactions:write"], ApiMethod.Tier3, false, ["channel", "name", "timestamp"], React),
        new("reactions.remove", ["reactions:write"], ApiMethod.Tier2, false, ["channel", "name", "timestamp"], Unreact),
        new("pins.add", ["pins:write"], ApiMethod.Tier2, false, ["channel"], Pin),
        new("pins.remove", ["pins:write"], ApiMethod.Tier2, false, ["channel"], Unpin),
        new("bookmarks.add", ["bookmarks:write"], ApiMethod.Tier2, false, ["channel_id", "title", "type"], AddBookmark),
        new("canvases.create", ["canvases:write"], ApiMethod.Tier2, false, [], Canvas),
        new("apps.connections.open", ["connections:write"], ApiMethod.Tier3, false, [], Connect) { WithAppToken = true },
    ];

    private JsonObject Test(ApiCall call) => new()
    {
        ["url"] = call.Workspace.BaseUrl + "/",
        ["team"] = Seed.TeamName,
        ["user"] = call.Workspace.FindPerson(Seed.BotUser)!.Name,
        ["team_id"] = Seed.Team,
        ["user_id"] = Seed.BotUser,
        ["bot_id"] = Seed.Bot,
        ["is_enterprise_install"] = false,
    };

    private JsonObject Connect(ApiCall call)
    {
        if (options.DeliveryMode != DeliveryMode.Socket)
            throw new Refusal("forbidden_team", "[ERROR] Socket Mode is switched off for this app (DeliveryMode is Http)");
        return new() { ["url"] = sockets.NewAddress() };
    }

    private static JsonObject Validate(ApiCall call)
    {
        var findings = new Findings();
        BlockRules.Check(call.Json("blocks", "invalid_blocks_format")!.Value, Surface.Message, findings);
        return findings.Messages.Count == 0 ? [] : throw new Refusal("invalid_blocks", findings.Messages);
    }

    private static JsonObject React(ApiCall call)
    {
        var (channel, message) = Target(call);
        var name = call.Need("name");
        if (!Emoji.IsName(name))
            throw new Refusal("invalid_name");
        var present = message.Reactions.FirstOrDefault(r => r.Name == name);
        if (present?.Users.Contains(Seed.BotUser, StringComparer.Ordinal) == true)
            throw new Refusal("already_reacted");
        if (present is null && message.Reactions.Length >= MaxReactions)
            throw new Refusal("too_many_emoji");
        Reactions.Toggle(call.Workspace, channel.Id, message.Ts, name, Seed.BotUser);
        return [];
    }

    private static JsonObject Unreact(ApiCall call)
    {
        var (channel, message) = Target(call);
        var name = call.Need("name");
        if (!message.Reactions.Any(r => r.Name == name && r.Users.Contains(Seed.BotUser, StringComparer.Ordinal)))
            throw new Refusal("no_reaction");
        Reactions.Toggle(call.Workspace, channel.Id, message.Ts, name, Seed.BotUser);
        return [];
    }

    private static JsonObject Pin(ApiCall call)
    {
        var (channel, message) = Target(call);
        if (channel.Pins.Contains(message.Ts, StringComparer.Ordinal))
            throw new Refusal("already_pinned");
        if (channel.Pins.Length >= MaxPins)
            throw new Refusal("too_many_pins");
        call.Workspace.Change(channel.Id, c => c with { Pins = c.Pins.Add(message.Ts) });
        return [];
    }

    private static JsonObject Unpin(ApiCall call)
    {
        var (channel, message) = Target(call);
        if (!channel.Pins.Contains(message.Ts, StringComparer.Ordinal))
            throw new Refusal("no_pin");
        call.Workspace.Change(channel.Id, c => c with { Pins = c.Pins.Remove(message.Ts, StringComparer.Ordinal) });
        return [];
    }

    private static (Channel Channel, Message Message) Target(ApiCall call)
    {
        var channel = call.Channel();
        if (channel.IsArchived)
            throw new Refusal("is_archived");
        if (!channel.Members.Contains(Seed.BotUser))
            throw new Refusal("not_in_channel");
        var ts = call.Str("timestamp") ?? throw new Refusal("no_item_specified");
        if (!ts.All(c => char.IsAsciiDigit(c) || c == '.') || !ts.Contains('.', StringComparison.Ordinal))
            throw new Refusal("bad_timestamp");
        var message = call.Workspace.FindMessage(channel.Id, ts);
        return message is null or { EphemeralFor: not null } ? throw new Refusal("message_not_found") : (channel, message);
    }

    private static JsonObject AddBookmark(ApiCall call)
    {
        var channel = call.Channel("channel_id");
        if (!channel.Members.Contains(Seed.BotUser))
            throw new Refusal("channel_not_found");
        if (call.Need("type") != "link")
            throw new Refusal("invalid_bookmark_type");
        var link = call.Str("link");
        if (!(Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            throw new Refusal("invalid_link");
        if (channel.Bookmarks.Length >= 100)
            throw new Refusal("too_many_bookmarks");
        var bookmark = new Bookmark(Ids.New("Bk"), call.Need("title"), link!);
        call.Workspace.Change(channel.Id, c => c with { Bookmarks = c.Bookmarks.Add(bookmark) });
        return new() { ["bookmark"] = new JsonObject { ["id"] = bookmark.Id, ["channel_id"] = channel.Id, ["title"] = bookmark.Title, ["link"] = link, ["type"] = "link" } };
    }

    private static JsonObject Canvas(ApiCall call)
    {
        if (call.Json("document_content", "invalid_arguments") is { } content
            && !(content.ValueKind == JsonValueKind.Object && content.TryGetProperty("type", out var type) && type.ValueEquals("markdown")))
            throw new Refusal("canvas_creation_failed");
        var id = Ids.New("F");
        if (call.Has("channel_id"))
        {
            var channel = call.Channel("channel_id");
            var bookmark = new Bookmark(id, call.Str("title") ?? "Canvas", $"{call.Workspace.BaseUrl}/docs/{id}");
            call.Workspace.Change(channel.Id, c => c with { Bookmarks = c.Bookmarks.Add(bookmark) });
        }
        return new() { ["canvas_id"] = id };
    }
}
