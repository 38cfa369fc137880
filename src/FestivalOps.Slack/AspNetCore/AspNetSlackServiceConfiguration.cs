using FestivalOps.Slack.Extensions.DependencyInjection;
using FestivalOps.Slack.Receiving;
using FestivalOps.Slack.SocketMode;

namespace FestivalOps.Slack.AspNetCore;

/// <summary>Set-up of Slack within an ASP.NET Core host.</summary>
public sealed class AspNetSlackServiceConfiguration : ServiceCollectionSlackServiceConfiguration<AspNetSlackServiceConfiguration>
{
    internal AspNetSlackServiceConfiguration(SlackSettings settings) : base(settings) { }

    /// <summary>The signing secret. Without it the HTTP endpoints refuse to start.</summary>
    /// <param name="signingSecret">The secret as Slack shows it.</param>
    public AspNetSlackServiceConfiguration UseSigningSecret(string signingSecret) => Chain(() => Settings.SigningSecret = signingSecret);

    /// <summary>Receives over Socket Mode instead of HTTP; needs an app-level token.</summary>
    /// <param name="connectionOptions">How many connections; null: defaults.</param>
    public AspNetSlackServiceConfiguration UseSocketMode(SocketModeConnectionOptions? connectionOptions = null) => UseSocketMode(true, connectionOptions);

    /// <summary>Receives over Socket Mode instead of HTTP, or not.</summary>
    /// <param name="useSocketMode">Whether Socket Mode is used.</param>
    /// <param name="connectionOptions">How many connections; null: defaults.</param>
    public AspNetSlackServiceConfiguration UseSocketMode(bool useSocketMode, SocketModeConnectionOptions? connectionOptions = null) =>
        Chain(() => (Settings.SocketMode, Settings.SocketModeConnections) = (useSocketMode, connectionOptions ?? new SocketModeConnectionOptions()));
}
