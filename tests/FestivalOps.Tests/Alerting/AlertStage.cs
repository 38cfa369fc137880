using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Tests.Alerting;

/// <summary>The bot's services over a fresh store of either engine, with a clock that the test holds and a plan that it can read.</summary>
internal sealed class AlertStage : IAsyncDisposable
{
    public const string Critical = "C0CRITICAL";
    public const string Alerts = "C0ALERTS";
    public const string Information = "C0INFO";

    private readonly WebApplication _app;
    private readonly string? _file;
    private readonly Action<IServiceCollection>? _replace;
    private Microsoft.Extensions.Hosting.IHostedService? _server;

    private AlertStage(WebApplication app, FakeTimeProvider clock, RecordedPlan plan, StringWriter log, (string, string) where, string? file, Action<IServiceCollection>? replace) =>
        (_app, Clock, Plan, Log, Where, _file, _replace) = (app, clock, plan, log, where, file, replace);

    public StringWriter Log { get; }

    /// <summary>Where it listens after <see cref="ListenAsync"/>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:1");

    public FakeTimeProvider Clock { get; }

    public RecordedPlan Plan { get; }

    public (string Key, string Value) Where { get; }

    public IIncidentIntake Intake => Get<IIncidentIntake>();

    public IServiceProvider Services => _app.Services;

    public static Task<AlertStage> OpenAsync(Engine engine, PostgresFixture postgres, params (string Key, string Value)[] settings) => OpenAsync(engine, postgres, null, settings);

    /// <summary>The same with other services in place.</summary>
    public static async Task<AlertStage> OpenAsync(Engine engine, PostgresFixture postgres, Action<IServiceCollection>? replace, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-alerts-{Guid.NewGuid():N}.db");
        var where = engine == Engine.Sqlite
            ? ("Storage:SqliteFile", file)
            : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"alerts_{Guid.NewGuid():N}"));
        var stage = Build(where, new FakeTimeProvider(new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero)), engine == Engine.Sqlite ? file : null, replace, settings);
        await using var db = stage.Db();
        await db.Database.MigrateAsync();
        stage.Get<StoreState>().SetReady();
        return stage;
    }

    /// <summary>Another process on the same store: new services, nothing in memory. The stage that made the store takes it away.</summary>
    public AlertStage Another(params (string Key, string Value)[] settings)
    {
        var other = Build(Where, Clock, null, _replace, settings);
        other.Get<StoreState>().SetReady();
        return other;
    }

    /// <summary>Opens the HTTP side alone: its server is the one hosted service that is not ours.</summary>
    public async Task ListenAsync()
    {
        var server = Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().Single(s => s.GetType().Name == "GenericWebHostService");
        await server.StartAsync(default);
        Address = new(_app.Urls.Single());
        _server = server;
    }

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    public OpsDbContext Db() => Get<IDbContextFactory<OpsDbContext>>().CreateDbContext();

    public async Task<List<Incident>> IncidentsAsync()
    {
        await using var db = Db();
        return await db.Set<Incident>().AsNoTracking().OrderBy(i => i.Id).ToListAsync();
    }

    public async Task<Incident> IncidentAsync(long id = 1) => (await IncidentsAsync()).Single(i => i.Id == id);

    public async Task<List<IncidentEventKind>> TimelineAsync(long id = 1)
    {
        await using var db = Db();
        return await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id).OrderBy(e => e.Number).Select(e => e.Kind).ToListAsync();
    }

    public async Task<List<OutboxRow>> OutboxAsync()
    {
        await using var db = Db();
        return await db.Set<OutboxRow>().AsNoTracking().OrderBy(r => r.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        if (_file is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*")) File.Delete(left);
    }

    private static AlertStage Build((string, string) where, FakeTimeProvider clock, string? file, Action<IServiceCollection>? replace, (string Key, string Value)[] settings)
    {
        var plan = new RecordedPlan();
        (string, string)[] all = [("Channels:Critical", Critical), ("Channels:Alerts", Alerts), ("Channels:Information", Information), .. settings, where];
        var log = new StringWriter();
        var app = BotHost.Build(
            TestBot.Settings(all),
            services =>
            {
                services.AddSingleton<TimeProvider>(clock).AddSingleton<IIncidentPlan>(plan);
                replace?.Invoke(services);
            },
            TextWriter.Synchronized(log));
        return new(app, clock, plan, log, where, file, replace);
    }
}

/// <summary>Writes down why plans were made; who is to be told is due at once.</summary>
internal sealed class RecordedPlan : IIncidentPlan
{
    public List<(long Incident, PlanCause Cause)> Made { get; } = [];

    public void Plan(Incident incident, PlanCause cause, DateTimeOffset now)
    {
        lock (Made) Made.Add((incident.Id, cause));
        incident.NextStepAt = cause == PlanCause.Quiet ? null : now;
    }
}

/// <summary>Alerts as sources bring them.</summary>
internal static class Some
{
    public static IncomingAlert Alert(
        string name, Severity severity = Severity.Warning, bool firing = true, string? group = null, int? level = null, string instance = "web-1:9100",
        AlertSource source = AlertSource.Alertmanager, params (string Name, string Value)[] labels)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alertname"] = name,
            ["instance"] = instance,
            ["severity"] = severity switch { Severity.Critical => "critical", Severity.Warning => "warning", _ => "info" },
        };
        foreach (var (label, value) in labels) all[label] = value;
        return new(
            source, Fingerprint.Of(source, all), group ?? name, firing, severity, level ?? (severity == Severity.Critical ? 2 : 1), $"{name} です", $"{name} it is",
            new(2026, 11, 24, 2, 55, 0, TimeSpan.Zero), all, new Dictionary<string, string>(StringComparer.Ordinal) { ["description"] = "…" });
    }

    public static IncomingAlert Stopped(this IncomingAlert alert) => alert with { Firing = false };

    public static IncomingAlert Flapping(this IncomingAlert alert) =>
        alert with { Annotations = new Dictionary<string, string>(alert.Annotations, StringComparer.Ordinal) { ["flapping"] = "true" } };
}
