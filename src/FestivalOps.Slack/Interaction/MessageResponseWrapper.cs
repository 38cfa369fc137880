using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Interaction;

/// <summary>A message with the properties that only answers have.</summary>
/// <param name="response">The answer.</param>
public abstract class MessageResponseWrapper(IMessageResponse response) : IReadOnlyMessage
{
    private readonly Message _message = response.Message ?? new Message();

    internal bool HasMessage { get; } = response.Message is not null;

    /// <inheritdoc/>
    public string? Channel => _message.Channel;

    /// <inheritdoc/>
    public string? Text => _message.Text;

    /// <inheritdoc/>
    public ParseMode Parse => _message.Parse;

    /// <inheritdoc/>
    public bool LinkNames => _message.LinkNames;

    /// <inheritdoc/>
    public IList<Attachment> Attachments => _message.Attachments;

    /// <inheritdoc/>
    public IList<Blocks.Block> Blocks => _message.Blocks;

    /// <inheritdoc/>
    public bool UnfurlLinks => _message.UnfurlLinks;

    /// <inheritdoc/>
    public bool UnfurlMedia => _message.UnfurlMedia;

    /// <inheritdoc/>
    public string? Username => _message.Username;

    /// <inheritdoc/>
    public bool? AsUser => _message.AsUser;

    /// <inheritdoc/>
    public string? IconUrl => _message.IconUrl;

    /// <inheritdoc/>
    public string? IconEmoji => _message.IconEmoji;

    /// <inheritdoc/>
    public string? ThreadTs => _message.ThreadTs;

    /// <inheritdoc/>
    public bool ReplyBroadcast => _message.ReplyBroadcast;

    /// <inheritdoc/>
    public MessageMetadata? MetadataJson => _message.MetadataJson;

    /// <inheritdoc/>
    public object? MetadataObject => _message.MetadataObject;
}

/// <summary>The answer to a slash command, as a message.</summary>
/// <param name="response">The answer.</param>
public sealed class SlashCommandMessageResponse(SlashCommandResponse response) : MessageResponseWrapper(response)
{
    /// <summary>Who sees it.</summary>
    public ResponseType ResponseType { get; } = response.ResponseType;
}

/// <summary>The answer to an interaction, as a message.</summary>
/// <param name="response">The answer.</param>
public sealed class MessageUpdateResponse(MessageResponse response) : MessageResponseWrapper(response)
{
    /// <summary>Who sees it.</summary>
    public ResponseType ResponseType { get; } = response.ResponseType;

    /// <summary>Replaces the message that held the button.</summary>
    public bool ReplaceOriginal { get; } = response.ReplaceOriginal;

    /// <summary>Removes the message that held the button.</summary>
    public bool DeleteOriginal { get; } = response.DeleteOriginal;
}
