using FestivalOps.Channels;
using FestivalOps.Checks;
using FestivalOps.Checks.History;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Settings;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Scheduling;
using FestivalOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Tests.Maintenance;

/// <summary>Bots over one fresh store with a held clock; results of checks and tasks are written as the bot keeps them. Nothing is started.</summary>
internal sealed class ChecklistStage : IAsyncDisposable
{
    public const string Operator = "U0OPER0001", Lead = "U0LEAD0001", Guard = "U0GUARD001", Admin = "U0ADMIN001", Channel = "C0REPORT01";

    // Those that other folders bring; a stand-in only where one is missing.
    private static readonly string[] Named = ["backups", "security-check", "security-audit", "system-updates"];

    private static readonly Lazy<string[]> Existing = new(() => [.. TestBot.Build().Services.GetServices<IScheduledTask>().Select(t => t.Name)]);

    private readonly List<WebApplication> _bots = [];
    private readonly (string, string)[] _settings;
    private readonly string? _file;
    private int _runs;

    private ChecklistStage(string at, (string, string)[] settings, string? file) => (Clock, _settings, _file) = (new(ClockStage.At(at)), settings, file);

    public FakeTimeProvider Clock { get; }

    /// <summary>On Friday, November 27, 2026, 11:00 in Tokyo.</summary>
    public static Task<ChecklistStage> SetAsync(Engine engine, PostgresFixture postgres, params (string Key, string Value)[] settings) =>
        SetAtAsync("2026-11-27 11:00", engine, postgres, settings);

    public static async Task<ChecklistStage> SetAtAsync(string at, Engine engine, PostgresFixture postgres, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-lists-{Guid.NewGuid():N}.db");
        var store = engine == Engine.Sqlite ? ("Storage:SqliteFile", file) : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"lists_{Guid.NewGuid():N}"));
        (string Key, string Value)[] all =
        [
            store, ("Channels:Reports", Channel), ("Checks:Certificate:Endpoint", "127.0.0.1:1"), ("Roles:Operations:Users:0", Operator), ("Roles:TechnicalLead:Users:0", Lead),
            ("Roles:Security:Users:0", Guard), ("Roles:Administrator:Users:0", Admin), .. settings,
        ];
        var stage = new ChecklistStage(at, all, engine == Engine.Sqlite ? file : null);
        stage.AnotherBot();
        await using var db = stage.Db();
        await db.Database.MigrateAsync();
        return stage;
    }

    /// <summary>Another bot over the same store, perhaps with other settings.</summary>
    public IServiceProvider AnotherBot(params (string Key, string Value)[] settings)
    {
        var bot = BotHost.Build(
            TestBot.Settings([.. _settings, .. settings]),
            services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                foreach (var name in Named.Except(Existing.Value, StringComparer.Ordinal))
                {
                    services.AddSingleton<IScheduledTask>(new StandIn(name)).AddSingleton(new KnownSection(SchedulingSetup.Section(name), typeof(TaskOptions)));
                    services.AddOptions<TaskOptions>(SchedulingSetup.Section(name)).BindConfiguration(SchedulingSetup.Section(name));
                }
            },
            TextWriter.Null);
        bot.Services.GetRequiredService<StoreState>().SetReady();
        _bots.Add(bot);
        return bot.Services;
    }

    public IServiceProvider Services => _bots[0].Services;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public OpsDbContext Db() => Get<IDbContextFactory<OpsDbContext>>().CreateDbContext();

    public void GoTo(string local) => Clock.SetUtcNow(ClockStage.At(local));

    /// <summary>Runs a task as the clock would do it now.</summary>
    public async Task<(TaskOutcome Outcome, TaskRun Run)> RunsAsync<T>(IServiceProvider? bot = null) where T : class, IScheduledTask
    {
        var run = new TaskRun($"run{++_runs}", Clock.GetUtcNow(), isDry: false, SpokenLanguage.En);
        return (await ActivatorUtilities.CreateInstance<T>(bot ?? Services).RunAsync(run, CancellationToken.None), run);
    }

    /// <summary>The newest list.</summary>
    public async Task<FullChecklist> ListAsync(long? id = null)
    {
        await using var db = Db();
        return (await ChecklistBook.FindAsync(db, id ?? await db.Set<Checklist>().MaxAsync(c => c.Id), CancellationToken.None))!;
    }

    /// <summary>Ticks what is open of a list.</summary>
    public async Task FinishesAsync(long id)
    {
        foreach (var item in (await ListAsync(id)).Open) await Get<ChecklistDesk>().TickAsync(id, item.Number, Guard, "確認", CancellationToken.None);
    }

    public async Task<ChecklistItem> ItemAsync(string key) => (await ListAsync()).Items.Single(i => i.Key == key);

    /// <summary>A task has ended at a local time of Tokyo.</summary>
    public async Task RanAsync(string task, string at, RunState state, LocalizedText sentence, params LocalizedText[] details)
    {
        await using var db = Db();
        var moment = ClockStage.At(at).ToUniversalTime();
        db.Add(new TaskRunRecord
        {
            Id = Guid.CreateVersion7(moment).ToString("N"), Task = task, Due = moment, State = state, StartedAt = moment, EndedAt = moment, SentenceJa = sentence.Ja, SentenceEn = sentence.En,
            Details = details.Length == 0 ? "" : System.Text.Json.JsonSerializer.Serialize(details.Select(d => new[] { d.Ja, d.En })),
        });
        await db.SaveChangesAsync();
    }

    /// <summary>A task has ended at a local time of Tokyo, and measured this.</summary>
    public async Task MeasuredByAsync(string task, string at, RunState state, LocalizedText sentence, params (string Name, double Value)[] figures)
    {
        await RanAsync(task, at, state, sentence);
        await Get<KeptFigures>().KeepAsync(task, ClockStage.At(at).ToUniversalTime(), figures, CancellationToken.None);
    }

    /// <summary>A check was measured at a local time of Tokyo.</summary>
    public async Task MeasuredAsync(string check, DateTimeOffset at, CheckStatus status, double? value = null, Unit unit = Unit.Percent)
    {
        await using var db = Db();
        var moment = at.ToUniversalTime();
        var run = new HealthRunRecord { Id = Guid.NewGuid().ToString("N"), Selection = CheckBook.Unasked, At = moment, TookMilliseconds = 1 };
        run.Checks.Add(new()
        {
            RunId = run.Id, Check = check, Status = status, Value = value, Unit = value is null ? null : unit, SaysJa = $"値 {value}", SaysEn = $"value {value}", TookMilliseconds = 1, Since = moment,
        });
        db.Add(run);
        if (await db.Set<CheckState>().SingleOrDefaultAsync(s => s.Check == check) is { } state) state.LastAt = moment;
        else db.Add(new CheckState { Check = check, Status = status, Since = moment, LastAt = moment });
        await db.SaveChangesAsync();
    }

    public async Task<List<OutboxRow>> PostsAsync(string kind)
    {
        await using var db = Db();
        return await db.Set<OutboxRow>().AsNoTracking().Where(r => r.Kind == kind).OrderBy(r => r.Id).ToListAsync();
    }

    public async Task<Prepared> PrepareAsync(OutboxRow row)
    {
        await using var db = Db();
        return await Kind(row).PrepareAsync(row, db, CancellationToken.None);
    }

    /// <summary>The row has arrived.</summary>
    public async Task ArrivesAsync(OutboxRow row, string ts)
    {
        await using var db = Db();
        await Kind(row).SentAsync(row, new(Clock.GetUtcNow(), Channel, ts), db, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    /// <summary>The row can never arrive.</summary>
    public async Task FailsAsync(OutboxRow row, string error)
    {
        await using var db = Db();
        await Kind(row).UndeliverableAsync(row, error, db, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in _bots) await bot.DisposeAsync();
        if (_file is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*")) File.Delete(left);
    }

    private IPostKind Kind(OutboxRow row) => Services.GetServices<IPostKind>().Single(k => k.Kind == row.Kind);

    private sealed class StandIn(string name) : IScheduledTask
    {
        public string Name => name;

        public LocalizedText Summary { get; } = new("代役", "a stand-in");

        public bool Changes => name == "system-updates";

        public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Monday, new(10, 0));

        public Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct) => Task.FromResult(TaskOutcome.Ok(Summary));
    }
}
