namespace FestivalOps.SlackEmulator.Team;

/// <summary>Joining and leaving, with the line that the channel shows for it.</summary>
internal static class Membership
{
    public static void Join(Workspace workspace, string channelId, string userId)
    {
        if (workspace.FindChannel(channelId) is not { } channel || channel.Members.Contains(userId))
            return;
        workspace.Change(channelId, c => c with { Members = c.Members.Add(userId) });
        workspace.Post(new Message("", channelId, userId, $"<@{userId}> has joined the channel") { Subtype = "channel_join" });
        workspace.RaiseJoined(channelId, userId);
    }

    public static void Leave(Workspace workspace, string channelId, string userId)
    {
        if (workspace.FindChannel(channelId) is not { } channel || !channel.Members.Contains(userId))
            return;
        workspace.Change(channelId, c => c with { Members = c.Members.Remove(userId) });
        workspace.Post(new Message("", channelId, userId, $"<@{userId}> has left the channel") { Subtype = "channel_leave" });
    }
}
