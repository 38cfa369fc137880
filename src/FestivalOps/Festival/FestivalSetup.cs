using FestivalOps.Settings;

namespace FestivalOps.Festival;

/// <summary>Registers the platform that we watch.</summary>
internal static class FestivalSetup
{
    /// <summary>Adds the platform's web application, database, Redis and Prometheus.</summary>
    public static IServiceCollection AddFestival(this IServiceCollection services)
    {
        services.AddSettings<FestivalOptions>("Platform");
        services.AddHttpClient(FestivalWeb.ClientName, client => client.DefaultRequestHeaders.UserAgent.ParseAdd("FestivalOps/0.1"))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        services.AddHttpClient(FestivalPrometheus.ClientName, client => client.MaxResponseContentBufferSize = 1024 * 1024)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
            .RemoveAllLoggers();
        return services
            .AddSingleton<FestivalWeb>()
            .AddSingleton<FestivalDatabase>()
            .AddSingleton<MaintenanceDatabase>()
            .AddSingleton<FestivalRedis>()
            .AddSingleton<FestivalPrometheus>()
            .AddSingleton<PrometheusState>();
    }
}
