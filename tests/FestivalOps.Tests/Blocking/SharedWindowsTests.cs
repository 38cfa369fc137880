using System.Text;
using FestivalOps.Blocking;
using FestivalOps.Blocking.Addresses;
using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Reading;
using FestivalOps.Blocking.Sharing;
using FestivalOps.Demo.SamplePlatform.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace FestivalOps.Tests.Blocking;

/// <summary>Several readers of logs count as one, through a real Redis.</summary>
public sealed class SharedWindowsTests : IAsyncLifetime
{
    private readonly List<Reader> _readers = [];
    private RedisServer _redis = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.IsAvailable(out var reason), reason);
        _redis = await RedisServer.StartAsync(new() { Password = "a-word" }, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers) await reader.DisposeAsync();
        if (_redis is not null) await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Ten_failures_here_and_ten_there_are_twenty()
    {
        var (one, two) = (await BeginAsync("web1"), await BeginAsync("web2"));
        await one.ReadAsync("203.0.113.9", 0, 10);
        await one.ReadAsync("203.0.113.8", 0, 10);
        await two.HearsAsync(2);
        await two.ReadAsync("203.0.113.9", 100, 9);
        await two.ReadAsync("203.0.113.8", 100, 9);
        two.Blocked.ShouldBeEmpty();
        await one.HearsAsync(2);
        one.Blocked.ShouldBeEmpty();
        await two.ReadAsync("203.0.113.9", 299.9, 1);
        // 300 s after the first of them.
        await two.ReadAsync("203.0.113.8", 300, 1);
        two.Blocked.ShouldBe(["203.0.113.9"]);
        await one.HearsAsync(4);
        one.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public async Task Together_they_decide_what_one_reader_of_everything_would()
    {
        var random = new Random(7);
        // Some of them meet the rule together, none alone.
        var lines = Enumerable.Range(0, 60).SelectMany(n => Enumerable.Range(0, 10 + n % 21).Select(_ => (Address: $"198.51.100.{n}", At: random.NextDouble() * (n % 2 == 0 ? 200 : 900)))).OrderBy(l => l.At).ToList();
        var expected = Alone(lines);
        expected.Count.ShouldBeInRange(5, 55);
        var readers = new[] { await BeginAsync("web1"), await BeginAsync("web2"), await BeginAsync("web3") };
        var told = new int[3];
        foreach (var (address, at) in lines)
        {
            var who = random.Next(3);
            await readers[who].ReadAsync(address, at, 1);
            // As a reader is that is no more than a moment behind the others.
            if (readers[who].HasTold) told[who]++;
            for (var other = 0; other < 3; other++) if (other != who) await readers[other].HearsAsync(told.Where((_, n) => n != other).Sum());
        }
        foreach (var reader in readers) reader.Blocked.Order(StringComparer.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public async Task A_log_that_two_read_counts_once_for_themselves_and_for_others()
    {
        var (one, same, other) = (await BeginAsync("web1"), await BeginAsync("web1"), await BeginAsync("web2"));
        await one.ReadAsync("203.0.113.9", 0, 10);
        await other.HearsAsync(1);
        await same.ReadAsync("203.0.113.9", 0, 10);
        // What it tells after that was heard after it.
        await same.ReadAsync("203.0.113.8", 0, 1);
        await one.ReadAsync("203.0.113.7", 0, 1);
        await other.HearsAsync(2);
        await other.ReadAsync("203.0.113.9", 1, 9);
        (one.Blocked.Count, same.Blocked.Count, other.Blocked.Count).ShouldBe((0, 0, 0));
        await other.ReadAsync("203.0.113.9", 2, 1);
        other.Blocked.ShouldBe(["203.0.113.9"]);
        await one.HearsAsync(2);
        await same.HearsAsync(2);
        (one.Blocked.Count, same.Blocked.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task While_Redis_is_away_each_counts_for_itself_and_tells_it_afterwards()
    {
        var (one, two) = (await BeginAsync("web1"), await BeginAsync("web2"));
        await one.ReadAsync("203.0.113.9", 0, 1);
        await two.HearsAsync(1);
        (await one.ProblemAsync()).ShouldBeNull();
        await _redis.StopAsync();
        await one.ReadAsync("203.0.113.9", 1, 10);
        await two.ReadAsync("203.0.113.9", 2, 8);
        await two.ReadAsync("203.0.113.6", 2, 20);
        two.Blocked.ShouldBe(["203.0.113.6"]);
        (await one.BecomesAsync(async () => await one.ProblemAsync() is not null)).ShouldBeTrue();
        (await one.ProblemAsync())!.ShouldStartWith("The Redis of Blocking:Redis can't be reached. Until it can, each reader counts for itself");
        await _redis.StartAgainAsync(Ct);
        (await one.BecomesAsync(async () => await one.ProblemAsync() is null)).ShouldBeTrue();
        await two.HearsAsync(2);
        two.Blocked.ShouldBe(["203.0.113.6"]);
        await two.ReadAsync("203.0.113.9", 3, 1);
        two.Blocked.ShouldBe(["203.0.113.6", "203.0.113.9"]);
    }

    [Fact]
    public async Task Who_begins_later_knows_what_was_told_and_repeats_none_of_it()
    {
        var one = await BeginAsync("web1");
        await one.ReadAsync("203.0.113.9", 0, 15);
        await one.ReadAsync("203.0.113.5", 0, 20);
        one.Blocked.ShouldBe(["203.0.113.5"]);
        await one.IsHeardAsync(2);
        var two = await BeginAsync("web2");
        await two.HearsAsync(2);
        two.Blocked.ShouldBeEmpty();
        await two.ReadAsync("203.0.113.9", 1, 5);
        two.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public async Task What_is_nothing_of_ours_is_passed_over()
    {
        var one = await BeginAsync("web1");
        var good = Batch(1).ToBytes();
        await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis.ConnectionString);
        foreach (var bytes in (byte[][])[[], [1], [1, 0, 0], [.. good, 0], good[..^1], [2, .. good[1..]], Batch(1, times: 0).ToBytes(), Batch(1, bits: 0).ToBytes(), Batch(1, at: long.MaxValue).ToBytes(), Batch(501).ToBytes()])
            await redis.GetDatabase().StreamAddAsync(SharedWindows.Key, [new("reader", "x"), new("number", 1), new("batch", bytes)]);
        await redis.GetDatabase().StreamAddAsync(SharedWindows.Key, [new("reader", "x"), new("number", "many"), new("batch", good)]);
        await redis.GetDatabase().StreamAddAsync(SharedWindows.Key, [new("other", "x")]);
        // Told twice under one number.
        for (var i = 0; i < 2; i++) await redis.GetDatabase().StreamAddAsync(SharedWindows.Key, [new("reader", "x"), new("number", 7), new("batch", Batch(10).ToBytes())]);
        await redis.GetDatabase().StreamAddAsync(SharedWindows.Key, [new("reader", "x"), new("number", 8), new("batch", Batch(9).ToBytes())]);
        await one.HearsAsync(2);
        one.Blocked.ShouldBeEmpty();
        await one.ReadAsync("203.0.113.9", 1, 1);
        one.Blocked.ShouldBe(["203.0.113.9"]);
    }

    [Fact]
    public void A_batch_is_read_as_it_was_written()
    {
        var batch = Batch(3);
        var read = SightingBatch.Read(batch.ToBytes(), long.MaxValue).ShouldNotBeNull();
        (read.Origin, read.Source).ShouldBe((batch.Origin, batch.Source));
        read.Sightings.ShouldBe(batch.Sightings);
    }

    [Theory]
    [InlineData("redis:6379,nonsense=1")]
    [InlineData("redis://bot:a-word@redis:6379")]
    [InlineData("password=a-word")]
    public void A_wrong_setting_stops_the_start_and_is_not_repeated(string setting)
    {
        var complaint = House.TestBot.Complaint(("Blocking:Redis", setting));
        complaint.ShouldStartWith("Blocking: Redis must be HOST:PORT");
        complaint.ShouldNotContain("a-word");
    }

    private static SightingBatch Batch(int count, int times = 1, ulong? bits = null, long? at = null) => new(
        "web9@there", "web9",
        [
            .. Enumerable.Range(0, count).Select(n => new ToldSighting(
                new() { Signal = Signal.Request, Address = new(bits ?? Address.Bits), At = at ?? LogTime.Of(Scan.Noon), Times = times, IsTooMany = true, User = 5 }, n + 1)),
        ]);

    private static ClientAddress Address => ClientAddress.TryParse("203.0.113.9", out var address) ? address : default;

    private static List<string> Alone(IEnumerable<(string Address, double At)> lines)
    {
        var decisions = new List<BlockDecision>();
        var feed = new LineFeed(LogReaders.Make(LogKind.Nginx, new(), TimeZoneInfo.Utc, () => Scan.Noon), Detector.Of(new()));
        foreach (var (address, at) in lines) feed.Take(Encoding.ASCII.GetBytes(Line(address, at)), decisions);
        return [.. decisions.Where(d => d.Outcome == BlockOutcome.Block).Select(d => d.Address.ToString()).Order(StringComparer.Ordinal)];
    }

    private static string Line(string address, double at) => Scan.Nginx(address, Scan.Noon.AddSeconds(at)) + "\n";

    private async Task<Reader> BeginAsync(string log)
    {
        var reader = new Reader(log, _redis.ConnectionString);
        _readers.Add(reader);
        await reader.BeginAsync();
        return reader;
    }

    /// <summary>A process that reads one log.</summary>
    private sealed class Reader : IBlocklist, IAsyncDisposable
    {
        private readonly BlockingOptions _options;
        private readonly AttackWatch _watch;
        private readonly SharedWindows _windows;
        private readonly SharingConcern _concern;
        private readonly LineFeed _feed;
        private readonly List<string> _blocked = [];
        private readonly string _log;
        private readonly string _redis;

        public Reader(string log, string redis)
        {
            (_log, _redis) = (log, redis);
            _options = new() { Redis = redis, TrustedProxies = ["none"], Logs = { [log] = new() { Path = "/nowhere" } } };
            _watch = new(Options.Create(_options), this, NullLogger<AttackWatch>.Instance);
            _windows = new(Options.Create(_options), _watch, TimeProvider.System, NullLogger<SharedWindows>.Instance);
            _concern = new(_windows, Options.Create(_options), TimeProvider.System);
            _feed = _watch.Feed(LogReaders.Make(LogKind.Nginx, _options, TimeZoneInfo.Utc, () => Scan.Noon), SightingBatch.OriginOf(log, "here"));
        }

        public List<string> Blocked
        {
            get
            {
                lock (_blocked) return [.. _blocked];
            }
        }

        /// <summary>Whether what it read last changed a window.</summary>
        public bool HasTold { get; private set; }

        public async Task BeginAsync()
        {
            await _windows.StartAsync(Ct);
            await _watch.BeginAsync(Ct);
        }

        public async Task ReadAsync(string address, double at, int times)
        {
            var share = _watch.Share;
            HasTold = false;
            _watch.Share = batch =>
            {
                HasTold = true;
                share?.Invoke(batch);
            };
            await _watch.TakeAsync(_log, _feed, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(Line(address, at), times))), Ct);
            _watch.Share = share;
        }

        public async Task HearsAsync(long batches) => (await BecomesAsync(() => Task.FromResult(_windows.Heard == batches))).ShouldBeTrue($"{_log} heard {_windows.Heard} of {batches}");

        /// <summary>Redis has what this reader told.</summary>
        public async Task IsHeardAsync(long batches)
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(_redis);
            (await BecomesAsync(async () => await redis.GetDatabase().StreamLengthAsync(SharedWindows.Key) == batches)).ShouldBeTrue();
        }

        public async Task<string?> ProblemAsync() => (await _concern.LookAsync(Ct)) is { IsTrouble: true } finding ? finding.Description.En : null;

        public async Task<bool> BecomesAsync(Func<Task<bool>> what)
        {
            var begin = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(30))
            {
                if (await what()) return true;
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Ct);
            }
            return false;
        }

        public Task ApplyAsync(string source, IReadOnlyList<BlockDecision> decisions, CancellationToken ct)
        {
            lock (_blocked) _blocked.AddRange(decisions.Where(d => d.Outcome == BlockOutcome.Block).Select(d => d.Address.ToString()));
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<KnownAddress>> KnownAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<KnownAddress>>([]);

        public async ValueTask DisposeAsync()
        {
            await _windows.StopAsync(CancellationToken.None);
            _windows.Dispose();
            _watch.Dispose();
        }
    }
}
