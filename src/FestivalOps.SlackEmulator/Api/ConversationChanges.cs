using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>The writing half of <c>conversations.*</c>.</summary>
internal static partial class ConversationChanges
{
    private const int MaxName = 80;
    private const int MaxTopic = 250;
    private static readonly string[] Manage = ["channels:manage", "groups:write"];

    public static IEnumerable<ApiMethod> All() =>
    [
        new("conversations.open", ["im:write", "mpim:write"], ApiMethod.Tier3, false, [], Open),
        new("conversations.create", Manage, ApiMethod.Tier2, false, [], Create),
        new("conversations.invite", [.. Manage, "channels:write.invites", "groups:write.invites"], ApiMethod.Tier3, false, ["channel", "users"], Invite),
        new("conversations.setTopic", [.. Manage, "channels:write.topic", "groups:write.topic"], ApiMethod.Tier2, false, ["channel", "topic"], SetTopic),
        new("conversations.join", ["channels:join"], ApiMethod.Tier3, false, ["channel"], Join),
        new("conversations.leave", Manage, ApiMethod.Tier3, false, ["channel"], Leave),
        new("conversations.archive", Manage, ApiMethod.Tier2, false, ["channel"], Archive),
    ];

    private static JsonObject Open(ApiCall call)
    {
        if (call.Has("channel"))
            return new() { ["channel"] = new JsonObject { ["id"] = call.Channel().Id } };
        var users = call.List("users");
        if (users.Count == 0)
            throw new Refusal("users_list_not_supplied");
        if (users.Count > 8)
            throw new Refusal("too_many_users");
        foreach (var id in users)
        {
            var person = call.Workspace.FindPerson(id) ?? throw new Refusal("user_not_found");
            if (person.IsDeactivated)
                throw new Refusal("user_disabled");
            if (person.IsBot)
                throw new Refusal("invalid_user_combination");
        }
        call.NeedScope(users.Count == 1 ? ChannelKind.Direct : ChannelKind.GroupDirect, "write");
        var (channel, existed) = call.Workspace.OpenDirect([.. users, Seed.BotUser]);
        var answer = new JsonObject { ["channel"] = call.Flag("return_im") ? SlackJson.Of(channel) : new JsonObject { ["id"] = channel.Id } };
        if (existed)
            (answer["no_op"], answer["already_open"]) = (true, true);
        return answer;
    }

    private static JsonObject Create(ApiCall call)
    {
        var name = call.Str("name") ?? throw new Refusal("invalid_name_required");
        if (name.Length > MaxName)
            throw new Refusal("invalid_name_maxlength");
        if (name.Any(c => char.IsPunctuation(c) && c is not ('-' or '_')))
            throw new Refusal("invalid_name_punctuation");
        if (!AllowedName().IsMatch(name))
            throw new Refusal("invalid_name_specials");
        if (call.Workspace.FindChannel("#" + name) is not null)
            throw new Refusal("name_taken");
        var kind = call.Flag("is_private") ? ChannelKind.Private : ChannelKind.Public;
        call.NeedScope(kind, "write");
        var channel = new Channel(Ids.New("C"), name, kind, [Seed.BotUser], call.Workspace.Now) { Creator = Seed.BotUser };
        call.Workspace.Save(channel);
        return new() { ["channel"] = SlackJson.Of(channel) };
    }

    private static JsonObject Invite(ApiCall call)
    {
        var channel = Writable(call, "write.invites");
        var users = call.List("users");
        if (users.Count > 100)
            throw new Refusal("invalid_arguments", "[ERROR] no more than 100 users allowed");
        if (users.Contains(Seed.BotUser, StringComparer.Ordinal))
            throw new Refusal("cant_invite_self");
        var force = call.Flag("force");
        var good = users.Where(u => call.Workspace.FindPerson(u) is { IsDeactivated: false }).ToList();
        if (good.Count < users.Count && !force)
            throw new Refusal("user_not_found");
        if (good.Count == 0)
            throw new Refusal("no_user");
        if (good.TrueForAll(channel.Members.Contains) || (!force && good.Exists(channel.Members.Contains)))
            throw new Refusal("already_in_channel");
        foreach (var user in good)
            Membership.Join(call.Workspace, channel.Id, user);
        return new() { ["channel"] = SlackJson.Of(call.Workspace.FindChannel(channel.Id)!) };
    }

    private static JsonObject SetTopic(ApiCall call)
    {
        var channel = Writable(call, "write.topic");
        var topic = call.Need("topic");
        if (topic.Length > MaxTopic)
            throw new Refusal("too_long");
        return new() { ["channel"] = SlackJson.Of(call.Workspace.Change(channel.Id, c => c with { Topic = topic })!), ["topic"] = topic };
    }

    private static JsonObject Join(ApiCall call)
    {
        var channel = call.Channel();
        if (channel.Kind != ChannelKind.Public)
            throw new Refusal("method_not_supported_for_channel_type");
        if (channel.IsArchived)
            throw new Refusal("is_archived");
        var answer = new JsonObject();
        if (channel.Members.Contains(Seed.BotUser))
            (answer["warning"], answer["response_metadata"]) = ("already_in_channel", new JsonObject { ["warnings"] = SlackJson.Strings(["already_in_channel"]) });
        else
            Membership.Join(call.Workspace, channel.Id, Seed.BotUser);
        answer["channel"] = SlackJson.Of(call.Workspace.FindChannel(channel.Id)!);
        return answer;
    }

    private static JsonObject Leave(ApiCall call)
    {
        var channel = Writable(call, null);
        Membership.Leave(call.Workspace, channel.Id, Seed.BotUser);
        return [];
    }

    private static JsonObject Archive(ApiCall call)
    {
        var channel = call.Channel();
        call.NeedScope(channel.Kind, "write");
        if (channel.IsArchived)
            throw new Refusal("already_archived");
        if (channel.Id == Seed.General)
            throw new Refusal("cant_archive_general");
        call.Workspace.Change(channel.Id, c => c with { IsArchived = true });
        return [];
    }

    private static Channel Writable(ApiCall call, string? narrow)
    {
        var channel = call.Channel();
        if (channel.IsDirect)
            throw new Refusal("method_not_supported_for_channel_type");
        call.NeedScope(channel.Kind, "write", narrow);
        if (channel.IsArchived)
            throw new Refusal("is_archived");
        return channel.Members.Contains(Seed.BotUser) ? channel : throw new Refusal("not_in_channel");
    }

    // Lower case letters of any script, digits, hyphen, underscore: Slack also takes 日本語 names.
    [GeneratedRegex(@"^[\p{Ll}\p{Lo}\p{Lm}\p{Mn}0-9_-]+$", RegexOptions.None, 1000)]
    private static partial Regex AllowedName();
}
