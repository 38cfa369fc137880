using FestivalOps.Blocking.Reading;
using FestivalOps.Blocking.Sharing;
using FestivalOps.Hosts;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Following;

/// <summary>Watches all logs that the settings name, each for itself: a host that hangs holds up no other.</summary>
internal sealed partial class LogWatcher(
    IOptions<BlockingOptions> options, HostBook hosts, AttackWatch watch, LogPositions positions, StoreState store, TimeProvider time, ILogger<LogWatcher> logger) : BackgroundService
{
    /// <summary>How often a file of this machine is looked at: every 20 ms, and every 5 ms within 10 s of its last line. A look costs some 20 µs.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);

    /// <summary>How often a file of another host is looked at: every second.</summary>
    public static readonly TimeSpan Remote = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly List<LogFollower> _followers = [];

    /// <summary>What is followed.</summary>
    public IReadOnlyList<LogFollower> Followers
    {
        get
        {
            lock (_followers) return [.. _followers];
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Logs.Count == 0 && !options.Value.Syslog.IsOn) return;
        await store.Ready.WaitAsync(stoppingToken);
        await UntilItWorksAsync("what is known of attackers", watch.BeginAsync, stoppingToken);
        if (options.Value.TrustedProxies.Count == 0) Log.NoProxies(logger);
        await Task.WhenAll([.. options.Value.Logs.Select(l => FollowAsync(l.Key, l.Value, stoppingToken)), RetryAsync(stoppingToken)]);
    }

    private async Task FollowAsync(string name, WatchedLog log, CancellationToken ct)
    {
        var host = hosts.Find(log.Host) ?? throw new InvalidOperationException($"There is no host {log.Host}.");
        var reader = LogReaders.Make(log.GetKind(), options.Value, log.GetZone(), time.GetUtcNow);
        var follower = new LogFollower(name, log, host, watch.Feed(reader, SightingBatch.OriginOf(name, $"{host.Place}:{log.Path}")), watch, time, logger);
        lock (_followers) _followers.Add(follower);
        await UntilItWorksAsync(name, async token => await follower.BeginAsync(await positions.ReadAsync(name, log.Path, token), token), ct);
        Log.Follows(logger, name, log.Host, log.Path, options.Value.Mode);
        var (keptAt, movedAt, failed) = (time.GetTimestamp(), 0L, false);
        try
        {
            while (true)
            {
                var pause = host.Name == HostsOptions.Local ? movedAt != 0 && time.GetElapsedTime(movedAt) < BusyFor ? Busy : Quiet : Remote;
                try
                {
                    var lines = follower.Feed.Lines;
                    if (await follower.LookAsync(ct)) pause = TimeSpan.Zero;
                    if (follower.Feed.Lines != lines) movedAt = time.GetTimestamp();
                    if (follower.HasMoved && time.GetElapsedTime(keptAt) >= KeepEvery && watch.IsTold)
                    {
                        await KeepAsync(follower, ct);
                        keptAt = time.GetTimestamp();
                    }
                    if (failed) Log.Back(logger, name);
                    failed = false;
                }
                catch (Exception failure) when (!ct.IsCancellationRequested)
                {
                    if (!failed) Log.Failed(logger, failure, name, ErrorId.New());
                    (failed, pause) = (true, AfterFailure);
                }
                if (pause > TimeSpan.Zero) await Task.Delay(pause, time, ct);
                else await Task.Yield();
            }
        }
        finally
        {
            // What was read is kept, so that the next process need not tell it again.
            if (follower.HasMoved && watch.IsTold) await KeepAsync(follower, CancellationToken.None);
        }
    }

    private Task KeepAsync(LogFollower follower, CancellationToken ct) => positions.WriteAsync(follower.Name, follower.Path, follower.ToKeep(), ct);

    private async Task RetryAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(KeepEvery, time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (!watch.IsTold) await watch.TellAsync(ct);
        }
    }

    private async Task UntilItWorksAsync(string what, Func<CancellationToken, Task> begin, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await begin(ct);
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                Log.Failed(logger, failure, what, ErrorId.New());
            }
            await Task.Delay(AfterFailure, time, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The log {Log} is followed: {Host}, {Path}. Attackers: {Mode}")]
        public static partial void Follows(ILogger logger, string log, string host, string path, BlockingMode mode);

        [LoggerMessage(LogLevel.Warning, "Blocking:TrustedProxies is empty: an address that names another in X-Forwarded-For is warned of instead of blocked. Name your proxies, or none")]
        public static partial void NoProxies(ILogger logger);

        [LoggerMessage(LogLevel.Error, "The log {Log} could not be followed; it is tried again every few seconds. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string log, string errorId);

        [LoggerMessage(LogLevel.Information, "The log {Log} is followed again")]
        public static partial void Back(ILogger logger, string log);
    }
}
