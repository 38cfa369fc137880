namespace FestivalOps.SlackEmulator;

/// <summary>How the workspace hands commands, interactions and events to the bot.</summary>
public enum DeliveryMode
{
    /// <summary>Signed HTTP requests to <see cref="EmulatorOptions.RequestUrl"/>.</summary>
    Http,

    /// <summary>Envelopes over the web sockets that the bot opened with <c>apps.connections.open</c>.</summary>
    Socket,
}

/// <summary>A slash command as the app's manifest registers it.</summary>
/// <param name="Command">With the slash, for example <c>/fops</c>.</param>
/// <param name="Description">Shown in the composer's completion list.</param>
/// <param name="UsageHint">Shown behind the command, for example <c>health | help</c>.</param>
/// <param name="ShouldEscape">The manifest's <c>should_escape</c>: mentions arrive as <c>&lt;@U…&gt;</c> and <c>&amp; &lt; &gt;</c> as entities.</param>
public sealed record SlashCommand(string Command, string Description, string UsageHint = "", bool ShouldEscape = true);

/// <summary>
/// Settings of the local workspace. All of them may also be changed while it runs (tests do, once the bot's port is known).
/// </summary>
public sealed class EmulatorOptions
{
    /// <summary>Port on 127.0.0.1 to listen on. 0 (the default) takes a free one; read the address from <c>app.Urls</c>.</summary>
    public int Port { get; set; }

    /// <summary>The bot token that the Web API accepts. Starts with <c>xoxb-</c>.</summary>
    public string BotToken { get; set; } = "xoxb-local-workspace";

    /// <summary>The app-level token that <c>apps.connections.open</c> accepts. Starts with <c>xapp-</c>.</summary>
    public string AppToken { get; set; } = "xapp-local-workspace";

    /// <summary>The key of the v0 signature on every HTTP delivery.</summary>
    public string SigningSecret { get; set; } = "local-signing-secret";

    /// <summary>Name of the app and its bot user as people see it.</summary>
    public string ClientName { get; set; } = "FestivalOps";

    /// <summary>Scopes granted to the bot token. A method that needs another one answers <c>missing_scope</c>.</summary>
    public IReadOnlyList<string> BotScopes { get; set; } =
    [
        "commands", "chat:write", "channels:read", "channels:join", "channels:manage", "channels:history", "groups:read",
        "groups:write", "groups:history", "im:read", "im:write", "im:history", "mpim:write", "users:read", "users:read.email",
        "usergroups:read", "usergroups:write", "app_mentions:read", "reactions:read", "reactions:write", "pins:write",
        "bookmarks:write", "files:write", "canvases:write",
    ];

    /// <summary>The slash commands that people can type. Default: <c>/fops</c>.</summary>
    public IReadOnlyList<SlashCommand> SlashCommands { get; set; } =
        [new SlashCommand("/fops", "Operate the Festival Planner Platform", "health | help | version")];

    /// <summary>
    /// Subscribed events: <c>app_mention app_home_opened message.im message.channels member_joined_channel reaction_added
    /// channel_archive message.groups</c>. Default: the first three and <c>member_joined_channel</c>.
    /// </summary>
    public IReadOnlyList<string> Events { get; set; } = ["app_mention", "app_home_opened", "message.im", "member_joined_channel"];

    /// <summary>HTTP requests or Socket Mode. An app with Socket Mode on gets no HTTP requests.</summary>
    public DeliveryMode DeliveryMode { get; set; } = DeliveryMode.Http;

    /// <summary>Where events go over HTTP, and everything else that has no address of its own below.</summary>
    public string RequestUrl { get; set; } = "http://127.0.0.1:8080/slack/events";

    /// <summary>Where slash commands go; <see langword="null"/> for <see cref="RequestUrl"/>.</summary>
    public string? CommandsUrl { get; set; }

    /// <summary>Where interactions go; <see langword="null"/> for <see cref="RequestUrl"/>.</summary>
    public string? InteractivityUrl { get; set; }

    /// <summary>Where option loads of external selects go; <see langword="null"/> for <see cref="RequestUrl"/>.</summary>
    public string? OptionsUrl { get; set; }

    /// <summary>Language of the page, <c>ja</c> or <c>en</c>; <see langword="null"/> (default) follows the person shown.</summary>
    public string? Language { get; set; }

    /// <summary>Enforce rate limits (one post a second and channel, method tiers). On by default, as in Slack.</summary>
    public bool StrictPacing { get; set; } = true;

    /// <summary>Posts that one channel takes at once before the pace of one a second applies. Default 4.</summary>
    public int PostBurst { get; set; } = 4;
}
