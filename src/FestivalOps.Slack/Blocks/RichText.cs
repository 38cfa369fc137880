namespace FestivalOps.Slack.Blocks;

/// <summary>Text formatted by structure instead of by marks: nothing in it needs escaping.</summary>
public sealed class RichTextBlock() : Block("rich_text")
{
    /// <summary>Sections, lists, quotes and preformatted parts.</summary>
    public IList<RichTextElement> Elements { get; set; } = [];
}

/// <summary>A part of a <see cref="RichTextBlock"/>.</summary>
/// <param name="type">Slack's name of the part.</param>
[JsonConverter(typeof(RichTextElementConverter))]
public abstract class RichTextElement(string type)
{
    /// <summary>Slack's name of the part.</summary>
    public string Type { get; } = type;
}

/// <summary>A run within a <see cref="RichTextSection"/>.</summary>
/// <param name="type">Slack's name of the run.</param>
[JsonConverter(typeof(RichTextSectionElementConverter))]
public abstract class RichTextSectionElement(string type)
{
    /// <summary>Slack's name of the run.</summary>
    public string Type { get; } = type;
}

/// <summary>Style of a list.</summary>
[JsonConverter(typeof(SlackEnumConverter<RichTextListStyle>))]
public enum RichTextListStyle
{
    /// <summary>Bullets.</summary>
    Bullet,

    /// <summary>Numbers.</summary>
    Ordered,
}

/// <summary>A paragraph.</summary>
public sealed class RichTextSection() : RichTextElement("rich_text_section")
{
    /// <summary>The runs.</summary>
    public IList<RichTextSectionElement> Elements { get; set; } = [];
}

/// <summary>A list.</summary>
public sealed class RichTextList() : RichTextElement("rich_text_list")
{
    /// <summary>One section per entry.</summary>
    public IList<RichTextSection> Elements { get; set; } = [];

    /// <summary>Bullets or numbers.</summary>
    public RichTextListStyle Style { get; set; }

    /// <summary>0–8.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Indent { get; set; }

    /// <summary>Number of entries counted before the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Offset { get; set; }

    /// <summary>1: a line at the side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Border { get; set; }
}

/// <summary>A quotation.</summary>
public sealed class RichTextQuote() : RichTextElement("rich_text_quote")
{
    /// <summary>The runs.</summary>
    public IList<RichTextSectionElement> Elements { get; set; } = [];

    /// <summary>1: a line at the side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Border { get; set; }
}

/// <summary>Text in fixed width; back-ticks are harmless here.</summary>
public sealed class RichTextPreformatted() : RichTextElement("rich_text_preformatted")
{
    /// <summary>The runs.</summary>
    public IList<RichTextSectionElement> Elements { get; set; } = [];

    /// <summary>1: a line at the side.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Border { get; set; }
}

/// <summary>Text.</summary>
public sealed class RichTextText() : RichTextSectionElement("text")
{
    /// <summary>The text itself.</summary>
    public string? Text { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }
}

/// <summary>A link.</summary>
public sealed class RichTextLink() : RichTextSectionElement("link")
{
    /// <summary>Address.</summary>
    public string? Url { get; set; }

    /// <summary>Label.</summary>
    public string? Text { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }

    /// <summary>Slack marked the address as unsafe.</summary>
    public bool? Unsafe { get; set; }
}

/// <summary>A mention of a person.</summary>
public sealed class RichTextUser() : RichTextSectionElement("user")
{
    /// <summary>Slack user id.</summary>
    public string? UserId { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }
}

/// <summary>A mention of a group.</summary>
public sealed class RichTextUserGroup() : RichTextSectionElement("usergroup")
{
    /// <summary>Slack user-group id.</summary>
    [JsonPropertyName("usergroup_id")]
    public string? UserGroupId { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }
}

/// <summary>A link to a channel.</summary>
public sealed class RichTextChannel() : RichTextSectionElement("channel")
{
    /// <summary>Slack channel id.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }
}

/// <summary>An emoji.</summary>
public sealed class RichTextEmoji() : RichTextSectionElement("emoji")
{
    /// <summary>Name without colons.</summary>
    public string? Name { get; set; }

    /// <summary>Code points in hex.</summary>
    public string? Unicode { get; set; }

    /// <summary>2–6.</summary>
    public int? SkinTone { get; set; }
}

/// <summary>A moment, shown in the reader's zone.</summary>
public sealed class RichTextDate() : RichTextSectionElement("date")
{
    /// <summary>Unix seconds.</summary>
    public long Timestamp { get; set; }

    /// <summary>For example <c>{date_short_pretty} {time}</c>.</summary>
    public string? Format { get; set; }

    /// <summary>Shown by clients that cannot.</summary>
    public string? Fallback { get; set; }

    /// <summary>Makes it a link.</summary>
    public string? Url { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }
}

/// <summary><c>@here</c>, <c>@channel</c> or <c>@everyone</c>.</summary>
public sealed class RichTextBroadcast() : RichTextSectionElement("broadcast")
{
    /// <summary><c>here</c>, <c>channel</c> or <c>everyone</c>.</summary>
    public string? Range { get; set; }
}

/// <summary>A workspace.</summary>
public sealed class RichTextTeam() : RichTextSectionElement("team")
{
    /// <summary>Slack team id.</summary>
    public string? TeamId { get; set; }

    /// <summary>Style; null: plain.</summary>
    public RichTextStyle? Style { get; set; }
}

/// <summary>A colour sample.</summary>
public sealed class RichTextColor() : RichTextSectionElement("color")
{
    /// <summary><c>#rrggbb</c>.</summary>
    public string? Value { get; set; }
}

/// <summary>Style of a run.</summary>
public sealed class RichTextStyle
{
    /// <summary>Bold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Bold { get; set; }

    /// <summary>Italic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Italic { get; set; }

    /// <summary>Struck through.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Strike { get; set; }

    /// <summary>Fixed width.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Code { get; set; }

    /// <summary>Highlighted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Highlight { get; set; }

    /// <summary>Highlighted by the reader's client.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ClientHighlight { get; set; }

    /// <summary>Underlined.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Underline { get; set; }

    /// <summary>Not linked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unlink { get; set; }
}

/// <summary>A part of a type that this library does not know.</summary>
public sealed class UnknownRichTextElement : RichTextElement, IUnknownPayload
{
    internal UnknownRichTextElement(string type, JsonElement raw) : base(type) => Raw = raw;

    /// <summary>The part as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}

/// <summary>A part of a type that this library does not know.</summary>
public sealed class UnknownRichTextSectionElement : RichTextSectionElement, IUnknownPayload
{
    internal UnknownRichTextSectionElement(string type, JsonElement raw) : base(type) => Raw = raw;

    /// <summary>The part as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
