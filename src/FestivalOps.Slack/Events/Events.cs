namespace FestivalOps.Slack.Events;

/// <summary>Something that happened in the workspace.</summary>
[JsonConverter(typeof(EventConverter))]
public class Event
{
    /// <summary>Slack's name of the event type.</summary>
    public string Type { get; set; } = "";

    /// <summary>Slack's time stamp of the event.</summary>
    public string? EventTs { get; set; }
}

/// <summary>Someone opened the app's home page or messages.</summary>
public sealed class AppHomeOpened : Event
{
    /// <summary>Who.</summary>
    public string? User { get; set; }

    /// <summary>The direct message.</summary>
    public string? Channel { get; set; }

    /// <summary>Which tab.</summary>
    public AppHomeTab Tab { get; set; }

    /// <summary>The home page as it is shown.</summary>
    public ViewInfo? View { get; set; }
}

/// <summary>Someone joined the workspace.</summary>
public sealed class TeamJoin : Event
{
    /// <summary>Who.</summary>
    public User? User { get; set; }
}

/// <summary>Someone's profile changed.</summary>
public sealed class UserChange : Event
{
    /// <summary>Who.</summary>
    public User? User { get; set; }
}

/// <summary>The app was removed from the workspace.</summary>
public sealed class AppUninstalled : Event;

/// <summary>Tokens stopped being valid.</summary>
public sealed class TokensRevoked : Event;

/// <summary>An event with what surrounds it.</summary>
public sealed class EventCallback
{
    /// <summary><c>event_callback</c>.</summary>
    public string Type { get; set; } = "";

    /// <summary>Workspace.</summary>
    public string? TeamId { get; set; }

    /// <summary>Organisation.</summary>
    public string? EnterpriseId { get; set; }

    /// <summary>Workspace through which it was seen.</summary>
    public string? ContextTeamId { get; set; }

    /// <summary>Organisation through which it was seen.</summary>
    public string? ContextEnterpriseId { get; set; }

    /// <summary>The app.</summary>
    public string? ApiAppId { get; set; }

    /// <summary>In a channel shared with another organisation.</summary>
    public bool IsExtSharedChannel { get; set; }

    /// <summary>What happened.</summary>
    public Event Event { get; set; } = new();

    /// <summary>For whom it was delivered.</summary>
    public IList<Authorization> Authorizations { get; set; } = [];

    /// <summary>Opaque context.</summary>
    public string? EventContext { get; set; }

    /// <summary>Unique; what repeated deliveries have in common.</summary>
    public string EventId { get; set; } = "";

    /// <summary>Unix seconds.</summary>
    public int EventTime { get; set; }
}

/// <summary>Tabs of an app's home.</summary>
[JsonConverter(typeof(SlackEnumConverter<AppHomeTab>))]
public enum AppHomeTab
{
    /// <summary>The home page.</summary>
    Home,

    /// <summary>The messages.</summary>
    Messages,
}

/// <summary>An event of a type that this library does not know.</summary>
public sealed class UnknownEvent : Event, IUnknownPayload
{
    internal UnknownEvent(string type, JsonElement raw)
    {
        Type = type;
        Raw = raw;
        EventTs = RawJson.Text(raw, "event_ts");
    }

    /// <summary>The event as Slack sent it.</summary>
    [JsonIgnore]
    public JsonElement Raw { get; }
}
