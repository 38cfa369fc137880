using FestivalOps.Slack.WebApi;

namespace FestivalOps.Slack.Beyond;

/// <summary>A change of a message that also changes what travels with it.</summary>
public sealed class MessageUpdateWithMetadata : MessageUpdate
{
    /// <summary>The new metadata; null keeps what is there.</summary>
    public MessageMetadata? MetadataJson { get; set; }
}
