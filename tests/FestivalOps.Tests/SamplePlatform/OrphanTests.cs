using System.Diagnostics;
using System.Globalization;
using FestivalOps.Demo.SamplePlatform.Local;
using FestivalOps.Demo.SamplePlatform.Servers;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.SamplePlatform;

public sealed class OrphanTests
{
    private const string Report = "FESTIVALOPS_TEST_HELD_SERVERS";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Servers_and_their_folder_go_when_the_process_that_started_them_is_killed()
    {
        Assert.SkipUnless(PostgresServer.IsAvailable(out var reason), reason);
        Assert.SkipUnless(NginxServer.IsAvailable(out reason), reason);
        Assert.SkipUnless(RedisServer.IsAvailable(out reason), reason);
        var report = Path.Combine(RunFolder.Current.Create("report"), "held");
        var holder = StartHolder(report);
        var held = await EventuallyAsync(() => File.Exists(report) ? File.ReadAllLines(report) : null);
        var folder = held[0];
        var servers = held[1..].Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        servers.Length.ShouldBeGreaterThan(6); // PostgreSQL alone has half a dozen
        servers.ShouldAllBe(id => ProcessTree.Look(id) != null);

        holder.Kill(); // SIGKILL, and only to the one process

        await EventuallyAsync(() => servers.All(id => ProcessTree.Look(id) is null) && !Directory.Exists(folder) ? "gone" : null);
    }

    /// <summary>Not a test: what the process that is killed runs, one server of it hung.</summary>
    [Fact(Explicit = true)]
    public async Task Holds_servers_until_it_is_killed()
    {
        var report = Environment.GetEnvironmentVariable(Report);
        Assert.SkipWhen(report is null, "Only run by the test above.");
        await using var postgres = await PostgresServer.StartAsync(new PostgresOptions { Durable = false });
        await using var redis = await RedisServer.StartAsync();
        await using var nginx = await NginxServer.StartAsync(new NginxOptions { Application = new Uri("http://127.0.0.1:1") });
        await postgres.SuspendAsync();
        LocalServer[] servers = [postgres, redis, nginx];
        string[] lines =
        [
            RunFolder.Current.Path,
            .. servers.SelectMany(server => server.ProcessIds).Select(id => id.ToString(CultureInfo.InvariantCulture)),
        ];
        await File.WriteAllLinesAsync(report + ".part", lines);
        File.Move(report + ".part", report!);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
    }

    private static Process StartHolder(string report)
    {
        var method = $"{typeof(OrphanTests).FullName}.{nameof(Holds_servers_until_it_is_killed)}";
        var start = new ProcessStartInfo("dotnet", [typeof(OrphanTests).Assembly.Location, "-explicit", "only", "-method", method])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment[Report] = report;
        return Process.Start(start).ShouldNotBeNull();
    }

    private static async Task<T> EventuallyAsync<T>(Func<T?> look) where T : class
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (look() is { } seen) return seen;
            await Task.Delay(Look, TimeProvider.System, limit.Token);
        }
    }
}
