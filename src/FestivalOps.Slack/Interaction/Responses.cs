namespace FestivalOps.Slack.Interaction;

/// <summary>An answer that holds a message.</summary>
public interface IMessageResponse
{
    /// <summary>What to say.</summary>
    WebApi.Message? Message { get; }
}

/// <summary>Who sees an answer.</summary>
[JsonConverter(typeof(SlackEnumConverter<ResponseType>))]
public enum ResponseType
{
    /// <summary>Only the person who acted.</summary>
    Ephemeral,

    /// <summary>Everyone in the channel.</summary>
    InChannel,
}

/// <summary>The answer to a slash command.</summary>
public class SlashCommandResponse : IMessageResponse
{
    /// <summary>What to say.</summary>
    public WebApi.Message? Message { get; set; } = new();

    /// <summary>Who sees it.</summary>
    public ResponseType ResponseType { get; set; } = ResponseType.Ephemeral;
}

/// <summary>A message sent to a <c>response_url</c>.</summary>
public class MessageResponse : IMessageResponse
{
    /// <summary>Who sees it.</summary>
    public ResponseType ResponseType { get; set; }

    /// <summary>Replaces the message that held the button.</summary>
    public bool ReplaceOriginal { get; set; }

    /// <summary>Removes the message that held the button.</summary>
    public bool DeleteOriginal { get; set; }

    /// <summary>What to say; null when only deleting.</summary>
    public WebApi.Message? Message { get; set; }
}

/// <summary>The choices of a menu. At most 100.</summary>
public class BlockOptionsResponse
{
    /// <summary>Choices. At most 100; more are cut.</summary>
    public IList<Blocks.Option>? Options { get; set; }

    /// <summary>Choices in groups. At most 100 groups of 100.</summary>
    public IList<Blocks.OptionGroup>? OptionGroups { get; set; }
}

/// <summary>What happens with a modal after it was sent.</summary>
/// <param name="responseAction">Slack's name of what happens.</param>
public abstract class ViewSubmissionResponse(string? responseAction)
{
    /// <summary>Slack's name of what happens; null closes the view.</summary>
    public string? ResponseAction { get; } = responseAction;

    /// <summary>Closes the view.</summary>
    public static ViewSubmissionResponse Null { get; } = new NullResponse();

    internal sealed class NullResponse() : ViewSubmissionResponse(null);
}

/// <summary>Shows other content in the same view.</summary>
public sealed class UpdateViewResponse() : ViewSubmissionResponse("update")
{
    /// <summary>The new content.</summary>
    public ViewDefinition? View { get; set; }
}

/// <summary>Opens another view on top. At most 3 views in a stack.</summary>
public sealed class PushViewResponse() : ViewSubmissionResponse("push")
{
    /// <summary>The view.</summary>
    public ViewDefinition? View { get; set; }
}

/// <summary>Closes all views.</summary>
public sealed class ClearViewsResponse() : ViewSubmissionResponse("clear");

/// <summary>Keeps the view open and shows errors beside inputs.</summary>
public sealed class ViewErrorsResponse() : ViewSubmissionResponse("errors")
{
    /// <summary>Text by <c>block_id</c> of the input block.</summary>
    public Dictionary<string, string> Errors { get; set; } = [];
}
