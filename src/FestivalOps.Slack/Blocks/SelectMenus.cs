namespace FestivalOps.Slack.Blocks;

/// <summary>Base of all menus.</summary>
/// <param name="type">Slack's name of the element type.</param>
public abstract class SelectMenuBase(string type) : ActionElement(type), IInputBlockElement
{
    /// <summary>Shown while nothing is chosen. At most 150 characters.</summary>
    public PlainText? Placeholder { get; set; }

    /// <summary>Takes the focus; one element per view.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FocusOnLoad { get; set; }
}

/// <summary>Base of the menus whose choices are in the message.</summary>
/// <param name="type">Slack's name of the element type.</param>
public abstract class StaticSelectMenuBase(string type) : SelectMenuBase(type)
{
    /// <summary>At most 100. Either this or <see cref="OptionGroups"/>.</summary>
    public IList<Option> Options { get; set; } = [];

    /// <summary>At most 100 groups of 100.</summary>
    public IList<OptionGroup> OptionGroups { get; set; } = [];
}

/// <summary>Base of the menus whose choices are asked for while the person types.</summary>
/// <param name="type">Slack's name of the element type.</param>
public abstract class ExternalSelectMenuBase(string type) : SelectMenuBase(type)
{
    /// <summary>Characters to type before choices are asked for. Slack's default: 3.</summary>
    public int? MinQueryLength { get; set; }
}

/// <summary>One of fixed choices.</summary>
public sealed class StaticSelectMenu() : StaticSelectMenuBase("static_select")
{
    /// <summary>Chosen at first.</summary>
    public Option? InitialOption { get; set; }
}

/// <summary>Several of fixed choices.</summary>
public sealed class StaticMultiSelectMenu() : StaticSelectMenuBase("multi_static_select")
{
    /// <summary>Chosen at first.</summary>
    public IList<Option> InitialOptions { get; set; } = [];

    /// <summary>How many may be chosen; null: any number.</summary>
    public int? MaxSelectedItems { get; set; }
}

/// <summary>One of choices that an IBlockOptionProvider gives.</summary>
public sealed class ExternalSelectMenu() : ExternalSelectMenuBase("external_select")
{
    /// <summary>Chosen at first.</summary>
    public Option? InitialOption { get; set; }
}

/// <summary>Several of choices that an IBlockOptionProvider gives.</summary>
public sealed class ExternalMultiSelectMenu() : ExternalSelectMenuBase("multi_external_select")
{
    /// <summary>Chosen at first.</summary>
    public IList<Option> InitialOptions { get; set; } = [];

    /// <summary>How many may be chosen; null: any number.</summary>
    public int? MaxSelectedItems { get; set; }
}

/// <summary>One of people.</summary>
public sealed class UserSelectMenu() : SelectMenuBase("users_select")
{
    /// <summary>Chosen at first, by id.</summary>
    public string? InitialUser { get; set; }
}

/// <summary>Several of people.</summary>
public sealed class UserMultiSelectMenu() : SelectMenuBase("multi_users_select")
{
    /// <summary>Chosen at first, by id.</summary>
    public IList<string> InitialUsers { get; set; } = [];

    /// <summary>How many may be chosen; null: any number.</summary>
    public int? MaxSelectedItems { get; set; }
}

/// <summary>One of public channels.</summary>
public sealed class ChannelSelectMenu() : SelectMenuBase("channels_select")
{
    /// <summary>Chosen at first, by id.</summary>
    public string? InitialChannel { get; set; }
}

/// <summary>Several of public channels.</summary>
public sealed class ChannelMultiSelectMenu() : SelectMenuBase("multi_channels_select")
{
    /// <summary>Chosen at first, by id.</summary>
    public IList<string> InitialChannels { get; set; } = [];

    /// <summary>How many may be chosen; null: any number.</summary>
    public int? MaxSelectedItems { get; set; }
}

/// <summary>One of conversations.</summary>
public sealed class ConversationSelectMenu() : SelectMenuBase("conversations_select")
{
    /// <summary>Chosen at first, by id.</summary>
    public string? InitialConversation { get; set; }

    /// <summary>Which kinds are offered.</summary>
    public ConversationFilter? Filter { get; set; }

    /// <summary>Starts with the conversation in which the view was opened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DefaultToCurrentConversation { get; set; }
}

/// <summary>Several of conversations.</summary>
public sealed class ConversationMultiSelectMenu() : SelectMenuBase("multi_conversations_select")
{
    /// <summary>Chosen at first, by id.</summary>
    public IList<string> InitialConversations { get; set; } = [];

    /// <summary>How many may be chosen; null: any number.</summary>
    public int? MaxSelectedItems { get; set; }

    /// <summary>Which kinds are offered.</summary>
    public ConversationFilter? Filter { get; set; }

    /// <summary>Starts with the conversation in which the view was opened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DefaultToCurrentConversation { get; set; }
}
