using System.Globalization;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Blocking;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Reading;
using FestivalOps.Hosts;
using FestivalOps.Hosts.Ssh;
using FestivalOps.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;
using IHost = FestivalOps.Hosts.IHost;

namespace FestivalOps.Tests.Blocking;

/// <summary>A log is followed through rotations and restarts: no line is counted twice, and none is lost. On this machine.</summary>
public class FollowingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fops-follow-").FullName;
    private readonly FakeTimeProvider _clock = new(Scan.Noon);
    private readonly Blocklist _blocklist = new();
    private readonly List<AttackWatch> _watches = [];
    private int _second;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected virtual IHost Host { get; } = new FestivalOps.Hosts.Local.LocalHost(TimeProvider.System, NullLogger<FestivalOps.Hosts.Local.LocalHost>.Instance);

    private string Log => Path.Combine(_folder, "access.log");

    public void Dispose()
    {
        foreach (var watch in _watches) watch.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        // A host of another kind has more to put away.
    }

    [Fact]
    public async Task What_stood_there_before_is_past_and_what_comes_is_counted()
    {
        Write(30);
        var log = await BeginAsync(null);
        Write(19);
        await LookAsync(log);
        _blocklist.Blocked.ShouldBeEmpty();
        log.Feed.Lines.ShouldBe(19);
        Write(1);
        await LookAsync(log);
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public async Task A_log_that_appears_later_is_read_from_its_beginning()
    {
        var log = await BeginAsync(null);
        await LookAsync(log);
        Write(20);
        await LookAsync(log);
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public async Task A_line_counts_when_its_end_was_written()
    {
        Write(1);
        var log = await BeginAsync(null);
        var line = Line();
        await File.AppendAllTextAsync(Log, line[..40], Ct);
        await LookAsync(log);
        log.Feed.Lines.ShouldBe(0);
        await File.AppendAllTextAsync(Log, line[40..], Ct);
        await LookAsync(log);
        (log.Feed.Lines, log.Feed.Counted).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_log_that_is_renamed_is_read_to_its_end_and_its_writer_may_be_late()
    {
        Write(1);
        var log = await BeginAsync(null);
        Write(5);
        await LookAsync(log);
        Write(3);
        File.Move(Log, Log + ".1");
        // nginx writes on into the old file until it is told.
        Write(4, Log + ".1");
        await LookAsync(log);
        Write(2, Log + ".1");
        Write(6);
        await LookAsync(log);
        log.Feed.Lines.ShouldBe(20);
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
        // Once more, and the old one has moved on.
        File.Move(Log + ".1", Log + ".2");
        File.Move(Log, Log + ".1");
        Write(7);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await LookAsync(log);
        log.Feed.Lines.ShouldBe(27);
    }

    [Fact]
    public async Task A_log_that_is_copied_and_emptied_loses_nothing()
    {
        Write(1);
        var log = await BeginAsync(null);
        Write(5);
        await LookAsync(log);
        // These were written after our last look and before the copy.
        Write(6);
        File.Copy(Log, Log + ".1");
        await using (var file = new FileStream(Log, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(0);
        Write(3);
        await LookAsync(log);
        log.Feed.Lines.ShouldBe(14);
        // It grew longer than it was before we looked.
        File.Copy(Log, Log + ".1", overwrite: true);
        File.WriteAllText(Log, "");
        Write(40);
        await LookAsync(log);
        log.Feed.Lines.ShouldBe(54);
        log.Feed.Unread.ShouldBe(0);
    }

    [Fact]
    public async Task A_restart_counts_no_line_twice_and_loses_none_and_windows_go_on()
    {
        Write(1);
        var first = await BeginAsync(null);
        Write(15);
        await LookAsync(first);
        var kept = (first.ToKeep(), _clock.GetUtcNow());

        // Away: some more lines, a rotation, and some in the new file.
        Write(2);
        File.Move(Log, Log + ".1");
        Write(2);
        var second = await BeginAsync(kept);
        await LookAsync(second);
        _blocklist.Blocked.ShouldBeEmpty();
        Write(1);
        await LookAsync(second);
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
        _blocklist.Decisions.Count(d => d.Outcome == BlockOutcome.Block).ShouldBe(1);
    }

    [Fact]
    public async Task A_restart_tells_nothing_again()
    {
        Write(1);
        var first = await BeginAsync(null);
        Write(30);
        await LookAsync(first);
        var (kept, told) = ((first.ToKeep(), _clock.GetUtcNow()), _blocklist.Decisions.Count);
        told.ShouldBe(2);
        var second = await BeginAsync(kept);
        Write(30);
        await LookAsync(second);
        _blocklist.Decisions.Count.ShouldBe(told);
    }

    [Fact]
    public async Task A_log_that_was_rotated_twice_while_nobody_looked_is_read_whole()
    {
        Write(1);
        var first = await BeginAsync(null);
        Write(5);
        await LookAsync(first);
        var kept = (first.ToKeep(), DateTimeOffset.UnixEpoch);
        Write(1);
        File.Move(Log, Log + ".2");
        Write(6);
        File.Move(Log, Log + ".1");
        Write(8);
        var second = await BeginAsync(kept);
        await LookAsync(second);
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
        // Five again for the windows, and fifteen that are new.
        second.Feed.Lines.ShouldBe(20);
    }

    [Fact]
    public async Task A_log_of_many_rotations_and_restarts_is_counted_exactly()
    {
        var random = new Random(3);
        Write(1);
        var log = await BeginAsync(null);
        long written = 0, read = 0;
        for (var step = 0; step < 150; step++)
        {
            var lines = random.Next(0, 40);
            for (var i = 0; i < lines; i++) File.AppendAllText(Log, Harmless() + "\n");
            written += lines;
            switch (random.Next(6))
            {
                case 0:
                    await LookAsync(log);
                    break;
                case 1 when new FileInfo(Log).Length > 0:
                    await LookAsync(log);
                    Rotate();
                    File.Move(Log, Log + ".1");
                    File.WriteAllText(Log, "");
                    break;
                case 2:
                    File.AppendAllText(Log, Harmless() + "\n");
                    await LookAsync(log);
                    // Written between our last look and the rotation.
                    File.AppendAllText(Log, Harmless() + "\n" + Harmless() + "\n");
                    written += 3;
                    Rotate();
                    File.Copy(Log, Log + ".1");
                    File.WriteAllText(Log, "");
                    await LookAsync(log);
                    break;
                case 3:
                    await LookAsync(log);
                    read += log.Feed.Lines;
                    // Nothing that counts was in it, so nothing is read again.
                    log = await BeginAsync((log.ToKeep(), _clock.GetUtcNow().AddYears(50)));
                    break;
            }
            _clock.Advance(TimeSpan.FromSeconds(5));
        }
        await LookAsync(log);
        (read + log.Feed.Lines).ShouldBe(written);
    }

    [Fact]
    public async Task A_line_that_never_ends_is_passed_over()
    {
        Write(1);
        var log = await BeginAsync(null);
        await File.AppendAllTextAsync(Log, new string('x', 300_000), Ct);
        await LookAsync(log);
        await File.AppendAllTextAsync(Log, "\n", Ct);
        Write(20);
        await LookAsync(log);
        (log.Feed.Lines, log.Feed.Unread).ShouldBe((21, 1));
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public async Task What_can_not_be_carried_out_waits_and_is_told_in_its_order()
    {
        Write(1);
        var log = await BeginAsync(null);
        _blocklist.IsBroken = true;
        Write(20);
        await LookAsync(log);
        _watches[^1].IsTold.ShouldBeFalse();
        _blocklist.IsBroken = false;
        await _watches[^1].TellAsync(Ct);
        _watches[^1].IsTold.ShouldBeTrue();
        _blocklist.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public async Task A_line_of_the_far_future_is_not_believed()
    {
        Write(1);
        var log = await BeginAsync(null);
        for (var i = 0; i < 30; i++) File.AppendAllText(Log, Scan.Nginx("203.0.113.9", Scan.Noon.AddYears(1).AddSeconds(i)) + "\n");
        await LookAsync(log);
        (log.Feed.Counted, log.Feed.Unread).ShouldBe((0, 30));
    }

    private protected async Task<LogFollower> BeginAsync((IReadOnlyList<ReadFile> Files, DateTimeOffset SavedAt)? kept)
    {
        var options = new BlockingOptions();
        var watch = new AttackWatch(Options.Create(options), _blocklist, NullLogger<AttackWatch>.Instance);
        _watches.Add(watch);
        await watch.BeginAsync(Ct);
        var feed = watch.Feed(LogReaders.Make(LogKind.Nginx, options, TimeZoneInfo.Utc, _clock.GetUtcNow), "access@here");
        var follower = new LogFollower("access", new() { Path = Log }, Host, feed, watch, _clock, NullLogger.Instance);
        await follower.BeginAsync(kept, Ct);
        return follower;
    }

    private static async Task LookAsync(LogFollower log)
    {
        while (await log.LookAsync(Ct))
        {
            // There may be more.
        }
    }

    private void Rotate()
    {
        for (var i = 8; i >= 1; i--)
        {
            if (File.Exists($"{Log}.{i}")) File.Move($"{Log}.{i}", $"{Log}.{i + 1}", overwrite: true);
        }
    }

    private void Write(int failures, string? file = null)
    {
        for (var i = 0; i < failures; i++) File.AppendAllText(file ?? Log, Line());
    }

    private string Line() => Scan.Nginx("203.0.113.9", Scan.Noon.AddSeconds(_second++ * 0.5)) + "\n";

    private string Harmless() => Scan.Nginx("192.0.2.1", Scan.Noon, 200, request: string.Create(CultureInfo.InvariantCulture, $"GET /{_second++} HTTP/1.1"));

    /// <summary>Writes down what it is told.</summary>
    private sealed class Blocklist : IBlocklist
    {
        public List<BlockDecision> Decisions { get; } = [];

        public List<string> Blocked => [.. Decisions.Where(d => d.Outcome == BlockOutcome.Block).Select(d => d.Address.ToString())];

        public bool IsBroken { get; set; }

        public Task ApplyAsync(string source, IReadOnlyList<BlockDecision> decisions, CancellationToken ct)
        {
            if (IsBroken) throw new InvalidOperationException("the store is away");
            Decisions.AddRange(decisions);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<KnownAddress>> KnownAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<KnownAddress>>([.. Decisions.Where(d => d.Outcome == BlockOutcome.Block).Select(d => new KnownAddress(d.Address, d.At + d.For, d.Times))]);
    }
}

/// <summary>The same over SFTP, against a real sshd.</summary>
public sealed class FollowingOverSshTests : FollowingTests, IAsyncLifetime
{
    private SshServer _server = null!;
    private SshHost _host = null!;

    private protected override IHost Host => _host;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SshServer.IsAvailable(out var reason), reason);
        _server = await SshServer.StartAsync(Ct);
        _host = _server.Host();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_server is null) return;
        _host.Dispose();
        await _server.DisposeAsync();
    }
}
