using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

/// <summary>Posts to <c>response_url</c>s and webhooks: addresses that are secrets, so they appear in no message.</summary>
internal sealed class ResponseUrlSender(SendingParts parts)
{
    // Slack takes five posts per address; what comes later must still get through.
    private const int MostPages = 3;

    private static readonly MediaTypeHeaderValue Json = new("application/json", "utf-8");

    public async Task Respond(string responseUrl, IReadOnlyMessage message, CancellationToken cancellationToken)
    {
        var address = Address(responseUrl);
        var kind = Kind.Of(message);
        if (kind.OnlyDeletes)
        {
            await Send("response_url", address, """{"delete_original":true}"""u8.ToArray(), cancellationToken).ConfigureAwait(false);
            return;
        }
        var given = AsMessage(message);
        var pages = kind.ReplacesOriginal == true ? [MessageLimits.FitOne(given)] : MessageLimits.Fit(given);
        if (pages.Count > MostPages)
            pages = [.. pages.Take(MostPages - 1), MessageLimits.FitOne(Rest(given, pages))];
        for (var page = 0; page < pages.Count; page++)
            await Send("response_url", address, Body(pages[page], page == 0 ? kind : kind with { ReplacesOriginal = false, DeletesOriginal = false }), cancellationToken).ConfigureAwait(false);
    }

    public async Task PostToWebhook(string url, Message message, CancellationToken cancellationToken)
    {
        var address = Address(url);
        foreach (var page in MessageLimits.Fit(message))
            await Send("webhook", address, Body(page, Kind.Plain), cancellationToken).ConfigureAwait(false);
    }

    private Uri Address(string url) => parts.Addresses.ResponseUrl(url) ?? throw new SlackException(new ErrorResponse
    {
        Error = "response_url_refused",
        Messages =
        {
            string.IsNullOrEmpty(url)
                ? "There is no response_url: view interactions, global shortcuts and events have none."
                : "The response_url is not one of Slack's (hooks.slack.com, hooks.slack-gov.com over https); a loopback host needs AllowInsecureLoopback.",
        },
    });

    // What the first pages did not show, so that the last page can say how much is missing.
    private static Message Rest(Message given, IReadOnlyList<Message> pages) => new()
    {
        Blocks = [.. pages.Skip(MostPages - 1).SelectMany(page => page.Blocks)],
        Attachments = [.. pages.Skip(MostPages - 1).SelectMany(page => page.Attachments)],
        Text = given.Blocks.Count > 0 ? null : string.Concat(pages.Skip(MostPages - 1).Select(page => page.Text)),
        ThreadTs = given.ThreadTs,
    };

    private async Task Send(string what, Uri address, byte[] body, CancellationToken cancellationToken) =>
        await parts.Transport.Send(what, address.AbsoluteUri, Repeat.Never, () =>
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = Json;
            return new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        }, Read, cancellationToken).ConfigureAwait(false);

    private static Attempt Read(HttpStatusCode status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new(Outcome.Refused)
        {
            Error = new ErrorResponse { Error = "expired_url", Messages = { "The response_url is older than 30 minutes or was used 5 times." } },
        },
        HttpStatusCode.TooManyRequests => new(Outcome.Limited) { RetryAfter = retryAfter },
        _ when (int)status >= 500 => new(Outcome.Unclear) { Error = new ErrorResponse { Error = $"http_{(int)status}" } },
        _ when (int)status >= 300 => new(Outcome.Refused) { Error = new ErrorResponse { Error = $"http_{(int)status}", Messages = { Words(body) } } },
        // Success is the text "ok"; a refusal of the content may come as JSON.
        _ when body.Span.TrimStart((byte)' ') is [(byte)'{', ..] => Attempt.FromApi(status, retryAfter, body),
        _ => new(Outcome.Done),
    };

    private static string Words(ReadOnlyMemory<byte> body) =>
        TextCut.Plain(new string([.. System.Text.Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, 200)]).Where(c => !char.IsControl(c))]), 120);

    private static Message AsMessage(IReadOnlyMessage message) => message as Message ?? new Message
    {
        Text = message.Text,
        Blocks = message.Blocks,
        Attachments = message.Attachments,
        ThreadTs = message.ThreadTs,
        Parse = message.Parse,
        LinkNames = message.LinkNames,
        UnfurlLinks = message.UnfurlLinks,
        UnfurlMedia = message.UnfurlMedia,
        MetadataJson = message.MetadataJson,
        MetadataObject = message.MetadataObject,
    };

    internal static byte[] Body(Message message, Kind kind)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = SlackJson.Options.Encoder }))
        {
            json.WriteStartObject();
            if (kind.ResponseType is { } type)
                json.WriteString("response_type", SlackEnumConverter<ResponseType>.Word(type));
            if (kind.ReplacesOriginal is { } replaces)
                json.WriteBoolean("replace_original", replaces);
            if (kind.DeletesOriginal)
                json.WriteBoolean("delete_original", true);
            if (message.Text is { } text)
                json.WriteString("text", text);
            if (message.ThreadTs is { } thread)
                json.WriteString("thread_ts", thread);
            if (message.Parse != ParseMode.Default)
                json.WriteString("parse", SlackEnumConverter<ParseMode>.Word(message.Parse));
            json.WriteBoolean("unfurl_links", message.UnfurlLinks);
            json.WriteBoolean("unfurl_media", message.UnfurlMedia);
            WriteList<Block>(json, "blocks", message.Blocks);
            WriteList<Attachment>(json, "attachments", message.Attachments);
            if ((message.MetadataJson ?? MessageMetadata.FromObject(message.MetadataObject)) is { } metadata)
            {
                json.WritePropertyName("metadata");
                JsonSerializer.Serialize(json, metadata, SlackJson.TypeInfo<MessageMetadata>());
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IList<T> list)
    {
        if (list.Count == 0)
            return;
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, list, SlackJson.TypeInfo<IList<T>>());
    }

    /// <summary>How an answer is shown.</summary>
    internal sealed record Kind(ResponseType? ResponseType, bool? ReplacesOriginal, bool DeletesOriginal, bool HasContent)
    {
        public static Kind Plain { get; } = new(null, null, false, true);

        public bool OnlyDeletes => DeletesOriginal && !HasContent;

        public static Kind Of(IReadOnlyMessage message) => message switch
        {
            Interaction.MessageUpdateResponse update => new(update.ResponseType, update.ReplaceOriginal, update.DeleteOriginal, update.HasMessage),
            SlashCommandMessageResponse command => new(command.ResponseType, null, false, true),
            _ => new(Slack.Interaction.ResponseType.Ephemeral, false, false, true),
        };
    }
}
