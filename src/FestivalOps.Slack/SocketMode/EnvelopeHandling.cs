using System.Buffers;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Interaction;
using FestivalOps.Slack.Receiving;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.SocketMode;

/// <summary>Handles what comes over a socket with the same handlers as HTTP, and acknowledges it.</summary>
internal sealed partial class EnvelopeHandling(Dispatcher dispatcher, ReplayMemory seen, ILogger<EnvelopeHandling> logger) : IDisposable
{
    // More at once than this and Slack's own limits have been passed; further ones wait for their turn.
    private readonly SemaphoreSlim _room = new(500, 500);

    public void Dispose() => _room.Dispose();

    /// <summary>Never throws.</summary>
    /// <param name="envelope">What came.</param>
    /// <param name="send">Sends the acknowledgement; false when the connection is gone.</param>
    public async Task Handle(JsonElement envelope, Func<ReadOnlyMemory<byte>, Task<bool>> send)
    {
        // The caller reads the socket: leave it at once.
        await Task.Yield();
        await _room.WaitAsync().ConfigureAwait(false);
        try
        {
            if (RawJson.Text(envelope, "envelope_id") is not { Length: > 0 and <= 255 } id)
            {
                Log.NoEnvelope(logger, LogName.Of(RawJson.Text(envelope, "type")));
                return;
            }
            var reply = seen.IsFirst('v', id) ? await Process(envelope).ConfigureAwait(false) : Reply.Empty;
            var accepts = RawJson.Find(envelope, "accepts_response_payload").ValueKind == JsonValueKind.True;
            var acknowledged = await send(Acknowledgement(id, accepts ? reply.Json : null)).ConfigureAwait(false);
            if (reply.ByResponseUrl is { } another && (!acknowledged || !accepts))
                await another(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Log.Failed(logger, ErrorId.New(), SlackRedaction.Redact(failure.ToString()));
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task<Reply> Process(JsonElement envelope)
    {
        try
        {
            var payload = RawJson.Find(envelope, "payload");
            if (payload.ValueKind != JsonValueKind.Object)
                throw new FormatException("an envelope without payload");
            switch (RawJson.Text(envelope, "type"))
            {
                case "slash_commands":
                    return await dispatcher.Command(SlackJson.Read<SlashCommand>(payload)!).ConfigureAwait(false);
                case "interactive":
                    return await dispatcher.Interaction(payload).ConfigureAwait(false);
                case "events_api":
                    return await dispatcher.Event(payload).ConfigureAwait(false);
                case var unknown:
                    Log.UnknownType(logger, LogName.Of(unknown));
                    return Reply.Empty;
            }
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            // Acknowledged all the same: what cannot be read now cannot be read when it is sent again.
            Log.Malformed(logger, malformed is FormatException ? malformed.Message : "unreadable payload", ErrorId.New());
            return Reply.Empty;
        }
    }

    private static ReadOnlyMemory<byte> Acknowledgement(string id, byte[]? payload)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("envelope_id", id);
        if (payload is not null)
        {
            json.WritePropertyName("payload");
            json.WriteRawValue(payload, skipInputValidation: true);
        }
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static partial class Log
    {
        [LoggerMessage(70, LogLevel.Error, "A Slack socket message could not be handled ({ErrorId}): {Failure}")]
        public static partial void Failed(ILogger logger, string errorId, string failure);

        [LoggerMessage(71, LogLevel.Warning, "Passed over a malformed Slack socket message: {Reason} ({ErrorId})")]
        public static partial void Malformed(ILogger logger, string reason, string errorId);

        [LoggerMessage(72, LogLevel.Warning, "Unknown Slack envelope type {Type}; acknowledged")]
        public static partial void UnknownType(ILogger logger, string type);

        [LoggerMessage(73, LogLevel.Warning, "A Slack socket message of type {Type} without envelope; passed over")]
        public static partial void NoEnvelope(ILogger logger, string type);
    }
}
