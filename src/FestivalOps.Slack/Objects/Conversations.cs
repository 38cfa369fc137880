namespace FestivalOps.Slack;

/// <summary>A channel as interaction payloads name it.</summary>
public sealed class Channel
{
    /// <summary>Slack channel id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Name without #; <c>directmessage</c> or <c>privategroup</c> for those kinds.</summary>
    public string? Name { get; set; }
}

/// <summary>A channel, private channel or direct message.</summary>
public sealed class Conversation
{
    /// <summary>Slack channel id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Name without #.</summary>
    public string? Name { get; set; }

    /// <summary>A channel.</summary>
    public bool IsChannel { get; set; }

    /// <summary>An old private channel.</summary>
    public bool IsGroup { get; set; }

    /// <summary>A direct message.</summary>
    public bool IsIm { get; set; }

    /// <summary>A group direct message.</summary>
    public bool IsMpim { get; set; }

    /// <summary>Not for everyone.</summary>
    public bool IsPrivate { get; set; }

    /// <summary>Unix seconds.</summary>
    public int Created { get; set; }

    /// <summary>User id.</summary>
    public string? Creator { get; set; }

    /// <summary>Archived; the name stays taken.</summary>
    public bool IsArchived { get; set; }

    /// <summary>The channel with everyone in it.</summary>
    public bool IsGeneral { get; set; }

    /// <summary>Name in plain letters.</summary>
    public string? NameNormalized { get; set; }

    /// <summary>Shared with another workspace.</summary>
    public bool IsShared { get; set; }

    /// <summary>Shared with another organisation.</summary>
    public bool IsExtShared { get; set; }

    /// <summary>Shared within the organisation.</summary>
    public bool IsOrgShared { get; set; }

    /// <summary>The caller is in it.</summary>
    public bool IsMember { get; set; }

    /// <summary>Topic.</summary>
    public Topic? Topic { get; set; }

    /// <summary>Purpose.</summary>
    public Purpose? Purpose { get; set; }

    /// <summary>Number of members; only when asked for.</summary>
    public int NumMembers { get; set; }

    /// <summary>Only when asked for.</summary>
    public string? Locale { get; set; }

    /// <summary>The other person of a direct message.</summary>
    public string? User { get; set; }

    /// <summary>Names it had.</summary>
    public IList<string> PreviousNames { get; set; } = [];
}

/// <summary>A channel's topic.</summary>
public sealed class Topic
{
    /// <summary>The text. At most 250 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Who set it.</summary>
    public string? Creator { get; set; }

    /// <summary>Unix seconds.</summary>
    public int LastSet { get; set; }
}

/// <summary>A channel's purpose.</summary>
public sealed class Purpose
{
    /// <summary>The text. At most 250 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Who set it.</summary>
    public string? Creator { get; set; }

    /// <summary>Unix seconds.</summary>
    public int LastSet { get; set; }
}

/// <summary>A link at the top of a channel.</summary>
public sealed class Bookmark
{
    /// <summary>Its id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where it stands.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Its label.</summary>
    public string? Title { get; set; }

    /// <summary>Its address.</summary>
    public string? Link { get; set; }

    /// <summary>Emoji beside the label.</summary>
    public string? Emoji { get; set; }

    /// <summary>File or message it points at.</summary>
    public string? EntityId { get; set; }

    /// <summary>Unix seconds.</summary>
    public int DateCreated { get; set; }

    /// <summary>Unix seconds.</summary>
    public int DateUpdated { get; set; }

    /// <summary>The app that made it.</summary>
    public string? AppId { get; set; }
}

/// <summary>Content of a canvas.</summary>
public sealed class DocumentContent
{
    /// <summary>Always <c>markdown</c>.</summary>
    public string Type { get; set; } = "markdown";

    /// <summary>The content in Markdown.</summary>
    public string Markdown { get; set; } = "";
}

/// <summary>One change of a canvas.</summary>
public sealed class CanvasChange
{
    /// <summary>What to do.</summary>
    public CanvasOperation Operation { get; set; }

    /// <summary>New content.</summary>
    public DocumentContent? DocumentContent { get; set; }

    /// <summary>Which section; not needed for start and end.</summary>
    public string? SectionId { get; set; }
}

/// <summary>Something pinned to a channel.</summary>
public sealed class PinnedItem
{
    /// <summary><c>message</c> or <c>file</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Where.</summary>
    public string? Channel { get; set; }

    /// <summary>Unix seconds.</summary>
    public int Created { get; set; }

    /// <summary>User id.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>The pinned message.</summary>
    public Events.MessageEvent? Message { get; set; }
}

/// <summary>Who reacted with one emoji.</summary>
public sealed class Reaction
{
    /// <summary>Emoji name without colons.</summary>
    public string? Name { get; set; }

    /// <summary>Some of the people, by id.</summary>
    public IList<string> Users { get; set; } = [];

    /// <summary>How many.</summary>
    public int Count { get; set; }
}

/// <summary>A file in Slack. Only what this library needs of it.</summary>
public sealed class File
{
    /// <summary>Slack file id.</summary>
    public string Id { get; set; } = "";

    /// <summary>File name.</summary>
    public string? Name { get; set; }

    /// <summary>Title.</summary>
    public string? Title { get; set; }

    /// <summary>MIME type.</summary>
    public string? Mimetype { get; set; }

    /// <summary>Slack's name of the type.</summary>
    public string? Filetype { get; set; }

    /// <summary>The type in words.</summary>
    public string? PrettyType { get; set; }

    /// <summary>Who uploaded it.</summary>
    public string? User { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>Unix seconds.</summary>
    public int Created { get; set; }

    /// <summary>Address for people and tokens with access.</summary>
    public string? UrlPrivate { get; set; }

    /// <summary>The same as a download.</summary>
    public string? UrlPrivateDownload { get; set; }

    /// <summary>Page of the file.</summary>
    public string? Permalink { get; set; }
}

/// <summary>The old kind of rich content; still the way to a coloured bar. At most 100 per message.</summary>
public sealed class Attachment
{
    /// <summary><c>#rrggbb</c>, <c>good</c>, <c>warning</c> or <c>danger</c>.</summary>
    public string? Color { get; set; }

    /// <summary>Blocks beside the bar.</summary>
    public IList<Blocks.Block> Blocks { get; set; } = [];

    /// <summary>Text for clients that cannot show it.</summary>
    public string? Fallback { get; set; }

    /// <summary>Text above.</summary>
    public string? Pretext { get; set; }

    /// <summary>Small text at the top.</summary>
    public string? AuthorName { get; set; }

    /// <summary>Address behind it.</summary>
    public string? AuthorLink { get; set; }

    /// <summary>Picture beside it.</summary>
    public string? AuthorIcon { get; set; }

    /// <summary>Bold text.</summary>
    public string? Title { get; set; }

    /// <summary>Address behind it.</summary>
    public string? TitleLink { get; set; }

    /// <summary>Main text.</summary>
    public string? Text { get; set; }

    /// <summary>Two-column texts.</summary>
    public IList<Field> Fields { get; set; } = [];

    /// <summary>Picture below.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>Picture at the side.</summary>
    public string? ThumbUrl { get; set; }

    /// <summary>Small text below.</summary>
    public string? Footer { get; set; }

    /// <summary>Picture beside it.</summary>
    public string? FooterIcon { get; set; }

    /// <summary>Unix seconds shown at the bottom.</summary>
    public string? Ts { get; set; }

    /// <summary>Which of <c>text</c>, <c>pretext</c>, <c>fields</c> are mrkdwn.</summary>
    public IList<string> MrkdwnIn { get; set; } = [];
}

/// <summary>One text of an <see cref="Attachment"/>.</summary>
public sealed class Field
{
    /// <summary>Bold.</summary>
    public string? Title { get; set; }

    /// <summary>Below it.</summary>
    public string? Value { get; set; }

    /// <summary>May stand beside another.</summary>
    public bool Short { get; set; }
}
