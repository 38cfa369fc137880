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

    public HandlerRegistry Handlers { get; } = new();
}
