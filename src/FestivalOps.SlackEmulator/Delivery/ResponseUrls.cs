using System.Text.Json;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Faults;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Where a <c>response_url</c> leads.</summary>
/// <param name="ChannelId">Conversation.</param>
/// <param name="UserId">Who acted.</param>
/// <param name="SourceTs">The message that held the button; null for a slash command.</param>
/// <param name="ThreadTs">The thread of that message.</param>
internal sealed record ResponseTarget(string ChannelId, string UserId, string? SourceTs, string? ThreadTs);

/// <summary><c>response_url</c>s: five posts within thirty minutes.</summary>
internal sealed class ResponseUrls(Workspace workspace, EmulatorOptions options, Pacing pacing, FaultKnobs faults, Journal journal, TimeProvider time)
{
    private const int MaxUses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly Lock gate = new();
    private readonly Dictionary<string, (ResponseTarget Target, DateTimeOffset At, int Uses)> all = new(StringComparer.Ordinal);

    public string Issue(ResponseTarget target)
    {
        var key = Ids.Secret();
        lock (gate)
        {
            foreach (var old in all.Where(u => time.GetUtcNow() - u.Value.At > 2 * Life).Select(u => u.Key).ToList())
                all.Remove(old);
            all[key] = (target, time.GetUtcNow(), 0);
        }
        return $"{workspace.BaseUrl}/{(target.SourceTs is null ? "commands" : "actions")}/{Seed.Team}/{key}";
    }

    /// <summary>Serves a post to a <c>response_url</c>.</summary>
    public async Task HandleAsync(HttpContext context, string key)
    {
        var started = time.GetTimestamp();
        var fault = faults.ForCall("response_url");
        var (status, body, args) = fault is { IsBeforeEffect: true }
            ? (fault.Status, (string?)fault.Body(context.Response)["error"] ?? "", [])
            : await AnswerAsync(context.Request, key, context.RequestAborted);
        if (fault is { IsBeforeEffect: false })
            (status, body) = (fault.Status, (string?)fault.Body(context.Response)["error"] ?? "");
        journal.Call("response_url", JsonSerializer.SerializeToElement(args), status, body, status == 200 ? null : body, fault?.Name, time.GetElapsedTime(started));
        if (fault is { Hangs: true })
            await faults.HangAsync(context.RequestAborted);
        if (fault is { Hangs: true } or { Aborts: true })
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private async Task<(int Status, string Body, Dictionary<string, JsonElement> Args)> AnswerAsync(HttpRequest request, string key, CancellationToken cancel)
    {
        Dictionary<string, JsonElement> values = [];
        try
        {
            var args = await Arguments.ReadAsync(request, cancel);
            values = args.Values;
            if (!args.IsJson && values.TryGetValue("payload", out var payload))
            {
                using var document = JsonDocument.Parse(payload.GetString() ?? "");
                values = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
            }
            if (Spend(key) is not { } target)
            {
                journal.Refuse("response_url", "used_url", "a response_url works 5 times within 30 minutes");
                return (404, "used_url", values);
            }
            Apply(new ApiCall("response_url", values, workspace, options, pacing), target);
            return (200, "ok", values);
        }
        catch (Refusal refusal)
        {
            journal.Refuse("response_url", refusal.Error, refusal.Messages);
            return (refusal.RetryAfterSeconds is null ? 400 : 429, refusal.Error, values);
        }
        catch (JsonException)
        {
            journal.Refuse("response_url", "invalid_payload");
            return (400, "invalid_payload", values);
        }
    }

    private ResponseTarget? Spend(string key)
    {
        lock (gate)
        {
            if (!all.TryGetValue(key, out var url) || url.Uses >= MaxUses || time.GetUtcNow() - url.At > Life)
                return null;
            all[key] = url with { Uses = url.Uses + 1 };
            return url.Target;
        }
    }

    private void Apply(ApiCall call, ResponseTarget target)
    {
        var source = target.SourceTs is null ? null : workspace.FindMessage(target.ChannelId, target.SourceTs);
        var hasContent = call.Has("text") || call.Has("blocks") || call.Has("attachments");
        if (call.Flag("delete_original"))
        {
            if (source is not null)
                workspace.ChangeMessage(source.Channel, source.Ts, _ => null);
            if (!hasContent)
                return;
        }
        var content = Content.Read(call);
        if (call.Flag("replace_original") && source is not null && !call.Flag("delete_original"))
        {
            workspace.ChangeMessage(source.Channel, source.Ts, m => m with
            {
                Text = content.Text,
                Blocks = content.Blocks,
                Attachments = content.Attachments,
                EditedAt = m.EphemeralFor is null ? workspace.Now : null,
            });
            return;
        }
        var isPublic = call.Str("response_type") == "in_channel";
        if (isPublic)
            pacing.Post(target.ChannelId);
        workspace.Post(Draft(content, target, isPublic) with { ThreadTs = ChatMethods.ThreadOf(workspace, target.ChannelId, call.Str("thread_ts")) ?? target.ThreadTs });
    }

    internal static Message Draft(Content content, ResponseTarget target, bool isPublic) => new("", target.ChannelId, Seed.BotUser, content.Text)
    {
        BotId = Seed.Bot,
        Blocks = content.Blocks,
        Attachments = content.Attachments,
        EphemeralFor = isPublic ? null : target.UserId,
        ThreadTs = target.ThreadTs,
    };
}
