namespace FestivalOps.Slack.Blocks;

/// <summary>Base of the inputs that people type into.</summary>
/// <param name="type">Slack's name of the element type.</param>
public abstract class TextInput(string type) : BlockElement(type), IInputBlockElement
{
    /// <inheritdoc/>
    public string? ActionId { get; set; }

    /// <summary>Shown while empty. At most 150 characters.</summary>
    public PlainText? Placeholder { get; set; }

    /// <summary>When an action is sent; needs <see cref="InputBlock.DispatchAction"/>.</summary>
    public DispatchActionConfig? DispatchActionConfig { get; set; }

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}

/// <summary>A line or box of text.</summary>
public sealed class PlainTextInput() : TextInput("plain_text_input")
{
    /// <summary>Several lines.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Multiline { get; set; }

    /// <summary>0–3000 characters.</summary>
    public int? MinLength { get; set; }

    /// <summary>1–3000 characters.</summary>
    public int? MaxLength { get; set; }

    /// <summary>Text at first.</summary>
    public string? InitialValue { get; set; }
}

/// <summary>A number.</summary>
public sealed class NumberInput() : TextInput("number_input")
{
    /// <summary>Whether decimals may be typed.</summary>
    public bool IsDecimalAllowed { get; set; }

    /// <summary>Smallest number, as text.</summary>
    public string? MinValue { get; set; }

    /// <summary>Largest number, as text.</summary>
    public string? MaxValue { get; set; }

    /// <summary>Number at first, as text.</summary>
    public string? InitialValue { get; set; }
}

/// <summary>An e-mail address.</summary>
public sealed class EmailTextInput() : TextInput("email_text_input")
{
    /// <summary>Address at first.</summary>
    public string? InitialValue { get; set; }
}

/// <summary>A web address.</summary>
public sealed class UrlTextInput() : TextInput("url_text_input")
{
    /// <summary>Address at first.</summary>
    public string? InitialValue { get; set; }
}

/// <summary>Formatted text.</summary>
public sealed class RichTextInput() : TextInput("rich_text_input")
{
    /// <summary>Text at first.</summary>
    public RichTextBlock? InitialValue { get; set; }
}

/// <summary>Files to upload; modals only.</summary>
public sealed class FileInput() : BlockElement("file_input"), IInputBlockElement
{
    /// <inheritdoc/>
    public string? ActionId { get; set; }

    /// <summary>Allowed file types; empty: all.</summary>
    [JsonPropertyName("filetypes")]
    public IList<string> FileTypes { get; set; } = [];

    /// <summary>1–10; 0: Slack's default (10).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MaxFiles { get; set; }
}

/// <summary>A day.</summary>
public sealed class DatePicker() : ActionElement("datepicker"), IInputBlockElement
{
    /// <summary>Shown while empty. At most 150 characters.</summary>
    public PlainText? Placeholder { get; set; }

    /// <summary>Day at first; the time of day is ignored.</summary>
    [JsonConverter(typeof(SlackDateConverter))]
    public DateTime? InitialDate { get; set; }

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}

/// <summary>A time of day.</summary>
public sealed class TimePicker() : ActionElement("timepicker"), IInputBlockElement
{
    /// <summary>Shown while empty. At most 150 characters.</summary>
    public PlainText? Placeholder { get; set; }

    /// <summary>Time at first, 00:00–23:59.</summary>
    [JsonConverter(typeof(SlackTimeConverter))]
    public TimeSpan? InitialTime { get; set; }

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}

/// <summary>A moment.</summary>
public sealed class DateTimePicker() : ActionElement("datetimepicker"), IInputBlockElement
{
    /// <summary>Moment at first, in UTC.</summary>
    [JsonConverter(typeof(SlackEpochConverter))]
    public DateTime? InitialDateTime { get; set; }

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}
