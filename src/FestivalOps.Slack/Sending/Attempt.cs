using System.Net;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Sending;

internal enum Outcome
{
    Done,

    /// <summary>Slack said no; the same request would be refused again.</summary>
    Refused,

    /// <summary>Nothing took effect: too many requests.</summary>
    Limited,

    /// <summary>Nothing took effect: Slack was not reached or could not take the request.</summary>
    NotTaken,

    /// <summary>Sent, and no answer that tells what became of it.</summary>
    Unclear,
}

/// <summary>What became of one try.</summary>
internal sealed record Attempt(Outcome Outcome)
{
    public JsonElement Answer { get; init; }

    public ErrorResponse? Error { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    public Exception? Cause { get; init; }

    public static Attempt FromApi(HttpStatusCode status, TimeSpan? retryAfter, ReadOnlyMemory<byte> body)
    {
        if (status == HttpStatusCode.TooManyRequests)
            return new(Outcome.Limited) { RetryAfter = retryAfter };
        try
        {
            return Understand(status, retryAfter, body.IsEmpty ? default : JsonElement.Parse(body.Span));
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // Also a text in it that is half a character.
            return Unreadable(status, cause);
        }
    }

    private static Attempt Understand(HttpStatusCode status, TimeSpan? retryAfter, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("ok", out var ok))
            return Unreadable(status, null);
        if ((int)status < 300 && ok.ValueKind == JsonValueKind.True)
            return new(Outcome.Done) { Answer = root };
        var error = ErrorReading.Read(root);
        return error.Error switch
        {
            "ratelimited" or "rate_limited" => new(Outcome.Limited) { RetryAfter = retryAfter, Error = error },
            "service_unavailable" or "request_timeout" => new(Outcome.NotTaken) { Error = error },
            "internal_error" or "fatal_error" => new(Outcome.Unclear) { Error = error },
            _ when (int)status >= 500 => new(Outcome.Unclear) { Error = error },
            _ => new(Outcome.Refused) { Error = error },
        };
    }

    private static Attempt Unreadable(HttpStatusCode status, Exception? cause) => (int)status is >= 300 and < 500
        ? new(Outcome.Refused) { Error = new ErrorResponse { Error = $"http_{(int)status}" }, Cause = cause }
        : new(Outcome.Unclear) { Error = new ErrorResponse { Error = $"http_{(int)status}" }, Cause = cause };
}
