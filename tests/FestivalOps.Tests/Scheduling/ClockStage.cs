using System.Collections.Concurrent;
using FestivalOps.Channels;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Scheduling.Waking;
using FestivalOps.Slack.Blocks;
using FestivalOps.Slack.WebApi;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;

namespace FestivalOps.Tests.Scheduling;

/// <summary>What the tasks of the tests do, and what they did; shared by all bots of a test.</summary>
internal sealed class Doings
{
    public ConcurrentQueue<(string Task, DateTimeOffset Due, bool IsDry)> Done { get; } = [];

    public bool Quiet { get; set; }

    public Func<TaskRun, TaskPlan?> Plan { get; set; } = _ => new(
        "web1", [new(new("更新する", "updates"), "apt-get upgrade nginx=1.2"), new(new("再起動する", "restarts"), "systemctl restart nginx")],
        [new("版 1.1", "version 1.1")], [new("接続 12", "12 connections")]);

    public Func<TaskRun, CancellationToken, Task<TaskOutcome>> Work { get; set; } = (_, _) => Task.FromResult(TaskOutcome.Ok(new("済み", "done")));
}

/// <summary>A task of the tests: <c>probe</c>, daily at 09:00.</summary>
internal class ProbeTask(Doings doings) : IScheduledTask
{
    protected Doings Does => doings;

    public virtual string Name => "probe";

    public LocalizedText Summary { get; } = new("テスト", "a test");

    public bool IsQuiet => doings.Quiet;

    public virtual TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(9, 0));

    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        doings.Done.Enqueue((Name, run.Due, run.IsDry));
        return await doings.Work(run, ct);
    }
}

/// <summary>A second one: <c>probe-month</c>, on the second business day.</summary>
internal sealed class MonthlyProbeTask(Doings doings) : ProbeTask(doings)
{
    public override string Name => "probe-month";

    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(2, new(9, 0));
}

/// <summary>One that changes something: <c>probe-change</c>, only by hand in the tests.</summary>
internal class ChangingProbeTask(Doings doings) : ProbeTask(doings), IScheduledTask
{
    public override string Name => "probe-change";

    public bool Changes => true;

    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        await Task.Yield();
        return Does.Plan(run);
    }
}

/// <summary>A dangerous one: <c>probe-danger</c>, daily at 09:00 when a test enables it.</summary>
internal sealed class DangerousProbeTask(Doings doings) : ChangingProbeTask(doings), IScheduledTask
{
    public override string Name => "probe-danger";

    public bool IsDangerous => true;
}

/// <summary>Bots over one fresh store with a held clock; their Quartz runs when the test starts it.</summary>
internal sealed class ClockStage : IAsyncDisposable
{
    public const string Operator = "U0OPER0001", Lead = "U0LEAD0001", Guest = "U0GUEST001";

    /// <summary>Tuesday, 10:00 in Tokyo.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    // The bot's own tasks run by hand only: the tests count what their own do.
    private static readonly Lazy<string[]> OtherTasks = new(() => [.. TestBot.Build().Services.GetServices<IScheduledTask>().Select(t => t.Name)]);

    private readonly List<WebApplication> _bots = [];
    private readonly List<TaskClock> _started = [];
    private readonly (string, string)[] _settings;
    private readonly string? _file;

    private ClockStage((string, string)[] settings, string? file) => (_settings, _file) = (settings, file);

    public FakeTimeProvider Clock { get; } = new(Morning);

    public Doings Doings { get; } = new();

    public static async Task<ClockStage> SetAsync(Engine engine, PostgresFixture postgres, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-clock-{Guid.NewGuid():N}.db");
        var store = engine == Engine.Sqlite ? ("Storage:SqliteFile", file) : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"clock_{Guid.NewGuid():N}"));
        var stage = new ClockStage(
            [store, ("Channels:Alerts", "C0ALERTS01"), ("Channels:Reports", "C0REPORT01"), ("Roles:Operations:Users:0", Operator), ("Roles:TechnicalLead:Users:0", Lead),
                ("Schedule:ProbeChange:Enabled", "false"), ("Schedule:ProbeDanger:Enabled", "false"),
                .. OtherTasks.Value.Select(task => ($"{SchedulingSetup.Section(task)}:Enabled", "false")), .. settings],
            engine == Engine.Sqlite ? file : null);
        var bot = stage.AnotherBot();
        await using var db = stage.Db();
        await db.Database.MigrateAsync();
        return stage;
    }

    /// <summary>Another bot over the same store, not started.</summary>
    public IServiceProvider AnotherBot()
    {
        var bot = BotHost.Build(
            TestBot.Settings(_settings),
            services =>
            {
                services.AddSingleton<TimeProvider>(Clock).AddSingleton(Doings);
                services.AddTask<ProbeTask>("probe").AddTask<MonthlyProbeTask>("probe-month");
                services.AddTask<ChangingProbeTask>("probe-change").AddTask<DangerousProbeTask>("probe-danger");
            },
            TextWriter.Null);
        bot.Services.GetRequiredService<StoreState>().SetReady();
        _bots.Add(bot);
        return bot.Services;
    }

    public IServiceProvider Services => _bots[0].Services;

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public OpsDbContext Db() => Get<IDbContextFactory<OpsDbContext>>().CreateDbContext();

    public PlannedTask Task(string name = "probe") => Get<TaskBook>().Find(name)!;

    /// <summary>Starts Quartz in a bot; ends when its triggers are there.</summary>
    public async Task<TaskClock> StartAsync(IServiceProvider? bot = null)
    {
        var clock = (bot ?? Services).GetRequiredService<TaskClock>();
        await clock.StartAsync(CancellationToken.None);
        _started.Add(clock);
        await UntilAsync(async () => (await Get<RunHistory>().ClocksAsync(CancellationToken.None)).Count >= 2 && clock.IsRunning, "the clock runs");
        return clock;
    }

    public async Task StopAsync(TaskClock clock)
    {
        await clock.StopAsync(CancellationToken.None);
        _started.Remove(clock);
    }

    /// <summary>Puts the held clock to a local time of Tokyo.</summary>
    public void GoTo(string local) => Clock.SetUtcNow(At(local));

    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(9));

    /// <summary>
    /// Two minutes past a due moment: Quartz sleeps in real time, and the look that replaces an overdue trigger wakes it. Ends when nothing is
    /// due or running any more.
    /// </summary>
    public async Task SettleAsync()
    {
        foreach (var bot in _bots) await bot.Services.GetRequiredService<InstanceBook>().BeatAsync(CancellationToken.None);
        foreach (var clock in _started) await clock.KeepAsync(CancellationToken.None);
        await UntilAsync(async () =>
        {
            await using var db = Db();
            return !await db.Set<TaskClockRecord>().AnyAsync(c => c.NextDue != null && c.NextDue <= Clock.GetUtcNow())
                && !await db.Set<TaskRunRecord>().AnyAsync(r => r.State == RunState.Running);
        }, "everything that is due has run");
    }

    public async Task<List<TaskRunRecord>> RunsAsync(string task = "probe")
    {
        await using var db = Db();
        return await db.Set<TaskRunRecord>().AsNoTracking().Where(r => r.Task == task).OrderBy(r => r.Due).ToListAsync();
    }

    public async Task<List<OutboxRow>> PostsAsync(string kind)
    {
        await using var db = Db();
        return await db.Set<OutboxRow>().AsNoTracking().Where(r => r.Kind == kind).OrderBy(r => r.Id).ToListAsync();
    }

    /// <summary>What a row would say now.</summary>
    public async Task<string> SaysAsync(OutboxRow row)
    {
        await using var db = Db();
        var kind = Services.GetServices<IPostKind>().Single(k => k.Kind == row.Kind);
        return Text((await kind.PrepareAsync(row, db, CancellationToken.None)) switch
        {
            Prepared.Post post => post.Message,
            Prepared.Redraw redraw => redraw.Message,
            Prepared.Upload upload => new Message { Blocks = [new SectionBlock { Text = new PlainText($"{upload.FileName}|{upload.Title}|{upload.Text}") }] },
            var other => throw new ShouldAssertException($"{other}"),
        });
    }

    /// <summary>As if the courier had brought a row to Slack.</summary>
    public async Task ArrivesAsync(OutboxRow row, string ts)
    {
        await using var db = Db();
        await Services.GetServices<IPostKind>().Single(k => k.Kind == row.Kind).SentAsync(row, new(Clock.GetUtcNow(), row.Target, ts), db, CancellationToken.None);
        await db.SaveChangesAsync();
    }

    public static string Text(Message message) => string.Join("\n", message.Blocks.Select(b => b switch
    {
        SectionBlock section => section.Text!.Text,
        ContextBlock context => string.Join(" ", context.Elements.OfType<TextObject>().Select(t => t.Text)),
        ActionsBlock actions => string.Join(" ", actions.Elements.OfType<Button>().Select(e => $"[{e.Text!.Text}]")),
        _ => "",
    }));

    public static async Task UntilAsync(Func<Task<bool>> look, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await look())
        {
            if (limit.IsCancellationRequested) throw new ShouldAssertException($"It did not become true in 30 s that {what}");
            await System.Threading.Tasks.Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var clock in _started) await clock.StopAsync(CancellationToken.None);
        foreach (var bot in _bots) await bot.DisposeAsync();
        if (_file is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*")) File.Delete(left);
    }
}
