using System.Collections.Concurrent;
using System.Text;
using FestivalOps.Channels;
using FestivalOps.Channels.Courier;
using FestivalOps.Channels.Outage;
using FestivalOps.Slack.WebApi;
using FestivalOps.SlackEmulator;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>A bot of which only the outbox runs, and a kind of post whose words the test gives.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private readonly WebApplication _bot;
    private readonly List<IHostedService> _running = [];
    private bool _isGone;

    private Sender(WebApplication bot, SaidInTest kind, KeptLog log) => (_bot, Kind, Log) = (bot, kind, log);

    public SaidInTest Kind { get; }

    public KeptLog Log { get; }

    public IServiceProvider Services => _bot.Services;

    public SlackOutage Outage => Get<SlackOutage>();

    public static async Task<Sender> CreateAsync(
        Uri api, EmulatorOptions slack, FakeTimeProvider clock, Action<IServiceCollection>? replace, IEnumerable<(string Key, string Value)> settings)
    {
        var kind = new SaidInTest();
        var log = new KeptLog();
        var all = TestBot.Settings(
        [
            ("Slack:BotToken", slack.BotToken), ("Slack:SigningSecret", slack.SigningSecret), ("Slack:ApiBaseUrl", api.ToString()),
            ("Slack:AllowInsecureLoopback", "true"), ("Log:Level", "Debug"), .. settings,
        ]);
        var bot = BotHost.Build(
            all,
            services =>
            {
                services.AddSingleton<TimeProvider>(clock);
                services.AddSingleton<IPostKind>(kind);
                services.RemoveAll<Backoff>();
                services.AddSingleton(new Backoff(new Random(20261124)));
                replace?.Invoke(services);
            },
            log);
        var sender = new Sender(bot, kind, log);
        await using var db = sender.Db();
        await db.Database.MigrateAsync(TestContext.Current.CancellationToken);
        sender.Get<StoreState>().SetReady();
        return sender;
    }

    public T Get<T>() where T : notnull => _bot.Services.GetRequiredService<T>();

    public OpsDbContext Db() => Get<IDbContextFactory<OpsDbContext>>().CreateDbContext();

    public async Task StartAsync(bool watch = false)
    {
        foreach (var service in _bot.Services.GetServices<IHostedService>().Where(s => s is OutboxCourier || (watch && s is OutboxWatch)))
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
            _running.Add(service);
        }
    }

    /// <summary>Intends to say <paramref name="text"/>: the row's argument.</summary>
    public async Task<OutboxRow> TellAsync(
        string key, string text, OutboxPriority priority = OutboxPriority.Page, string target = PostOffice.Channel, Carrier carrier = Carrier.Channel,
        string subject = "1", string kind = SaidInTest.Name)
    {
        var row = Get<Outbox>().Row(key, kind, subject, carrier, target, priority, text);
        await TellAsync([row]);
        return row;
    }

    public async Task TellAsync(IReadOnlyCollection<OutboxRow> rows)
    {
        await using var db = Db();
        await Outbox.AddAsync(db, rows, TestContext.Current.CancellationToken);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        Get<Outbox>().Wake();
    }

    public async Task<string> MetricsAsync()
    {
        var registry = Get<CollectorRegistry>();
        using var page = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(page, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(page.ToArray());
    }

    /// <summary>It is as if its process had been killed: it writes and sends nothing any more, and nobody hears of it.</summary>
    public void IsGone() => _isGone = true;

    public async ValueTask DisposeAsync()
    {
        if (_isGone) return;
        _isGone = true;
        foreach (var service in _running) await service.StopAsync(new CancellationToken(canceled: true));
        await _bot.DisposeAsync();
    }
}

/// <summary>Every line of a bot's log.</summary>
internal sealed class KeptLog : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock) _text.Append(value);
    }

    public override void Write(string? value)
    {
        lock (_lock) _text.Append(value);
    }

    public override string ToString()
    {
        lock (_lock) return _text.ToString();
    }
}

/// <summary>Says what the row's argument says, unless the test has it say something else.</summary>
internal sealed class SaidInTest : IPostKind
{
    public const string Name = "test.said";

    public string Kind => Name;

    /// <summary>What is prepared. Default: the argument as text.</summary>
    public Func<OutboxRow, Prepared> Says { get; set; } = row => row.Carrier switch
    {
        Carrier.Mail => new Prepared.Mail(row.Argument, row.Argument),
        Carrier.Webhook => new Prepared.Call(row.Argument),
        _ => new Prepared.Post(new Message { Text = row.Argument }),
    };

    public ConcurrentQueue<string> Prepared { get; } = new();

    public ConcurrentQueue<(string Key, Arrival Arrival)> Sent { get; } = new();

    public ConcurrentQueue<(string Key, string Error)> Undeliverable { get; } = new();

    public Task<Prepared> PrepareAsync(OutboxRow row, OpsDbContext db, CancellationToken ct)
    {
        Prepared.Enqueue(row.Key);
        return Task.FromResult(Says(row));
    }

    public Task SentAsync(OutboxRow row, Arrival arrival, OpsDbContext db, CancellationToken ct)
    {
        Sent.Enqueue((row.Key, arrival));
        return Task.CompletedTask;
    }

    public Task UndeliverableAsync(OutboxRow row, string error, OpsDbContext db, CancellationToken ct)
    {
        Undeliverable.Enqueue((row.Key, error));
        return Task.CompletedTask;
    }
}
