using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>The reading half of <c>conversations.*</c>. All of it is form only.</summary>
internal static class ConversationMethods
{
    private static readonly string[] Read = ["channels:read", "groups:read", "im:read", "mpim:read"];
    private static readonly string[] History = ["channels:history", "groups:history", "im:history", "mpim:history"];

    public static IEnumerable<ApiMethod> All() =>
    [
        new("conversations.list", Read, ApiMethod.Tier2, true, [], List),
        new("conversations.info", Read, ApiMethod.Tier3, true, ["channel"], Info),
        new("conversations.members", Read, ApiMethod.Tier4, true, ["channel"], Members),
        new("conversations.history", History, ApiMethod.Tier3, true, ["channel"], ReadHistory),
        new("conversations.replies", History, ApiMethod.Tier3, true, ["channel", "ts"], Replies),
    ];

    private static JsonObject List(ApiCall call)
    {
        var types = call.Has("types") ? call.List("types") : ["public_channel"];
        var kinds = types.Select(t => t switch
        {
            "public_channel" => ChannelKind.Public,
            "private_channel" => ChannelKind.Private,
            "im" => ChannelKind.Direct,
            "mpim" => ChannelKind.GroupDirect,
            _ => throw new Refusal("invalid_types"),
        }).ToList();
        foreach (var kind in kinds)
            call.NeedScope(kind, "read");
        var found = call.Workspace.Channels
            .Where(c => kinds.Contains(c.Kind) && (c.Kind == ChannelKind.Public || c.Members.Contains(Seed.BotUser)))
            .Where(c => !c.IsArchived || !call.Flag("exclude_archived")).ToList();
        return Pages.Of(call, "channels", found, SlackJson.Of);
    }

    private static JsonObject Info(ApiCall call)
    {
        var channel = call.Channel();
        call.NeedScope(channel.Kind, "read");
        var json = SlackJson.Of(channel);
        if (!call.Flag("include_num_members"))
            json.Remove("num_members");
        return new() { ["channel"] = json };
    }

    private static JsonObject Members(ApiCall call)
    {
        var channel = call.Channel();
        call.NeedScope(channel.Kind, "read");
        return Pages.Of(call, "members", [.. channel.Members], m => m);
    }

    private static JsonObject ReadHistory(ApiCall call)
    {
        var channel = Readable(call);
        var oldest = call.Str("oldest") ?? "0";
        var latest = call.Str("latest");
        var inclusive = call.Flag("inclusive");
        var found = call.Workspace.Messages(channel.Id)
            .Where(m => m.EphemeralFor is null && (m.ThreadTs is null || m.IsBroadcast))
            .Where(m => Compare(m.Ts, oldest) is var c && (c > 0 || (inclusive && c == 0)))
            .Where(m => latest is null || (Compare(m.Ts, latest) is var c && (c < 0 || (inclusive && c == 0))))
            .Reverse().ToList();
        return Answer(call, found);
    }

    private static JsonObject Replies(ApiCall call)
    {
        var channel = Readable(call);
        var root = call.Workspace.FindMessage(channel.Id, call.Need("ts"));
        if (root is null or { EphemeralFor: not null })
            throw new Refusal("thread_not_found");
        var oldest = call.Str("oldest");
        var found = call.Workspace.Thread(channel.Id, root.ThreadTs ?? root.Ts)
            .Where(m => m.EphemeralFor is null)
            .Where(m => m.ThreadTs is null || oldest is null || Compare(m.Ts, oldest) > 0).ToList();
        return Answer(call, found);
    }

    private static JsonObject Answer(ApiCall call, IReadOnlyList<Message> found)
    {
        var answer = Pages.Of(call, "messages", found, m => SlackJson.Of(m, call.Workspace, call.Flag("include_all_metadata")));
        answer["has_more"] = (string)answer["response_metadata"]!["next_cursor"]! != "";
        return answer;
    }

    private static Channel Readable(ApiCall call)
    {
        var channel = call.Channel();
        call.NeedScope(channel.Kind, "history");
        return channel.Members.Contains(Seed.BotUser) ? channel : throw new Refusal("not_in_channel");
    }

    private static int Compare(string a, string b) => Ids.Moment(a).CompareTo(Ids.Moment(b));
}
