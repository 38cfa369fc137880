using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Storage;
using FestivalOps.Tests.House;
using FestivalOps.Tests.SamplePlatform;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FestivalOps.Tests.Storage;

/// <summary>The engines on which everything that is remembered is tested.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A fresh, empty store of either engine, with the bot's services over it (nothing started).</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string? _file;
    private readonly IAsyncDisposable _app;

    private TestStore(IAsyncDisposable app, IServiceProvider services, string? file) => (_app, Services, _file) = (app, services, file);

    public IServiceProvider Services { get; }

    public static async Task<TestStore> OpenAsync(Engine engine, PostgresFixture postgres, bool migrate = true, params (string Key, string Value)[] settings)
    {
        var file = Path.Combine(Path.GetTempPath(), $"fops-{Guid.NewGuid():N}.db");
        var setting = engine == Engine.Sqlite
            ? ("Storage:SqliteFile", file)
            : ("Storage:Postgres", await postgres.Server.CreateDatabaseAsync($"store_{Guid.NewGuid():N}"));
        return await OpenAsync(setting, migrate, engine == Engine.Sqlite ? file : null, settings);
    }

    public static async Task<TestStore> OpenAsync((string Key, string Value) setting, bool migrate, string? file = null, params (string Key, string Value)[] settings)
    {
        var app = TestBot.Build([setting, .. settings]);
        var store = new TestStore(app, app.Services, file);
        if (!migrate) return store;
        await using var db = store.Db();
        await db.Database.MigrateAsync();
        app.Services.GetRequiredService<StoreState>().SetReady();
        return store;
    }

    public OpsDbContext Db() => Services.GetRequiredService<IDbContextFactory<OpsDbContext>>().CreateDbContext();

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_file is null) return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(_file)!, Path.GetFileName(_file) + "*")) File.Delete(left);
    }
}
