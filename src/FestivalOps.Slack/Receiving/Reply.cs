using System.Buffers;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.Sending;

namespace FestivalOps.Slack.Receiving;

/// <summary>What an acknowledgement carries: nothing, or JSON. The same over HTTP and over a socket.</summary>
/// <param name="Json">UTF-8, or null.</param>
/// <param name="ByResponseUrl">Sends the same another way, for a socket that closed before the acknowledgement.</param>
internal readonly record struct Reply(byte[]? Json, Func<CancellationToken, Task>? ByResponseUrl = null)
{
    public static Reply Empty => default;

    public static Reply Message(SlashCommandResponse response)
    {
        var pages = MessageLimits.FitOne(response.Message!);
        return new(ResponseUrlSender.Body(pages, ResponseUrlSender.Kind.Of(new SlashCommandMessageResponse(response))));
    }

    public static Reply View(ViewSubmissionResponse response) => response switch
    {
        UpdateViewResponse update => ViewAction(update.ResponseAction!, update.View),
        PushViewResponse push => ViewAction(push.ResponseAction!, push.View),
        ViewErrorsResponse errors => Write(json =>
        {
            json.WriteString("response_action", errors.ResponseAction);
            json.WriteStartObject("errors");
            foreach (var (block, text) in errors.Errors)
                json.WriteString(block, text);
            json.WriteEndObject();
        }),
        { ResponseAction: { } action } => Write(json => json.WriteString("response_action", action)),
        _ => Empty,
    };

    public static Reply Options(BlockOptionsResponse response) => Write(json =>
    {
        if (response.OptionGroups is { } groups)
        {
            json.WritePropertyName("option_groups");
            JsonSerializer.Serialize(json, ElementFitting.FitGroups([.. groups.Select(SlackJson.Copy)]), SlackJson.TypeInfo<IList<OptionGroup>>());
            return;
        }
        json.WritePropertyName("options");
        JsonSerializer.Serialize(json, ElementFitting.FitOptions([.. (response.Options ?? []).Select(SlackJson.Copy)], 100), SlackJson.TypeInfo<IList<Option>>());
    });

    private static Reply ViewAction(string action, ViewDefinition? view) => Write(json =>
    {
        json.WriteString("response_action", action);
        json.WritePropertyName("view");
        JsonSerializer.Serialize(
            json, MessageLimits.Fit(view ?? throw new InvalidOperationException($"The answer '{action}' to a view needs a view.")), SlackJson.TypeInfo<ViewDefinition>());
    });

    private static Reply Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = SlackJson.Options.Encoder }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return new(buffer.WrittenSpan.ToArray());
    }
}
