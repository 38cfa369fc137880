namespace FestivalOps.SlackEmulator.Page;

/// <summary>Where blocks are shown, which decides where a press goes.</summary>
/// <param name="UserId">Who presses.</param>
/// <param name="ChannelId">Conversation of the message; <see langword="null"/> in a view.</param>
/// <param name="Ts">The message.</param>
/// <param name="ViewId">The view; <see langword="null"/> in a message.</param>
public sealed record Place(string UserId, string? ChannelId, string? Ts, string? ViewId)
{
    /// <summary>Key of what was chosen here.</summary>
    internal string Key => ViewId ?? $"{ChannelId}/{Ts}";
}
