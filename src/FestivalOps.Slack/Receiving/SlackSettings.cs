using FestivalOps.Slack.SocketMode;

namespace FestivalOps.Slack.Receiving;

internal sealed class SlackSettings
{
    public string? ApiToken { get; set; }

    public string? AppLevelToken { get; set; }

    public string? SigningSecret { get; set; }

    public bool SocketMode { get; set; }

    public SocketModeConnectionOptions SocketModeConnections { get; set; } = new();

    public Uri ApiBaseUrl { get; set; } = new("https://slack.com/api/");

    public bool AllowInsecureLoopback { get; set; }

    public string RoutePrefix { get; set; } = "slack";

    public TimeSpan PostingInterval { get; set; } = TimeSpan.FromSeconds(1);

    public int PostingBurst { get; set; } = 2;

    /// <summary>How often the socket client pings, and how long it waits for a pong: the server's silence is noticed within their sum.</summary>
    public (TimeSpan Interval, TimeSpan Timeout) SocketPings { get; set; } = (TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15));

    public HandlerRegistry Handlers { get; } = new();

    /// <summary>Handler types, which the container makes in a scope per request and disposes of.</summary>
    public HashSet<Type> HandlerTypes { get; } = [];

    /// <exception cref="InvalidOperationException">What is set cannot work.</exception>
    public void Check()
    {
        CheckToken(ApiToken, "bot token (UseApiToken)");
        CheckToken(AppLevelToken, "app-level token (UseAppLevelToken)");
        if (SocketMode && string.IsNullOrEmpty(AppLevelToken))
            throw new InvalidOperationException("Socket Mode needs Slack's app-level token (xapp-…). Give it with UseAppLevelToken, or receive over HTTP.");
    }

    /// <summary>A token goes into a header; what cannot stand there is refused here, where the message does not show it.</summary>
    public static void CheckToken(string? token, string name)
    {
        if (token?.Any(c => c is <= ' ' or > '~') == true)
            throw new InvalidOperationException($"Slack's {name} holds a space, a line end or another character that no token has. Was it copied whole and alone?");
    }
}
