namespace FestivalOps.Slack;

/// <summary>A modal or home page to show. At most 250 KB as JSON and 100 blocks.</summary>
/// <param name="type">Slack's name of the view type.</param>
[JsonConverter(typeof(ViewDefinitionConverter))]
public abstract class ViewDefinition(string type)
{
    /// <summary><c>modal</c> or <c>home</c>.</summary>
    public string Type { get; } = type;

    /// <summary>At most 100.</summary>
    public IList<Blocks.Block> Blocks { get; set; } = [];

    /// <summary>Text that comes back with the view, unseen. At most 3000 characters; never cut.</summary>
    public string? PrivateMetadata { get; set; }

    /// <summary>Names the view in what Slack sends back. At most 255 characters.</summary>
    public string? CallbackId { get; set; }

    /// <summary>Our own id. At most 255 characters, unique in the workspace.</summary>
    public string? ExternalId { get; set; }
}

/// <summary>A dialog.</summary>
public sealed class ModalViewDefinition() : ViewDefinition("modal")
{
    /// <summary>At most 24 characters. Required.</summary>
    public Blocks.PlainText? Title { get; set; }

    /// <summary>Label of "cancel". At most 24 characters.</summary>
    public Blocks.PlainText? Close { get; set; }

    /// <summary>Label of "send". At most 24 characters; required when there are inputs.</summary>
    public Blocks.PlainText? Submit { get; set; }

    /// <summary>Closing it closes all views below.</summary>
    public bool ClearOnClose { get; set; }

    /// <summary>Closing it sends <c>view_closed</c>.</summary>
    public bool NotifyOnClose { get; set; }
}

/// <summary>A person's home page of the app.</summary>
public sealed class HomeViewDefinition() : ViewDefinition("home");

/// <summary>A view as Slack shows it.</summary>
[JsonConverter(typeof(ViewInfoConverter))]
public abstract class ViewInfo
{
    /// <summary>Slack view id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Workspace id.</summary>
    public string? TeamId { get; set; }

    /// <summary><c>modal</c> or <c>home</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Its blocks.</summary>
    public IList<Blocks.Block> Blocks { get; set; } = [];

    /// <summary>What was given at opening.</summary>
    public string? PrivateMetadata { get; set; }

    /// <summary>What was given at opening.</summary>
    public string? CallbackId { get; set; }

    /// <summary>What was given at opening.</summary>
    public string? ExternalId { get; set; }

    /// <summary>What stands in the inputs.</summary>
    public ViewState? State { get; set; }

    /// <summary>Give it back when updating, and a view changed meanwhile is refused with <c>hash_conflict</c>.</summary>
    public string? Hash { get; set; }

    /// <summary>The lowest view of the stack.</summary>
    public string? RootViewId { get; set; }

    /// <summary>The app that opened it.</summary>
    public string? AppId { get; set; }

    /// <summary>The bot that opened it.</summary>
    public string? BotId { get; set; }

    /// <summary>Where the app is installed.</summary>
    public string? AppInstalledTeamId { get; set; }
}

/// <summary>A dialog as Slack shows it.</summary>
public sealed class ModalViewInfo : ViewInfo
{
    /// <summary>Title.</summary>
    public Blocks.PlainText? Title { get; set; }

    /// <summary>Label of "cancel".</summary>
    public Blocks.PlainText? Close { get; set; }

    /// <summary>Label of "send".</summary>
    public Blocks.PlainText? Submit { get; set; }

    /// <summary>Closing it closes all views below.</summary>
    public bool ClearOnClose { get; set; }

    /// <summary>Closing it sends <c>view_closed</c>.</summary>
    public bool NotifyOnClose { get; set; }

    /// <summary>The view below.</summary>
    public string? PreviousViewId { get; set; }
}

/// <summary>A home page as Slack shows it.</summary>
public sealed class HomeViewInfo : ViewInfo;

/// <summary>A view of a type that this library does not know.</summary>
public sealed class UnknownViewInfo : ViewInfo, IUnknownPayload
{
    internal UnknownViewInfo(string type, JsonElement raw)
    {
        Type = type;
        Raw = raw;
        Id = RawJson.Text(raw, "id") ?? "";
        CallbackId = RawJson.Text(raw, "callback_id");
        PrivateMetadata = RawJson.Text(raw, "private_metadata");
    }

    /// <summary>The view as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}

/// <summary>What stands in the inputs of a view or message, by <c>block_id</c> and <c>action_id</c>.</summary>
public sealed class ViewState
{
    /// <summary>Values by <c>block_id</c>, then <c>action_id</c>.</summary>
    public Dictionary<string, Dictionary<string, ElementValue>> Values { get; set; } = [];

    /// <summary>The value of one input.</summary>
    /// <typeparam name="TValue">The expected kind.</typeparam>
    /// <param name="blockId">The block's id.</param>
    /// <param name="actionId">The element's id.</param>
    /// <returns>The value, or null when there is none of that kind.</returns>
    public TValue? GetValue<TValue>(string blockId, string actionId) where TValue : ElementValue =>
        Values.TryGetValue(blockId, out var block) && block.TryGetValue(actionId, out var value) ? value as TValue : null;

    /// <summary>The value of the first input with this <c>action_id</c>, in whichever block.</summary>
    /// <typeparam name="TValue">The expected kind.</typeparam>
    /// <param name="actionId">The element's id.</param>
    /// <returns>The value, or null when there is none of that kind.</returns>
    public TValue? GetValue<TValue>(string actionId) where TValue : ElementValue =>
        Values.Values.SelectMany(block => block).Where(pair => pair.Key == actionId).Select(pair => pair.Value).OfType<TValue>().FirstOrDefault();
}
