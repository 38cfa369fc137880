namespace FestivalOps.Slack.Blocks;

/// <summary>Value of a <see cref="StaticSelectMenu"/>.</summary>
public sealed class StaticSelectValue : ElementValue
{
    /// <summary>The choice; null when the field was cleared.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>Value of a <see cref="StaticMultiSelectMenu"/>.</summary>
public sealed class StaticMultiSelectValue : ElementValue
{
    /// <summary>The choices.</summary>
    public IList<Option> SelectedOptions { get; set; } = [];
}

/// <summary>Value of a <see cref="ExternalSelectMenu"/>.</summary>
public sealed class ExternalSelectValue : ElementValue
{
    /// <summary>The choice; null when the field was cleared.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>Value of a <see cref="ExternalMultiSelectMenu"/>.</summary>
public sealed class ExternalMultiSelectValue : ElementValue
{
    /// <summary>The choices.</summary>
    public IList<Option> SelectedOptions { get; set; } = [];
}

/// <summary>Value of a <see cref="UserSelectMenu"/>.</summary>
public sealed class UserSelectValue : ElementValue
{
    /// <summary>The choice, by id; null when the field was cleared.</summary>
    public string? SelectedUser { get; set; }
}

/// <summary>Value of a <see cref="UserMultiSelectMenu"/>.</summary>
public sealed class UserMultiSelectValue : ElementValue
{
    /// <summary>The choices, by id.</summary>
    public IList<string> SelectedUsers { get; set; } = [];
}

/// <summary>Value of a <see cref="ChannelSelectMenu"/>.</summary>
public sealed class ChannelSelectValue : ElementValue
{
    /// <summary>The choice, by id; null when the field was cleared.</summary>
    public string? SelectedChannel { get; set; }
}

/// <summary>Value of a <see cref="ChannelMultiSelectMenu"/>.</summary>
public sealed class ChannelMultiSelectValue : ElementValue
{
    /// <summary>The choices, by id.</summary>
    public IList<string> SelectedChannels { get; set; } = [];
}

/// <summary>Value of a <see cref="ConversationSelectMenu"/>.</summary>
public sealed class ConversationSelectValue : ElementValue
{
    /// <summary>The choice, by id; null when the field was cleared.</summary>
    public string? SelectedConversation { get; set; }
}

/// <summary>Value of a <see cref="ConversationMultiSelectMenu"/>.</summary>
public sealed class ConversationMultiSelectValue : ElementValue
{
    /// <summary>The choices, by id.</summary>
    public IList<string> SelectedConversations { get; set; } = [];
}

/// <summary>Value of a <see cref="OverflowMenu"/>.</summary>
public sealed class OverflowValue : ElementValue
{
    /// <summary>The choice.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>Value of a <see cref="CheckboxGroup"/>.</summary>
public sealed class CheckboxGroupValue : ElementValue
{
    /// <summary>The ticked choices.</summary>
    public IList<Option> SelectedOptions { get; set; } = [];
}

/// <summary>Value of a <see cref="RadioButtonGroup"/>.</summary>
public sealed class RadioButtonGroupValue : ElementValue
{
    /// <summary>The choice.</summary>
    public Option? SelectedOption { get; set; }
}

/// <summary>Value of a <see cref="DatePicker"/>.</summary>
public sealed class DatePickerValue : ElementValue
{
    /// <summary>The day, without time or zone; null when cleared.</summary>
    [JsonConverter(typeof(SlackDateConverter))]
    public DateTime? SelectedDate { get; set; }
}

/// <summary>Value of a <see cref="TimePicker"/>.</summary>
public sealed class TimePickerValue : ElementValue
{
    /// <summary>Time of day; null when cleared.</summary>
    [JsonConverter(typeof(SlackTimeConverter))]
    public TimeSpan? SelectedTime { get; set; }
}

/// <summary>Value of a <see cref="DateTimePicker"/>.</summary>
public sealed class DateTimePickerValue : ElementValue
{
    /// <summary>The moment in UTC; null when cleared.</summary>
    [JsonConverter(typeof(SlackEpochConverter))]
    public DateTime? SelectedDateTime { get; set; }
}

/// <summary>Value of a <see cref="PlainTextInput"/>.</summary>
public sealed class PlainTextInputValue : ElementValue
{
    /// <summary>The text; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>Value of a <see cref="NumberInput"/>.</summary>
public sealed class NumberInputValue : ElementValue
{
    /// <summary>The number as text, as Slack sends it; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>Value of a <see cref="EmailTextInput"/>.</summary>
public sealed class EmailTextInputValue : ElementValue
{
    /// <summary>The address; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>Value of a <see cref="UrlTextInput"/>.</summary>
public sealed class UrlTextInputValue : ElementValue
{
    /// <summary>The address; null when empty.</summary>
    public string? Value { get; set; }
}

/// <summary>Value of a <see cref="RichTextInput"/>.</summary>
public sealed class RichTextInputValue : ElementValue
{
    /// <summary>The formatted text; null when empty.</summary>
    public RichTextBlock? RichTextValue { get; set; }
}

/// <summary>Value of a <see cref="FileInput"/>.</summary>
public sealed class FileInputValue : ElementValue
{
    /// <summary>The uploaded files.</summary>
    public IList<File> Files { get; set; } = [];
}
