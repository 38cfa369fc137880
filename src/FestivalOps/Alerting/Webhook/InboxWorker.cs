using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Intake;
using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Alerting.Webhook;

/// <summary>
/// Makes incidents of what was accepted, and removes it from the inbox in the same transaction: what was killed before it is found and
/// worked off, what was killed after it is not there any more.
/// </summary>
internal sealed partial class InboxWorker(
    AlertInbox inbox,
    IncidentIntake intake,
    AlertmanagerReader reader,
    IDbContextFactory<OpsDbContext> store,
    StoreState state,
    Instance instance,
    InstanceBook instances,
    TimeProvider time,
    ILogger<InboxWorker> logger) : BackgroundService
{
    /// <summary>Owner of a row that can't be worked off; it stays for a person to look at.</summary>
    public const string SetAside = "set-aside";

    /// <summary>How often rows of instances that are gone are looked for: every 15 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    // Long enough to be worth a transaction, short enough that those who wait for the store's lock don't notice.
    private const int MostAlerts = 1_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    // A row of our own that nobody works on was committed without our hearing of it.
    private static readonly TimeSpan OwnAfter = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        // First what was left behind, so that a "resolved" of today does not overtake a "firing" of yesterday.
        await TryTakeOverAsync(stoppingToken);
        await Task.WhenAll(WorkAsync(stoppingToken), LookAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(ct)) await TryTakeOverAsync(ct);
    }

    private async Task WorkAsync(CancellationToken ct)
    {
        var batch = new List<InboxWork>();
        while (await inbox.Work.WaitToReadAsync(ct))
        {
            await inbox.GiveWayAsync(ct);
            batch.Clear();
            var alerts = 0;
            while (alerts < MostAlerts && inbox.Work.TryPeek(out var next) && (batch.Count == 0 || (next.HeardAt is null && batch[0].HeardAt is null)))
            {
                inbox.Work.TryRead(out _);
                batch.Add(next);
                alerts += next.Alerts.Count;
            }
            await RaiseAsync(batch, ct);
        }
    }

    private async Task RaiseAsync(List<InboxWork> batch, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var ids = batch.ConvertAll(w => w.Row.Id);
                var alerts = batch.Count == 1 ? batch[0].Alerts : [.. batch.SelectMany(w => w.Alerts)];
                await intake.RaiseAsync(alerts, batch[0].HeardAt, (db, token) => db.DeleteAsync<InboxRow>(ids, token), ct);
                Finished(batch);
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested && StoreFailure.IsAboutTheRows(failure))
            {
                // One body that the store can't take must not hold up the others.
                if (batch.Count == 1) await SetAsideAsync(batch[0], failure, ct);
                else foreach (var work in batch.ToList()) await RaiseAsync([work], ct);
                return;
            }
            catch (Exception failure) when (!ct.IsCancellationRequested)
            {
                var id = ErrorId.New();
                Log.NotRaised(logger, failure, inbox.WaitingAlerts, id);
                await Task.Delay(RetryAfter, time, ct);
            }
        }
    }

    private async Task SetAsideAsync(InboxWork work, Exception failure, CancellationToken ct)
    {
        Log.RowSetAside(logger, failure, work.Row.Id, work.Alerts.Count, ErrorId.New());
        await using var db = store.CreateDbContext();
        await db.Set<InboxRow>().Where(r => r.Id == work.Row.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.Instance, SetAside), ct);
        Finished([work]);
    }

    private void Finished(List<InboxWork> batch)
    {
        foreach (var work in batch)
        {
            inbox.Done(work);
            lock (_taken) _taken.Remove(work.Row.Id);
        }
    }

    private async Task TryTakeOverAsync(CancellationToken ct)
    {
        try
        {
            await TakeOverAsync(ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NotLooked(logger, failure, ErrorId.New());
        }
    }

    private async Task TakeOverAsync(CancellationToken ct)
    {
        await using var db = store.CreateDbContext();
        var mine = instance.Id;
        var alive = await instances.AliveAsync(ct);
        var before = time.GetUtcNow() - OwnAfter;
        var left = await db.Set<InboxRow>().AsNoTracking()
            .Where(r => r.Instance != SetAside && (r.Instance == mine ? r.ReceivedAt < before : !alive.Contains(r.Instance)))
            .OrderBy(r => r.Id).Select(r => new { r.Id, r.Instance }).Take(1_000).ToListAsync(ct);
        foreach (var found in left)
        {
            if (inbox.WaitingBodies > 1_000) return;
            lock (_taken)
            {
                if (found.Instance == mine && (inbox.WaitingBodies > 0 || _taken.Contains(found.Id))) continue;
            }
            // Whoever changes the row works on it: two instances may look at the same moment.
            var won = await db.Set<InboxRow>().Where(r => r.Id == found.Id && r.Instance == found.Instance)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.Instance, mine), ct);
            if (won == 0 || await db.Set<InboxRow>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == found.Id, ct) is not { } row) continue;
            lock (_taken) _taken.Add(row.Id);
            await ReadAsync(row, ct);
        }
    }

    private async Task ReadAsync(InboxRow row, CancellationToken ct)
    {
        try
        {
            inbox.TakeOver(new(row, reader.Read(row.Body, row.ReceivedAt).Alerts, row.ReceivedAt));
            Log.TakenOver(logger, row.Id, row.ReceivedAt);
        }
        catch (WebhookRefusedException failure)
        {
            inbox.TakeOver(new(row, [], row.ReceivedAt));
            await SetAsideAsync(new(row, [], row.ReceivedAt), failure, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "A webhook of alerts that was accepted at {At} and not worked off ({Row}) is worked off now")]
        public static partial void TakenOver(ILogger logger, string row, DateTimeOffset at);

        [LoggerMessage(LogLevel.Error, "Accepted alerts can't become incidents now; {Waiting} wait and are tried again. Error id {ErrorId}")]
        public static partial void NotRaised(ILogger logger, Exception failure, long waiting, string errorId);

        [LoggerMessage(LogLevel.Error, "A webhook with {Count} alerts can't be worked off; it stays in the table alert_inbox as {Row}. Error id {ErrorId}")]
        public static partial void RowSetAside(ILogger logger, Exception failure, string row, int count, string errorId);

        [LoggerMessage(LogLevel.Error, "Webhooks that a stopped instance left behind could not be looked for. Error id {ErrorId}")]
        public static partial void NotLooked(ILogger logger, Exception failure, string errorId);
    }
}
