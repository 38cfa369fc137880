using FestivalOps.Slack.Receiving;

namespace FestivalOps.Slack.AspNetCore;

/// <summary>Where the HTTP endpoints are.</summary>
public sealed class SlackEndpointConfiguration
{
    internal SlackEndpointConfiguration(SlackSettings settings) => RoutePrefix = settings.RoutePrefix;

    /// <summary>First part of the paths, without slashes at its ends. Default <c>slack</c>.</summary>
    public string RoutePrefix { get; private set; }

    /// <summary>Sets <see cref="RoutePrefix"/>.</summary>
    /// <param name="routePrefix">For example <c>slack</c>.</param>
    public SlackEndpointConfiguration MapToPrefix(string routePrefix)
    {
        ArgumentNullException.ThrowIfNull(routePrefix);
        RoutePrefix = routePrefix.Trim('/');
        return this;
    }
}
