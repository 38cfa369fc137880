namespace FestivalOps.SlackEmulator.Team;

/// <summary>Somebody joined a channel.</summary>
/// <param name="channelId">Where.</param>
/// <param name="userId">Who.</param>
public sealed class MemberJoinedEventArgs(string channelId, string userId) : EventArgs
{
    /// <summary>Where.</summary>
    public string ChannelId { get; } = channelId;

    /// <summary>Who.</summary>
    public string UserId { get; } = userId;
}
