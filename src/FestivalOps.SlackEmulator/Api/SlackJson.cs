using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>Writes things the way Slack does.</summary>
internal static class SlackJson
{
    public static JsonNode? Node(JsonElement? element) => element is null ? null : JsonNode.Parse(element.Value.GetRawText());

    public static JsonArray Strings(IEnumerable<string> items) => new([.. items.Select(i => (JsonNode)i)]);

    public static JsonObject Of(Message m, Workspace workspace, bool withMetadata = false)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = m.User, ["text"] = m.Text, ["ts"] = m.Ts, ["team"] = Seed.Team };
        if (m.Subtype is not null)
            json["subtype"] = m.Subtype;
        if (m.BotId is not null)
        {
            json["bot_id"] = m.BotId;
            json["app_id"] = Seed.App;
            json["bot_profile"] = new JsonObject { ["id"] = Seed.Bot, ["app_id"] = Seed.App, ["name"] = workspace.FindPerson(Seed.BotUser)?.RealName, ["team_id"] = Seed.Team };
        }
        if (m.Blocks is not null)
            json["blocks"] = Node(m.Blocks);
        if (m.Attachments is not null)
            json["attachments"] = Node(m.Attachments);
        if (withMetadata && m.Metadata is not null)
            json["metadata"] = Node(m.Metadata);
        if (m.EditedAt is { } edited)
            json["edited"] = new JsonObject { ["user"] = m.User, ["ts"] = Ids.Ts(Ids.Micros(edited)) };
        if (m.Files.Length > 0)
            json["files"] = new JsonArray([.. m.Files.Select(f => (JsonNode)Of(f))]);
        if (m.Reactions.Length > 0)
            json["reactions"] = new JsonArray([.. m.Reactions.Select(r => (JsonNode)new JsonObject { ["name"] = r.Name, ["users"] = Strings(r.Users), ["count"] = r.Users.Length })]);
        Threading(json, m, workspace);
        return json;
    }

    private static void Threading(JsonObject json, Message m, Workspace workspace)
    {
        if (m.ThreadTs is not null)
        {
            json["thread_ts"] = m.ThreadTs;
            return;
        }
        if (m.Ts.Length == 0)
            return;
        var replies = workspace.Thread(m.Channel, m.Ts).Where(r => r.ThreadTs is not null && r.EphemeralFor is null).ToList();
        if (replies.Count == 0)
            return;
        json["thread_ts"] = m.Ts;
        json["reply_count"] = replies.Count;
        json["latest_reply"] = replies[^1].Ts;
        json["reply_users"] = Strings(replies.Select(r => r.User).Distinct(StringComparer.Ordinal));
    }

    public static JsonObject Of(SharedFile f) => new()
    {
        ["id"] = f.Id,
        ["name"] = f.Name,
        ["title"] = f.Title,
        ["mimetype"] = f.ContentType,
        ["size"] = f.Length,
        ["alt_txt"] = f.AltText,
    };

    public static JsonObject Of(Person p, bool withLocale) 
    {
        var json = new JsonObject
        {
            ["id"] = p.Id,
            ["team_id"] = Seed.Team,
            ["name"] = p.Name,
            ["real_name"] = p.RealName,
            ["deleted"] = p.IsDeactivated,
            ["tz"] = "Asia/Tokyo",
            ["tz_label"] = "Japan Standard Time",
            ["tz_offset"] = 32_400,
            ["is_bot"] = p.IsBot,
            ["is_restricted"] = p.IsGuest,
            ["is_ultra_restricted"] = false,
            ["is_admin"] = false,
            ["is_app_user"] = false,
            ["profile"] = new JsonObject { ["real_name"] = p.RealName, ["display_name"] = p.Name, ["email"] = p.IsBot ? null : p.Email, ["title"] = p.Role },
        };
        if (withLocale)
            json["locale"] = p.Locale;
        return json;
    }

    public static JsonObject Of(Channel c) => new()
    {
        ["id"] = c.Id,
        ["name"] = c.Name,
        ["name_normalized"] = c.Name,
        ["is_channel"] = c.Kind == ChannelKind.Public,
        ["is_group"] = c.Kind == ChannelKind.Private,
        ["is_im"] = c.Kind == ChannelKind.Direct,
        ["is_mpim"] = c.Kind == ChannelKind.GroupDirect,
        ["is_private"] = c.Kind != ChannelKind.Public,
        ["is_archived"] = c.IsArchived,
        ["is_general"] = c.Id == Seed.General,
        ["is_member"] = c.Members.Contains(Seed.BotUser),
        ["created"] = c.Created.ToUnixTimeSeconds(),
        ["creator"] = c.Creator,
        ["user"] = c.Kind == ChannelKind.Direct ? c.Members.FirstOrDefault(m => m != Seed.BotUser) : null,
        ["topic"] = new JsonObject { ["value"] = c.Topic, ["creator"] = c.Creator, ["last_set"] = 0 },
        ["purpose"] = new JsonObject { ["value"] = "", ["creator"] = "", ["last_set"] = 0 },
        ["num_members"] = c.Members.Count,
    };

    public static JsonObject Of(UserGroup g, bool withUsers)
    {
        var json = new JsonObject
        {
            ["id"] = g.Id,
            ["team_id"] = Seed.Team,
            ["is_usergroup"] = true,
            ["name"] = g.Name,
            ["handle"] = g.Handle,
            ["description"] = "",
            ["date_delete"] = 0,
            ["user_count"] = g.Users.Length,
        };
        if (withUsers)
            json["users"] = Strings(g.Users);
        return json;
    }

    public static JsonObject Of(View v, JsonObject? state)
    {
        var json = (JsonObject)Node(v.Source)!;
        json["id"] = v.Id;
        json["team_id"] = Seed.Team;
        json["app_id"] = Seed.App;
        json["bot_id"] = Seed.Bot;
        json["app_installed_team_id"] = Seed.Team;
        json["hash"] = v.Hash;
        json["root_view_id"] = v.RootId;
        json["previous_view_id"] = v.PreviousId;
        json["private_metadata"] ??= "";
        json["callback_id"] ??= "";
        json["external_id"] ??= "";
        foreach (var name in (string[])["clear_on_close", "notify_on_close"])
            json[name] ??= false;
        json["state"] = new JsonObject { ["values"] = state ?? [] };
        return json;
    }
}
