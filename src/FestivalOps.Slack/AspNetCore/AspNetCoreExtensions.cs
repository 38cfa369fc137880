using FestivalOps.Slack.Receiving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.Slack.AspNetCore;

/// <summary>Adds Slack to an ASP.NET Core host.</summary>
public static class AspNetCoreExtensions
{
    /// <summary>Adds the Web API client, the handlers and, when asked for, Socket Mode.</summary>
    /// <param name="serviceCollection">The host's services.</param>
    /// <param name="configure">Tokens and handlers.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddSlackNet(this IServiceCollection serviceCollection, Action<AspNetSlackServiceConfiguration>? configure = null)
    {
        var settings = new SlackSettings();
        configure?.Invoke(new AspNetSlackServiceConfiguration(settings));
        return serviceCollection.AddSingleton(settings);
    }

    /// <summary>Adds the HTTP endpoints, unless Socket Mode is used.</summary>
    /// <param name="app">The host.</param>
    /// <param name="configure">Where they are.</param>
    /// <returns>The host.</returns>
    /// <exception cref="InvalidOperationException">No signing secret.</exception>
    public static IApplicationBuilder UseSlackNet(this IApplicationBuilder app, Action<SlackEndpointConfiguration>? configure = null)
    {
        var endpoints = new SlackEndpointConfiguration(app.ApplicationServices.GetRequiredService<SlackSettings>());
        configure?.Invoke(endpoints);
        return app;
    }
}
