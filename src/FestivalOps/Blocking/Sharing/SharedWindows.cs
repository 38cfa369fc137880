using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using FestivalOps.Blocking.Following;
using FestivalOps.Blocking.Reading;
using FestivalOps.Language;
using FestivalOps.Settings;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Blocking.Sharing;

/// <summary>
/// Lets several readers count as one: each tells the others through a stream in Redis what it counted, and each counts what the others tell, by the
/// same windows. While Redis is away each counts for itself, and tells what it counted as soon as Redis is back.
/// </summary>
internal sealed partial class SharedWindows : BackgroundService
{
    /// <summary>The stream's key, and the channel on which it is said that there is more.</summary>
    public const string Key = "festivalops:sightings";

    /// <summary>So long one reader of a log is listened to, after which another that reads the same log may take its place: 1 minute.</summary>
    public static readonly TimeSpan SameReader = TimeSpan.FromMinutes(1);

    // Of 16 KiB at most each.
    private const int MostInStream = 20_000;
    private const int MostWaiting = 2_000;
    private const int AtOnce = 100;
    private const int MostOrigins = 1_000;
    private const string Reader = "reader";
    private const string Number = "number";
    private const string Batch = "batch";
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(2);

    private readonly BlockingOptions _options;
    private readonly AttackWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger<SharedWindows> _logger;
    private readonly string _name = Guid.NewGuid().ToString("N");
    // Of what waits for a Redis that is away, the oldest matters least.
    private readonly Channel<SightingBatch> _toTell =
        System.Threading.Channels.Channel.CreateBounded<SightingBatch>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly SemaphoreSlim _more = new(0);
    private readonly Dictionary<string, Origin> _origins = new(StringComparer.Ordinal);
    private long _number;
    private SightingBatch? _next;
    private RedisValue _position;
    private LocalizedText? _problem;

    /// <summary>Makes it. What is counted from now on is told.</summary>
    public SharedWindows(IOptions<BlockingOptions> options, AttackWatch watch, TimeProvider time, ILogger<SharedWindows> logger)
    {
        (_options, _watch, _time, _logger) = (options.Value, watch, time, logger);
        if (_options.Redis.Length > 0) watch.Share = batch => _toTell.Writer.TryWrite(batch);
    }

    /// <summary>Why readers do not count together now; null: they do, or are not meant to.</summary>
    public LocalizedText? Problem => Volatile.Read(ref _problem);

    /// <summary>Since when, UTC.</summary>
    public DateTimeOffset ProblemSince { get; private set; }

    /// <summary>How many batches were read that others had told. For tests and measurements.</summary>
    public long Heard { get; private set; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _more.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_options.Redis.Length == 0 || (_options.Logs.Count == 0 && !_options.Syslog.IsOn)) return;
        await _watch.Begun.WaitAsync(stoppingToken);
        var began = _time.GetUtcNow();
        _position = string.Create(CultureInfo.InvariantCulture, $"{(began - TimeSpan.FromMicroseconds(_watch.Horizon)).ToUnixTimeMilliseconds()}-0");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ShareAsync(began.ToUnixTimeMilliseconds(), stoppingToken);
            }
            catch (Exception failure) when (failure is RedisException or TimeoutException or System.Net.Sockets.SocketException && !stoppingToken.IsCancellationRequested)
            {
                if (Problem is null)
                {
                    var id = ErrorId.New();
                    Log.Away(_logger, failure, id);
                    ProblemSince = _time.GetUtcNow();
                    Volatile.Write(ref _problem, SharingTexts.Away(id));
                }
                await Task.Delay(AfterFailure, _time, stoppingToken);
            }
        }
    }

    private async Task ShareAsync(long began, CancellationToken ct)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionSettings.Redis(_options.Redis));
        var database = redis.GetDatabase();
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Literal(Key), (_, _) => _more.Release());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var telling = TellAsync(database, redis.GetSubscriber(), either.Token);
        var hearing = HearAsync(database, began, either.Token);
        try
        {
            await await Task.WhenAny(telling, hearing);
        }
        finally
        {
            await either.CancelAsync();
            await ((Task)Task.WhenAll(telling, hearing)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(IDatabase database, ISubscriber subscriber, CancellationToken ct)
    {
        while (true)
        {
            if (_next is null)
            {
                _next = await _toTell.Reader.ReadAsync(ct);
                _number++;
            }
            // When the answer is lost it is told again, under its number.
            await database.StreamAddAsync(Key, [new(Reader, _name), new(Number, _number), new(Batch, _next.ToBytes())], maxLength: MostInStream, useApproximateMaxLength: true).WaitAsync(ct);
            _next = null;
            await database.KeyExpireAsync(Key, 2 * TimeSpan.FromMicroseconds(_watch.Horizon), flags: CommandFlags.FireAndForget);
            if (_toTell.Reader.Count == 0) await subscriber.PublishAsync(RedisChannel.Literal(Key), RedisValue.EmptyString).WaitAsync(ct);
        }
    }

    private async Task HearAsync(IDatabase database, long began, CancellationToken ct)
    {
        while (true)
        {
            var entries = await database.StreamReadAsync(Key, _position, AtOnce).WaitAsync(ct);
            if (Problem is not null)
            {
                Log.Back(_logger);
                Volatile.Write(ref _problem, null);
            }
            foreach (var entry in entries)
            {
                await TakeAsync(entry, began, ct);
                _position = entry.Id;
            }
            if (entries.Length < AtOnce) await MoreAsync(ct);
        }
    }

    private async Task TakeAsync(StreamEntry entry, long began, CancellationToken ct)
    {
        if (entry[Reader] is not { IsNullOrEmpty: false } reader || reader == _name) return;
        if ((byte[]?)entry[Batch] is not { } bytes || !entry[Number].TryParse(out long number) || SightingBatch.Read(bytes, LogTime.Latest(_time.GetUtcNow())) is not { } batch)
        {
            Log.NotOurs(_logger);
            return;
        }
        var at = Milliseconds(entry.Id!);
        // Whoever reads a log itself has counted it, and of two readers of one log one is enough.
        if (_watch.IsOwn(batch.Origin) || !IsNews(batch.Origin, reader!, number, at)) return;
        Heard++;
        await _watch.TakeSharedAsync(batch, isHistory: at < began, ct);
    }

    private bool IsNews(string origin, string reader, long number, long at)
    {
        if (_origins.TryGetValue(origin, out var known))
        {
            if (known.Reader == reader ? number <= known.Number : at - known.HeardAt < SameReader.TotalMilliseconds) return false;
        }
        else if (_origins.Count >= MostOrigins)
        {
            _origins.Remove(_origins.MinBy(o => o.Value.HeardAt).Key);
        }
        _origins[origin] = new(reader, number, at);
        return true;
    }

    private async Task MoreAsync(CancellationToken ct)
    {
        await _more.WaitAsync(LookEvery, ct);
        while (_more.CurrentCount > 0) await _more.WaitAsync(ct);
    }

    // Redis numbers entries by its clock.
    private static long Milliseconds(string id) => long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    // Who tells of a log, its last number, and when in milliseconds since 1970.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Origin(string Reader, long Number, long HeardAt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The Redis of Blocking:Redis can't be reached: each reader counts attackers for itself until it is back. Error id {ErrorId}")]
        public static partial void Away(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Information, "Readers count attackers together again")]
        public static partial void Back(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "What another process wrote to festivalops:sightings in Redis is nothing of ours and is not counted")]
        public static partial void NotOurs(ILogger logger);
    }
}
