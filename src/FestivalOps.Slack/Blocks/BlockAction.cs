namespace FestivalOps.Slack.Blocks;

/// <summary>What a person did with one element.</summary>
[JsonConverter(typeof(BlockActionConverter))]
public class BlockAction
{
    /// <summary>Slack's name of the element type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The element's <c>action_id</c>.</summary>
    public string ActionId { get; set; } = "";

    /// <summary>The <c>block_id</c> around it.</summary>
    public string BlockId { get; set; } = "";

    /// <summary>Slack's time stamp of the action: an identity, not a number.</summary>
    public string? ActionTs { get; set; }
}

/// <summary>An action of a type that this library does not know.</summary>
public sealed class UnknownAction : BlockAction, IUnknownPayload
{
    internal UnknownAction(string type, JsonElement raw)
    {
        Type = type;
        Raw = raw;
        ActionId = RawJson.Text(raw, "action_id") ?? "";
        BlockId = RawJson.Text(raw, "block_id") ?? "";
        ActionTs = RawJson.Text(raw, "action_ts");
    }

    /// <summary>The action as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}

/// <summary>Something was chosen in a <see cref="StaticSelectMenu"/>.</summary>
public sealed class StaticSelectAction : BlockAction
{
    /// <summary>The choice; null when the field was cleared.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>Something was chosen in a <see cref="StaticMultiSelectMenu"/>.</summary>
public sealed class StaticMultiSelectAction : BlockAction
{
    /// <summary>The choices.</summary>
    public IList<Option> SelectedOptions { get; set; } = [];
}

/// <summary>Something was chosen in a <see cref="ExternalSelectMenu"/>.</summary>
public sealed class ExternalSelectAction : BlockAction
{
    /// <summary>The choice; null when the field was cleared.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>Something was chosen in a <see cref="ExternalMultiSelectMenu"/>.</summary>
public sealed class ExternalMultiSelectAction : BlockAction
{
    /// <summary>The choices.</summary>
    public IList<Option> SelectedOptions { get; set; } = [];
}

/// <summary>Something was chosen in a <see cref="UserSelectMenu"/>.</summary>
public sealed class UserSelectAction : BlockAction
{
    /// <summary>The choice, by id; null when the field was cleared.</summary>
    public string? SelectedUser { get; set; }
}

/// <summary>Something was chosen in a <see cref="UserMultiSelectMenu"/>.</summary>
public sealed class UserMultiSelectAction : BlockAction
{
    /// <summary>The choices, by id.</summary>
    public IList<string> SelectedUsers { get; set; } = [];
}

/// <summary>Something was chosen in a <see cref="ChannelSelectMenu"/>.</summary>
public sealed class ChannelSelectAction : BlockAction
{
    /// <summary>The choice, by id; null when the field was cleared.</summary>
    public string? SelectedChannel { get; set; }
}

/// <summary>Something was chosen in a <see cref="ChannelMultiSelectMenu"/>.</summary>
public sealed class ChannelMultiSelectAction : BlockAction
{
    /// <summary>The choices, by id.</summary>
    public IList<string> SelectedChannels { get; set; } = [];
}

/// <summary>Something was chosen in a <see cref="ConversationSelectMenu"/>.</summary>
public sealed class ConversationSelectAction : BlockAction
{
    /// <summary>The choice, by id; null when the field was cleared.</summary>
    public string? SelectedConversation { get; set; }
}

/// <summary>Something was chosen in a <see cref="ConversationMultiSelectMenu"/>.</summary>
public sealed class ConversationMultiSelectAction : BlockAction
{
    /// <summary>The choices, by id.</summary>
    public IList<string> SelectedConversations { get; set; } = [];
}

/// <summary>An action of a <see cref="Button"/>.</summary>
public sealed class ButtonAction : BlockAction
{
    /// <summary>The button's value.</summary>
    public string? Value { get; set; }

    /// <summary>The button's label.</summary>
    public TextObject? Text { get; set; }
}

/// <summary>An action of a <see cref="OverflowMenu"/>.</summary>
public sealed class OverflowAction : BlockAction
{
    /// <summary>The choice.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>An action of a <see cref="CheckboxGroup"/>.</summary>
public sealed class CheckboxGroupAction : BlockAction
{
    /// <summary>The ticked choices.</summary>
    public IList<Option> SelectedOptions { get; set; } = [];
}

/// <summary>An action of a <see cref="RadioButtonGroup"/>.</summary>
public sealed class RadioButtonGroupAction : BlockAction
{
    /// <summary>The choice.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>An action of a <see cref="DatePicker"/>.</summary>
public sealed class DatePickerAction : BlockAction
{
    /// <summary>The day, without time or zone; null when cleared.</summary>
    [JsonConverter(typeof(SlackDateConverter))]
    public DateTime? SelectedDate { get; set; }
}

/// <summary>An action of a <see cref="TimePicker"/>.</summary>
public sealed class TimePickerAction : BlockAction
{
    /// <summary>Time of day; null when cleared.</summary>
    [JsonConverter(typeof(SlackTimeConverter))]
    public TimeSpan? SelectedTime { get; set; }
}

/// <summary>An action of a <see cref="DateTimePicker"/>.</summary>
public sealed class DateTimePickerAction : BlockAction
{
    /// <summary>The moment in UTC; null when cleared.</summary>
    [JsonConverter(typeof(SlackEpochConverter))]
    public DateTime? SelectedDateTime { get; set; }
}

/// <summary>An action of a <see cref="PlainTextInput"/>.</summary>
public sealed class PlainTextInputAction : BlockAction
{
    /// <summary>The text; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>An action of a <see cref="NumberInput"/>.</summary>
public sealed class NumberInputAction : BlockAction
{
    /// <summary>The number as text, as Slack sends it; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>An action of a <see cref="EmailTextInput"/>.</summary>
public sealed class EmailTextInputAction : BlockAction
{
    /// <summary>The address; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>An action of a <see cref="UrlTextInput"/>.</summary>
public sealed class UrlTextInputAction : BlockAction
{
    /// <summary>The address; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>An action of a <see cref="RichTextInput"/>.</summary>
public sealed class RichTextInputAction : BlockAction
{
    /// <summary>The formatted text; null when empty.</summary>
    public RichTextBlock? RichTextValue { get; set; }
}

/// <summary>An action of a <see cref="FeedbackButtons"/>.</summary>
public sealed class FeedbackButtonsAction : BlockAction
{
    /// <summary>Label of the pressed button.</summary>
    public PlainText? Text { get; set; }

    /// <summary>Value of the pressed button.</summary>
    public string? Value { get; set; }
}

/// <summary>An action of a <see cref="IconButton"/>.</summary>
public sealed class IconButtonAction : BlockAction
{
    /// <summary>Name of the picture.</summary>
    public string? Icon { get; set; }

    /// <summary>The label.</summary>
    public PlainText? Text { get; set; }

    /// <summary>The button's value.</summary>
    public string? Value { get; set; }
}
