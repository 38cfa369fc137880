using System.Text.Json;
using System.Text.Json.Nodes;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Typing and reacting, as a person. Used by the page and by the control API alike.</summary>
internal sealed class PersonActions(Workspace workspace, EmulatorOptions options, BotLine line, Triggers triggers, ResponseUrls urls, Journal journal, BotEvents events, Pacing pacing)
{
    /// <summary>Types a line and presses Enter.</summary>
    public async Task<Outcome> TypeAsync(string userId, string channelId, string text, string? threadTs, CancellationToken cancel)
    {
        var (person, channel) = (workspace.FindPerson(userId), workspace.FindChannel(channelId));
        if (person is null)
            return Outcome.No("user_not_found");
        if (channel is null)
            return Outcome.No("channel_not_found");
        if (channel.IsArchived)
            return Outcome.No("is_archived");
        if (!channel.Members.Contains(userId))
            return Outcome.No("not_in_channel");
        text = text.Trim();
        if (text.Length == 0)
            return Outcome.No("no_text");
        if (text[0] == '/' && !text.StartsWith("//", StringComparison.Ordinal))
            return await CommandAsync(person, channel, text, threadTs, cancel);
        var message = workspace.Post(new Message("", channel.Id, userId, Typing.Escape(workspace, text, withNames: false)) { ThreadTs = threadTs });
        events.Typed(message);
        return new Outcome(true) { Ts = message.Ts };
    }

    /// <summary>Adds or removes an emoji.</summary>
    public Outcome React(string userId, string channelId, string ts, string name)
    {
        if (workspace.FindMessage(channelId, ts) is null)
            return Outcome.No("message_not_found");
        Reactions.Toggle(workspace, channelId, ts, name, userId);
        events.Reacted(userId, channelId, ts, name);
        return new Outcome(true);
    }

    private async Task<Outcome> CommandAsync(Person person, Channel channel, string text, string? threadTs, CancellationToken cancel)
    {
        var space = text.AsSpan().IndexOfAny(" \t\n\u3000");
        var name = space < 0 ? text : text[..space];
        var rest = space < 0 ? "" : text[(space + 1)..].Trim();
        var command = options.SlashCommands.FirstOrDefault(c => string.Equals(c.Command, name, StringComparison.OrdinalIgnoreCase));
        if (command is null)
            return Line(person, channel, threadTs, "invalid_command", Say(person, $"{name} は有効なコマンドではありません。", $"{name} is not a valid command."));
        if (threadTs is not null)
            return Line(person, channel, threadTs, "not_supported_in_threads", Say(person, $"{name} はスレッド内では使えません。", $"{name} is not supported in threads. Sorry!"));
        var trigger = triggers.Issue(person.Id);
        var target = new ResponseTarget(channel.Id, person.Id, null, null);
        var payload = new JsonObject
        {
            ["token"] = Payloads.OldToken,
            ["team_id"] = Seed.Team,
            ["team_domain"] = Seed.Domain,
            ["channel_id"] = channel.Id,
            ["channel_name"] = Payloads.NameOf(channel),
            ["user_id"] = person.Id,
            ["user_name"] = person.Name,
            ["command"] = command.Command,
            ["text"] = command.ShouldEscape ? Typing.Escape(workspace, rest, withNames: true) : rest,
            ["api_app_id"] = Seed.App,
            ["is_enterprise_install"] = "false",
            ["response_url"] = urls.Issue(target),
            ["trigger_id"] = trigger,
        };
        var answer = await line.SendAsync(DeliveryKind.Command, payload, text, null, cancel);
        if (answer.Ack != AckResult.Acknowledged)
        {
            var code = Outcome.CodeOf(answer);
            var failed = Line(person, channel, null, code, Say(person, $"{command.Command} はエラー「{code}」により失敗しました。", $"{command.Command} failed with the error \"{code}\""));
            return Outcome.Of(answer, failed.Shown) with { Ts = failed.Ts, TriggerId = trigger };
        }
        return Outcome.Of(answer, null) with { Ts = ShowAck(answer, target, text), TriggerId = trigger };
    }

    /// <summary>The acknowledgement of a command may itself be a message.</summary>
    private string? ShowAck(BotAnswer answer, ResponseTarget target, string typed)
    {
        if (answer.Body.Length == 0)
            return null;
        var args = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        try
        {
            if (answer.IsJson)
            {
                using var document = JsonDocument.Parse(answer.Body);
                args = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
                if (args.Count == 0)
                    return null;
            }
            else
            {
                args["text"] = JsonSerializer.SerializeToElement(answer.Body);
            }
            var call = new ApiCall("ack", args, workspace, options, pacing);
            var isPublic = call.Str("response_type") == "in_channel";
            var content = Content.Read(call);
            if (isPublic)
                workspace.Post(new Message("", target.ChannelId, target.UserId, typed));
            return workspace.Post(ResponseUrls.Draft(content, target, isPublic)).Ts;
        }
        catch (Refusal refusal)
        {
            journal.Refuse("ack of " + typed, refusal.Error, refusal.Messages);
            return null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            journal.Refuse("ack of " + typed, "invalid_json", "the acknowledgement says it is JSON but is not an object");
            return null;
        }
    }

    private static string Say(Person person, string japanese, string english) => person.Language == "ja" ? japanese : english;

    private Outcome Line(Person person, Channel channel, string? threadTs, string error, string shown)
    {
        var message = workspace.Post(new Message("", channel.Id, "USLACKBOT", shown) { IsSlackbot = true, EphemeralFor = person.Id, ThreadTs = threadTs });
        return Outcome.No(error, shown) with { Ts = message.Ts };
    }
}
