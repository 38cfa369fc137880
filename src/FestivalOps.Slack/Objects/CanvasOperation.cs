namespace FestivalOps.Slack;

/// <summary>What a <see cref="CanvasChange"/> does.</summary>
[JsonConverter(typeof(SlackEnumConverter<CanvasOperation>))]
public enum CanvasOperation
{
    /// <summary>After a section.</summary>
    InsertAfter,

    /// <summary>Before a section.</summary>
    InsertBefore,

    /// <summary>At the top.</summary>
    InsertAtStart,

    /// <summary>At the end.</summary>
    InsertAtEnd,

    /// <summary>Instead of a section, or of everything.</summary>
    Replace,

    /// <summary>Remove a section.</summary>
    Delete,
}

/// <summary>What a <see cref="Bookmark"/> points at.</summary>
[JsonConverter(typeof(SlackEnumConverter<BookmarkType>))]
public enum BookmarkType
{
    /// <summary>An address; the only kind that apps may add.</summary>
    Link,
}
