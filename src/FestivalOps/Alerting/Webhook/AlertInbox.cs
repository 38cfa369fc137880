using System.Threading.Channels;
using FestivalOps.Alerting.Alerts;
using FestivalOps.Channels;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Alerting.Webhook;

/// <summary>A body on its way from the sender to the incidents.</summary>
/// <param name="Row">Its row in the inbox.</param>
/// <param name="Alerts">What it says.</param>
/// <param name="HeardAt">When it was heard, for what a stopped instance left behind; null for what comes in order.</param>
internal sealed record InboxWork(InboxRow Row, IReadOnlyList<IncomingAlert> Alerts, DateTimeOffset? HeardAt);

/// <summary>
/// Makes what was accepted durable before its sender is told so, many bodies of parallel senders in one transaction (a "group commit"),
/// and hands it over in memory: nothing is parsed twice.
/// </summary>
internal sealed partial class AlertInbox(
    IDbContextFactory<OpsDbContext> store, StoreState state, Instance instance, IOptions<WebhookOptions> options, TimeProvider time, ILogger<AlertInbox> logger) : BackgroundService
{
    /// <summary>How many bytes of bodies may be on their way at once: 256 MB.</summary>
    public const long MaxWaitingBytes = 256L * 1024 * 1024;

    /// <summary>How many bodies go before the next batch of incidents: 50.</summary>
    public const int MostGivenWay = 50;

    private static readonly TimeSpan GiveWayFor = TimeSpan.FromMilliseconds(200);

    private const long InboxLock = 0x464F_5053_0004; // "FOPS", lock 4
    private const int MostRows = 200;
    private const long MostBytes = 32L * 1024 * 1024;

    private readonly Channel<Accepted> _accepted = System.Threading.Channels.Channel.CreateUnbounded<Accepted>(new() { SingleReader = true });
    private readonly Channel<InboxWork> _work = System.Threading.Channels.Channel.CreateUnbounded<InboxWork>(new() { SingleReader = true });
    private readonly Bell _moved = new(time);
    private int _arriving;
    private long _waitingAlerts;
    private long _waitingBytes;
    private long _waitingBodies;

    /// <summary>How many accepted alerts are not incidents yet.</summary>
    public long WaitingAlerts => Interlocked.Read(ref _waitingAlerts);

    /// <summary>How many accepted bodies are not worked off yet.</summary>
    public long WaitingBodies => Interlocked.Read(ref _waitingBodies);

    /// <summary>What is durable and waits to become incidents, in the order in which it was accepted.</summary>
    public ChannelReader<InboxWork> Work => _work.Reader;

    /// <summary>Takes room for a body before it is read; false when too much waits already. <see cref="Release"/> gives it back.</summary>
    public bool TryReserve(long bytes)
    {
        if (WaitingAlerts < options.Value.MaxWaitingAlerts && Interlocked.Add(ref _waitingBytes, bytes) <= MaxWaitingBytes) return true;
        if (WaitingAlerts < options.Value.MaxWaitingAlerts) Release(bytes);
        return false;
    }

    /// <summary>Gives room back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _waitingBytes, -bytes);

    /// <summary>Says that a body is being taken: it was read, and its sender waits until it is durable.</summary>
    public void Arriving() => Interlocked.Increment(ref _arriving);

    /// <summary>Says that this is over, however it ended.</summary>
    public void Arrived()
    {
        Interlocked.Decrement(ref _arriving);
        _moved.Ring();
    }

    /// <summary>
    /// Ends when no sender waits for the store, or after <see cref="MostGivenWay"/> of them: while many bodies come at once, making them
    /// durable goes first. Bounded, so that a stream without end is worked off all the same.
    /// </summary>
    public async Task GiveWayAsync(CancellationToken ct)
    {
        for (var i = 0; i < MostGivenWay && Volatile.Read(ref _arriving) > 0 && WaitingAlerts < options.Value.MaxWaitingAlerts / 2; i++)
            await _moved.WaitAsync(GiveWayFor, ct);
    }

    /// <summary>The task ends when the body is durable. The room that was reserved for its bytes is given back from here, however it ends.</summary>
    public Task AcceptAsync(byte[] body, IReadOnlyList<IncomingAlert> alerts, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var row = new InboxRow { Id = Guid.CreateVersion7(now).ToString("N"), ReceivedAt = now, Body = body, Instance = instance.Id };
        var accepted = new Accepted(new(row, alerts, null));
        Count(accepted.Work, 1);
        if (_accepted.Writer.TryWrite(accepted)) return accepted.Durable.Task.WaitAsync(ct);
        Done(accepted.Work);
        return Task.FromException(new InboxAwayException(new ChannelClosedException("The bot stops.")));
    }

    /// <summary>Adds what was left behind; its row is this instance's now.</summary>
    public void TakeOver(InboxWork work)
    {
        Interlocked.Add(ref _waitingBytes, work.Row.Body.Length);
        Count(work, 1);
        _work.Writer.TryWrite(work);
    }

    /// <summary>Says that a body was worked off, or set aside.</summary>
    public void Done(InboxWork work)
    {
        Count(work, -1);
        Release(work.Row.Body.Length);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _accepted.Writer.TryComplete();
        if (ExecuteTask is { } writing) await Task.WhenAny(writing, Task.Delay(TimeSpan.FromSeconds(5), time, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        var batch = new List<Accepted>(MostRows);
        while (await _accepted.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            var bytes = 0L;
            while (batch.Count < MostRows && bytes < MostBytes && _accepted.Reader.TryRead(out var accepted))
            {
                batch.Add(accepted);
                bytes += accepted.Work.Row.Body.Length;
            }
            await WriteAsync(batch, stoppingToken);
        }
    }

    // Not tried again: the sender hears of it and repeats. A row that is there all the same is found later; the same alert twice is one.
    private async Task WriteAsync(List<Accepted> batch, CancellationToken ct)
    {
        try
        {
            await using var db = store.CreateDbContext();
            await db.OneWriterAsync(
                InboxLock,
                async token =>
                {
                    await db.InsertAsync(batch.ConvertAll(a => a.Work.Row), token);
                    return true;
                },
                ct);
        }
        catch (Exception failure)
        {
            if (!ct.IsCancellationRequested) Log.NotDurable(logger, failure, batch.Count, ErrorId.New());
            foreach (var accepted in batch)
            {
                Done(accepted.Work);
                accepted.Durable.TrySetException(new InboxAwayException(failure));
            }
            if (ct.IsCancellationRequested) throw;
            return;
        }
        foreach (var accepted in batch)
        {
            _work.Writer.TryWrite(accepted.Work);
            accepted.Durable.TrySetResult();
        }
    }

    private void Count(InboxWork work, int sign)
    {
        Interlocked.Add(ref _waitingAlerts, sign * work.Alerts.Count);
        Interlocked.Add(ref _waitingBodies, sign);
    }

    private sealed record Accepted(InboxWork Work)
    {
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Count} webhooks of alerts could not be stored; their senders are told to repeat them. Error id {ErrorId}")]
        public static partial void NotDurable(ILogger logger, Exception failure, int count, string errorId);
    }
}

/// <summary>A body could not be made durable.</summary>
internal sealed class InboxAwayException(Exception innerException) : Exception("The webhook could not be stored.", innerException);
