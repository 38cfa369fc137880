using FestivalOps.Demo.SamplePlatform.Servers;
using FestivalOps.Maintenance.CacheCheck;
using FestivalOps.Maintenance.SystemOptimisation;
using FestivalOps.Scheduling;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace FestivalOps.Tests.Maintenance;

/// <summary>Redis looked at, caches warmed and dropped.</summary>
public sealed class CacheTests
{
    [Fact]
    public async Task The_hit_rate_is_that_since_the_last_look_until_Redis_is_restarted()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        await using var server = await RedisServer.StartAsync(cancellationToken: TaskStage.Ct);
        await using var stage = await PlatformStage.SetAsync(null, ("Platform:Redis", server.ConnectionString), ("Maintenance:CacheCheck:EveryMilliseconds", "1"));
        await ReadAsync(server, hits: 1, misses: 9);
        var first = await stage.RunAsync<CacheCheckTask>();
        first.End.ShouldBe(TaskEnd.Ok, first.En());
        // A client that connects may read a key of its own.
        first.En().ShouldMatch("Hit rate: (10.0|9.1|8.3) % of 1[0-2] reads, since its start");
        first.En().ShouldContain("Latency of 50 PINGs: median ");
        first.En().ShouldContain("without a limit");

        await ReadAsync(server, hits: 3, misses: 1);
        (await stage.RunAsync<CacheCheckTask>()).En().ShouldMatch("Hit rate: (75.0|60.0) % of [45] reads, since the last look on ");
        (await stage.RunAsync<CacheCheckTask>()).En().ShouldContain("Hit rate: not available: there were no reads since the last look");

        await server.StopAsync();
        var away = await stage.RunAsync<CacheCheckTask>();
        away.End.ShouldBe(TaskEnd.Failed);
        away.Sentence.En.ShouldBe($"look at Redis: Redis (127.0.0.1:{server.Port}) can't be reached");

        await server.StartAgainAsync(TaskStage.Ct);
        var back = away;
        while (back.End == TaskEnd.Failed) back = await stage.RunAsync<CacheCheckTask>();
        back.En().ShouldContain("since its start");
    }

    [Fact]
    public async Task Keys_found_too_rarely_and_keys_thrown_out_are_worth_a_look()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        await using var server = await RedisServer.StartAsync(new() { MaxMemoryBytes = 4 << 20 }, TaskStage.Ct);
        await using var stage = await PlatformStage.SetAsync(
            null, ("Platform:Redis", server.ConnectionString), ("Maintenance:CacheCheck:EveryMilliseconds", "1"), ("Maintenance:CacheCheck:MinReads", "10"));
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString + ",allowAdmin=true");
        await connection.GetServers()[0].ConfigSetAsync("maxmemory-policy", "allkeys-lru");
        for (var i = 0; i < 100; i++) await connection.GetDatabase().StringSetAsync($"big{i}", new byte[100_000]);
        await ReadAsync(server, hits: 1, misses: 9);
        var outcome = await stage.RunAsync<CacheCheckTask>();
        outcome.End.ShouldBe(TaskEnd.Warning);
        outcome.En().ShouldMatch("△ [1-9][0-9]* keys were evicted for want of memory");
        outcome.En().ShouldMatch("△ Hit rate: [0-9.]+ % of ");
    }

    [Fact]
    public async Task Without_Redis_it_says_which_setting_is_missing()
    {
        await using var stage = await PlatformStage.SetAsync(null);
        var outcome = await stage.RunAsync<CacheCheckTask>();
        (outcome.End, outcome.Sentence.En).ShouldBe((TaskEnd.NotAvailable, "not available: Platform:Redis is not set"));
    }

    [Theory]
    [InlineData("echo \"$RAILS_ENV $*\" >> \"$0.said\"", true, "The cache is warm")]
    [InlineData("echo 'NoMethodError: mail to boss@example.com' >&2; exit 1", false, "cache warm-up (warm_cache): exit code 1: NoMethodError: mail to ***@example.com")]
    public async Task Warming_up_asks_the_application(string bundle, bool isWell, string sentence)
    {
        await using var stage = await PlatformStage.SetAsync(null);
        var program = await stage.Tasks.ProgramAsync("bundle", bundle);
        await using var bot = await PlatformStage.SetAsync(null, ("Maintenance:Application:Bundle", program));
        (await bot.Tasks.PlanAsync<CacheWarmUpTask>()).Steps.Single().Exact.ShouldContain("rails runner PerformanceOptimizationService.warm_cache");
        File.Exists(program + ".said").ShouldBeFalse("a plan changes nothing");
        var outcome = await bot.RunAsync<CacheWarmUpTask>();
        (outcome.End, outcome.Sentence.En).ShouldBe((isWell ? TaskEnd.Ok : TaskEnd.Failed, sentence));
        if (isWell) (await File.ReadAllTextAsync(program + ".said", TaskStage.Ct)).Trim().ShouldBe("production exec rails runner PerformanceOptimizationService.warm_cache");
    }

    [Fact]
    public async Task Without_bundle_warming_up_is_not_available()
    {
        await using var stage = await PlatformStage.SetAsync(null, ("Maintenance:Application:Bundle", "/nowhere/bundle"));
        (await stage.RunAsync<CacheWarmUpTask>()).End.ShouldBe(TaskEnd.NotAvailable);
    }

    [Fact]
    public async Task A_host_that_is_gone_keeps_the_optimisation_from_nothing_that_needs_no_host()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        await using var server = await RedisServer.StartAsync(cancellationToken: TaskStage.Ct);
        await using var key = await PlatformStage.SetAsync(null);
        var (keyFile, known) = (Path.Combine(key.Tasks.Folder, "key"), Path.Combine(key.Tasks.Folder, "known"));
        await CliWrap.Cli.Wrap("/usr/bin/ssh-keygen").WithArguments(["-q", "-t", "ed25519", "-N", "", "-f", keyFile]).ExecuteAsync(TaskStage.Ct);
        await File.WriteAllTextAsync(known, "", TaskStage.Ct);
        await using var stage = await PlatformStage.SetAsync(
            null, ("Platform:Redis", server.ConnectionString), ("Hosts:Platform", "web1"), ("Hosts:Remote:web1:Address", "127.0.0.1"), ("Hosts:Remote:web1:Port", "1"),
            ("Hosts:Remote:web1:KeyFile", keyFile), ("Hosts:Remote:web1:KnownHosts", known));
        var plan = await stage.Tasks.PlanAsync<SystemOptimisationTask>();
        plan.Steps.Select(s => s.Exact).ShouldContain("MEMORY PURGE");
        plan.IsPartial.ShouldBeTrue("the host did not answer");
        plan.Facts.ShouldHaveSingleItem().En.ShouldStartWith("the application's folder: web1 (");
        (await stage.Tasks.PlanAsync<CacheWarmUpTask>()).Instead!.End.ShouldBe(TaskEnd.Failed);
        var outcome = await stage.RunAsync<SystemOptimisationTask>();
        outcome.End.ShouldBe(TaskEnd.Failed);
        outcome.Sentence.En.ShouldBe("Optimisation: 1 done, 6 failed, 0 not available");
        outcome.En().ShouldContain("○ Redis gives freed memory back (MEMORY PURGE): done");
        outcome.En().ShouldContain("dropping the kernel's caches: left out, because sync did not end");
    }

    [Fact]
    public async Task The_optimisation_s_plan_counts_what_it_would_act_on()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        await using var server = await RedisServer.StartAsync(cancellationToken: TaskStage.Ct);
        await using var folder = await PlatformStage.SetAsync(null);
        var log = Path.Combine(folder.Tasks.Folder, "error.log");
        await File.WriteAllTextAsync(log, new string('x', 2_048), TaskStage.Ct);
        await File.WriteAllTextAsync(log + ".1", "rotated already", TaskStage.Ct);
        await using var stage = await PlatformStage.SetAsync(null, ("Platform:Redis", server.ConnectionString), ("Maintenance:Logs:Nginx", log));
        var plan = await stage.Tasks.PlanAsync<SystemOptimisationTask>();
        plan.Numbers.Select(n => n.En).ShouldBe(
            [$"Logs in {folder.Tasks.Folder}: 1 file, 2 KiB", plan.Numbers[1].En, plan.Numbers[2].En]);
        plan.Numbers[1].En.ShouldMatch("^Redis: Memory: [0-9.]+ [KM]iB without a limit, peak ");
        plan.Numbers[2].En.ShouldMatch("^The kernel's page cache: [0-9.]+ [KMG]iB, of which [0-9.]+ [KMG]?i?B are not written yet$");
    }

    private static async Task ReadAsync(RedisServer server, int hits, int misses)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        var keys = connection.GetDatabase();
        await keys.StringSetAsync("there", "x");
        for (var i = 0; i < hits; i++) await keys.StringGetAsync("there");
        for (var i = 0; i < misses; i++) await keys.StringGetAsync("not there");
    }
}
