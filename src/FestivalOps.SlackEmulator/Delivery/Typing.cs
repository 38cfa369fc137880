using System.Text.RegularExpressions;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Delivery;

/// <summary>Turns what a person typed into Slack's wire text.</summary>
internal static partial class Typing
{
    /// <summary>Escapes <c>&amp; &lt; &gt;</c> and turns @names, #channels and addresses into entities.</summary>
    /// <param name="workspace">Knows the names.</param>
    /// <param name="text">As typed.</param>
    /// <param name="withNames">Entities carry <c>|name</c>, as in an escaped slash command.</param>
    public static string Escape(Workspace workspace, string text, bool withNames)
    {
        var escaped = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        foreach (var (typed, entity) in Names(workspace, withNames).OrderByDescending(n => n.Typed.Length))
            escaped = Regex.Replace(escaped, $@"(?<![\w.@#]){Regex.Escape(typed)}(?![\w-])", entity.Replace("$", "$$", StringComparison.Ordinal), RegexOptions.None, TimeSpan.FromSeconds(1));
        return Address().Replace(escaped, "<$0>");
    }

    private static IEnumerable<(string Typed, string Entity)> Names(Workspace workspace, bool withNames)
    {
        foreach (var person in workspace.People)
        {
            var entity = withNames ? $"<@{person.Id}|{person.Name}>" : $"<@{person.Id}>";
            yield return ("@" + person.Name, entity);
            yield return ("@" + person.RealName, entity);
        }
        foreach (var group in workspace.Groups)
            yield return ("@" + group.Handle, withNames ? $"<!subteam^{group.Id}|@{group.Handle}>" : $"<!subteam^{group.Id}>");
        foreach (var channel in workspace.Channels.Where(c => !c.IsDirect))
            yield return ("#" + channel.Name, $"<#{channel.Id}|{(channel.Kind == ChannelKind.Private ? "" : channel.Name)}>");
        foreach (var word in (string[])["here", "channel", "everyone"])
            yield return ("@" + word, $"<!{word}>");
    }

    [GeneratedRegex(@"(?<![<\w])https?://[^\s<>|]+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
