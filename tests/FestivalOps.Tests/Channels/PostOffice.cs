using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using FestivalOps.Channels;
using FestivalOps.SlackEmulator;
using FestivalOps.SlackEmulator.Team;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Channels;

/// <summary>A workspace, a store and the bots that send from it, on a held clock that runs on while someone waits.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    public const string Channel = "C0ALERT001";
    public const string OtherChannel = "C0CRIT0001";

    private readonly WebApplication _slack;
    private readonly HttpClient _control;
    private readonly (string Key, string Value) _store;
    private readonly string? _file;
    private readonly List<Sender> _senders = [];

    private PostOffice(WebApplication slack, EmulatorOptions options, (string, string) store, string? file)
    {
        (_slack, Options, _store, _file) = (slack, options, store, file);
        Workspace = slack.Services.GetRequiredService<Workspace>();
        _control = new() { BaseAddress = new(new Uri(slack.Urls.First()), "/control/") };
    }

    /// <summary>The clock of the workspace and, unless they get their own, of all bots.</summary>
    public FakeTimeProvider Clock { get; private init; } = null!;

    public EmulatorOptions Options { get; }

    public Workspace Workspace { get; }

    public static async Task<PostOffice> OpenAsync(Engine engine, PostgresFixture postgres, params IEnumerable<string> moreScopes)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero));
        var options = new EmulatorOptions { Events = [], BotScopes = ["chat:write", "channels:history", "groups:history", "im:history", "im:write", .. moreScopes] };
        var slack = EmulatorApp.Create(options, clock);
        await slack.StartAsync(TestContext.Current.CancellationToken);
        var file = engine == Engine.Sqlite ? Path.Combine(Path.GetTempPath(), $"fops-outbox-{Guid.NewGuid():N}.db") : null;
        var store = file is not null
            ? ("Storage:SqliteFile", file)
            : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"outbox_{Guid.NewGuid():N}"));
        var office = new PostOffice(slack, options, store, file) { Clock = clock };
        return office;
    }

    /// <summary>Another bot on the same store; it sends as soon as <see cref="Sender.StartAsync"/> is called.</summary>
    public async Task<Sender> HireAsync(FakeTimeProvider? clock = null, Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var sender = await Sender.CreateAsync(new(new Uri(_slack.Urls.First()), "/api/"), Options, clock ?? Clock, replace, [_store, .. settings]);
        _senders.Add(sender);
        return sender;
    }

    /// <summary>The usual case: one bot, sending.</summary>
    public async Task<Sender> HireAndStartAsync(Action<IServiceCollection>? replace = null, params (string Key, string Value)[] settings)
    {
        var sender = await HireAsync(null, replace, settings);
        await sender.StartAsync();
        return sender;
    }

    /// <summary>Texts that the bot posted in a channel, oldest first.</summary>
    public List<string> Texts(string channel = Channel) => [.. Posts(channel).Select(m => m.Text)];

    public List<FestivalOps.SlackEmulator.Team.Message> Posts(string channel = Channel) => [.. Workspace.Messages(channel).Where(m => m.BotId is not null)];

    public async Task FaultAsync(object knobs) => (await _control.PostAsJsonAsync("faults", knobs, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    public async Task ControlAsync(string path, object body) => (await _control.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    public async Task<List<JsonElement>> CallsAsync(string method) =>
        (await _control.GetFromJsonAsync<List<JsonElement>>("calls?method=" + method, TestContext.Current.CancellationToken))!;

    /// <summary>Waits while the clock runs on.</summary>
    public async Task UntilAsync(Func<bool> there, string what, TimeSpan? step = null)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!there())
        {
            if (Stopwatch.GetElapsedTime(begin) > TimeSpan.FromSeconds(60))
                throw new ShouldAssertException($"Never came: {what}\n{string.Join('\n', _senders.SelectMany(s => s.Log.ToString().Split('\n').TakeLast(30)))}");
            Clock.Advance(step ?? TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until a row stands as said.</summary>
    public async Task<OutboxRow> RowAsync(string key, OutboxState state, TimeSpan? step = null)
    {
        OutboxRow? row = null;
        await UntilAsync(() => (row = Row(key))?.State == state, $"{key} {state}, but it is {row?.State} ({row?.Reason})", step);
        return row!;
    }

    public OutboxRow? Row(string key)
    {
        using var db = _senders[^1].Db();
        return db.Set<OutboxRow>().AsNoTracking().SingleOrDefault(r => r.Key == key);
    }

    /// <summary>Lets the clock run on for so long, in small steps with moments of real time between.</summary>
    public async Task PassAsync(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Clock.Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders) await sender.DisposeAsync();
        _control.Dispose();
        await _slack.StopAsync(CancellationToken.None);
        await _slack.DisposeAsync();
        if (_file is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*")) File.Delete(left);
    }
}
