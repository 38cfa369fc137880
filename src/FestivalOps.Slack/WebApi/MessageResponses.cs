namespace FestivalOps.Slack.WebApi;

/// <summary>Where a message ended up.</summary>
public sealed class PostMessageResponse
{
    /// <summary>Its identity within the channel.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Channel id, also when a user id was given.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The message as Slack shows it.</summary>
    public Events.MessageEvent? Message { get; set; }
}

/// <summary>What is known of an ephemeral message.</summary>
public sealed class PostEphemeralResponse
{
    /// <summary>Its time stamp; it cannot be updated or deleted.</summary>
    public string MessageTs { get; set; } = "";
}

/// <summary>A changed message.</summary>
public sealed class MessageUpdateResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Its identity.</summary>
    public string Ts { get; set; } = "";

    /// <summary>Its text now.</summary>
    public string? Text { get; set; }
}

/// <summary>A message.</summary>
public sealed class MessageTsResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>Its identity.</summary>
    public string Ts { get; set; } = "";
}

/// <summary>A message to be posted later.</summary>
public sealed class ScheduleMessageResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>For deleting it.</summary>
    public string ScheduledMessageId { get; set; } = "";

    /// <summary>Unix seconds.</summary>
    public string? PostAt { get; set; }
}

/// <summary>A message's address.</summary>
public sealed class PermalinkResponse
{
    /// <summary>Channel id.</summary>
    public string Channel { get; set; } = "";

    /// <summary>The address.</summary>
    public string Permalink { get; set; } = "";
}

/// <summary>A page of messages to be posted later.</summary>
public sealed class ScheduledMessageListResponse
{
    /// <summary>The messages.</summary>
    public IList<ScheduledMessage> ScheduledMessages { get; set; } = [];

    /// <summary>How to go on.</summary>
    public ResponseMetadata ResponseMetadata { get; set; } = new();
}

/// <summary>A message to be posted later.</summary>
public sealed class ScheduledMessage
{
    /// <summary>For deleting it.</summary>
    public string Id { get; set; } = "";

    /// <summary>Where.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Unix seconds.</summary>
    public long PostAt { get; set; }

    /// <summary>Unix seconds.</summary>
    public long DateCreated { get; set; }

    /// <summary>Its text.</summary>
    public string? Text { get; set; }
}
