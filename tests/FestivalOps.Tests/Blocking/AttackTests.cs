using System.Net;
using System.Net.Sockets;
using System.Text;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Simulation;
using FestivalOps.Tests.Alerting;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>From a decision to what people see, while nothing is blocked; on both engines.</summary>
public sealed class AttackTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_storm_of_attackers_is_one_incident_that_ends_when_all_are_over(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var blocklist = stage.Get<SimulatedBlocklist>();
        await blocklist.ApplyAsync("access", [.. Enumerable.Range(0, 1_000).Select(i => Decision(stage, (uint)i, TimeSpan.FromHours(i < 500 ? 1 : 6)))], Ct);
        var incident = (await stage.IncidentsAsync()).ShouldHaveSingleItem();
        (incident.State, incident.ChannelId, incident.Level).ShouldBe((IncidentState.Triggered, AlertStage.Alerts, 1));
        incident.TitleJa.ShouldContain("シミュレーション");
        incident.TitleEn.ShouldContain("would be blocked (simulation)");
        (await stage.OutboxAsync()).Count(r => r.Kind == IncidentPosts.CardKind).ShouldBe(1);

        stage.Clock.Advance(TimeSpan.FromHours(1));
        (await ExpireAsync(blocklist)).ShouldBe(500);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Triggered);
        stage.Clock.Advance(TimeSpan.FromHours(5));
        (await ExpireAsync(blocklist)).ShouldBe(500);
        (await stage.IncidentAsync()).State.ShouldBe(IncidentState.Resolved);
        (await ExpireAsync(blocklist)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task What_was_decided_is_known_to_the_next_process_until_it_is_forgiven(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var decisions = new[] { Decision(stage, 1, TimeSpan.FromHours(6)) with { Times = 2 }, Decision(stage, 2, TimeSpan.FromHours(1)) with { Outcome = BlockOutcome.Warn, Times = 0 } };
        await stage.Get<SimulatedBlocklist>().ApplyAsync("access", decisions, Ct);
        // Telling it again changes nothing.
        await stage.Get<SimulatedBlocklist>().ApplyAsync("access", decisions, Ct);
        (await stage.TimelineAsync()).Count.ShouldBe(1);

        await using var other = stage.Another();
        var known = (await other.Get<SimulatedBlocklist>().KnownAsync(Ct)).ShouldHaveSingleItem();
        (known.Address, known.Until, known.Times).ShouldBe((decisions[0].Address, stage.Clock.GetUtcNow().AddHours(6), 2));
        stage.Clock.Advance(TimeSpan.FromDays(32));
        (await other.Get<SimulatedBlocklist>().KnownAsync(Ct)).ShouldBeEmpty();
        await ExpireAsync(other.Get<SimulatedBlocklist>());
        await other.Get<SimulatedBlocklist>().ExpireAsync(Ct);
        await using var db = stage.Db();
        (await db.Set<AttackRecord>().CountAsync(Ct)).ShouldBe(0);
    }

    [Fact]
    public async Task What_an_old_log_tells_of_is_remembered_and_nobody_is_told()
    {
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres);
        var old = Decision(stage, 1, TimeSpan.FromHours(1)) with { At = stage.Clock.GetUtcNow().AddDays(-2) };
        await stage.Get<SimulatedBlocklist>().ApplyAsync("access", [old], Ct);
        (await stage.IncidentsAsync()).ShouldBeEmpty();
        (await stage.Get<SimulatedBlocklist>().KnownAsync(Ct)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Positions_are_kept(Engine engine)
    {
        await using var stage = await AlertStage.OpenAsync(engine, postgres);
        var positions = stage.Get<LogPositions>();
        (await positions.ReadAsync("access", "/var/log/a", Ct)).ShouldBeNull();
        await positions.WriteAsync("access", "/var/log/a", [new("aa", 2, 300, 100)], Ct);
        await positions.WriteAsync("access", "/var/log/a", [new("aa", 2, 500, 100), new("bb", 256, 7, 0)], Ct);
        var (files, savedAt) = (await positions.ReadAsync("access", "/var/log/a", Ct))!.Value;
        files.ShouldBe([new("aa", 2, 500, 100), new("bb", 256, 7, 0)]);
        savedAt.ShouldBe(stage.Clock.GetUtcNow());
        (await positions.ReadAsync("access", "/var/log/b", Ct)).ShouldBeNull("another path is another log");
    }

    [Fact]
    public async Task A_watched_log_becomes_an_incident_and_its_position_is_kept_at_the_end()
    {
        var file = Path.GetTempFileName();
        await using var stage = await AlertStage.OpenAsync(Engine.Sqlite, postgres, ("Blocking:Logs:access:Path", file), ("Blocking:Logs:access:Kind", "Nginx"), ("Blocking:TrustedProxies:0", "none"));
        var watcher = stage.Get<LogWatcher>();
        await watcher.StartAsync(Ct);
        await UntilAsync(stage, () => stage.Log.ToString().Contains("is followed", StringComparison.Ordinal));
        var now = stage.Clock.GetUtcNow();
        await File.AppendAllLinesAsync(file, Enumerable.Range(0, 20).Select(i => Scan.Nginx("203.0.113.9", now.AddSeconds(i - 20))), Ct);
        await UntilAsync(stage, () => watcher.Followers[0].Feed.Lines == 20 && stage.Get<AttackWatch>().IsTold);
        await watcher.StopAsync(Ct);
        (await stage.IncidentsAsync()).ShouldHaveSingleItem().TitleEn.ShouldBe("203.0.113.9 attacks and would be blocked (simulation)");
        var (files, _) = (await stage.Get<LogPositions>().ReadAsync("access", file, Ct))!.Value;
        files.ShouldHaveSingleItem().Offset.ShouldBe(new FileInfo(file).Length);
        File.Delete(file);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Syslog_is_taken_from_those_who_may_send(bool isAllowed)
    {
        var (udp, tcp) = (FreePort(), FreePort());
        await using var stage = await AlertStage.OpenAsync(
            Engine.Sqlite, postgres, ("Blocking:Syslog:Udp", $"127.0.0.1:{udp}"), ("Blocking:Syslog:Tcp", $"127.0.0.1:{tcp}"), ("Blocking:Syslog:From:0", isAllowed ? "127.0.0.0/8" : "192.0.2.0/24"));
        var listener = stage.Get<SyslogListener>();
        await listener.StartAsync(Ct);
        while (listener.Udp is null || listener.Tcp is null) await Task.Delay(10, Ct);
        var now = stage.Clock.GetUtcNow();
        using (var sender = new UdpClient())
        {
            for (var i = 0; i < 10; i++) await sender.SendAsync(Encoding.ASCII.GetBytes($"<38>{Scan.Auth(now.AddSeconds(i - 30), Scan.Failed("203.0.113.9", "root", 4000 + i))}"), new IPEndPoint(IPAddress.Loopback, udp), Ct);
        }
        using (var sender = new TcpClient())
        {
            await sender.ConnectAsync(IPAddress.Loopback, tcp, Ct);
            // Both ways to tell where a message ends, in pieces that end anywhere.
            var counted = $"<190>{Scan.Auth(now, Scan.Nginx("198.51.100.7", now.AddSeconds(-5), 200), "nginx")}";
            var text = string.Concat(Enumerable.Range(0, 10).Select(i => $"<38>{Scan.Auth(now.AddSeconds(i - 20), Scan.Failed("203.0.113.9", "root", 5000 + i))}\n{counted.Length} {counted}"));
            // The other side has read all when it closes.
            var one = new byte[1];
            try
            {
                foreach (var piece in text.Chunk(37)) await sender.Client.SendAsync(Encoding.ASCII.GetBytes(piece), SocketFlags.None, Ct);
                sender.Client.Shutdown(SocketShutdown.Send);
                (await sender.Client.ReceiveAsync(one, SocketFlags.None, Ct)).ShouldBe(0);
            }
            catch (SocketException)
            {
                // It closes without reading when we may not send.
            }
        }
        while (isAllowed && !(await AttacksAsync(stage)).Contains(("203.0.113.9", "BruteForce"))) await Task.Delay(10, Ct);
        await listener.StopAsync(Ct);
        if (!isAllowed) (await AttacksAsync(stage)).ShouldBeEmpty();
    }

    private static async Task<List<(string, string)>> AttacksAsync(AlertStage stage)
    {
        await using var db = stage.Db();
        return [.. (await db.Set<AttackRecord>().AsNoTracking().ToListAsync(Ct)).Select(a => (a.Address, a.Rule))];
    }

    private static async Task<int> ExpireAsync(SimulatedBlocklist blocklist)
    {
        var ended = 0;
        while (await blocklist.ExpireAsync(Ct) is > 0 and var some) ended += some;
        return ended;
    }

    // The watcher waits on the stage's clock, and reads real files.
    private static async Task UntilAsync(AlertStage stage, Func<bool> holds)
    {
        while (!holds())
        {
            stage.Clock.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(5, Ct);
        }
    }

    private static BlockDecision Decision(AlertStage stage, uint number, TimeSpan length) => new(
        BlockOutcome.Block, ClientAddress.Of(0xcb00_0000 + number), "BruteForce", stage.Clock.GetUtcNow(), length, 1, new("20 件", "20 of them"), 20);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
