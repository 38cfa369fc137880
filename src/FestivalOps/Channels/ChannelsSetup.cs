using FestivalOps.Channels.Carriers;
using FestivalOps.Channels.Courier;
using FestivalOps.Channels.Outage;
using FestivalOps.Settings;
using FestivalOps.Telemetry;

namespace FestivalOps.Channels;

/// <summary>Registers which channel hears what, and the outbox that never loses a post.</summary>
internal static class ChannelsSetup
{
    /// <summary>Adds the outbox and its carriers.</summary>
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddSettings<ChannelsOptions>("Channels");
        services.AddSettings<OutboxOptions>("Outbox");
        services.AddSettings<MailOptions>("Mail");
        services.AddSettings<WebhookOptions>("Webhooks");
        services.AddSingleton<Outbox>();
        services.AddSingleton<SlackSearch>();
        services.AddSingleton<ICarrier, SlackCarrier>();
        services.AddSingleton<MailCarrier>();
        services.AddSingleton<ICarrier>(s => s.GetRequiredService<MailCarrier>());
        services.AddSingleton<ICarrier, WebhookCarrier>();
        services.AddHttpClient(WebhookCarrier.ClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            // Addresses of such services hold secrets.
            .RemoveAllLoggers();
        services.AddSingleton(new Backoff(new Random()));
        services.AddSingleton<OutboxDesk>();
        services.AddSingleton<Errand>();
        services.AddSingleton<SlackReturn>();
        services.AddSingleton<SlackOutage>();
        services.AddSingleton<OutboxMetrics>();
        services.AddSingleton<OperatorProblem>();
        services.AddSingleton<OutboxWatch>();
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<SlackOutage>());
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<OutboxMetrics>());
        services.AddSingleton<IMetricSource>(s => s.GetRequiredService<OutboxWatch>());
        services.AddSingleton<IReadiness>(s => s.GetRequiredService<OperatorProblem>());
        services.AddSingleton<IReadiness>(s => s.GetRequiredService<OutboxWatch>());
        services.AddHostedService<OutboxCourier>();
        services.AddHostedService(s => s.GetRequiredService<OutboxWatch>());
        return services;
    }

    /// <summary>Adds what one kind of outbox row says.</summary>
    public static IServiceCollection AddPostKind<T>(this IServiceCollection services) where T : class, IPostKind => services
        .AddSingleton<IPostKind, T>();

    /// <summary>Adds what a feature does when Slack is back after an outage.</summary>
    public static IServiceCollection AddCatchUp<T>(this IServiceCollection services) where T : class, ICatchUp => services
        .AddSingleton<ICatchUp, T>();
}
