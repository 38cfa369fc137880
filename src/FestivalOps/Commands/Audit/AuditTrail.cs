using System.Threading.Channels;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Commands.Audit;

/// <summary>
/// The append-only record of who asked for what and how it ended. Many appends are written in one transaction (a "group commit"), in
/// the order in which they came, by one writer; an append is durable when its task ends. While the store is away, appends
/// wait here, up to <see cref="Capacity"/>, and are written when it is back.
/// </summary>
internal sealed partial class AuditTrail(
    IDbContextFactory<OpsDbContext> store, StoreState state, TimeProvider time, ILogger<AuditTrail> logger) : BackgroundService, IReadiness
{
    /// <summary>How many appends may wait for the store: 20,000. One more is refused, and the command with it.</summary>
    public const int Capacity = 20_000;

    /// <summary>How many rows go into one transaction at the most: 500.</summary>
    public const int BatchSize = 500;

    /// <summary>Names the lock of the chain's only writer among all instances: "FOPS", lock 1.</summary>
    public const long ChainLock = 0x464F_5053_0001;

    /// <summary>How long the last rows may take when the bot stops: 5 seconds.</summary>
    public static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly List<Append> _writing = new(BatchSize);
    private string? _problem;
    private readonly Channel<Append> _appends = System.Threading.Channels.Channel.CreateBounded<Append>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>
    /// Appends a row, and in the same transaction opens or closes the pending work that belongs to it. The task ends when the row is
    /// durable; giving up on waiting (<paramref name="ct"/>) does not take the row back.
    /// </summary>
    /// <exception cref="AuditTrailFullException">The store has been away for so long that no more rows can wait.</exception>
    public Task AppendAsync(AuditEntry entry, PendingWork? opens, CancellationToken ct) =>
        Enqueue(new(entry, opens, Closes: entry.Event != AuditEvent.Received)).WaitAsync(ct);

    /// <summary>How many appends wait now.</summary>
    public int Waiting => _appends.Reader.Count;

    /// <summary>
    /// Why rows wait, until they are written; null when all is well. It speaks of this trail only: a store that answers can still refuse to
    /// take more (a full disk), and one that takes rows can still be lost (see <see cref="StoreWatch"/>).
    /// </summary>
    public string? Problem
    {
        get => Volatile.Read(ref _problem);
        private set => Volatile.Write(ref _problem, value);
    }

    /// <summary>
    /// Accepts no more; what waits is still written. A store that stays away for <see cref="StopPatience"/> leaves the rows to the log, so
    /// that they are not gone.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _appends.Writer.TryComplete();
        // A store that was never opened takes nothing in five seconds either.
        if (ExecuteTask is { } writing && state.IsReady)
            await Task.WhenAny(writing, Task.Delay(StopPatience, time, cancellationToken));
        await base.StopAsync(cancellationToken);
        foreach (var entry in _writing.Concat(Drained()).Select(a => a.Entry))
            Log.OnlyHere(logger, entry.At, entry.CommandId, entry.Event, entry.UserId, entry.ChannelId, entry.Text);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        while (await _appends.Reader.WaitToReadAsync(stoppingToken))
        {
            while (_writing.Count < BatchSize && _appends.Reader.TryRead(out var append))
                _writing.Add(append);
            await WriteUntilDurableAsync(_writing, looksFirst: false, stoppingToken);
            _writing.Clear();
        }
    }

    // After a failure the rows may be there all the same: an answer to COMMIT can get lost. So each further attempt looks first.
    private async Task WriteUntilDurableAsync(List<Append> batch, bool looksFirst, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await WriteAsync(batch, looksFirst, ct);
                foreach (var append in batch)
                    append.Durable.TrySetResult();
                Problem = null;
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && looksFirst && StoreFailure.IsAboutTheRows(failure))
            {
                if (batch.Count == 1)
                {
                    SetAside(batch[0], failure);
                    return;
                }
                // One row that the store can't take must not hold up the others: halve until it stands alone.
                await WriteUntilDurableAsync([.. batch.Take(batch.Count / 2)], looksFirst: true, ct);
                await WriteUntilDurableAsync([.. batch.Skip(batch.Count / 2)], looksFirst: true, ct);
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                if (!StoreFailure.IsAboutTheRows(failure))
                {
                    var id = ErrorId.New();
                    Problem = $"audit rows wait to be stored (error id {id})";
                    Log.StoreAway(logger, failure, batch.Count + Waiting, id);
                    await Task.Delay(RetryAfter, time, ct);
                }
                looksFirst = true;
            }
        }
    }

    private void SetAside(Append append, Exception failure)
    {
        var entry = append.Entry;
        Log.SetAside(logger, failure, entry.At, entry.CommandId, entry.Event, entry.UserId, entry.ChannelId, entry.Text, ErrorId.New());
        append.Durable.TrySetException(new AuditRowRefusedException(failure));
    }

    private async Task WriteAsync(List<Append> batch, bool looksFirst, CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        state.LookAtFile(db);
        await db.OneWriterAsync(ChainLock, async token =>
        {
            var last = await db.Set<AuditEntry>().AsNoTracking().OrderByDescending(e => e.Sequence)
                .Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(token);
            var (sequence, hash) = last is null ? (0, AuditChain.Genesis) : (last.Sequence, last.Hash);
            var missing = looksFirst ? await AuditRows.WithoutStoredAsync(db, batch, sequence, token) : batch;
            await AuditRows.WriteAsync(db, missing, sequence, hash, token);
            return true;
        }, ct);
    }

    private IEnumerable<Append> Drained()
    {
        while (_appends.Reader.TryRead(out var append)) yield return append;
    }

    private Task Enqueue(Append append) =>
        _appends.Writer.TryWrite(append) ? append.Durable.Task : Task.FromException(new AuditTrailFullException());

    /// <summary>A row on its way, and what it opens or closes.</summary>
    internal sealed record Append(AuditEntry Entry, PendingWork? Opens, bool Closes)
    {
        /// <summary>Ends when the row is durable.</summary>
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The store can't take this audit row, so it stands only here: {At} {Command} {Event} {User} {Channel} {Text}. Error id {ErrorId}")]
        public static partial void SetAside(
            ILogger logger, Exception failure, DateTimeOffset at, string command, AuditEvent @event, string user, string channel, string text, string errorId);

        [LoggerMessage(LogLevel.Error, "This audit row could not be stored before the stop and stands only here: {At} {Command} {Event} {User} {Channel} {Text}")]
        public static partial void OnlyHere(ILogger logger, DateTimeOffset at, string command, AuditEvent @event, string user, string channel, string text);

        [LoggerMessage(LogLevel.Error, "The audit trail can't be written; {Waiting} rows wait and are written when the store is back. Error id {ErrorId}")]
        public static partial void StoreAway(ILogger logger, Exception failure, int waiting, string errorId);
    }
}

/// <summary>No more rows can wait for the store.</summary>
internal sealed class AuditTrailFullException() : Exception("The audit trail is full: the store has been away for too long.");

/// <summary>The store can't take a row as it is; the log has it.</summary>
internal sealed class AuditRowRefusedException(Exception innerException) : Exception("The store refused an audit row.", innerException);
