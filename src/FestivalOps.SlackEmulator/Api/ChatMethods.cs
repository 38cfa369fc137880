using System.Globalization;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary><c>chat.*</c>, except scheduling.</summary>
internal static class ChatMethods
{
    // Slack limit: chat.update refuses a longer text although chat.postMessage takes it.
    private const int MaxUpdateText = 4_000;

    public static IEnumerable<ApiMethod> All() =>
    [
        new("chat.postMessage", ["chat:write"], ApiMethod.Special, false, ["channel"], Post),
        new("chat.postEphemeral", ["chat:write"], ApiMethod.Tier4, false, ["channel", "user"], PostEphemeral),
        new("chat.update", ["chat:write"], ApiMethod.Tier3, false, ["channel", "ts"], Update),
        new("chat.delete", ["chat:write"], ApiMethod.Tier3, false, ["channel", "ts"], Delete),
        new("chat.getPermalink", [], ApiMethod.Special, true, ["channel", "message_ts"], Permalink),
    ];

    /// <summary>The message that a call describes, not yet posted.</summary>
    public static Message Draft(ApiCall call, Channel channel)
    {
        var content = Content.Read(call);
        return new Message("", channel.Id, Seed.BotUser, content.Text)
        {
            BotId = Seed.Bot,
            Blocks = content.Blocks,
            Attachments = content.Attachments,
            Metadata = content.Metadata is { } m && m.EnumerateObject().Any() ? m : null,
            ThreadTs = ThreadOf(call.Workspace, channel.Id, call.Str("thread_ts")),
            IsBroadcast = call.Flag("reply_broadcast"),
        };
    }

    /// <summary>The first message of the thread; replying to a reply lands in the same thread.</summary>
    public static string? ThreadOf(Workspace workspace, string channelId, string? ts)
    {
        if (ts is null)
            return null;
        var parent = workspace.FindMessage(channelId, ts);
        return parent is null or { EphemeralFor: not null } ? throw new Refusal("cannot_reply_to_message") : parent.ThreadTs ?? parent.Ts;
    }

    private static JsonObject Post(ApiCall call)
    {
        var channel = call.PostableChannel();
        var draft = Draft(call, channel);
        call.PacePost(channel.Id);
        var message = call.Workspace.Post(draft);
        return new() { ["channel"] = channel.Id, ["ts"] = message.Ts, ["message"] = SlackJson.Of(message, call.Workspace, withMetadata: true) };
    }

    private static JsonObject PostEphemeral(ApiCall call)
    {
        var channel = call.Channel(byName: true);
        if (channel.IsArchived)
            throw new Refusal("is_archived");
        if (!channel.Members.Contains(Seed.BotUser))
            throw new Refusal("not_in_channel");
        var user = call.Need("user");
        if (!channel.Members.Contains(user))
            throw new Refusal("user_not_in_channel");
        if (call.Str("text")?.Length > 40_000)
            throw new Refusal("msg_too_long");
        var draft = Draft(call, channel);
        call.PacePost(channel.Id);
        return new() { ["message_ts"] = call.Workspace.Post(draft with { EphemeralFor = user }).Ts };
    }

    private static JsonObject Update(ApiCall call)
    {
        var channel = call.Channel();
        if (channel.IsArchived)
            throw new Refusal("is_inactive");
        var message = Own(call, channel, call.Need("ts"), "cant_update_message");
        if (call.Str("text")?.Length > MaxUpdateText)
            throw new Refusal("msg_too_long");
        var content = Content.Read(call);
        Message? changed = null;
        call.Workspace.ChangeMessage(channel.Id, message.Ts, m => changed = m with
        {
            Text = call.Has("text") || call.Has("markdown_text") ? content.Text : m.Text,
            Blocks = content.Blocks,
            Attachments = call.Has("attachments") ? content.Attachments : m.Attachments,
            Metadata = content.Metadata is not { } given ? m.Metadata : given.EnumerateObject().Any() ? given : null,
            EditedAt = call.Workspace.Now,
        });
        return new() { ["channel"] = channel.Id, ["ts"] = message.Ts, ["text"] = changed!.Text, ["message"] = SlackJson.Of(changed, call.Workspace, withMetadata: true) };
    }

    private static JsonObject Delete(ApiCall call)
    {
        var channel = call.Channel();
        var message = Own(call, channel, call.Need("ts"), "cant_delete_message");
        call.Workspace.ChangeMessage(channel.Id, message.Ts, _ => null);
        return new() { ["channel"] = channel.Id, ["ts"] = message.Ts };
    }

    private static Message Own(ApiCall call, Channel channel, string ts, string otherwise)
    {
        var message = call.Workspace.FindMessage(channel.Id, ts);
        if (message is null or { EphemeralFor: not null })
            throw new Refusal("message_not_found");
        return message.BotId == Seed.Bot ? message : throw new Refusal(otherwise);
    }

    private static JsonObject Permalink(ApiCall call)
    {
        var channel = call.Channel();
        var ts = call.Need("message_ts");
        if (call.Workspace.FindMessage(channel.Id, ts) is null or { EphemeralFor: not null })
            throw new Refusal("message_not_found");
        var link = string.Create(CultureInfo.InvariantCulture, $"{call.Workspace.BaseUrl}/archives/{channel.Id}/p{ts.Replace(".", "", StringComparison.Ordinal)}");
        return new() { ["channel"] = channel.Id, ["permalink"] = link };
    }
}
