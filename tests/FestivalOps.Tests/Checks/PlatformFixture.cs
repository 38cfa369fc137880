using FestivalOps.Checks;
using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Tests.House;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FestivalOps.Tests.Checks;

/// <summary>A check of the real bot, run once against real servers.</summary>
internal static class Measure
{
    public static async Task<Measurement> OnceAsync<T>(params (string Key, string Value)[] settings) where T : ICheck
    {
        await using var app = TestBot.Build(settings);
        var check = app.Services.GetServices<ICheck>().OfType<T>().Single();
        Assert.Null(check.NotSetUp);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await check.MeasureAsync(limit.Token);
    }
}

/// <summary>The servers that the check tests share.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private RedisServer? _server;

    internal RedisServer Server
    {
        get
        {
            Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
            return _server!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (RedisServer.IsAvailable(out _)) _server = await RedisServer.StartAsync(new() { Password = "word", MaxMemoryBytes = 8 << 20 });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
