using System.Net;
using System.Net.Sockets;
using FestivalOps.Checks;
using FestivalOps.Demo.SamplePlatform;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Hosts.Local;
using FestivalOps.SlackEmulator;
using FestivalOps.SlackEmulator.Team;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Demo;

/// <summary>Bot, local workspace and sample platform, running together in this process. The scenario tests stand on it, too.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private DemoStage(LocalPlatform platform, WebApplication workspace, WebApplication bot) =>
        (Platform, Workspace, Bot) = (platform, workspace, bot);

    /// <summary>The platform that is watched.</summary>
    public LocalPlatform Platform { get; }

    /// <summary>The local workspace.</summary>
    public WebApplication Workspace { get; }

    /// <summary>The bot.</summary>
    public WebApplication Bot { get; }

    /// <summary>Address of the workspace's page.</summary>
    public Uri Page => new(Workspace.Urls.First());

    /// <summary>Where Alertmanager, or who plays it, tells the bot of alerts.</summary>
    public Uri Alerts => new(new(Bot.Urls.First()), "/alerts/alertmanager");

    /// <summary>Starts all three; what the platform lacks is written to <paramref name="output"/>. When one fails to start, those before it are ended.</summary>
    public static async Task<DemoStage> StartAsync(DemoOptions options, TextWriter output, CancellationToken ct)
    {
        var platform = await LocalPlatform.StartAsync(new SamplePlatformOptions { WithPrometheus = false }, output, ct);
        WebApplication? workspace = null;
        WebApplication? bot = null;
        try
        {
            var botPort = IsFree(options.BotPort) && options.BotPort != options.Port ? options.BotPort : FreePort.Take();
            workspace = EmulatorApp.Create(Emulator(options, botPort));
            await workspace.StartAsync(ct);
            bot = BotHost.Build(Settings(options, platform, new(workspace.Urls.First()), botPort), services => services.AddSingleton<LocalHost>().AddSingleton<IHost, DemoHost>(), output);
            await bot.StartAsync(ct);
            // The first round also compiles everything it uses; nobody should judge the bot by that.
            await bot.Services.GetRequiredService<HealthRunner>().RunAsync(bot.Services.GetRequiredService<CheckBook>().Find(CheckBook.All)!, ct);
            return new(platform, workspace, bot);
        }
        catch
        {
            await EndAsync(platform, workspace, bot);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync(Platform, Workspace, Bot);

    // Each ends even when the one before it could not: the platform has processes that would outlive this one.
    private static async Task EndAsync(LocalPlatform platform, WebApplication? workspace, WebApplication? bot)
    {
        try
        {
            await EndAsync(bot);
        }
        finally
        {
            try
            {
                await EndAsync(workspace);
            }
            finally
            {
                await platform.DisposeAsync();
            }
        }
    }

    private static async Task EndAsync(WebApplication? app)
    {
        if (app is null) return;
        try
        {
            await app.StopAsync(CancellationToken.None);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static EmulatorOptions Emulator(DemoOptions options, int botPort) => new()
    {
        Port = IsFree(options.Port) ? options.Port : 0,
        DeliveryMode = options.Http ? DeliveryMode.Http : DeliveryMode.Socket,
        RequestUrl = $"http://127.0.0.1:{botPort}/slack/events",
        // What the manifest asks for, and not one more: a missing scope shows here, not at the first customer.
        BotScopes = ["commands", "chat:write", "channels:history", "groups:history", "im:history", "im:write", "users:read", "users:read.email", "usergroups:read", "usergroups:write", "files:write"],
        Events = [],
        SlashCommands = [new("/fops", "Festival Planner Platform の運用 / operate the platform", "health | incidents | oncall | help")],
    };

    private static IConfiguration Settings(DemoOptions options, LocalPlatform platform, Uri workspace, int botPort)
    {
        var emulator = new EmulatorOptions();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Slack:Transport"] = options.Http ? "Http" : "Socket",
            ["Slack:BotToken"] = emulator.BotToken,
            ["Slack:AppToken"] = emulator.AppToken,
            ["Slack:SigningSecret"] = emulator.SigningSecret,
            ["Slack:ApiBaseUrl"] = new Uri(workspace, "/api/").ToString(),
            ["Slack:AllowInsecureLoopback"] = "true",
            ["Http:Address"] = $"http://127.0.0.1:{botPort}",
            ["Storage:SqliteFile"] = Path.Combine(RunFolder.Current.Create("store"), "festivalops.db"),
            ["Log:Plain"] = "true",
            ["Log:Level"] = options.Log ? "Information" : "Warning",
            ["Platform:BaseUrl"] = platform.Address.ToString(),
            ["Platform:Database"] = platform.MonitorConnectionString,
            ["Platform:MaintenanceDatabase"] = platform.DatabaseConnectionString,
            ["Platform:Redis"] = platform.Redis?.ConnectionString,
            ["Checks:Certificate:Endpoint"] = platform.Nginx is { } nginx ? $"127.0.0.1:{nginx.HttpsPort}" : null,
            ["Alerting:Webhook:BearerToken"] = DemoOptions.AlertToken,
            ["Channels:Alerts"] = Seed.Alerts,
            ["Channels:Critical"] = Seed.Critical,
            ["Channels:Operations"] = Seed.Ops,
            ["Roles:Operations:UserGroups:0"] = Seed.OpsGroup,
            ["Roles:TechnicalLead:UserGroups:0"] = Seed.TechGroup,
            ["Roles:Security:UserGroups:0"] = Seed.SecurityGroup,
            ["Roles:Management:UserGroups:0"] = Seed.ManagementGroup,
            ["Roles:Administrator:Users:0"] = Seed.Suzuki,
        };
        foreach (var (key, value) in options.Settings) settings[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build();
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
