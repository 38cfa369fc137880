using System.Net;
using FestivalOps.Slack.Beyond;
using FestivalOps.Slack.Receiving;
using FestivalOps.Slack.Sending;
using FestivalOps.Slack.SocketMode;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FestivalOps.Slack.AspNetCore;

/// <summary>Adds Slack to an ASP.NET Core host.</summary>
public static class AspNetCoreExtensions
{
    /// <summary>Adds the Web API client, the handlers and, when asked for, Socket Mode.</summary>
    /// <param name="serviceCollection">The host's services.</param>
    /// <param name="configure">Tokens and handlers.</param>
    /// <returns>The services.</returns>
    /// <exception cref="InvalidOperationException">Socket Mode without an app-level token, or a wrong address or token.</exception>
    public static IServiceCollection AddSlackNet(this IServiceCollection serviceCollection, Action<AspNetSlackServiceConfiguration>? configure = null)
    {
        var settings = new SlackSettings();
        configure?.Invoke(new AspNetSlackServiceConfiguration(settings));
        settings.Check();
        foreach (var handler in settings.HandlerTypes)
            serviceCollection.TryAddScoped(handler);

        serviceCollection.TryAddSingleton(TimeProvider.System);
        serviceCollection.AddSingleton(settings);
        serviceCollection.AddSingleton(new SlackAddresses(settings));
        serviceCollection.AddSingleton(services => new ReplayMemory(services.GetRequiredService<TimeProvider>()));
        AddSending(serviceCollection, settings);
        serviceCollection.AddSingleton<Dispatcher>();
        serviceCollection.AddSingleton<AcceptedWork>();
        serviceCollection.AddHostedService(services => services.GetRequiredService<AcceptedWork>());
        serviceCollection.AddSingleton<EnvelopeHandling>();
        serviceCollection.AddSingleton<ConnectionState>();
        serviceCollection.AddSingleton<ISlackConnectionState>(services => services.GetRequiredService<ConnectionState>());
        serviceCollection.AddSingleton<ISlackSocketModeClient, SlackSocketModeClient>();
        if (settings.SocketMode)
            serviceCollection.AddHostedService<SocketModeService>();
        return serviceCollection;
    }

    /// <summary>Adds the HTTP endpoints, unless Socket Mode is used.</summary>
    /// <param name="app">The host.</param>
    /// <param name="configure">Where they are.</param>
    /// <returns>The host.</returns>
    /// <exception cref="InvalidOperationException">No signing secret: every request would have to be believed.</exception>
    public static IApplicationBuilder UseSlackNet(this IApplicationBuilder app, Action<SlackEndpointConfiguration>? configure = null)
    {
        var services = app.ApplicationServices;
        var settings = services.GetRequiredService<SlackSettings>();
        var endpoints = new SlackEndpointConfiguration(settings);
        configure?.Invoke(endpoints);
        if (settings.SocketMode)
            return app;
        if (string.IsNullOrWhiteSpace(settings.SigningSecret))
            throw new InvalidOperationException(
                "Slack's signing secret is missing, so requests could not be told from forgeries. Give it with UseSigningSecret, or use Socket Mode.");
        var time = services.GetRequiredService<TimeProvider>();
        var signature = new SignatureCheck(settings.SigningSecret, time, time.GetUtcNow());
        return app.Use(next => new SlackEndpoints(
            next, endpoints.RoutePrefix, signature, services.GetRequiredService<ReplayMemory>(), services.GetRequiredService<Dispatcher>(),
            services.GetRequiredService<ILogger<SlackEndpoints>>()).Invoke);
    }

    private static void AddSending(IServiceCollection services, SlackSettings settings)
    {
        services.AddHttpClient(SlackTransport.HttpClientName, client =>
            {
                // The transport has its own time limits, told apart by what they mean.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = 16 * 1024 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The default loggers write whole addresses, and a response_url is a secret.
            .RemoveAllLoggers();
        services.AddSingleton<SlackTransport>();
        services.AddSingleton(provider => new SendingParts(
            provider.GetRequiredService<SlackTransport>(),
            provider.GetRequiredService<SlackAddresses>(),
            new PostingLanes(provider.GetRequiredService<TimeProvider>(), settings.PostingInterval, settings.PostingBurst),
            new UpdateMerging(),
            provider.GetRequiredService<ILogger<SendingParts>>()));
        services.AddSingleton<ISlackApiClient>(provider => new SlackApiClient(provider.GetRequiredService<SendingParts>(), settings.ApiToken));
    }
}
