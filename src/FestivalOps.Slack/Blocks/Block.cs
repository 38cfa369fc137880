namespace FestivalOps.Slack.Blocks;

/// <summary>One block of a message, a modal or a home page. <see cref="MessageLimitsNote"/> lists the limits; the client cuts what exceeds them.</summary>
/// <param name="type">Slack's name of the block type.</param>
[JsonConverter(typeof(BlockConverter))]
public abstract class Block(string type)
{
    internal const string MessageLimitsNote = "FestivalOps.Slack.Beyond.MessageLimits";

    /// <summary>Slack's name of the block type, for example <c>section</c>.</summary>
    public string Type { get; } = type;

    /// <summary>Identifies the block within its message or view. At most 255 characters, unique; Slack makes one up when absent.</summary>
    public string? BlockId { get; set; }
}

/// <summary>Text with an optional accessory. Text 1–3000 characters; at most 10 fields of 2000.</summary>
public sealed class SectionBlock() : Block("section")
{
    /// <summary>Main text. At most 3000 characters. Required when there are no fields.</summary>
    public TextObject? Text { get; set; }

    /// <summary>Texts shown in two columns. At most 10, each at most 2000 characters.</summary>
    public IList<TextObject> Fields { get; set; } = [];

    /// <summary>One element beside the text.</summary>
    public BlockElement? Accessory { get; set; }

    /// <summary>Always show the whole text instead of "see more".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Expand { get; set; }
}

/// <summary>A row of up to 25 interactive elements.</summary>
public sealed class ActionsBlock() : Block("actions")
{
    /// <summary>The elements. At most 25; an <c>action_id</c> may occur once.</summary>
    public IList<IActionElement> Elements { get; set; } = [];
}

/// <summary>A row of small texts and images. At most 10.</summary>
public sealed class ContextBlock() : Block("context")
{
    /// <summary><see cref="PlainText"/>, <see cref="Markdown"/> or <see cref="Image"/>. At most 10.</summary>
    public IList<IContextElement> Elements { get; set; } = [];
}

/// <summary>Large bold text.</summary>
public sealed class HeaderBlock() : Block("header")
{
    /// <summary>The text. At most 150 characters.</summary>
    public PlainText? Text { get; set; }
}

/// <summary>A horizontal line.</summary>
public sealed class DividerBlock() : Block("divider");

/// <summary>A picture.</summary>
public sealed class ImageBlock() : Block("image")
{
    /// <summary>Public address of the picture. At most 3000 characters. Either this or <see cref="SlackFile"/>.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>What the picture shows, for screen readers. Required; at most 2000 characters.</summary>
    public string? AltText { get; set; }

    /// <summary>A picture already uploaded to Slack.</summary>
    public ImageFileReference? SlackFile { get; set; }

    /// <summary>Text above the picture. At most 2000 characters.</summary>
    public PlainText? Title { get; set; }
}

/// <summary>Points at a file within Slack by address or by id; one of both.</summary>
public sealed class ImageFileReference
{
    /// <summary>The file's <c>url_private</c> or permalink.</summary>
    public string? Url { get; set; }

    /// <summary>The file's id.</summary>
    public string? Id { get; set; }
}

/// <summary>A labelled input, in modals, home pages and messages.</summary>
public sealed class InputBlock() : Block("input")
{
    /// <summary>Label. At most 2000 characters. Required.</summary>
    public PlainText? Label { get; set; }

    /// <summary>The input element. Required.</summary>
    public IInputBlockElement? Element { get; set; }

    /// <summary>Small text below. At most 2000 characters.</summary>
    public PlainText? Hint { get; set; }

    /// <summary>The person may leave it empty.</summary>
    public bool Optional { get; set; }

    /// <summary>Send <c>block_actions</c> when the value changes.</summary>
    public bool DispatchAction { get; set; }
}

/// <summary>Standard Markdown text, messages only. At most 12 000 characters over all markdown blocks; Slack does not keep the block id.</summary>
public sealed class MarkdownBlock() : Block("markdown")
{
    /// <summary>Markdown (not mrkdwn).</summary>
    public string? Text { get; set; }
}

/// <summary>A table, messages only, one per message. At most 100 rows × 20 cells and 10 000 characters over all cells.</summary>
public sealed class TableBlock() : Block("table")
{
    /// <summary>Rows of cells; the first row is the head.</summary>
    public IList<IList<TableCell>> Rows { get; set; } = [];

    /// <summary>Alignment and wrapping by column. At most 20; null leaves a column as it is.</summary>
    public IList<TableColumnSettings?> ColumnSettings { get; set; } = [];
}

/// <summary>One cell of a <see cref="TableBlock"/>.</summary>
/// <param name="type">Slack's name of the cell type.</param>
[JsonConverter(typeof(TableCellConverter))]
public abstract class TableCell(string type)
{
    /// <summary>Slack's name of the cell type.</summary>
    public string Type { get; } = type;
}

/// <summary>A cell of plain text.</summary>
public sealed class RawTextCell() : TableCell("raw_text")
{
    /// <summary>The text; Slack refuses an empty one.</summary>
    public string? Text { get; set; }
}

/// <summary>A cell of formatted text.</summary>
public sealed class RichTextCell() : TableCell("rich_text")
{
    /// <summary>The formatted parts.</summary>
    public IList<RichTextElement> Elements { get; set; } = [];
}

/// <summary>How one column is shown.</summary>
public sealed class TableColumnSettings
{
    /// <summary>Alignment of the text.</summary>
    public ColumnAlignment Align { get; set; }

    /// <summary>Long text is wrapped.</summary>
    public bool IsWrapped { get; set; }
}

/// <summary>Alignment within a table column.</summary>
[JsonConverter(typeof(SlackEnumConverter<ColumnAlignment>))]
public enum ColumnAlignment
{
    /// <summary>To the left.</summary>
    Left,

    /// <summary>Centred.</summary>
    Center,

    /// <summary>To the right.</summary>
    Right,
}

/// <summary>An embedded video. Needs <c>links.embed:write</c> and an unfurl domain.</summary>
public sealed class VideoBlock() : Block("video")
{
    /// <summary>What the video shows, for screen readers. Required.</summary>
    public string AltText { get; set; } = "";

    /// <summary>Below 50 characters.</summary>
    public string? AuthorName { get; set; }

    /// <summary>At most 200 characters.</summary>
    public PlainText? Description { get; set; }

    /// <summary>Icon of the video's provider.</summary>
    public string? ProviderIconUrl { get; set; }

    /// <summary>Name of the video's provider.</summary>
    public string? ProviderName { get; set; }

    /// <summary>Below 200 characters. Required.</summary>
    public PlainText? Title { get; set; }

    /// <summary>Where the title links to; https only.</summary>
    public string? TitleUrl { get; set; }

    /// <summary>Preview picture. Required.</summary>
    public string ThumbnailUrl { get; set; } = "";

    /// <summary>The embedded player; https only. Required.</summary>
    public string VideoUrl { get; set; } = "";
}

/// <summary>A row of feedback or icon buttons below a message. At most 5.</summary>
public sealed class ContextActionsBlock() : Block("context_actions")
{
    /// <summary><see cref="FeedbackButtons"/> and <see cref="IconButton"/>. At most 5.</summary>
    public IList<ContextActionsElement> Elements { get; set; } = [];
}

/// <summary>A block of a type that this library does not know. It keeps its JSON and is written back as it came.</summary>
public sealed class UnknownBlock : Block, IUnknownPayload
{
    internal UnknownBlock(string type, JsonElement raw) : base(type) => Raw = raw;

    /// <summary>The block as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}

/// <summary>A cell of a type that this library does not know.</summary>
public sealed class UnknownTableCell : TableCell, IUnknownPayload
{
    internal UnknownTableCell(string type, JsonElement raw) : base(type) => Raw = raw;

    /// <summary>The cell as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
