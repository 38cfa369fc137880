using FestivalOps.Commands.Audit;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>
/// Bot and workspace in this process. On the way out it checks what must hold in every scenario: the bot did nothing that Slack
/// refuses, Slack never showed <c>operation_timeout</c>, and the log is clean.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly StageOptions options;
    private readonly string storeSetting;
    private readonly string storeValue;
    private readonly int botPort;
    private readonly List<string> allowed = [];
    private NpgsqlConnection? postgres;

    private Stage(StageOptions options, (string Key, string Value) store, SlackSide slack, int botPort)
    {
        (this.options, Slack, this.botPort) = (options, slack, botPort);
        (storeSetting, storeValue) = store;
        (Sato, Suzuki, Tanaka) = (new(this, Seed.Sato), new(this, Seed.Suzuki), new(this, Seed.Tanaka));
        (Takahashi, Emily) = (new(this, Seed.Takahashi), new(this, Seed.Emily));
        Http = new() { BaseAddress = new($"http://127.0.0.1:{botPort}") };
    }

    public SlackSide Slack { get; }

    /// <summary>佐藤, operations.</summary>
    public PersonOnStage Sato { get; }

    /// <summary>鈴木, technical lead.</summary>
    public PersonOnStage Suzuki { get; }

    /// <summary>田中, security.</summary>
    public PersonOnStage Tanaka { get; }

    /// <summary>高橋, management.</summary>
    public PersonOnStage Takahashi { get; }

    /// <summary>Emily, operations, reads English.</summary>
    public PersonOnStage Emily { get; }

    /// <summary>The bot now on stage.</summary>
    public WebApplication Bot { get; private set; } = null!;

    /// <summary>The clock that is held.</summary>
    public FakeTimeProvider Clock => options.Clock!;

    /// <summary>Speaks to the bot's own endpoints.</summary>
    public HttpClient Http { get; }

    public BotLog Log { get; } = new();

    public static async Task<Stage> SetAsync(StageOptions options, (string Key, string Value) store)
    {
        var port = FreePort.Take();
        var slack = await SlackSide.StartAsync(options.Transport, port, options.Clock ?? TimeProvider.System);
        var stage = new Stage(options, store, slack, port);
        await stage.StartBotAsync();
        return stage;
    }

    /// <summary>When the bot on stage was started, by its clock.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When the scenario began, by the bot's clock.</summary>
    public DateTimeOffset ClearedAt { get; private set; }

    /// <summary>The workspace as on the first day, and nobody has done anything.</summary>
    public async Task ClearAsync()
    {
        await CheckManners();
        await Slack.PostAsync("reset", new { });
        allowed.Clear();
        foreach (var person in (PersonOnStage[])[Sato, Suzuki, Tanaka, Takahashi, Emily]) person.ForgetsEverything();
        ClearedAt = Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
    }

    /// <summary>Starts a bot with the same settings and store; ends when Slack reaches it.</summary>
    public async Task StartBotAsync(bool untilReady = true)
    {
        Bot = BotHost.Build(Settings(), Replace, Log);
        postgres = await InStoreAsync(db => Task.FromResult(db.Database.GetDbConnection() as NpgsqlConnection));
        StartedAt = Bot.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await Bot.StartAsync(TestContext.Current.CancellationToken);
        if (!untilReady) return;
        await WaitsAsync(
            async () => (await Http.GetAsync(new Uri("/ready", UriKind.Relative), TestContext.Current.CancellationToken)).IsSuccessStatusCode ? "ready" : null,
            "the bot is ready", () => string.Join('\n', Log.Lines.TakeLast(20)));
    }

    /// <summary>Stops the bot as a service manager does.</summary>
    public async Task StopBotAsync()
    {
        await Bot.StopAsync(CancellationToken.None);
        await Bot.DisposeAsync();
        // A process that ends closes its connections. This one goes on, and all scenarios together would use up what the server has.
        if (postgres is not null) NpgsqlConnection.ClearPool(postgres);
    }

    /// <summary>Waits while the clock, if it is a held one, runs on.</summary>
    public async Task<T> WaitsAsync<T>(Func<T?> look, string what, Func<string> seen, TimeSpan? limit = null) where T : class =>
        await WaitsAsync(() => Task.FromResult(look()), what, seen, limit);

    /// <summary>The same for a look that takes time itself.</summary>
    public Task<T> WaitsAsync<T>(Func<Task<T?>> look, string what, Func<string> seen, TimeSpan? limit = null) where T : class => Soon.BecomesAsync(
        async () =>
        {
            if (await look() is { } found) return found;
            options.Clock?.Advance(TimeSpan.FromMilliseconds(200));
            return null;
        },
        what, seen, limit);

    /// <summary>Lets a held clock run on, with a moment of real time between two steps so that whoever it wakes can act.</summary>
    public async Task PassesAsync(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            options.Clock!.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Does something with the bot's own store.</summary>
    public async Task<T> InStoreAsync<T>(Func<DbContext, Task<T>> ask)
    {
        await using var db = Bot.Services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext();
        return await ask(db);
    }

    /// <summary>The audit rows so far, oldest first.</summary>
    public Task<List<AuditEntry>> AuditRowsAsync() =>
        InStoreAsync(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.Sequence).ToListAsync(TestContext.Current.CancellationToken));

    /// <summary>The rows of commands that were typed like this in this scenario, once there are as many as expected.</summary>
    public Task<List<AuditEntry>> AuditRowsOfAsync(string text, int count) => WaitsAsync(
        async () => (await AuditRowsAsync()).Where(r => r.Text == text && r.At >= ClearedAt).ToList() is { } rows && rows.Count >= count ? rows : null,
        $"{count} audit rows of {text}", () => string.Join('\n', Log.Lines.TakeLast(10)));

    /// <summary>As if the last bot on stage had been gone for more than the minute after which others speak for it.</summary>
    public async Task ForgetInstancesAsync()
    {
        await using var silent = BotHost.Build(Settings(), Replace, TextWriter.Null);
        await using var db = silent.Services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext();
        await db.Set<InstanceRecord>().ExecuteDeleteAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The chain is whole.</summary>
    public async Task AuditShouldBeWholeAsync()
    {
        var verdict = await Bot.Services.GetRequiredService<AuditReader>().VerifyAsync(TestContext.Current.CancellationToken);
        verdict.Problem.ShouldBeNull();
    }

    /// <summary>This scenario makes Slack refuse something on purpose.</summary>
    public void Expects(string refusal) => allowed.Add(refusal);

    public async ValueTask DisposeAsync()
    {
        await StopBotAsync();
        var manners = await Record.ExceptionAsync(CheckManners);
        Http.Dispose();
        await Slack.DisposeAsync();
        if (manners is not null) throw manners;
    }

    /// <summary>What must hold in every scenario.</summary>
    private async Task CheckManners()
    {
        var refusals = await Slack.RefusalsAsync();
        refusals.Where(r => !allowed.Exists(a => r.Contains(a, StringComparison.Ordinal))).ShouldBeEmpty("the bot did something that Slack refuses");
        foreach (var channel in Slack.Workspace.Channels)
            Slack.Workspace.Messages(channel.Id).ShouldNotContain(m => m.Text.Contains("operation_timeout", StringComparison.Ordinal));
        Log.ShouldBeClean(Slack.Options.BotToken, Slack.Options.AppToken, Slack.Options.SigningSecret);
    }

    private void Replace(IServiceCollection services)
    {
        if (options.Clock is { } clock) services.AddSingleton<TimeProvider>(clock);
        options.Replace?.Invoke(services);
    }

    private IConfiguration Settings()
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Slack:Transport"] = options.Transport.ToString(),
            ["Slack:BotToken"] = Slack.Options.BotToken,
            ["Slack:AppToken"] = options.Transport == Transport.Socket ? Slack.Options.AppToken : null,
            ["Slack:SigningSecret"] = options.Transport == Transport.Http ? Slack.Options.SigningSecret : null,
            ["Slack:ApiBaseUrl"] = new Uri(Slack.Address, "/api/").ToString(),
            ["Slack:AllowInsecureLoopback"] = "true",
            ["Http:Address"] = $"http://127.0.0.1:{botPort}",
            [storeSetting] = storeValue,
            ["Log:Level"] = "Debug",
            ["Platform:BaseUrl"] = options.Platform?.Address.ToString(),
            ["Platform:Database"] = options.Platform?.MonitorConnectionString,
            ["Platform:Redis"] = options.Platform?.Redis?.ConnectionString,
            ["Checks:Certificate:Endpoint"] = options.Platform?.Nginx is { } nginx ? $"127.0.0.1:{nginx.HttpsPort}" : null,
            // Measured only when asked, and a busy test machine is no warning.
            ["Checks:Run:EverySeconds"] = "0",
            ["Checks:Run:ShareForSeconds"] = "0",
            ["Checks:Cpu:Warning"] = "100",
            ["Checks:Cpu:Critical"] = "100",
            ["Checks:Memory:Warning"] = "100",
            ["Checks:Memory:Critical"] = "100",
            ["Checks:Disk:Warning"] = "100",
            ["Checks:Disk:Critical"] = "100",
            ["Checks:Load:Warning"] = "100",
            ["Checks:Load:Critical"] = "100",
            ["Checks:ResponseTime:Warning"] = "3000",
            ["Checks:ResponseTime:Critical"] = "4000",
            ["Checks:RedisLatency:Warning"] = "2000",
            ["Checks:RedisLatency:Critical"] = "3000",
            ["Roles:Operations:UserGroups:0"] = Seed.OpsGroup,
            ["Roles:TechnicalLead:UserGroups:0"] = Seed.TechGroup,
            ["Roles:Security:UserGroups:0"] = Seed.SecurityGroup,
            ["Roles:Management:UserGroups:0"] = Seed.ManagementGroup,
        };
        foreach (var (key, value) in options.Settings) settings[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build();
    }
}
