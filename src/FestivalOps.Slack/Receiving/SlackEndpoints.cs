using System.Buffers;
using System.Collections.Frozen;
using System.IO.Pipelines;
using FestivalOps.Slack.Beyond;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.Receiving;

/// <summary>
/// The HTTP endpoints. All of them take everything Slack sends: what a request is, its content says. The signature is checked over the raw
/// bytes before anything is parsed.
/// </summary>
internal sealed partial class SlackEndpoints(RequestDelegate next, string prefix, SignatureCheck signature, ReplayMemory seen, Dispatcher dispatcher, ILogger<SlackEndpoints> logger)
{
    /// <summary>Slack sends far less: a view is at most 250 KB before its form encoding.</summary>
    internal const int BodyLimit = 1024 * 1024;

    private static readonly string[] Names = ["commands", "interactions", "options", "events", "command", "action", "event"];

    private readonly FrozenSet<string> _paths = Names.Select(name => prefix.Length == 0 ? $"/{name}" : $"/{prefix}/{name}").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public Task Invoke(HttpContext context)
    {
        if (context.Request.Path.Value is not { } path || !_paths.Contains(path))
            return next(context);
        if (HttpMethods.IsPost(context.Request.Method))
            return Guarded(context);
        context.Response.Headers.Allow = "POST";
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        return Task.CompletedTask;
    }

    private async Task Guarded(HttpContext context)
    {
        try
        {
            await Handle(context).ConfigureAwait(false);
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, malformed is FormatException ? malformed.Message : "not JSON").ConfigureAwait(false);
        }
        catch (BadHttpRequestException broken)
        {
            await Refuse(context, broken.StatusCode, "the request could not be read").ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            Log.Gone(logger, gone.GetType().Name);
        }
        catch (Exception failure)
        {
            var errorId = ErrorId.New();
            Log.Failed(logger, errorId, SlackRedaction.Redact(failure.ToString()));
            if (context.Response.HasStarted)
                throw;
            context.Response.Clear();
            await Say(context, StatusCodes.Status500InternalServerError, $"Something went wrong ({errorId})\n").ConfigureAwait(false);
        }
    }

    private async Task Handle(HttpContext context)
    {
        var request = context.Request;
        var timestamp = request.Headers["X-Slack-Request-Timestamp"];
        var claimed = request.Headers["X-Slack-Signature"];
        if (timestamp.Count != 1 || claimed.Count != 1)
        {
            await Refuse(context, StatusCodes.Status401Unauthorized, "no signature, or more than one").ConfigureAwait(false);
            return;
        }
        if (request.ContentLength > BodyLimit)
        {
            await Refuse(context, StatusCodes.Status413PayloadTooLarge, "longer than 1 MB").ConfigureAwait(false);
            return;
        }
        var (buffer, length) = await ReadBody(request, context.RequestAborted).ConfigureAwait(false);
        try
        {
            if (length < 0)
            {
                await Refuse(context, StatusCodes.Status413PayloadTooLarge, "longer than 1 MB").ConfigureAwait(false);
                return;
            }
            var verdict = signature.Check(timestamp[0], claimed[0], buffer.AsSpan(0, SignatureCheck.PrefixRoom + length), out var identity);
            if (verdict != SignatureVerdict.Good)
            {
                await Refuse(context, StatusCodes.Status401Unauthorized, Reason(verdict)).ConfigureAwait(false);
                return;
            }
            var reply = await Process(buffer.AsSpan(SignatureCheck.PrefixRoom, length), identity).ConfigureAwait(false);
            await Write(context.Response, reply).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task<Reply> Process(ReadOnlySpan<byte> body, UInt128 identity)
    {
        if (body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
            return Json(RawJson.Parse(body), identity);
        var form = CommandReader.Read(body);
        if (form.IsCertificateProbe)
            return Task.FromResult(Reply.Empty);
        // A request that came before, byte for byte, is answered 200 as the first time and not handled: a proxy that repeats must not make
        // Slack show an error for something that worked.
        if (!seen.IsFirst(identity))
            return Replayed();
        return form.Command is { } command ? dispatcher.Command(command) : dispatcher.Interaction(Object(form.Payload));
    }

    private Task<Reply> Json(JsonElement payload, UInt128 identity)
    {
        var type = RawJson.Text(payload, "type");
        if (type == "url_verification")
            return Task.FromResult(new Reply(Challenge(RawJson.Text(payload, "challenge"))));
        if (!seen.IsFirst(identity))
            return Replayed();
        // Some stand-ins send an interaction as bare JSON; its type tells.
        return type is "block_actions" or "view_submission" or "view_closed" or "shortcut" or "message_action" or "block_suggestion"
            ? dispatcher.Interaction(payload)
            : dispatcher.Event(payload);
    }

    private static byte[] Challenge(string? challenge)
    {
        if (challenge is null or { Length: > 1000 })
            throw new FormatException("a url_verification without challenge");
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("challenge", challenge);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement Object(byte[]? payload)
    {
        var parsed = RawJson.Parse(payload);
        return parsed.ValueKind == JsonValueKind.Object ? parsed : throw new FormatException("a payload that is no object");
    }

    private Task<Reply> Replayed()
    {
        Log.Replayed(logger);
        return Task.FromResult(Reply.Empty);
    }

    /// <summary>The body behind the room for the signature's prefix; a length below zero when it is too long. The caller gives the buffer back.</summary>
    private static async ValueTask<(byte[] Buffer, int Length)> ReadBody(HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = request.BodyReader;
        var buffer = ArrayPool<byte>.Shared.Rent(SignatureCheck.PrefixRoom + (int)(request.ContentLength ?? 16 * 1024));
        try
        {
            var length = 0;
            while (true)
            {
                var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (length + result.Buffer.Length > BodyLimit)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return (buffer, -1);
                }
                var needed = SignatureCheck.PrefixRoom + length + (int)result.Buffer.Length;
                if (needed > buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(needed * 2);
                    buffer.AsSpan(0, SignatureCheck.PrefixRoom + length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
                result.Buffer.CopyTo(buffer.AsSpan(SignatureCheck.PrefixRoom + length));
                length += (int)result.Buffer.Length;
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                    return (buffer, length);
            }
        }
        catch
        {
            // Here and not by the caller, who would not know of a larger one and give the first back twice.
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    private static ValueTask<FlushResult> Write(HttpResponse response, Reply reply)
    {
        response.ContentLength = reply.Json?.Length ?? 0;
        if (reply.Json is null)
            return default;
        response.ContentType = "application/json; charset=utf-8";
        return response.BodyWriter.WriteAsync(reply.Json, response.HttpContext.RequestAborted);
    }

    private Task Refuse(HttpContext context, int status, string reason)
    {
        var errorId = ErrorId.New();
        Log.Refused(logger, status, SlackRedaction.Redact(reason), errorId);
        return Say(context, status, $"Refused: {reason} ({errorId})\n");
    }

    private static Task Say(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static string Reason(SignatureVerdict verdict) => verdict switch
    {
        SignatureVerdict.Missing => "no signature",
        SignatureVerdict.Malformed => "malformed signature or timestamp",
        SignatureVerdict.Stale => "timestamp more than 5 minutes away; is the clock right?",
        SignatureVerdict.BeforeStart => "signed before this process began to listen; sent again by somebody, or the clocks differ",
        _ => "wrong signature; is the signing secret this app's?",
    };

    private static partial class Log
    {
        [LoggerMessage(50, LogLevel.Warning, "Refused a request to a Slack endpoint with {Status}: {Reason} ({ErrorId})")]
        public static partial void Refused(ILogger logger, int status, string reason, string errorId);

        [LoggerMessage(51, LogLevel.Warning, "A Slack request arrived a second time, byte for byte; it is handled once")]
        public static partial void Replayed(ILogger logger);

        [LoggerMessage(52, LogLevel.Error, "A request to a Slack endpoint failed ({ErrorId}): {Failure}")]
        public static partial void Failed(ILogger logger, string errorId, string failure);

        [LoggerMessage(53, LogLevel.Debug, "Slack did not wait for the end of a request ({Cause})")]
        public static partial void Gone(ILogger logger, string cause);
    }
}
