using System.Net;
using FestivalOps.SlackEmulator.Api;
using FestivalOps.SlackEmulator.Control;
using FestivalOps.SlackEmulator.Delivery;
using FestivalOps.SlackEmulator.Faults;
using FestivalOps.SlackEmulator.Page;
using FestivalOps.SlackEmulator.Team;
using Microsoft.AspNetCore.DataProtection;

namespace FestivalOps.SlackEmulator;

/// <summary>Makes the local Slack workspace: Web API, deliveries, control API and page on one address.</summary>
public static class EmulatorApp
{
    private const long MaxRequestBody = 25 * 1024 * 1024;

    /// <summary>Builds the workspace; the caller starts and stops it.</summary>
    /// <param name="options">Settings; may be changed while it runs, except the port.</param>
    /// <param name="time">The clock of everything in it; the system's by default.</param>
    /// <returns>An application that is not started yet. <c>app.Urls</c> holds its address once it is.</returns>
    public static WebApplication Create(EmulatorOptions options, TimeProvider? time = null)
    {
        // An empty builder: settings files and environment of a host process are none of the workspace's business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(EmulatorApp).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        AddParts(builder.Services, options, time ?? TimeProvider.System);
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<Workspace>().BaseUrl = app.Urls.First().TrimEnd('/'));
        app.Use(LocalOnly);
        app.Use(NoForeignScripts);
        app.UseWebSockets();
        app.UseRouting();
        app.UseAntiforgery();
        Map(app);

        // It listens to the workspace from the first moment, not from its first use.
        app.Services.GetRequiredService<BotEvents>();
        return app;
    }

    private static void AddParts(IServiceCollection services, EmulatorOptions options, TimeProvider time)
    {
        services.AddSingleton(options).AddSingleton(time).AddSingleton<Workspace>();
        services.AddSingleton<Journal>().AddSingleton<Pacing>().AddSingleton<FaultKnobs>().AddSingleton<Triggers>();
        services.AddSingleton<ScheduleMethods>().AddSingleton<ViewMethods>().AddSingleton<OtherMethods>().AddSingleton<MethodTable>().AddSingleton<ApiEndpoint>();
        services.AddSingleton<HttpLine>().AddSingleton<SocketHub>().AddSingleton<BotLine>().AddSingleton<BotEvents>();
        services.AddSingleton<ResponseUrls>().AddSingleton<Payloads>().AddSingleton<PersonActions>().AddSingleton<PersonClicks>().AddSingleton<ViewActions>();
        services.AddRouting();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.ConfigureHttpJsonOptions(json => ControlJson.Configure(json.SerializerOptions));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
    }

    // A second line behind the encoding of all text: nothing but the page's own scripts may run.
    private static Task NoForeignScripts(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; img-src * data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'";
        return next(context);
    }

    private static void Map(WebApplication app)
    {
        var methods = new[] { "GET", "POST" };
        app.MapMethods("/api/{method}", methods, (HttpContext context, string method, ApiEndpoint api) => api.HandleAsync(context, method)).DisableAntiforgery();
        app.MapPost("/commands/{team}/{key}", (HttpContext context, string key, ResponseUrls urls) => urls.HandleAsync(context, key)).DisableAntiforgery();
        app.MapPost("/actions/{team}/{key}", (HttpContext context, string key, ResponseUrls urls) => urls.HandleAsync(context, key)).DisableAntiforgery();
        app.Map("/link/", (HttpContext context, SocketHub sockets) => sockets.ServeAsync(context));
        FileEndpoints.Map(app);
        Assets.Map(app);
        ControlEndpoints.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    // The control API has no password; a foreign page must not reach it through a name that points to 127.0.0.1.
    private static Task LocalOnly(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is "127.0.0.1" or "localhost" or "[::1]")
            return next(context);
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return context.Response.WriteAsync("The local workspace answers at 127.0.0.1 and localhost only.", context.RequestAborted);
    }
}
