using System.Globalization;
using FestivalOps.Settings;
using Prometheus;
using Serilog;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Compact;
using Serilog.Formatting.Display;

namespace FestivalOps.Telemetry;

/// <summary>Logs, metrics, liveness and readiness.</summary>
internal static class TelemetrySetup
{
    /// <summary>The logger that <paramref name="options"/> describe.</summary>
    public static Serilog.Core.Logger Logger(LogOptions options, TextWriter output)
    {
        ITextFormatter formatter = options.Plain
            ? new MessageTemplateTextFormatter("{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture)
            : new RenderedCompactJsonFormatter();
        return new LoggerConfiguration()
            .MinimumLevel.Is(options.Level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", options.Level)
            // What fails there is thrown to us and logged by us with an error id; twice helps nobody.
            .MinimumLevel.Override("Microsoft.EntityFrameworkCore", LogEventLevel.Fatal)
            .WriteTo.Sink(new WriterSink(new RedactingFormatter(formatter), output))
            .CreateLogger();
    }

    /// <summary>Adds the metrics' registry.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddSettings<HttpOptions>("Http");
        services.AddSettings<LogOptions>("Log");
        services.AddSingleton(_ => Metrics.NewCustomRegistry());
        services.AddSingleton<IReadiness, SlackReadiness>();
        services.AddSingleton<SlackCheckIn>();
        services.AddSingleton<IReadiness>(s => s.GetRequiredService<SlackCheckIn>());
        services.AddHostedService(s => s.GetRequiredService<SlackCheckIn>());
        return services;
    }

    /// <summary>
    /// Maps <c>/up</c> (the process lives), <c>/ready</c> (store and Slack are reachable; 503 with the reasons otherwise) and
    /// <c>/metrics</c> (Prometheus).
    /// </summary>
    public static void MapTelemetry(this WebApplication app)
    {
        app.MapGet("/up", context => TextAsync(context, StatusCodes.Status200OK, "ok"));
        app.MapGet("/ready", context =>
        {
            var problems = context.RequestServices.GetServices<IReadiness>().Select(p => p.Problem).OfType<string>().ToList();
            return problems.Count == 0
                ? TextAsync(context, StatusCodes.Status200OK, "ready")
                : TextAsync(context, StatusCodes.Status503ServiceUnavailable, string.Join('\n', problems));
        });
        var registry = app.Services.GetRequiredService<CollectorRegistry>();
        foreach (var source in app.Services.GetServices<IMetricSource>())
            source.Register(Metrics.WithCustomRegistry(registry), registry);
        app.MapMetrics("/metrics", registry);
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }
}
