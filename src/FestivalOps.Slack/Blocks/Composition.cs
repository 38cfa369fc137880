namespace FestivalOps.Slack.Blocks;

/// <summary>A question with two buttons, asked before an action is sent.</summary>
public sealed class ConfirmationDialog
{
    /// <summary>At most 100 characters.</summary>
    public PlainText? Title { get; set; }

    /// <summary>At most 300 characters.</summary>
    public TextObject? Text { get; set; }

    /// <summary>Label of "yes". At most 30 characters.</summary>
    public PlainText? Confirm { get; set; }

    /// <summary>Label of "no". At most 30 characters.</summary>
    public PlainText? Deny { get; set; }

    /// <summary><c>primary</c> or <c>danger</c>; colour of "yes".</summary>
    public string? Style { get; set; }
}

/// <summary>One choice of a menu.</summary>
public class Option
{
    /// <summary>What people see. At most 75 characters; mrkdwn in check boxes and radio buttons only.</summary>
    public TextObject? Text { get; set; }

    /// <summary>What is sent back. At most 150 characters.</summary>
    public string? Value { get; set; }

    /// <summary>Small text below. At most 75 characters.</summary>
    public PlainText? Description { get; set; }
}

/// <summary>One choice of an <see cref="OverflowMenu"/>.</summary>
public sealed class OverflowOption : Option
{
    /// <summary>Address opened in the browser. At most 3000 characters.</summary>
    public string? Url { get; set; }
}

/// <summary>Choices under a common label.</summary>
public sealed class OptionGroup
{
    /// <summary>At most 75 characters.</summary>
    public PlainText? Label { get; set; }

    /// <summary>At most 100.</summary>
    public IList<Option> Options { get; set; } = [];
}

/// <summary>Which conversations a menu offers.</summary>
public sealed class ConversationFilter
{
    /// <summary>Kinds to offer; empty: all.</summary>
    public IList<ConversationTypeFilter> Include { get; set; } = [];

    /// <summary>Leave out channels shared with other organisations.</summary>
    public bool ExcludeExternalSharedChannels { get; set; }

    /// <summary>Leave out conversations with bots.</summary>
    public bool ExcludeBotUsers { get; set; }
}

/// <summary>Kinds of conversation.</summary>
[JsonConverter(typeof(SlackEnumConverter<ConversationTypeFilter>))]
public enum ConversationTypeFilter
{
    /// <summary>Direct messages.</summary>
    Im,

    /// <summary>Group direct messages.</summary>
    Mpim,

    /// <summary>Private channels.</summary>
    Private,

    /// <summary>Public channels.</summary>
    Public,
}

/// <summary>When a text input sends an action.</summary>
public sealed class DispatchActionConfig
{
    /// <summary>The moments; empty: on Enter.</summary>
    public IList<InteractionType> TriggerActionsOn { get; set; } = [];
}

/// <summary>A moment at which a text input may send an action.</summary>
[JsonConverter(typeof(SlackEnumConverter<InteractionType>))]
public enum InteractionType
{
    /// <summary>Enter was pressed.</summary>
    OnEnterPressed,

    /// <summary>A character was entered.</summary>
    OnCharacterEntered,
}
