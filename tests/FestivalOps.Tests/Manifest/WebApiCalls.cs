using System.Text.RegularExpressions;

namespace FestivalOps.Tests.Manifest;

/// <summary>Finds the calls of ISlackApiClient in source text, and knows the smallest bot scopes that each needs.</summary>
internal static partial class WebApiCalls
{
    // By the client's property and member names, because the calls in the code are written with these.
    private static readonly Dictionary<string, string[]> Scopes = new(StringComparer.Ordinal)
    {
        ["Auth.Test"] = [],
        ["Chat.PostMessage"] = ["chat:write"],
        ["Chat.PostEphemeral"] = ["chat:write"],
        ["Chat.Update"] = ["chat:write"],
        ["Chat.Delete"] = ["chat:write"],
        ["Chat.ScheduleMessage"] = ["chat:write"],
        ["Chat.DeleteScheduledMessage"] = ["chat:write"],
        ["Chat.GetPermalink"] = [],
        ["Conversations.Create"] = ["channels:manage"],
        // What was posted is looked for where it would be: public channels, private ones, direct messages.
        ["Conversations.History"] = ["channels:history", "groups:history", "im:history"],
        ["Conversations.Replies"] = ["channels:history", "groups:history", "im:history"],
        ["Conversations.Info"] = ["channels:read"],
        ["Conversations.Invite"] = ["channels:write.invites"],
        ["Conversations.Join"] = ["channels:join"],
        ["Conversations.List"] = ["channels:read"],
        ["Conversations.Members"] = ["channels:read"],
        ["Conversations.Open"] = ["im:write"],
        ["Conversations.SetTopic"] = ["channels:write.topic"],
        // The address in the profile is what pages by mail go to.
        ["Users.Info"] = ["users:read", "users:read.email"],
        ["Users.List"] = ["users:read"],
        ["Users.LookupByEmail"] = ["users:read.email"],
        ["UserGroups.List"] = ["usergroups:read"],
        ["UserGroupUsers.List"] = ["usergroups:read"],
        ["UserGroupUsers.Update"] = ["usergroups:write"],
        ["Views.Open"] = [],
        ["Views.Push"] = [],
        ["Views.Publish"] = [],
        ["Views.UpdateByViewId"] = [],
        ["Views.UpdateByExternalId"] = [],
        ["Files.Upload"] = ["files:write"],
        ["Reactions.AddToMessage"] = ["reactions:write"],
        ["Pins.AddMessage"] = ["pins:write"],
        ["Bookmarks.Add"] = ["bookmarks:write"],
        ["Canvases.Create"] = ["canvases:write"],
    };

    // Lists of the same names (options.Users) have members of their own.
    private static readonly HashSet<string> ListMembers =
        [.. typeof(Enumerable).GetMethods().Select(method => method.Name), "Exists", "Add", "Remove", "TryGetValue"];

    /// <summary>The calls in all C# files below a folder, such as "Chat.PostMessage", each once.</summary>
    public static IReadOnlyCollection<string> FindIn(string folder)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsSource))
            found.UnionWith(FindInText(File.ReadAllText(file)));
        return found;

        bool IsSource(string file) => !Path.GetRelativePath(folder, file).Split('/').Any(part => part is "bin" or "obj");
    }

    /// <summary>The calls in one source text.</summary>
    public static IEnumerable<string> FindInText(string source) => Call().Matches(source)
        .Where(match => !ListMembers.Contains(match.Groups["member"].Value))
        // A host has files, too; no member of Slack's client ends like this.
        .Where(match => !match.Groups["member"].Value.EndsWith("Async", StringComparison.Ordinal))
        .Select(match => match.Groups["api"].Value + "." + match.Groups["member"].Value)
        .Concat(RawCall().Matches(source).Select(match => match.Groups["method"].Value));

    /// <summary>The smallest scopes of a bot token for a call.</summary>
    /// <exception cref="KeyNotFoundException">The table does not know the call.</exception>
    public static IReadOnlyList<string> ScopesOf(string call) => Scopes.TryGetValue(call, out var scopes)
        ? scopes
        : throw new KeyNotFoundException($"{call} is called, but this test does not know its scopes: add a line to the table, and the scopes to manifest/.");

    [GeneratedRegex(
        """\.\s*(?<api>Auth|Chat|Conversations|Users|UserGroups|UserGroupUsers|Views|Files|Reactions|Pins|Bookmarks|Canvases|ScheduledMessages|Bots|Team|OAuthV2)\s*\??\.\s*(?<member>\w+)\s*(<[^<>()]*>)?\(""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000)]
    private static partial Regex Call();

    [GeneratedRegex("""\.\s*(Get|Post)\s*(<[^()]*>)?\(\s*"(?<method>[a-z]+(\.[a-zA-Z]+)+)"\s*,""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex RawCall();
}
