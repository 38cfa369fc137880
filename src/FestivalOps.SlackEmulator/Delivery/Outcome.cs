using System.Text.Json;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>What came of something a person did.</summary>
/// <param name="Ok">It went through, and the bot acknowledged if it was asked.</param>
/// <param name="Error">Error code: Slack's, or why it was not possible at all (<c>no_such_button</c>).</param>
public sealed record Outcome(bool Ok, string? Error = null)
{
    /// <summary>The sentence that the person sees, if any.</summary>
    public string? Shown { get; init; }

    /// <summary>Status of the bot's acknowledgement; null when the bot was not asked, 0 when it did not answer.</summary>
    public int? AckStatus { get; init; }

    /// <summary>Body of the bot's acknowledgement.</summary>
    public string? AckBody { get; init; }

    /// <summary>How long the bot took, in milliseconds.</summary>
    public double TookMs { get; init; }

    /// <summary>Timestamp of the message that this made, if any.</summary>
    public string? Ts { get; init; }

    /// <summary>The trigger id that went to the bot.</summary>
    public string? TriggerId { get; init; }

    /// <summary>Options that the bot answered for an external select.</summary>
    public JsonElement? Options { get; init; }

    internal static Outcome No(string error, string? shown = null) => new(false, error) { Shown = shown ?? error };

    internal static Outcome Of(BotAnswer answer, string? shownOnFailure) => answer.Ack == AckResult.Acknowledged
        ? new Outcome(true) { AckStatus = answer.Status, AckBody = answer.Body, TookMs = answer.Took.TotalMilliseconds }
        : new Outcome(false, CodeOf(answer)) { AckStatus = answer.Status, AckBody = answer.Body, TookMs = answer.Took.TotalMilliseconds, Shown = shownOnFailure };

    internal static string CodeOf(BotAnswer answer) => answer.Ack switch
    {
        AckResult.TimedOut => "operation_timeout",
        AckResult.Refused when answer.Status is >= 500 or 404 => $"http_service_error_{answer.Status}",
        _ => "dispatch_failed",
    };
}
