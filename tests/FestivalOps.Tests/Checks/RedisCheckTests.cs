using FestivalOps.Checks;
using FestivalOps.Checks.Redis;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace FestivalOps.Tests.Checks;

public sealed class RedisCheckTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Fact]
    public async Task A_redis_that_answers_is_ok_with_its_latency()
    {
        var ping = await Measure.OnceAsync<RedisCheck>(("Platform:Redis", redis.Server.ConnectionString));
        ping.Status.ShouldBe(CheckStatus.Ok);
        ping.Says.En.ShouldEndWith(" ms (PING)");
        ping.Facts.ShouldAllBe(f => !f.Value.Contains("word"));
    }

    [Fact]
    public async Task A_full_redis_is_held_against_its_limit()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Server.ConnectionString);
        // Until Redis itself says that it is full.
        await Should.ThrowAsync<RedisServerException>(async () =>
        {
            for (var i = 0; i < 200; i++) await connection.GetDatabase().StringSetAsync($"k{i}", new byte[100_000]);
        });
        var memory = await Measure.OnceAsync<RedisMemoryCheck>(("Platform:Redis", redis.Server.ConnectionString));
        memory.Status.ShouldBeOneOf(CheckStatus.Warning, CheckStatus.Critical);
        memory.Says.En.ShouldMatch(@"^\d+ % \([\d.]+ MiB / 8 MiB\)$");
    }

    [Fact]
    public async Task A_redis_that_is_not_there_is_critical_and_its_memory_unknown()
    {
        (await Measure.OnceAsync<RedisCheck>(("Platform:Redis", "127.0.0.1:1"))).ShouldSatisfyAllConditions(
            m => m.Status.ShouldBe(CheckStatus.Critical), m => m.Says.En.ShouldBe("can't connect (127.0.0.1:1)"));
        (await Measure.OnceAsync<RedisMemoryCheck>(("Platform:Redis", "127.0.0.1:1"))).Status.ShouldBe(CheckStatus.Unknown);
    }

    [Fact]
    public async Task A_refused_password_is_our_setting()
    {
        var denied = await Measure.OnceAsync<RedisCheck>(("Platform:Redis", $"127.0.0.1:{redis.Server.Port},password=wrong"));
        denied.Status.ShouldBe(CheckStatus.Unknown);
        denied.Says.En.ShouldBe("the password was refused; check Platform:Redis");
    }

    [Fact]
    public async Task A_redis_without_a_limit_is_ok_and_says_so()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        await using var server = await RedisServer.StartAsync();
        (await Measure.OnceAsync<RedisMemoryCheck>(("Platform:Redis", server.ConnectionString))).Says.En.ShouldEndWith("(no limit set)");
    }
}
