using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>The Events API: tells the bot what happened, with three retries.</summary>
internal sealed class BotEvents : IDisposable
{
    // Slack: nearly at once, after one minute, after five minutes.
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];
    private readonly Workspace workspace;
    private readonly EmulatorOptions options;
    private readonly BotLine line;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();

    public BotEvents(Workspace workspace, EmulatorOptions options, BotLine line, TimeProvider time)
    {
        (this.workspace, this.options, this.line, this.time) = (workspace, options, line, time);
        workspace.MemberJoined += (_, e) => Joined(e.ChannelId, e.UserId);
    }

    /// <summary>A person wrote a message.</summary>
    public void Typed(Message message)
    {
        var channel = workspace.FindChannel(message.Channel);
        if (channel?.Members.Contains(Seed.BotUser) != true)
            return;
        if (message.Text.Contains($"<@{Seed.BotUser}>", StringComparison.Ordinal))
            Raise("app_mention", "app_mentions:read", Written("app_mention", message));
        var (name, type, scope) = channel.Kind switch
        {
            ChannelKind.Public => ("message.channels", "channel", "channels:history"),
            ChannelKind.Private => ("message.groups", "group", "groups:history"),
            ChannelKind.Direct => ("message.im", "im", "im:history"),
            _ => ("message.mpim", "mpim", "mpim:history"),
        };
        var written = Written("message", message);
        written["channel_type"] = type;
        Raise(name, scope, written);
    }

    public void Reacted(string userId, string channelId, string ts, string name) => Raise("reaction_added", "reactions:read", new JsonObject
    {
        ["type"] = "reaction_added",
        ["user"] = userId,
        ["reaction"] = name,
        ["item"] = new JsonObject { ["type"] = "message", ["channel"] = channelId, ["ts"] = ts },
        ["event_ts"] = workspace.NextTs(),
    });

    /// <summary>A person opened the app's Home tab.</summary>
    public void HomeOpened(string userId)
    {
        var opened = new JsonObject
        {
            ["type"] = "app_home_opened",
            ["user"] = userId,
            ["channel"] = workspace.OpenDirect([userId, Seed.BotUser]).Channel.Id,
            ["tab"] = "home",
            ["event_ts"] = workspace.NextTs(),
        };
        if (workspace.Home(userId) is { } view)
            opened["view"] = SlackJson.Of(view, null);
        Raise("app_home_opened", null, opened);
    }

    public void Archived(string channelId, string userId) => Raise("channel_archive", "channels:read", new JsonObject
    {
        ["type"] = "channel_archive",
        ["channel"] = channelId,
        ["user"] = userId,
        ["event_ts"] = workspace.NextTs(),
    });

    /// <summary>Sends <c>url_verification</c> and says whether the challenge came back.</summary>
    public async Task<bool> VerifyUrlAsync(CancellationToken cancel)
    {
        var challenge = Ids.Secret();
        var answer = await line.SendAsync(DeliveryKind.Event, new JsonObject { ["type"] = "url_verification", ["challenge"] = challenge, ["token"] = Payloads.OldToken }, "url_verification", null, cancel);
        return answer.Ack == AckResult.Acknowledged && answer.Body.Contains(challenge, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
    }

    private void Joined(string channelId, string userId) => Raise("member_joined_channel", "channels:read", new JsonObject
    {
        ["type"] = "member_joined_channel",
        ["user"] = userId,
        ["channel"] = channelId,
        ["channel_type"] = "C",
        ["team"] = Seed.Team,
        ["event_ts"] = workspace.NextTs(),
    });

    private static JsonObject Written(string type, Message message)
    {
        var json = new JsonObject { ["type"] = type, ["user"] = message.User, ["text"] = message.Text, ["ts"] = message.Ts, ["channel"] = message.Channel, ["event_ts"] = message.Ts, ["team"] = Seed.Team };
        if (message.ThreadTs is not null)
            json["thread_ts"] = message.ThreadTs;
        return json;
    }

    private void Raise(string name, string? scope, JsonObject inner)
    {
        if (!options.Events.Contains(name, StringComparer.Ordinal) || (scope is not null && !options.BotScopes.Contains(scope, StringComparer.Ordinal)))
            return;
        var outer = new JsonObject
        {
            ["token"] = Payloads.OldToken,
            ["team_id"] = Seed.Team,
            ["context_team_id"] = Seed.Team,
            ["context_enterprise_id"] = null,
            ["api_app_id"] = Seed.App,
            ["event"] = inner,
            ["type"] = "event_callback",
            ["event_id"] = Ids.New("Ev"),
            ["event_time"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = null, ["team_id"] = Seed.Team, ["user_id"] = Seed.BotUser, ["is_bot"] = true, ["is_enterprise_install"] = false }),
            ["is_ext_shared_channel"] = false,
            ["event_context"] = "4-" + Ids.New(""),
        };
        _ = DeliverAsync(name, outer, stop.Token);
    }

    private async Task DeliverAsync(string name, JsonObject outer, CancellationToken cancel)
    {
        try
        {
            await Task.Yield();
            Retry? retry = null;
            for (var attempt = 0; ; attempt++)
            {
                var answer = await line.SendAsync(DeliveryKind.Event, outer, name, retry, cancel);
                if (answer.Ack == AckResult.Acknowledged || answer.NoRetry || attempt == Pauses.Length)
                    return;
                retry = new Retry(attempt + 1, answer.RetryReason);
                await Task.Delay(Pauses[attempt], time, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The workspace is stopping; an event that was not delivered yet is lost, as with Slack after its last retry.
        }
    }
}
