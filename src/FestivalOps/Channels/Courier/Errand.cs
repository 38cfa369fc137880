using System.Diagnostics.CodeAnalysis;
using FestivalOps.Channels.Carriers;
using FestivalOps.Channels.Outage;
using FestivalOps.Language;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Channels.Courier;

/// <summary>
/// One row's way: taken, its state read, sent, and what became of it written. Whatever happens to the row, the row says so afterwards, and
/// the lane knows when it may go on.
/// </summary>
internal sealed partial class Errand(
    OutboxDesk desk,
    IDbContextFactory<OpsDbContext> store,
    IEnumerable<IPostKind> kinds,
    IEnumerable<ICarrier> carriers,
    SlackOutage outage,
    Backoff backoff,
    OutboxMetrics metrics,
    OperatorProblem operatorProblem,
    TimeProvider time,
    ILogger<Errand> logger)
{
    /// <summary>How long after an unclear try its message may still appear in Slack: 5 seconds. Before that, "not there" proves nothing.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>How long a kind may take to say what is to be sent: 10 seconds.</summary>
    public static readonly TimeSpan PreparePatience = TimeSpan.FromSeconds(10);

    // To give a row back at the stop.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private const int LongestReason = 500;
    private const int MostCovered = 500;

    private readonly Dictionary<string, IPostKind> _kinds = kinds.ToDictionary(k => k.Kind, StringComparer.Ordinal);
    private readonly Dictionary<Carrier, ICarrier> _carriers = carriers
        .SelectMany(c => c.Carries.Select(carried => (carried, c))).ToDictionary(pair => pair.carried, pair => pair.c);

    /// <summary>Does what is to be done with <paramref name="row"/> now. Never throws but at the stop.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "one bad row must never hold up the others; it is logged, and backed off")]
    public async Task RunAsync(OutboxRow row, Lane lane, CancellationToken ct)
    {
        var wasUnclear = row.Unclear;
        try
        {
            // Someone was faster; the next look shows what there is now.
            if (!await desk.ClaimAsync(row, ct)) return;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            lane.Failed(time.GetUtcNow(), backoff);
            Log.NotTaken(logger, failure, row.Key, ErrorId.New());
            return;
        }
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var lease = new LeaseKeeper(desk, row, lost, time);
        try
        {
            await GoAsync(row, wasUnclear, lane, lost.Token);
        }
        catch (Exception stop) when (ct.IsCancellationRequested)
        {
            // What is unclear now is looked for at the next start.
            Log.Stopped(logger, row.Key, stop.Message);
            using var patience = new CancellationTokenSource(LastWords, time);
            await PutBackAsync(row, lane, "-", patience.Token);
        }
        catch (Exception failure)
        {
            // Looking for it again and again is an attempt, too.
            if (wasUnclear) row.Attempts++;
            await FailedAsync(row, lane, failure, ct);
        }
    }

    private async Task GoAsync(OutboxRow row, bool wasUnclear, Lane lane, CancellationToken ct)
    {
        var covered = await CoveredAsync(row, wasUnclear, ct);
        var (kind, prepared) = await PrepareAsync(row, wasUnclear, ct);
        var carrier = _carriers[row.Carrier];
        if (wasUnclear && prepared is not Prepared.Later)
        {
            switch (await carrier.FindAsync(row, prepared, ct))
            {
                case Finding.Found found:
                    Log.Found(logger, row.Key);
                    outage.Taken();
                    await SentAsync(kind, row, lane, covered, new(time.GetUtcNow(), found.ChannelId, found.Ts, WasFound: true), ct);
                    return;
                case Finding.Unknown unknown:
                    await NotFoundOutAsync(row, lane, unknown.Why, ct);
                    return;
                case Finding.Absent when row.AttemptedAt is { } tried && tried + Settling > time.GetUtcNow():
                    row.NotBefore = tried + Settling;
                    await desk.PutBackAsync(row, ct);
                    return;
                case Finding.Absent:
                    // Looking took time.
                    (kind, prepared) = await PrepareAsync(row, wasUnclear, ct);
                    break;
            }
            if (prepared is Prepared.Post or Prepared.Redraw or Prepared.Upload or Prepared.Mail or Prepared.Call && !await desk.BeginAgainAsync(row, ct)) return;
        }
        switch (prepared)
        {
            case Prepared.Later later:
                await LaterAsync(row, wasUnclear, later, ct);
                break;
            case Prepared.Drop drop:
                await DropAsync(row, drop.Reason, db => kind.DroppedAsync(row, drop.Reason, db, ct), ct);
                break;
            default:
                await DeliveredAsync(kind, row, lane, covered, await SendAsync(carrier, row, prepared, lane, ct), ct);
                break;
        }
    }

    private async Task<Delivery> SendAsync(ICarrier carrier, OutboxRow row, Prepared prepared, Lane lane, CancellationToken ct)
    {
        var delivery = await carrier.SendAsync(row, prepared, () => lane.TakeSlot(time.GetUtcNow()), ct);
        if (row.Carrier.IsSlack())
        {
            // A refusal is an answer, too: Slack takes what can be taken.
            if (delivery is Delivery.Arrived or Delivery.Refused) outage.Taken();
            // A file goes to an address of its own, which may be closed to us while messages pass.
            else if (prepared is not Prepared.Upload) outage.NotTaken();
        }
        return delivery;
    }

    private async Task DeliveredAsync(
        IPostKind kind, OutboxRow row, Lane lane, IReadOnlyCollection<string> covered, Delivery delivery, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        switch (delivery)
        {
            case Delivery.Arrived arrived:
                await SentAsync(kind, row, lane, covered, new(now, arrived.ChannelId, arrived.Ts), ct);
                break;
            case Delivery.Refused refused:
                lane.Worked();
                var id = ErrorId.New();
                Log.Undeliverable(logger, row.Key, row.Lane, refused.Error, id);
                await DropAsync(row, $"undeliverable: {refused.Error} (error id {id})", db => kind.UndeliverableAsync(row, refused.Error, db, ct), ct);
                break;
            case Delivery.NotTaken later:
                Hold(lane, later);
                if (later.NeedsOperator) operatorProblem.Met(row.Lane, later.Reason);
                metrics.Failed(row.Carrier);
                Log.TriesAgain(logger, row.Key, row.Attempts, later.Reason);
                (row.Unclear, row.Reason) = (false, Reason(later.Reason));
                await desk.PutBackAsync(row, ct);
                break;
            case Delivery.Unclear unclear:
                lane.Failed(now, backoff);
                metrics.Failed(row.Carrier);
                Log.Unclear(logger, row.Key, row.Attempts, unclear.Reason);
                row.Reason = Reason(unclear.Reason);
                await desk.PutBackAsync(row, ct);
                break;
        }
    }

    private async Task SentAsync(
        IPostKind kind, OutboxRow row, Lane lane, IReadOnlyCollection<string> covered, Arrival arrival, CancellationToken ct)
    {
        lane.Worked();
        operatorProblem.Over(row.Lane);
        (row.State, row.SentAt, row.Reason) = (OutboxState.Sent, arrival.At, null);
        (row.ResultChannel, row.ResultTs) = (arrival.ChannelId.Length > 0 ? arrival.ChannelId : null, arrival.Ts.Length > 0 ? arrival.Ts : null);
        try
        {
            if (!await desk.FinishAsync(row, covered, db => kind.SentAsync(row, arrival, db, ct), ct)) Log.NotOurs(logger, row.Key);
            else metrics.Sent(row.Carrier);
        }
        catch
        {
            // It arrived but that is not written: as unclear as before.
            (row.State, row.SentAt, row.ResultChannel, row.ResultTs) = (OutboxState.Waiting, null, null, null);
            throw;
        }
    }

    private async Task DropAsync(OutboxRow row, string reason, Func<OpsDbContext, Task> follows, CancellationToken ct)
    {
        (row.State, row.Reason) = (OutboxState.Dropped, Reason(reason));
        try
        {
            if (await desk.FinishAsync(row, [], follows, ct)) metrics.Dropped(row.Carrier);
        }
        catch
        {
            row.State = OutboxState.Waiting;
            throw;
        }
    }

    private Task LaterAsync(OutboxRow row, bool wasUnclear, Prepared.Later later, CancellationToken ct)
    {
        // Nothing was begun.
        if (!wasUnclear) (row.Unclear, row.Attempts, row.AttemptedAt) = (false, row.Attempts - 1, row.Attempts == 1 ? null : row.AttemptedAt);
        var soonest = time.GetUtcNow() + OutboxCourier.Every;
        (row.NotBefore, row.Reason) = (later.At > soonest ? later.At : soonest, Reason(later.Reason));
        return desk.PutBackAsync(row, ct);
    }

    private async Task NotFoundOutAsync(OutboxRow row, Lane lane, Delivery.NotTaken why, CancellationToken ct)
    {
        metrics.Failed(row.Carrier);
        Log.TriesAgain(logger, row.Key, row.Attempts, why.Reason);
        if (why.NeedsOperator) operatorProblem.Met(row.Lane, why.Reason);
        // A limit on looking, or a missing scope for it, is no reason to hold up what needs no look.
        if (why.Wait is null && !why.NeedsOperator)
        {
            outage.NotTaken();
            Hold(lane, why);
        }
        var wait = why.Wait ?? (why.NeedsOperator ? Backoff.Longest : backoff.After(row.Attempts));
        (row.NotBefore, row.Reason) = (time.GetUtcNow() + wait, Reason(why.Reason));
        await desk.PutBackAsync(row, ct);
    }

    private async Task FailedAsync(OutboxRow row, Lane lane, Exception failure, CancellationToken ct)
    {
        var id = ErrorId.New();
        Log.Failed(logger, failure, row.Key, row.Kind, id);
        metrics.Failed(row.Carrier);
        (row.NotBefore, row.Reason) = (time.GetUtcNow() + backoff.After(row.Attempts), $"failed with error id {id}");
        await PutBackAsync(row, lane, id, ct);
    }

    private async Task PutBackAsync(OutboxRow row, Lane lane, string id, CancellationToken ct)
    {
        try
        {
            await desk.PutBackAsync(row, ct);
        }
        catch (Exception again)
        {
            // The store is away, too; the lease runs out by itself.
            lane.Failed(time.GetUtcNow(), backoff);
            Log.NotPutBack(logger, again, row.Key, id);
        }
    }

    private async Task<(IPostKind Kind, Prepared Prepared)> PrepareAsync(OutboxRow row, bool wasUnclear, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(PreparePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        // Nothing is sent while it is being prepared; if that fails, the row is as clear as it was.
        row.Unclear = wasUnclear;
        if (!_kinds.TryGetValue(row.Kind, out var kind)) throw new InvalidOperationException($"Nobody knows the kind {row.Kind}.");
        await using var db = store.CreateDbContext();
        var prepared = await kind.PrepareAsync(row, db, either.Token);
        row.Unclear = true;
        return (kind, prepared);
    }

    // A redraw shows the newest state: those that wait for the same thing when the state is read are done with it.
    private async Task<IReadOnlyCollection<string>> CoveredAsync(OutboxRow row, bool wasUnclear, CancellationToken ct)
    {
        if (row.Priority != OutboxPriority.Redraw) return [];
        row.Unclear = wasUnclear;
        var now = time.GetUtcNow();
        await using var db = store.CreateDbContext();
        // One that is for a later moment stands for changes that are still to come.
        return await db.Set<OutboxRow>()
            .Where(r => r.Subject == row.Subject && r.Kind == row.Kind && r.Lane == row.Lane && r.State == OutboxState.Waiting && r.Id != row.Id && r.NotBefore <= now)
            .OrderBy(r => r.Id).Take(MostCovered).Select(r => r.Id).ToListAsync(ct);
    }

    private void Hold(Lane lane, Delivery.NotTaken why)
    {
        if (why.Wait is { } wait) lane.Hold(time.GetUtcNow() + wait);
        else lane.Failed(time.GetUtcNow(), backoff);
    }

    private static string Reason(string reason) => ForeignText.OneLine(reason, LongestReason);
}
