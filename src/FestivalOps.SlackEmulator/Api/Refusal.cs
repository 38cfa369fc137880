using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>Slack says no: <c>{"ok":false,"error":…}</c>. Thrown by method handlers, answered in one place.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "Always carries an error code.")]
internal sealed class Refusal(string error, params IReadOnlyList<string> messages) : Exception(error)
{
    public string Error => Message;

    public IReadOnlyList<string> Messages => messages;

    /// <summary>Set for a rate limit: status 429 with this Retry-After.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>More fields of the answer (<c>needed</c>, <c>provided</c>).</summary>
    public JsonObject Extra { get; init; } = [];
}
