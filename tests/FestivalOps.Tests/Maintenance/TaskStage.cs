using FestivalOps.Language;
using FestivalOps.Hosts;
using FestivalOps.Scheduling;
using FestivalOps.Storage;
using FestivalOps.Tests.Hosts;
using FestivalOps.Tests.House;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>A folder of the test's own, and the bot's tasks as the program builds them with the settings of the test.</summary>
internal sealed class TaskStage : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings = new(StringComparer.OrdinalIgnoreCase);
    private readonly Action<IServiceCollection>? _replace;
    private readonly List<IAsyncDisposable> _servers = [];
    private WebApplication? _bot;
    private bool _isOpen;

    public TaskStage(Action<IServiceCollection>? replace = null)
    {
        _replace = replace;
        Folder = Directory.CreateTempSubdirectory("fops-task-").FullName;
        Set("Storage:SqliteFile", Path.Combine(Folder, "store.db"));
    }

    public string Folder { get; }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public IServiceProvider Services => (_bot ??= BotHost.Build(TestBot.Settings([.. _settings.Select(s => (s.Key, s.Value))]), _replace, TextWriter.Null)).Services;

    public TaskStage Set(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>The platform's host is reached over SSH at this server, which ends with the stage.</summary>
    public TaskStage Over(SshServer server, Action<RemoteHost>? change = null)
    {
        _servers.Add(server);
        var host = server.Settings(change);
        return Set("Hosts:Platform", "web1").Set("Hosts:Remote:web1:Address", host.Address).Set("Hosts:Remote:web1:Port", $"{host.Port}").Set("Hosts:Remote:web1:User", host.User)
            .Set("Hosts:Remote:web1:KeyFile", host.KeyFile).Set("Hosts:Remote:web1:KnownHosts", host.KnownHosts)
            .Set("Hosts:Remote:web1:ConnectTimeoutSeconds", $"{host.ConnectTimeoutSeconds}").Set("Hosts:Remote:web1:KeepAliveSeconds", $"{host.KeepAliveSeconds}");
    }

    public T Task<T>() where T : IScheduledTask => Services.GetServices<IScheduledTask>().OfType<T>().Single();

    public async Task<TaskOutcome> RunAsync<T>(TaskRun? run = null, CancellationToken? ct = null) where T : IScheduledTask
    {
        await OpenStoreAsync();
        return await Task<T>().RunAsync(run ?? NewRun(), ct ?? Ct);
    }

    /// <summary>Makes the bot's own store as the start of the program does.</summary>
    public async Task OpenStoreAsync()
    {
        if (_isOpen) return;
        _isOpen = true;
        await using var store = Services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext();
        await store.Database.MigrateAsync(Ct);
    }

    public async Task<TaskPlan> PlanAsync<T>() where T : IScheduledTask =>
        await Task<T>().PlanAsync(new("run", DateTimeOffset.UnixEpoch, isDry: true, SpokenLanguage.En), Ct) ?? throw new InvalidOperationException("no plan");

    public static TaskRun NewRun() => new("run", DateTimeOffset.UnixEpoch, isDry: false, SpokenLanguage.En);

    /// <summary>A program of the test: a shell script.</summary>
    public async Task<string> ProgramAsync(string name, string script)
    {
        var path = Path.Combine(Folder, name);
        await System.IO.File.WriteAllTextAsync(path, "#!/bin/sh\n" + script + "\n", Ct);
        System.IO.File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bot is not null) await _bot.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What a test reads of a result.</summary>
internal static class TaskOutcomeExtensions
{
    public static string En(this TaskOutcome outcome) => string.Join('\n', outcome.Details.Select(d => d.En).Prepend(outcome.Sentence.En));

    public static string Ja(this TaskOutcome outcome) => string.Join('\n', outcome.Details.Select(d => d.Ja).Prepend(outcome.Sentence.Ja));
}
