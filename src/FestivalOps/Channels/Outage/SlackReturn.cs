using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;

namespace FestivalOps.Channels.Outage;

/// <summary>Asks whether Slack is back, and lets the features write their catch-up before anything that waited goes out.</summary>
internal sealed partial class SlackReturn(
    ISlackApiClient client, SlackOutage outage, IEnumerable<ICatchUp> catchUps, IDbContextFactory<OpsDbContext> store, TimeProvider time, ILogger<SlackReturn> logger)
{
    /// <summary>Pause between two questions: 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>What the reason of a row says that the catch-up tells in its stead.</summary>
    public const string InTheCatchUp = "in the catch-up";

    // Among the locks of this store; any number that no other has.
    private const long GapLock = 7003;

    // Longer than anything takes from being written to its first try, shorter than what waits for a channel of its own trouble.
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(1);

    private readonly ISlackApiClient _slack = client.WithoutRepeats();
    private readonly ICatchUp[] _catchUps = [.. catchUps];
    private long? _asked;

    /// <summary>True when it is time to ask.</summary>
    public bool IsDue => outage.DownSince is not null && (_asked is not { } asked || time.GetElapsedTime(asked) >= Every);

    /// <summary>Asks Slack, and when it answers lets the waiting rows through. Never throws but at the stop.</summary>
    public async Task AskAsync(CancellationToken ct)
    {
        _asked = time.GetTimestamp();
        if (outage.DownSince is not { } since) return;
        if (!await AnswersAsync(since, ct))
        {
            outage.NotTaken();
            return;
        }
        if (outage.IsOut) await CatchUpAsync(since, ct);
        // What waits has to prove that Slack takes it. When there is nothing, the answer has to do.
        if (await SomethingWaitsAsync(ct)) outage.OpenDoor();
        else outage.Over();
    }

    /// <summary>After a start: goes on with an outage of which the waiting rows tell.</summary>
    public async Task RememberAsync(CancellationToken ct)
    {
        try
        {
            await using var db = store.CreateDbContext();
            var since = await SlackRows(db).Where(r => r.Attempts > 0 && r.Reason != null).MinAsync(r => (DateTimeOffset?)r.CreatedAt, ct);
            if (since is not { } oldest || time.GetUtcNow() - oldest < outage.Threshold) return;
            if (await AnswersAsync(oldest, ct)) await CatchUpAsync(oldest, ct);
            else outage.NotTaken(oldest);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NoCatchUp(logger, failure, ErrorId.New());
        }
    }

    private async Task<bool> AnswersAsync(DateTimeOffset since, CancellationToken ct)
    {
        try
        {
            await _slack.Auth.Test(ct);
            return true;
        }
        catch (Exception still) when (!ct.IsCancellationRequested)
        {
            Log.StillDown(logger, since, still.Message);
            return false;
        }
    }

    private async Task CatchUpAsync(DateTimeOffset since, CancellationToken ct)
    {
        try
        {
            await using var db = store.CreateDbContext();
            var dropped = await db.OneWriterAsync(GapLock, token => WriteAsync(db, since, token), ct);
            Log.Back(logger, since, dropped);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // What waits goes out as it is: a flood is better than silence.
            Log.NoCatchUp(logger, failure, ErrorId.New());
        }
    }

    private async Task<int> WriteAsync(OpsDbContext db, DateTimeOffset since, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // The outage was noticed by something that Slack did not take; what that was to tell happened before, and belongs to the outage.
        var first = await SlackRows(db).Where(r => r.Attempts > 0 && r.CreatedAt >= since - Lead).MinAsync(r => (DateTimeOffset?)r.CreatedAt, ct);
        if (first < since) since = first.Value;
        // Another instance, or this one at its last look, may have spoken of the same outage already.
        var gap = await db.Set<SlackGap>().Where(g => g.Until >= since).OrderByDescending(g => g.Until).FirstOrDefaultAsync(ct);
        if (gap is null)
        {
            gap = new() { Key = SlackGap.KeyOf(since), DownSince = since, Until = now };
            db.Add(gap);
        }
        gap.Until = now;
        var kinds = new List<string>();
        foreach (var catchUp in _catchUps) kinds.AddRange(await catchUp.CatchUpAsync(gap, db, ct));
        await db.SaveChangesAsync(ct);
        if (kinds.Count == 0) return 0;
        return await SlackRows(db)
            .Where(r => kinds.Contains(r.Kind) && r.CreatedAt <= now && (r.LeaseUntil == null || r.LeaseUntil <= now)
                && (r.Priority == OutboxPriority.Note || r.Priority == OutboxPriority.Redraw))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, OutboxState.Dropped).SetProperty(r => r.Reason, InTheCatchUp), ct);
    }

    // Something that is due, or was tried and will be again within a minute.
    private async Task<bool> SomethingWaitsAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var soon = now + TimeSpan.FromMinutes(1);
        try
        {
            await using var db = store.CreateDbContext();
            return await SlackRows(db).AnyAsync(r => r.NotBefore <= now || (r.Attempts > 0 && r.NotBefore <= soon), ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            Log.NoLook(logger, failure, ErrorId.New());
            return true;
        }
    }

    private static IQueryable<OutboxRow> SlackRows(OpsDbContext db) => db.Set<OutboxRow>()
        .Where(r => r.State == OutboxState.Waiting && (r.Carrier == Carrier.Channel || r.Carrier == Carrier.Person));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Slack has taken nothing since {Since:u}: {Reason}")]
        public static partial void StillDown(ILogger logger, DateTimeOffset since, string reason);

        [LoggerMessage(LogLevel.Information, "Slack answers again after it took nothing since {Since:u}; {Dropped} waiting rows are told by the catch-up")]
        public static partial void Back(ILogger logger, DateTimeOffset since, int dropped);

        [LoggerMessage(LogLevel.Error, "The store does not say whether something waits for Slack. Error id {ErrorId}")]
        public static partial void NoLook(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Error, "The catch-up after Slack's outage could not be written; what waits goes out as it is. Error id {ErrorId}")]
        public static partial void NoCatchUp(ILogger logger, Exception failure, string errorId);
    }
}
