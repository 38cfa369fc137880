namespace FestivalOps.Slack.Interaction;

/// <summary>A slash command that someone sent.</summary>
public sealed class SlashCommand
{
    /// <summary>Deprecated by Slack; proves nothing and is ignored.</summary>
    public string? Token { get; set; }

    /// <summary>The command with its slash.</summary>
    public string Command { get; set; } = "";

    /// <summary>Everything after the command; empty when nothing was typed. With <c>should_escape</c> on, <c>&amp; &lt; &gt;</c> are entities.</summary>
    public string Text { get; set; } = "";

    /// <summary>
    /// Where up to 5 answers may go within 30 minutes; at most 2000 characters, empty when Slack sent none that can be used. A secret: never log it.
    /// </summary>
    public string ResponseUrl { get; set; } = "";

    /// <summary>Opens one modal within 3 seconds.</summary>
    public string TriggerId { get; set; } = "";

    /// <summary>Who sent it.</summary>
    public string UserId { get; set; } = "";

    /// <summary>Old user name; not an identity.</summary>
    public string? UserName { get; set; }

    /// <summary>Workspace.</summary>
    public string TeamId { get; set; } = "";

    /// <summary>Sub-domain of the workspace.</summary>
    public string? TeamDomain { get; set; }

    /// <summary>Organisation.</summary>
    public string? EnterpriseId { get; set; }

    /// <summary>Organisation's name.</summary>
    public string? EnterpriseName { get; set; }

    /// <summary>Where it was sent.</summary>
    public string ChannelId { get; set; } = "";

    /// <summary>Its name; <c>directmessage</c> or <c>privategroup</c> for those kinds.</summary>
    public string? ChannelName { get; set; }

    /// <summary>The app.</summary>
    public string? ApiAppId { get; set; }

    /// <summary>Installed for the whole organisation.</summary>
    public bool IsEnterpriseInstall { get; set; }
}

/// <summary>Something that someone did with a message, view or shortcut.</summary>
public abstract class InteractionRequest
{
    /// <summary>Slack's name of the payload type.</summary>
    public string Type { get; set; } = "";

    /// <summary>Deprecated by Slack; ignored.</summary>
    public string? Token { get; set; }

    /// <summary>The app.</summary>
    public string? ApiAppId { get; set; }

    /// <summary>Where up to 5 answers may go within 30 minutes; at most 2000 characters, absent for views and global shortcuts. A secret: never log it.</summary>
    public string? ResponseUrl { get; set; }

    /// <summary>Workspace; null for an app installed for the whole organisation.</summary>
    public Team? Team { get; set; }

    /// <summary>Where; absent for views and global shortcuts.</summary>
    public Channel? Channel { get; set; }

    /// <summary>Who.</summary>
    public User User { get; set; } = new();

    /// <summary>Organisation.</summary>
    public WorkSpace? Enterprise { get; set; }

    /// <summary>Installed for the whole organisation.</summary>
    public bool IsEnterpriseInstall { get; set; }

    /// <summary>Slack's time stamp of the action.</summary>
    public string? ActionTs { get; set; }
}

/// <summary>Someone used elements of a message or view.</summary>
public sealed class BlockActionRequest : InteractionRequest
{
    /// <summary>What held the element.</summary>
    public Container Container { get; set; } = new();

    /// <summary>Opens one modal within 3 seconds.</summary>
    public string TriggerId { get; set; } = "";

    /// <summary>The message; missing for ephemeral ones.</summary>
    public Events.MessageEvent? Message { get; set; }

    /// <summary>The view.</summary>
    public ViewInfo? View { get; set; }

    /// <summary>What stands in the inputs of the message or view.</summary>
    public ViewState? State { get; set; }

    /// <summary>What was done, in practice one action.</summary>
    public IList<Blocks.BlockAction> Actions { get; set; } = [];

    /// <summary>The first action.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    [JsonIgnore]
    public Blocks.BlockAction Action => Actions.First();
}

/// <summary>Someone sent a modal.</summary>
public sealed class ViewSubmission : InteractionRequest
{
    /// <summary>The modal with its values.</summary>
    public ViewInfo View { get; set; } = new HomeViewInfo();

    /// <summary>The view's hash.</summary>
    public string? Hash { get; set; }

    /// <summary>Opens one modal within 3 seconds.</summary>
    public string? TriggerId { get; set; }

    /// <summary>For inputs with <c>response_url_enabled</c>.</summary>
    public IList<ViewResponseUrl> ResponseUrls { get; set; } = [];
}

/// <summary>An address for answers, chosen in a modal.</summary>
public sealed class ViewResponseUrl
{
    /// <summary>The block of the menu.</summary>
    public string? BlockId { get; set; }

    /// <summary>The menu.</summary>
    public string? ActionId { get; set; }

    /// <summary>The chosen channel.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Where answers may go. A secret: never log it.</summary>
    public string? ResponseUrl { get; set; }
}

/// <summary>Someone closed a modal that wished to know.</summary>
public sealed class ViewClosed : InteractionRequest
{
    /// <summary>The modal.</summary>
    public ViewInfo View { get; set; } = new HomeViewInfo();

    /// <summary>The whole stack was closed.</summary>
    public bool IsCleared { get; set; }
}

/// <summary>Someone used a shortcut outside any message.</summary>
public sealed class GlobalShortcut : InteractionRequest
{
    /// <summary>The shortcut's id.</summary>
    public string CallbackId { get; set; } = "";

    /// <summary>Opens one modal within 3 seconds.</summary>
    public string TriggerId { get; set; } = "";
}

/// <summary>Someone used a shortcut on a message.</summary>
public sealed class MessageShortcut : InteractionRequest
{
    /// <summary>The shortcut's id.</summary>
    public string CallbackId { get; set; } = "";

    /// <summary>Opens one modal within 3 seconds.</summary>
    public string TriggerId { get; set; } = "";

    /// <summary>The message.</summary>
    public Events.MessageEvent? Message { get; set; }

    /// <summary>Its time stamp.</summary>
    public string? MessageTs { get; set; }
}

/// <summary>A menu asks for its choices.</summary>
public class OptionsRequestBase
{
    /// <summary>Slack's name of the payload type.</summary>
    public string Type { get; set; } = "";

    /// <summary>What was typed so far.</summary>
    public string Value { get; set; } = "";

    /// <summary>Workspace.</summary>
    public Team? Team { get; set; }

    /// <summary>Where; absent in views.</summary>
    public Channel? Channel { get; set; }

    /// <summary>Who types.</summary>
    public User User { get; set; } = new();

    /// <summary>Deprecated by Slack; ignored.</summary>
    public string? Token { get; set; }
}

/// <summary>A menu of a block asks for its choices.</summary>
public sealed class BlockOptionsRequest : OptionsRequestBase
{
    /// <summary>What holds the menu.</summary>
    public Container? Container { get; set; }

    /// <summary>The app.</summary>
    public string? ApiAppId { get; set; }

    /// <summary>The menu's id.</summary>
    public string ActionId { get; set; } = "";

    /// <summary>Its block.</summary>
    public string BlockId { get; set; } = "";

    /// <summary>The message.</summary>
    public Events.MessageEvent? Message { get; set; }

    /// <summary>The view.</summary>
    public ViewInfo? View { get; set; }
}

/// <summary>What held an element.</summary>
public sealed class Container
{
    /// <summary><c>message</c>, <c>view</c> or <c>message_attachment</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>The message.</summary>
    public string? MessageTs { get; set; }

    /// <summary>The attachment.</summary>
    public int AttachmentId { get; set; }

    /// <summary>Where.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Only one person sees it.</summary>
    public bool IsEphemeral { get; set; }

    /// <summary>A link preview.</summary>
    public bool IsAppUnfurl { get; set; }

    /// <summary>The previewed address.</summary>
    public string? AppUnfurlUrl { get; set; }

    /// <summary>The thread.</summary>
    public string? ThreadTs { get; set; }

    /// <summary>The view.</summary>
    public string? ViewId { get; set; }
}
