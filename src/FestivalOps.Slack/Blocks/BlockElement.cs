namespace FestivalOps.Slack.Blocks;

/// <summary>Something that stands within a block.</summary>
[JsonConverter(typeof(BlockElementConverter<IBlockElement>))]
public interface IBlockElement
{
    /// <summary>Slack's name of the element type.</summary>
    string Type { get; }
}

/// <summary>An element that may stand in an <see cref="ActionsBlock"/>.</summary>
[JsonConverter(typeof(BlockElementConverter<IActionElement>))]
public interface IActionElement : IBlockElement
{
    /// <summary>Names the action in what Slack sends back. At most 255 characters, unique within its block.</summary>
    string? ActionId { get; set; }
}

/// <summary>An element that may stand in an <see cref="InputBlock"/>.</summary>
[JsonConverter(typeof(BlockElementConverter<IInputBlockElement>))]
public interface IInputBlockElement : IActionElement;

/// <summary>An element that may stand in a <see cref="ContextBlock"/>.</summary>
[JsonConverter(typeof(ContextElementConverter))]
public interface IContextElement
{
    /// <summary>Slack's name of the element type.</summary>
    string Type { get; }
}

/// <summary>Base of all elements.</summary>
/// <param name="type">Slack's name of the element type.</param>
[JsonConverter(typeof(BlockElementConverter<BlockElement>))]
public abstract class BlockElement(string type) : IBlockElement
{
    /// <inheritdoc/>
    public string Type { get; } = type;
}

/// <summary>Base of the elements that people press or choose from.</summary>
/// <param name="type">Slack's name of the element type.</param>
[JsonConverter(typeof(BlockElementConverter<ActionElement>))]
public abstract class ActionElement(string type) : BlockElement(type), IActionElement
{
    /// <inheritdoc/>
    public string? ActionId { get; set; }

    /// <summary>A question asked before the action is sent.</summary>
    public ConfirmationDialog? Confirm { get; set; }
}

/// <summary>A button.</summary>
public sealed class Button() : ActionElement("button")
{
    /// <summary>Label. At most 75 characters; about 30 are visible.</summary>
    public PlainText? Text { get; set; }

    /// <summary>Address opened in the browser; an action is sent all the same. At most 3000 characters.</summary>
    public string? Url { get; set; }

    /// <summary>Sent back with the action. At most 2000 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Colour.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ButtonStyle Style { get; set; }

    /// <summary>Longer label for screen readers. At most 75 characters.</summary>
    public string? AccessibilityLabel { get; set; }
}

/// <summary>Colour of a button.</summary>
[JsonConverter(typeof(SlackEnumConverter<ButtonStyle>))]
public enum ButtonStyle
{
    /// <summary>Grey.</summary>
    Default,

    /// <summary>Green.</summary>
    Primary,

    /// <summary>Red.</summary>
    Danger,
}

/// <summary>A picture within a section or context block.</summary>
public sealed class Image() : BlockElement("image"), IContextElement
{
    /// <summary>Public address. At most 3000 characters. Either this or <see cref="SlackFile"/>.</summary>
    public string? ImageUrl { get; set; }

    /// <summary>What the picture shows. Required; at most 2000 characters.</summary>
    public string? AltText { get; set; }

    /// <summary>A picture already uploaded to Slack.</summary>
    public ImageFileReference? SlackFile { get; set; }
}

/// <summary>Up to five choices behind three dots.</summary>
public sealed class OverflowMenu() : ActionElement("overflow")
{
    /// <summary>1–5 choices.</summary>
    public IList<OverflowOption> Options { get; set; } = [];
}

/// <summary>Boxes to tick.</summary>
public sealed class CheckboxGroup() : ActionElement("checkboxes"), IInputBlockElement
{
    /// <summary>At most 10.</summary>
    public IList<Option> Options { get; set; } = [];

    /// <summary>Ticked at first; equal to entries of <see cref="Options"/>.</summary>
    public IList<Option> InitialOptions { get; set; } = [];

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}

/// <summary>Exactly one of several.</summary>
public sealed class RadioButtonGroup() : ActionElement("radio_buttons"), IInputBlockElement
{
    /// <summary>At most 10.</summary>
    public IList<Option> Options { get; set; } = [];

    /// <summary>Chosen at first.</summary>
    public Option? InitialOption { get; set; }

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}

/// <summary>Base of the elements of a <see cref="ContextActionsBlock"/>.</summary>
/// <param name="type">Slack's name of the element type.</param>
[JsonConverter(typeof(ContextActionsElementConverter))]
public abstract class ContextActionsElement(string type)
{
    /// <summary>Slack's name of the element type.</summary>
    public string Type { get; } = type;

    /// <summary>Names the action. At most 255 characters.</summary>
    public string? ActionId { get; set; }
}

/// <summary>Thumb up and thumb down.</summary>
public sealed class FeedbackButtons() : ContextActionsElement("feedback_buttons")
{
    /// <summary>The approving button.</summary>
    public FeedbackButton PositiveButton { get; set; } = new();

    /// <summary>The disapproving button.</summary>
    public FeedbackButton NegativeButton { get; set; } = new();
}

/// <summary>One of the two <see cref="FeedbackButtons"/>.</summary>
public sealed class FeedbackButton
{
    /// <summary>Label. At most 75 characters.</summary>
    public PlainText? Text { get; set; }

    /// <summary>Sent back with the action. At most 2000 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Label for screen readers. At most 75 characters.</summary>
    public string? AccessibilityLabel { get; set; }
}

/// <summary>A button that shows a picture, for example <c>trash</c>.</summary>
public sealed class IconButton() : ContextActionsElement("icon_button")
{
    /// <summary>Name of the picture.</summary>
    public string? Icon { get; set; }

    /// <summary>Label. At most 75 characters.</summary>
    public PlainText? Text { get; set; }

    /// <summary>Sent back with the action. At most 2000 characters.</summary>
    public string? Value { get; set; }

    /// <summary>A question asked first.</summary>
    public ConfirmationDialog? Confirm { get; set; }

    /// <summary>Label for screen readers. At most 75 characters.</summary>
    public string? AccessibilityLabel { get; set; }

    /// <summary>Only these people see it; empty: everyone.</summary>
    public IList<string> VisibleToUserIds { get; set; } = [];
}

/// <summary>An element of a type that this library does not know. It may stand anywhere and is written back as it came.</summary>
public sealed class UnknownElement : ActionElement, IInputBlockElement, IContextElement, IUnknownPayload
{
    internal UnknownElement(string type, JsonElement raw) : base(type)
    {
        Raw = raw;
        ActionId = RawJson.Text(raw, "action_id");
    }

    /// <summary>The element as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}

/// <summary>A context-action element of a type that this library does not know.</summary>
public sealed class UnknownContextActionsElement : ContextActionsElement, IUnknownPayload
{
    internal UnknownContextActionsElement(string type, JsonElement raw) : base(type) => Raw = raw;

    /// <summary>The element as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
