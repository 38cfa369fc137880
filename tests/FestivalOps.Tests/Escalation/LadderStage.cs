using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Channels;
using FestivalOps.Escalation;
using FestivalOps.Escalation.Ladder;
using FestivalOps.Escalation.OnCall;
using FestivalOps.Escalation.Paging;
using FestivalOps.Slack;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FestivalOps.Tests.Escalation;

/// <summary>The bot's services over a fresh store, a held clock and a stand-in Slack; nothing is started, the tests take the steps.</summary>
internal sealed class LadderStage : IAsyncDisposable
{
    public const string Operator1 = "U0OPER0001", Operator2 = "U0OPER0002", Lead = "U0LEAD0001", Guard = "U0GUARD001", Boss = "U0BOSS0001";

    /// <summary>Tuesday, 10:00 in Tokyo.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 24, 1, 0, 0, TimeSpan.Zero);

    private readonly List<WebApplication> bots = [];
    private readonly string? storeFile;
    private readonly (string, string) setting;
    private readonly (string, string)[] settings;
    private long incidents;

    private LadderStage((string, string) setting, (string, string)[] settings, string? file) => (this.setting, this.settings, storeFile) = (setting, settings, file);

    public FakeTimeProvider Clock { get; } = new(Morning);

    public StandInSlack Slack { get; } = new StandInSlack().Add(Operator1, Operator2, Lead, Guard, Boss);

    public Ways Outward { get; } = new();

    public static async Task<LadderStage> SetAsync(Engine engine, PostgresFixture postgres, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-ladder-{Guid.NewGuid():N}.db");
        var store = engine == Engine.Sqlite
            ? ("Storage:SqliteFile", file)
            : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"ladder_{Guid.NewGuid():N}"));
        (string, string)[] people =
        [
            ("Channels:Alerts", "C0ALERTS01"), ("Channels:Operations", "C0OPS00001"),
            ("Roles:Operations:Users:0", Operator1), ("Roles:Operations:Users:1", Operator2), ("Roles:TechnicalLead:Users:0", Lead),
            ("Roles:Security:Users:0", Guard), ("Roles:Administrator:Users:0", Lead), ("Roles:Management:Users:0", Boss),
        ];
        var stage = new LadderStage(store, [.. people, .. settings], engine == Engine.Sqlite ? file : null);
        var bot = stage.AnotherBot();
        await using var db = stage.Db();
        await db.Database.MigrateAsync();
        bot.GetRequiredService<StoreState>().SetReady();
        await stage.Get<StaffBook>().RefreshAsync(CancellationToken.None);
        return stage;
    }

    /// <summary>Another instance of the bot on the same store.</summary>
    public IServiceProvider AnotherBot()
    {
        var bot = BotHost.Build(
            TestBot.Settings([setting, .. settings]),
            services => services.AddSingleton<TimeProvider>(Clock).AddSingleton(Slack.Client).AddSingleton<IOutwardWays>(Outward),
            TextWriter.Null);
        bots.Add(bot);
        return bot.Services;
    }

    public IServiceProvider Services => bots[0].Services;

    /// <summary>The rows that are about this subject.</summary>
    public async Task<List<OutboxRow>> RowsAsync(string subject)
    {
        await using var db = Db();
        return await db.Set<OutboxRow>().AsNoTracking().Where(r => r.Subject == subject).OrderBy(r => r.Id).ToListAsync();
    }

    public T Get<T>() where T : notnull => bots[0].Services.GetRequiredService<T>();

    public OpsDbContext Db() => Get<IDbContextFactory<OpsDbContext>>().CreateDbContext();

    /// <summary>Raises an incident as the intake does.</summary>
    public async Task<long> RaiseAsync(int level = 2, Action<Incident>? with = null)
    {
        await using var db = Db();
        var incident = NewIncident(++incidents, level, Clock.GetUtcNow());
        with?.Invoke(incident);
        Get<IIncidentPlan>().Plan(incident, PlanCause.Opened, Clock.GetUtcNow());
        var change = new IncidentChange(incident, Clock.GetUtcNow());
        change.Record(IncidentEventKind.Opened, "");
        db.Add(incident);
        await change.SaveAsync(db, CancellationToken.None);
        return incident.Id;
    }

    public static Incident NewIncident(long id, int level, DateTimeOffset at) => new()
    {
        Id = id, GroupKey = $"group {id}", OpenKey = $"group {id}", Source = AlertSource.Check, TitleJa = "CPU 使用率 <96%>", TitleEn = "CPU <96%>",
        Severity = level == 3 ? Severity.Critical : Severity.Warning, Level = level, OpenedAt = at, ChannelId = "C0ALERTS01",
    };

    /// <summary>A person's press, as the actions do it.</summary>
    public Task AcknowledgeAsync(long id, string user) => Get<IncidentDesk>().ChangeAsync(id, change =>
    {
        change!.Incident.State = IncidentState.Acknowledged;
        change.Incident.AcknowledgedBy = user;
        change.Incident.AcknowledgedAt = change.Now;
        Get<IIncidentPlan>().Plan(change.Incident, PlanCause.Quiet, change.Now);
        return change.Record(IncidentEventKind.Acknowledged, user);
    }, CancellationToken.None);

    /// <summary>It comes back, as when a promise runs out.</summary>
    public Task ComeBackAsync(long id) => Get<IncidentDesk>().ChangeAsync(id, change =>
    {
        change!.Incident.State = IncidentState.Triggered;
        Get<IIncidentPlan>().Plan(change.Incident, PlanCause.CameBack, change.Now);
        return change.Record(IncidentEventKind.PromiseRanOut, "");
    }, CancellationToken.None);

    /// <summary>Takes every step that is due now.</summary>
    public async Task StepAsync()
    {
        for (var taken = 1; taken > 0;) taken = await Get<LadderWork>().TakeAsync(LadderWork.Batch, [], CancellationToken.None);
    }

    public async Task PassesAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await StepAsync();
    }

    public async Task<Incident> IncidentAsync(long id)
    {
        await using var db = Db();
        return await db.Set<Incident>().AsNoTracking().SingleAsync(i => i.Id == id);
    }

    public async Task<List<IncidentEvent>> EventsAsync(long id, params IncidentEventKind[] kinds)
    {
        await using var db = Db();
        return await db.Set<IncidentEvent>().AsNoTracking().Where(e => e.IncidentId == id && (kinds.Length == 0 || kinds.Contains(e.Kind))).OrderBy(e => e.Number).ToListAsync();
    }

    public async Task<List<OutboxRow>> RowsAsync(long id, string kind = "page.")
    {
        var subject = id.ToString(CultureInfo.InvariantCulture);
        await using var db = Db();
        var rows = await db.Set<OutboxRow>().AsNoTracking().Where(r => r.Subject == subject && r.Kind.StartsWith(kind)).ToListAsync();
        return [.. rows.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id)];
    }

    /// <summary>What a row would send now.</summary>
    public async Task<Prepared> PrepareAsync(OutboxRow row)
    {
        await using var db = Db();
        return await Kind(row).PrepareAsync(row, db, CancellationToken.None);
    }

    /// <summary>The courier sent it.</summary>
    public Task SentAsync(OutboxRow row) => InTransactionAsync(row, OutboxState.Sent, async (kind, db) =>
    {
        await db.Set<OutboxRow>().Where(r => r.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.ResultChannel, row.Target).SetProperty(r => r.ResultTs, "1.1"));
        await kind.SentAsync(row, new(Clock.GetUtcNow(), row.Target, "1.1"), db, CancellationToken.None);
    });

    /// <summary>The courier gave it up for good.</summary>
    public Task UndeliverableAsync(OutboxRow row, string error) => InTransactionAsync(row, OutboxState.Dropped, (kind, db) =>
        kind.UndeliverableAsync(row, error, db, CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        foreach (var bot in bots) await bot.DisposeAsync();
        if (storeFile is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(storeFile)!, Path.GetFileName(storeFile) + "*")) System.IO.File.Delete(left);
    }

    private IPostKind Kind(OutboxRow row) => bots[0].Services.GetServices<IPostKind>().Single(k => k.Kind == row.Kind);

    private async Task InTransactionAsync(OutboxRow row, OutboxState state, Func<IPostKind, OpsDbContext, Task> tell)
    {
        await using var db = Db();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Set<OutboxRow>().Where(r => r.Id == row.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, state));
        await tell(Kind(row), db);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    public sealed class Ways : IOutwardWays
    {
        public bool HasMail { get; set; } = true;

        public string? PageWebhook { get; set; } = "sms";
    }
}
