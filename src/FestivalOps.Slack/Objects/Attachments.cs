namespace FestivalOps.Slack;

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
