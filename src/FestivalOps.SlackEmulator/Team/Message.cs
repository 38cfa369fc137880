using System.Collections.Immutable;
using System.Text.Json;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>An emoji under a message and who put it there.</summary>
/// <param name="Name">Short code without colons.</param>
/// <param name="Users">User ids.</param>
public sealed record Reaction(string Name, ImmutableArray<string> Users);

/// <summary>A file that was shared with a message.</summary>
/// <param name="Id">File id, <c>F…</c>.</param>
/// <param name="Name">File name.</param>
/// <param name="Title">Title as shown.</param>
/// <param name="ContentType">MIME type guessed from the name.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="AltText">Description for people who cannot see it.</param>
public sealed record SharedFile(string Id, string Name, string Title, string ContentType, int Length, string AltText);

/// <summary>One message as it is at one moment. Changing it makes a new record.</summary>
/// <param name="Ts">Its identity in the channel; seconds and microseconds as text, never a number.</param>
/// <param name="Channel">Channel id.</param>
/// <param name="User">User id of the author.</param>
/// <param name="Text">mrkdwn text, entities escaped.</param>
public sealed record Message(string Ts, string Channel, string User, string Text)
{
    /// <summary>Bot id, <c>B…</c>, when the app wrote it.</summary>
    public string? BotId { get; init; }

    /// <summary>Block Kit blocks with their ids filled in.</summary>
    public JsonElement? Blocks { get; init; }

    /// <summary>Old style attachments.</summary>
    public JsonElement? Attachments { get; init; }

    /// <summary>Metadata that the app stored with the message.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Timestamp of the thread's first message, when this is a reply.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>A reply that is shown in the channel as well.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>The only user who sees it; <see langword="null"/> for everyone.</summary>
    public string? EphemeralFor { get; init; }

    /// <summary>When it was last edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Slack's own line to a user, for example that a command failed.</summary>
    public bool IsSlackbot { get; init; }

    /// <summary>Message subtype, for example <c>channel_join</c>.</summary>
    public string? Subtype { get; init; }

    /// <summary>Emoji under it.</summary>
    public ImmutableArray<Reaction> Reactions { get; init; } = [];

    /// <summary>Files shared with it.</summary>
    public ImmutableArray<SharedFile> Files { get; init; } = [];

    /// <summary>May this person see it?</summary>
    /// <param name="userId">Who looks.</param>
    /// <returns>True unless it is somebody else's ephemeral message.</returns>
    public bool IsVisibleTo(string? userId) => EphemeralFor is null || string.Equals(EphemeralFor, userId, StringComparison.Ordinal);
}
