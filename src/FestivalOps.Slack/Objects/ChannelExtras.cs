namespace FestivalOps.Slack;

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
