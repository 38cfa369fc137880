using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary><c>chat.scheduleMessage</c> and what belongs to it.</summary>
internal sealed class ScheduleMethods(TimeProvider time)
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(120);
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);
    private const int MaxPerWindow = 30;

    public IEnumerable<ApiMethod> All() =>
    [
        new("chat.scheduleMessage", ["chat:write"], ApiMethod.Tier3, false, ["channel", "post_at"], Schedule),
        new("chat.deleteScheduledMessage", ["chat:write"], ApiMethod.Tier3, false, ["channel", "scheduled_message_id"], Unschedule),
        new("chat.scheduledMessages.list", [], ApiMethod.Tier3, false, [], List),
    ];

    private JsonObject Schedule(ApiCall call)
    {
        var channel = call.PostableChannel();
        var seconds = call.Int("post_at", 0);
        if (seconds <= 0)
            throw new Refusal("invalid_time");
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (at <= time.GetUtcNow())
            throw new Refusal("time_in_past");
        if (at > time.GetUtcNow() + Furthest)
            throw new Refusal("time_too_far");
        if (call.Workspace.Scheduled().Count(s => s.Message.Channel == channel.Id && (s.PostAt - at).Duration() < Window) >= MaxPerWindow)
            throw new Refusal("restricted_too_many");
        var draft = ChatMethods.Draft(call, channel);
        var item = new ScheduledMessage(Ids.New("Q"), at, draft);
        call.Workspace.Schedule(item);
        var workspace = call.Workspace;
        ITimer? timer = null;
        timer = time.CreateTimer(_ => Due(workspace, item, timer), null, at - time.GetUtcNow(), Timeout.InfiniteTimeSpan);
        return new() { ["channel"] = channel.Id, ["scheduled_message_id"] = item.Id, ["post_at"] = seconds, ["message"] = SlackJson.Of(draft, call.Workspace) };
    }

    private static void Due(Workspace workspace, ScheduledMessage item, ITimer? timer)
    {
        timer?.Dispose();
        // Slack documents that a scheduled message with metadata is never posted; a bot must not learn otherwise here.
        if (workspace.Unschedule(item.Id, item.Message.Channel) && item.Message.Metadata is null)
            workspace.Post(item.Message);
    }

    private static JsonObject Unschedule(ApiCall call)
    {
        var channel = call.Channel();
        return call.Workspace.Unschedule(call.Need("scheduled_message_id"), channel.Id) ? [] : throw new Refusal("invalid_scheduled_message_id");
    }

    private static JsonObject List(ApiCall call) => new()
    {
        ["scheduled_messages"] = new JsonArray([.. call.Workspace.Scheduled().Select(s => (JsonNode)new JsonObject
        {
            ["id"] = s.Id,
            ["channel_id"] = s.Message.Channel,
            ["post_at"] = s.PostAt.ToUnixTimeSeconds(),
            ["text"] = s.Message.Text,
        })]),
        ["response_metadata"] = new JsonObject { ["next_cursor"] = "" },
    };
}
