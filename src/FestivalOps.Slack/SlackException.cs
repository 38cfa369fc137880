using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack;

/// <summary>Slack refused.</summary>
public class SlackException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="errorResponse">What Slack said.</param>
    public SlackException(ErrorResponse? errorResponse) : base(Describe(errorResponse))
    {
        ErrorCode = errorResponse?.Error is { Length: > 0 } code ? code : "unknown";
        ErrorMessages = [.. errorResponse?.Messages ?? []];
        ErrorInfo = errorResponse?.Info ?? [];
    }

    /// <summary>Slack's error code, for example <c>channel_not_found</c>. New ones appear at any time.</summary>
    public string ErrorCode { get; }

    /// <summary>Details, for example which block is wrong and why.</summary>
    public IReadOnlyList<string> ErrorMessages { get; }

    /// <summary>Further facts, for example <c>needed</c> and <c>provided</c> of <c>missing_scope</c>.</summary>
    public IReadOnlyDictionary<string, string> ErrorInfo { get; }

    private static string Describe(ErrorResponse? response)
    {
        if (response is null || response.Error.Length == 0)
            return "Slack refused without saying why.";
        var parts = new List<string> { $"Slack refused: {response.Error}." };
        parts.AddRange(response.Messages);
        parts.AddRange(response.Info.Select(fact => $"{fact.Key}: {fact.Value}"));
        return SlackRedaction.Redact(string.Join(' ', parts));
    }
}

/// <summary>Slack wants fewer requests, and waiting as long as we may did not help.</summary>
public sealed class SlackRateLimitException : SlackException
{
    /// <summary>A refusal for too many requests.</summary>
    /// <param name="retryAfter">How long Slack asked to wait; null when it did not say.</param>
    public SlackRateLimitException(TimeSpan? retryAfter) : base(new ErrorResponse { Error = "ratelimited" }) => RetryAfter = retryAfter;

    /// <summary>How long Slack asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
