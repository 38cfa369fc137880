namespace FestivalOps.Slack.Blocks;

/// <summary>Text of a block: <see cref="PlainText"/> or <see cref="Markdown"/>. A string becomes <see cref="PlainText"/>.</summary>
[JsonConverter(typeof(TextObjectConverter))]
public abstract class TextObject
{
    private protected TextObject(string type, string? text)
    {
        Type = type;
        Text = text ?? "";
    }

    /// <summary><c>plain_text</c> or <c>mrkdwn</c>.</summary>
    public string Type { get; }

    /// <summary>The text itself.</summary>
    public string Text { get; set; }

    /// <summary>Plain text of a string.</summary>
    /// <param name="text">The text; nothing in it is interpreted.</param>
    public static implicit operator TextObject(string text) => new PlainText(text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>Text in which nothing is interpreted (emoji names apart). Needs no escaping.</summary>
public sealed class PlainText : TextObject, IContextElement
{
    /// <summary>Empty text.</summary>
    [JsonConstructor]
    public PlainText() : base("plain_text", "") { }

    /// <summary>Plain text of a string.</summary>
    /// <param name="text">The text.</param>
    public PlainText(string text) : base("plain_text", text) { }

    /// <summary>Whether <c>:name:</c> is shown as an emoji. Default: yes.</summary>
    public bool Emoji { get; set; } = true;

    /// <summary>Plain text of a string.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator PlainText(string text) => new(text);
}

/// <summary>Text in Slack's mrkdwn. Foreign text in it must be escaped: make the value with <see cref="Beyond.Mrkdwn.Of"/>.</summary>
public sealed class Markdown : TextObject, IContextElement
{
    /// <summary>Empty text.</summary>
    [JsonConstructor]
    public Markdown() : base("mrkdwn", "") { }

    /// <summary>Finished mrkdwn; nothing is escaped here.</summary>
    /// <param name="markdown">The mrkdwn text.</param>
    public Markdown(string markdown) : base("mrkdwn", markdown) { }

    /// <summary>Whether Slack leaves addresses and names in the text alone instead of linking them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Verbatim { get; set; }

    /// <summary>Finished mrkdwn; nothing is escaped here.</summary>
    /// <param name="text">The mrkdwn text.</param>
    public static implicit operator Markdown(string text) => new(text);
}

/// <summary>Text of a type that this library does not know.</summary>
public sealed class UnknownTextObject : TextObject, IUnknownPayload
{
    internal UnknownTextObject(string type, JsonElement raw)
        : base(type, RawJson.Text(raw, "text") ?? "") => Raw = raw;

    /// <summary>The object as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
