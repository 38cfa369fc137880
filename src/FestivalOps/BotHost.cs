using FestivalOps.Alerting;
using FestivalOps.Blocking;
using FestivalOps.Channels;
using FestivalOps.Checks;
using FestivalOps.Commands;
using FestivalOps.Commands.BuiltIn;
using FestivalOps.Commands.Forms;
using FestivalOps.Commands.Queue;
using FestivalOps.Escalation;
using FestivalOps.Festival;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance;
using FestivalOps.Reports;
using FestivalOps.Scheduling;
using FestivalOps.Settings;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Serilog;

namespace FestivalOps;

/// <summary>Puts the bot together. The program, the demo and the tests all start it here.</summary>
internal static class BotHost
{
    /// <summary>How long everything together may take to stop: 30 seconds.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Builds the bot from <paramref name="settings"/>. <paramref name="replace"/> may put other services in place (a clock, a writer for
    /// the log).
    /// </summary>
    /// <exception cref="SettingsException">A setting is wrong or unknown; the message says which and what to do.</exception>
    public static WebApplication Build(IConfiguration settings, Action<IServiceCollection>? replace = null, TextWriter? log = null)
    {
        // Empty: settings and log are ours, and what is not there needs no memory.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // A setting with an empty value is one that is not set: here, below, and in the options, which read the same.
        builder.Configuration.AddConfiguration(settings);

        var logger = TelemetrySetup.Logger(Section<LogOptions>(builder.Configuration, "Log"), log ?? Console.Out);
        builder.Services.AddSerilog(logger, dispose: true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddTelemetry();
        builder.Services.AddLanguage();
        builder.Services.AddStorage(Section<StorageOptions>(builder.Configuration, "Storage"));
        builder.Services.AddFestival();
        builder.Services.AddHosts();
        builder.Services.AddChannels();
        builder.Services.AddCommands();
        builder.Services.AddScheduling(Section<StorageOptions>(builder.Configuration, "Storage"));
        builder.Services.AddChecks();
        builder.Services.AddAlerting();
        builder.Services.AddEscalation();
        builder.Services.AddBlocking();
        builder.Services.AddMaintenance();
        builder.Services.AddReports();
        // Last, so that Slack's connection is the first to stop and what it brought is still worked off.
        AddSlack(builder.Services, Section<SlackSettings>(builder.Configuration, "Slack"));
        replace?.Invoke(builder.Services);

        var sections = builder.Services.Select(s => s.ImplementationInstance).OfType<KnownSection>().ToList();
        List<string> complaints = [.. SettingsAudit.UnknownKeys(settings, sections), .. SettingsAudit.UnknownWords(settings, sections)];
        var http = Section<HttpOptions>(builder.Configuration, "Http");
        // What is wrong with it is said below, together with everything else that is wrong.
        if (!http.Validate(new(http)).Any())
        {
            if (TakenPort(http) is { } taken) complaints.Add(taken);
            // After the audit: it writes a key of its own into the configuration.
            builder.WebHost.UseUrls(http.Address);
        }
        var app = builder.Build();
        SettingsAudit.Refuse([.. complaints, .. SettingsAudit.WrongValues(app.Services)]);

        // Made now, so that it counts from the start.
        app.Services.GetRequiredService<Uptime>();
        app.MapTelemetry();
        app.MapAlerting();
        if (app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SlackSettings>>().Value.Transport == SlackTransport.Http)
            app.UseSlackNet(slack => slack.MapToPrefix("slack"));
        return app;
    }

    // Kestrel would say so, too, but late and between the complaints of everything that was already starting.
    private static string? TakenPort(HttpOptions http)
    {
        if (!Uri.TryCreate(http.Address, UriKind.Absolute, out var url) || url.Port == 0 || !System.Net.IPAddress.TryParse(url.Host, out var address)) return null;
        try
        {
            using var listener = new System.Net.Sockets.TcpListener(address, url.Port);
            listener.Start();
            return null;
        }
        catch (System.Net.Sockets.SocketException failure)
        {
            return $"Http: Address {http.Address} can't be used: {failure.Message}. Stop the other program, or choose another port (FOPS_Http__Address).";
        }
    }

    private static void AddSlack(IServiceCollection services, SlackSettings settings)
    {
        services.AddSettings<SlackSettings>("Slack");
        // What is wrong with it is said together with everything else that is wrong, before anything needs Slack.
        if (settings.Validate(new(settings)).Any()) return;
        services.AddSlackNet(slack =>
        {
            slack.UseApiToken(settings.BotToken ?? "")
                .UseApiBaseUrl(settings.ApiBaseUrl)
                .AllowInsecureLoopback(settings.AllowInsecureLoopback)
                .RegisterSlashCommandHandler<WorkDesk>("/fops")
                .RegisterBlockActionHandler<ButtonAction, WorkDesk>()
                .RegisterBlockActionHandler<StaticSelectAction, WorkDesk>()
                .RegisterBlockActionHandler<OverflowAction, WorkDesk>()
                .RegisterViewSubmissionHandler<WorkDesk>(FormReading.CallbackId);
            if (settings.Transport == SlackTransport.Socket) slack.UseAppLevelToken(settings.AppToken ?? "").UseSocketMode();
            else slack.UseSigningSecret(settings.SigningSecret ?? "");
        });
    }

    // What of it can't be read is said together with everything else that is wrong.
    private static T Section<T>(ConfigurationManager settings, string name) where T : new()
    {
        try
        {
            return settings.GetSection(name).Get<T>() ?? new T();
        }
        catch (InvalidOperationException)
        {
            return new T();
        }
    }
}
