using System.Collections.Concurrent;
using FestivalOps.Demo.SamplePlatform;

using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.ScenarioTests.Staging;

[assembly: AssemblyFixture(typeof(World))]
// Scenarios take servers away and measure seconds: they are played one after the other.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace FestivalOps.ScenarioTests.Staging;

/// <summary>What all scenarios share: one sample platform, one PostgreSQL for the bot's own store, and a standing stage for each way.</summary>
public sealed class World : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(Transport, Store), Stage> standing = new();
    private PostgresServer? stores;
    private LocalPlatform? platform;
    private int databases;

    /// <summary>The platform; scenarios that need one of its servers call <see cref="NeedsPlatform"/> first.</summary>
    internal LocalPlatform Platform => platform!;

    public async ValueTask InitializeAsync()
    {
        platform = await LocalPlatform.StartAsync(
            new SamplePlatformOptions { WithPrometheus = false, Durable = false }, TextWriter.Null);
        if (PostgresServer.IsAvailable(out _)) stores = await PostgresServer.StartAsync(new PostgresOptions { Durable = false, MaxConnections = 500 });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stage in standing.Values) await stage.DisposeAsync();
        if (stores is not null) await stores.DisposeAsync();
        if (platform is not null) await platform.DisposeAsync();
    }

    /// <summary>The standing stage of this way, cleared.</summary>
    internal async Task<Stage> StageAsync(Transport transport, Store store)
    {
        if (!standing.TryGetValue((transport, store), out var stage))
            standing[(transport, store)] = stage = await NewStageAsync(new(transport, store));
        await stage.ClearAsync();
        return stage;
    }

    /// <summary>A stage of its own, for scenarios that leave traces.</summary>
    internal async Task<Stage> NewStageAsync(StageOptions options)
    {
        var number = Interlocked.Increment(ref databases);
        if (options.Store == Store.Postgres)
        {
            Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
            return await Stage.SetAsync(
                WithPlatform(options), ("Storage:Postgres", options.StoreConnection ?? await stores!.CreateDatabaseAsync($"bot_{number}")));
        }
        return await Stage.SetAsync(
            WithPlatform(options), ("Storage:SqliteFile", Path.Combine(RunFolder.Current.Create("store"), "festivalops.db")));
    }

    /// <summary>Starts a server of the platform again; ends when the application is well again, too.</summary>
    internal async Task BringBackAsync(LocalServer server)
    {
        await server.StartAgainAsync(TestContext.Current.CancellationToken);
        await WellAsync();
    }

    /// <summary>Lets a server of the platform go on; ends when the application is well again, too.</summary>
    internal async Task ResumeAsync(LocalServer server)
    {
        server.Resume();
        await WellAsync();
    }

    /// <summary>Skips where a server of the platform is not installed.</summary>
    internal void NeedsPlatform() => Assert.SkipUnless(platform!.Missing.Count == 0, string.Join("; ", platform.Missing.Select(m => m.Line)));

    private async Task WellAsync()
    {
        using var visitor = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Soon.TrueAsync(
            async () => (await visitor.GetAsync(new Uri(Platform.Address, "/health"), TestContext.Current.CancellationToken)).IsSuccessStatusCode,
            "the platform is well again");
    }

    private StageOptions WithPlatform(StageOptions options) => options with { Platform = options.Platform ?? platform };
}
