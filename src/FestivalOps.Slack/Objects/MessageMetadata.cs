using System.Text.Json.Nodes;

namespace FestivalOps.Slack;

/// <summary>Data that travels with a message, unseen by people; the place for our own id of a post.</summary>
public sealed class MessageMetadata
{
    /// <summary>Name of the kind of data.</summary>
    public string EventType { get; set; } = "";

    /// <summary>The data. (SlackNet: a JToken.)</summary>
    public JsonNode? EventPayload { get; set; }

    /// <summary>Metadata of some object.</summary>
    /// <param name="payload">A <see cref="MessageMetadata"/> or a <see cref="JsonObject"/> with <c>event_type</c> and <c>event_payload</c>; null gives null.</param>
    /// <returns>The metadata.</returns>
    /// <exception cref="ArgumentException">An object of another kind: source-generated JSON cannot know it.</exception>
    public static MessageMetadata? FromObject(object? payload) => payload switch
    {
        null => null,
        MessageMetadata metadata => metadata,
        JsonObject json => new MessageMetadata { EventType = (string?)json["event_type"] ?? "", EventPayload = json["event_payload"]?.DeepClone() },
        _ => throw new ArgumentException(
            $"MetadataObject may be a MessageMetadata or a JsonObject with event_type and event_payload, not {payload.GetType().Name}.", nameof(payload)),
    };
}
