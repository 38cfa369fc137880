using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Maintenance.Checklists;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Runs;
using FestivalOps.SlackEmulator;
using FestivalOps.SlackEmulator.Team;
using FestivalOps.Storage;
using FestivalOps.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.FaultRun.Tasks;

/// <summary>The bot as a process that is killed, the workspace in which people type and press, and the bot's store, read from outside.</summary>
internal sealed class KilledBot : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);

    private readonly WebApplication _slack;
    private readonly HttpClient _control;
    private readonly BotProcess _process;
    private readonly string _storeFile;

    private KilledBot(WebApplication slack, BotProcess process, string storeFile, IReadOnlyList<string> tasks)
    {
        (_slack, _process, _storeFile, Tasks) = (slack, process, storeFile, tasks);
        _control = new() { BaseAddress = new(slack.Urls.First() + "/control/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>The names of all tasks that the bot has.</summary>
    public IReadOnlyList<string> Tasks { get; }

    /// <summary>Starts workspace and bot, whose tasks run only when they are asked for.</summary>
    public static async Task<KilledBot> StartAsync(string folder, KilledPlatform platform)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}"));
        var slack = EmulatorApp.Create(new EmulatorOptions { DeliveryMode = DeliveryMode.Http, RequestUrl = $"{address}slack/events", Events = [] }, TimeProvider.System);
        await slack.StartAsync();
        var file = Path.Combine(folder, "festivalops.db");
        var settings = Settings(file, slack.Urls.First(), address);
        foreach (var (key, value) in platform.Settings) settings[key] = value;
        var names = Names(settings);
        foreach (var name in names) settings[$"{SchedulingSetup.Section(name)}:Enabled"] = "false";
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var bot = new KilledBot(slack, new(folder, new(now, 1, settings), address, "bot", platform.Before), file, names);
        await bot.BeginAsync();
        return bot;
    }

    /// <summary>SIGKILL and a new start, as if the one before had been gone for longer than the minute after which others speak for it.</summary>
    public async Task KillAndStartAsync(bool withAll)
    {
        await _process.KillAsync(withAll);
        await using (var db = Store()) await db.Set<InstanceRecord>().ExecuteDeleteAsync();
        await BeginAsync();
    }

    /// <summary>佐藤 (operations) types a line.</summary>
    public Task TypesAsync(string text) => ActAsync("type", new { user = Seed.Sato, channel = Seed.Reports, text });

    /// <summary>鈴木 (technical lead) presses a button; what becomes of it stands in the store.</summary>
    public Task PressesAsync(string channel, string ts, string action) => ActAsync("press", new { user = Seed.Suzuki, channel, ts, action_id = action });

    /// <summary>The runs of a task that have a row, oldest first.</summary>
    public async Task<List<TaskRunRecord>> RunsAsync(string task)
    {
        await using var db = Store();
        return await db.Set<TaskRunRecord>().AsNoTracking().Where(r => r.Task == task).OrderBy(r => r.Id).ToListAsync();
    }

    /// <summary>The requests for an approval, oldest first.</summary>
    public async Task<List<Approval>> ApprovalsAsync()
    {
        await using var db = Store();
        return await db.Set<Approval>().AsNoTracking().OrderBy(a => a.Id).ToListAsync();
    }

    /// <summary>The lists that there are.</summary>
    public async Task<List<Checklist>> ChecklistsAsync()
    {
        await using var db = Store();
        return await db.Set<Checklist>().AsNoTracking().ToListAsync();
    }

    /// <summary>
    /// As if no list had ever been opened. Their cards go as well: SQLite gives the next list the number of a deleted one, and a bot that looks whether its
    /// card is there already would find the old one.
    /// </summary>
    public async Task ForgetChecklistsAsync()
    {
        await using var db = Store();
        foreach (var card in await db.Set<Checklist>().AsNoTracking().Where(l => l.PostTs != null).ToListAsync())
            _slack.Services.GetRequiredService<Workspace>().ChangeMessage(card.PostChannel, card.PostTs!, _ => null);
        await db.Set<ChecklistItem>().ExecuteDeleteAsync();
        await db.Set<Checklist>().ExecuteDeleteAsync();
        await db.Set<OutboxRow>().Where(r => r.Key.StartsWith("checklist:")).ExecuteDeleteAsync();
    }

    /// <summary>The messages of a channel.</summary>
    public IReadOnlyList<Message> Messages(string channel) => _slack.Services.GetRequiredService<Workspace>().Messages(channel);

    /// <summary>Looks until there is something; null after <paramref name="patience"/>.</summary>
    public static async Task<T?> UntilAsync<T>(Func<Task<T?>> look, TimeSpan patience) where T : class
    {
        var end = TimeProvider.System.GetUtcNow() + patience;
        while (true)
        {
            if (await look() is { } found) return found;
            if (TimeProvider.System.GetUtcNow() > end) return null;
            await WaitAsync(Look);
        }
    }

    /// <summary>Waits, by the wall's clock.</summary>
    public static Task WaitAsync(TimeSpan span) => Task.Delay(span, TimeProvider.System, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _control.Dispose();
        await _slack.StopAsync();
        await _slack.DisposeAsync();
    }

    // Until Slack is known and the clock has looked once: only then is it the bot that people have.
    private async Task BeginAsync()
    {
        await _process.StartAsync();
        await _process.LivesAsync();
        await UntilAsync<object>(
            async () =>
            {
                using var answer = await _process.Http.GetAsync(new Uri("/ready", UriKind.Relative));
                return answer.IsSuccessStatusCode ? answer : null;
            },
            TimeSpan.FromSeconds(30));
    }

    private async Task ActAsync(string path, object body)
    {
        try
        {
            using var answer = await _control.PostAsJsonAsync(path, body);
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException or JsonException)
        {
            Console.WriteLine($"   the workspace did not take {path}: {away.Message}");
        }
    }

    private SqliteOpsDbContext Store()
    {
        var builder = new DbContextOptionsBuilder<SqliteOpsDbContext>();
        OpsStore.UseSqlite(builder, new StorageOptions { SqliteFile = _storeFile });
        return new(builder.Options);
    }

    /// <summary>The names of all tasks that a bot with these settings has.</summary>
    public static IReadOnlyList<string> Names(Dictionary<string, string?> settings)
    {
        var bot = BotHost.Build(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), log: TextWriter.Null);
        return [.. bot.Services.GetServices<IScheduledTask>().Select(t => t.Name)];
    }

    private static Dictionary<string, string?> Settings(string file, string slack, Uri address) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Slack:Transport"] = "Http",
        ["Slack:BotToken"] = new EmulatorOptions().BotToken,
        ["Slack:SigningSecret"] = new EmulatorOptions().SigningSecret,
        ["Slack:ApiBaseUrl"] = slack + "/api/",
        ["Slack:AllowInsecureLoopback"] = "true",
        ["Http:Address"] = address.ToString(),
        ["Storage:SqliteFile"] = file,
        ["Channels:Alerts"] = Seed.Alerts,
        ["Channels:Reports"] = Seed.Reports,
        ["Checks:Run:EverySeconds"] = "0",
        ["Roles:Operations:Users:0"] = Seed.Sato,
        ["Roles:TechnicalLead:Users:0"] = Seed.Suzuki,
        ["Roles:Security:Users:0"] = Seed.Tanaka,
        ["Log:Plain"] = "true",
    };
}
