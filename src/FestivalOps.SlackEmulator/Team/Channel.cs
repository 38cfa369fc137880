using System.Collections.Immutable;

namespace FestivalOps.SlackEmulator.Team;

/// <summary>The kinds of conversations.</summary>
public enum ChannelKind
{
    /// <summary>Anyone may find and join it.</summary>
    Public,

    /// <summary>Only members know it.</summary>
    Private,

    /// <summary>Between two people (<c>D…</c>).</summary>
    Direct,

    /// <summary>Between up to eight people.</summary>
    GroupDirect,
}

/// <summary>A link in a channel's bookmark bar.</summary>
/// <param name="Id">Bookmark id, <c>Bk…</c>.</param>
/// <param name="Title">Text of the link.</param>
/// <param name="Link">Target address.</param>
public sealed record Bookmark(string Id, string Title, string Link);

/// <summary>A conversation of any kind, as it is at one moment.</summary>
/// <param name="Id"><c>C…</c> or, for a direct message, <c>D…</c>.</param>
/// <param name="Name">Without <c>#</c>; empty for direct messages.</param>
/// <param name="Kind">Public, private, direct or group.</param>
/// <param name="Members">User ids, the bot's included.</param>
/// <param name="Created">When it was made.</param>
public sealed record Channel(string Id, string Name, ChannelKind Kind, ImmutableSortedSet<string> Members, DateTimeOffset Created)
{
    /// <summary>Topic line, at most 250 characters.</summary>
    public string Topic { get; init; } = "";

    /// <summary>User id of who made it.</summary>
    public string Creator { get; init; } = Seed.Sato;

    /// <summary>Nothing can be posted any more; its name stays taken.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Pinned messages, by timestamp.</summary>
    public ImmutableArray<string> Pins { get; init; } = [];

    /// <summary>Links under the channel's title.</summary>
    public ImmutableArray<Bookmark> Bookmarks { get; init; } = [];

    /// <summary>A direct or group direct message.</summary>
    public bool IsDirect => Kind is ChannelKind.Direct or ChannelKind.GroupDirect;
}
