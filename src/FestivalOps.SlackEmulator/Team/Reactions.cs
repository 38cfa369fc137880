namespace FestivalOps.SlackEmulator.Team;

/// <summary>Putting emoji under messages and taking them away.</summary>
internal static class Reactions
{
    public static void Toggle(Workspace workspace, string channelId, string ts, string name, string userId) =>
        workspace.ChangeMessage(channelId, ts, m =>
        {
            var at = m.Reactions.ToList().FindIndex(r => r.Name == name);
            if (at < 0)
                return m with { Reactions = m.Reactions.Add(new Reaction(name, [userId])) };
            var users = m.Reactions[at].Users;
            users = users.Contains(userId, StringComparer.Ordinal) ? users.Remove(userId, StringComparer.Ordinal) : users.Add(userId);
            return m with { Reactions = users.Length == 0 ? m.Reactions.RemoveAt(at) : m.Reactions.SetItem(at, new Reaction(name, users)) };
        });
}
