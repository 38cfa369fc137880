using System.Collections.Immutable;
using System.Text.Json;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>A modal or an App Home tab of one person, as it is at one moment.</summary>
/// <param name="Id">View id, <c>V…</c>.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Source">What the app sent: type, title, blocks and so on, with block and action ids filled in.</param>
/// <param name="Hash">Changes with every update.</param>
/// <param name="RootId">The first view of the stack.</param>
/// <param name="PreviousId">The view below, or <see langword="null"/>.</param>
public sealed record View(string Id, string User, JsonElement Source, string Hash, string RootId, string? PreviousId)
{
    /// <summary>Sentences under inputs, by block id: what the app or Slack found wrong.</summary>
    public ImmutableDictionary<string, string> Errors { get; init; } = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Text of a field of <see cref="Source"/>, or an empty string.</summary>
    /// <param name="field">Field name.</param>
    /// <returns>The text.</returns>
    public string Text(string field) =>
        Source.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>Whether a boolean field of <see cref="Source"/> is true.</summary>
    /// <param name="field">Field name.</param>
    /// <returns>True or false.</returns>
    public bool Flag(string field) => Source.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;
}
