using FestivalOps.Blocking.Deciding;
using FestivalOps.Blocking.Reading;
using FestivalOps.Blocking.Sharing;
using FestivalOps.Telemetry;
using Microsoft.Extensions.Options;

namespace FestivalOps.Blocking.Following;

/// <summary>
/// What all watched logs share: the windows, and the way of a decision to <see cref="IBlocklist"/>. An address that one log and another tell of is
/// one address. What could not be carried out waits and is tried again; until it was, no position is kept.
/// </summary>
internal sealed partial class AttackWatch : IDisposable
{
    private readonly IBlocklist _blocklist;
    private readonly ILogger<AttackWatch> _logger;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _telling = new(1);
    private readonly Detector _detector;
    private readonly Queue<(string Source, List<BlockDecision> Decisions)> _waiting = new();
    private readonly HashSet<string> _origins = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isFailing;

    /// <summary>Makes it.</summary>
    public AttackWatch(IOptions<BlockingOptions> options, IBlocklist blocklist, ILogger<AttackWatch> logger)
    {
        (_blocklist, _logger, _detector) = (blocklist, logger, Detector.Of(options.Value));
        Horizon = 2 * Rule.Of(options.Value).Select(r => r.Window).DefaultIfEmpty(60 * LogTime.Second).Max();
        blocklist.Corrected += Correct;
    }

    /// <summary>So far back any window reaches, late lines included. Unit: microseconds.</summary>
    public long Horizon { get; }

    /// <summary>True when everything that was decided was carried out.</summary>
    public bool IsTold
    {
        get
        {
            lock (_lock) return _waiting.Count == 0;
        }
    }

    /// <summary>Ends when it is known what earlier processes decided.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Gets what was counted here, in its order, for other readers. Must not wait. Set before logs are read; null: nobody is told.</summary>
    public Action<SightingBatch>? Share { get; set; }

    /// <summary>Makes what a log is read with.</summary>
    /// <param name="reader">Reads its lines.</param>
    /// <param name="origin">Names it among all logs that anybody reads: its name and machine.</param>
    public LineFeed Feed(LogReader reader, string origin)
    {
        lock (_lock) _origins.Add(origin);
        return new(reader, _detector) { Origin = origin, Told = Share is null ? null : [] };
    }

    /// <summary>Whether a log is read here.</summary>
    public bool IsOwn(string origin)
    {
        lock (_lock) return _origins.Contains(origin);
    }

    /// <summary>Learns what earlier processes decided.</summary>
    public async Task BeginAsync(CancellationToken ct)
    {
        var known = await _blocklist.KnownAsync(ct);
        lock (_lock)
        {
            foreach (var address in known) _detector.Remember(address.Address, LogTime.Of(address.Until), address.Times);
        }
        _begun.TrySetResult();
    }

    /// <summary>Reads lines again that an earlier process read: the windows learn of them, and nobody is told.</summary>
    public int Replay(LineFeed feed, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var taken = feed.Take(bytes, []);
            // Others heard it from that process.
            feed.Told?.Clear();
            return taken;
        }
    }

    /// <summary>Reads whole lines and has carried out what they lead to.</summary>
    /// <returns>How many bytes were taken.</returns>
    public async Task<int> TakeAsync(string source, LineFeed feed, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var decisions = new List<BlockDecision>();
        int taken;
        lock (_lock)
        {
            taken = feed.Take(bytes.Span, decisions);
            Tell(source, feed);
            if (decisions.Count > 0) _waiting.Enqueue((source, decisions));
        }
        if (decisions.Count > 0) await TellAsync(ct);
        return taken;
    }

    /// <summary>Reads one line that has no end of its own: a message of syslog.</summary>
    public async Task TakeLineAsync(string source, LineFeed feed, ReadOnlyMemory<byte> line, CancellationToken ct)
    {
        var decisions = new List<BlockDecision>();
        lock (_lock)
        {
            feed.TakeLast(line.Span, decisions);
            Tell(source, feed);
            if (decisions.Count > 0) _waiting.Enqueue((source, decisions));
        }
        if (decisions.Count > 0) await TellAsync(ct);
    }

    /// <summary>Counts what another reader counted.</summary>
    /// <param name="batch">What.</param>
    /// <param name="isHistory">True: it was told before this process began, and what it leads to was carried out.</param>
    /// <param name="ct">Gives up.</param>
    public async Task TakeSharedAsync(SightingBatch batch, bool isHistory, CancellationToken ct)
    {
        var decisions = new List<BlockDecision>();
        lock (_lock)
        {
            foreach (var (sighting, line) in batch.Sightings) _detector.Count(sighting, line, decisions);
            if (isHistory || decisions.Count == 0) return;
            _waiting.Enqueue((batch.Source, decisions));
        }
        await TellAsync(ct);
    }

    /// <summary>Has carried out what waits, in its order. What fails waits on.</summary>
    public async Task TellAsync(CancellationToken ct)
    {
        await _telling.WaitAsync(ct);
        try
        {
            while (Next() is { } next)
            {
                await _blocklist.ApplyAsync(next.Source, next.Decisions, ct);
                lock (_lock) _waiting.Dequeue();
            }
            if (_isFailing) Log.Back(_logger);
            _isFailing = false;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            if (!_isFailing) Log.Failed(_logger, failure, ErrorId.New());
            _isFailing = true;
        }
        finally
        {
            _telling.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _blocklist.Corrected -= Correct;
        _telling.Dispose();
    }

    private void Correct(object? sender, CorrectedEventArgs what)
    {
        lock (_lock) _detector.Correct(what.Address.Address, LogTime.Of(what.Address.Until), what.Address.Times);
    }

    private void Tell(string source, LineFeed feed)
    {
        if (feed.Told is not { Count: > 0 } told) return;
        foreach (var some in told.Chunk(SightingBatch.Most)) Share?.Invoke(new(feed.Origin, source, some));
        told.Clear();
    }

    private (string Source, List<BlockDecision> Decisions)? Next()
    {
        lock (_lock) return _waiting.TryPeek(out var next) ? next : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "What was decided about attackers could not be carried out; it is tried again every second. Error id {ErrorId}")]
        public static partial void Failed(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Information, "What was decided about attackers is carried out again")]
        public static partial void Back(ILogger logger);
    }
}
