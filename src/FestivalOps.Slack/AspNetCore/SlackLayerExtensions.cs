namespace FestivalOps.Slack.AspNetCore;

/// <summary>Settings that SlackNet does not have.</summary>
public static class SlackLayerExtensions
{
    /// <summary>Where the Web API is. Default <c>https://slack.com/api/</c>.</summary>
    /// <param name="configuration">The set-up.</param>
    /// <param name="apiBaseUrl">https; http only for loopback together with <see cref="AllowInsecureLoopback"/>.</param>
    public static AspNetSlackServiceConfiguration UseApiBaseUrl(this AspNetSlackServiceConfiguration configuration, Uri apiBaseUrl)
    {
        ArgumentNullException.ThrowIfNull(apiBaseUrl);
        configuration.Settings.ApiBaseUrl = apiBaseUrl;
        return configuration;
    }

    /// <summary>Allows http and ws, and <c>response_url</c>s, for loopback hosts: for a stand-in for Slack on this machine. Default: no.</summary>
    /// <param name="configuration">The set-up.</param>
    /// <param name="allow">Whether it is allowed.</param>
    public static AspNetSlackServiceConfiguration AllowInsecureLoopback(this AspNetSlackServiceConfiguration configuration, bool allow = true)
    {
        configuration.Settings.AllowInsecureLoopback = allow;
        return configuration;
    }

    /// <summary>How fast messages are posted to one channel. Default: one a second, with a burst of 2.</summary>
    /// <param name="configuration">The set-up.</param>
    /// <param name="interval">Time between posts, at least 0.</param>
    /// <param name="burst">Posts that may leave at once after a pause, at least 1.</param>
    public static AspNetSlackServiceConfiguration UsePostingPace(this AspNetSlackServiceConfiguration configuration, TimeSpan interval, int burst)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(burst, 1);
        (configuration.Settings.PostingInterval, configuration.Settings.PostingBurst) = (interval, burst);
        return configuration;
    }
}
