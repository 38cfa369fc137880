using FestivalOps.Storage;
using FestivalOps.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Prometheus;

namespace FestivalOps.Channels.Courier;

/// <summary>Counts every few seconds what waits, says in <c>/ready</c> when a page waits for too long, and removes what is long done.</summary>
internal sealed partial class OutboxWatch(
    IDbContextFactory<OpsDbContext> store, StoreState state, IOptions<StorageOptions> storage, TimeProvider time, ILogger<OutboxWatch> logger)
    : BackgroundService, IReadiness, IMetricSource
{
    /// <summary>Pause between two counts: 5 seconds.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <summary>From when on a waiting page is a problem: 1 minute.</summary>
    public static readonly TimeSpan PagePatience = TimeSpan.FromMinutes(1);

    /// <summary>Rows that one statement removes: 500. Others must not wait for the clean-up.</summary>
    public const int Batch = 500;

    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);

    private volatile Figures? _figures;
    private DateTimeOffset _cleanedAt;

    /// <inheritdoc/>
    public string? Problem => _figures is { LatePages: > 0 and var late }
        ? $"outbox: {late} page(s) have waited for more than a minute"
        : null;

    /// <inheritdoc/>
    public void Register(MetricFactory metrics, CollectorRegistry registry)
    {
        var waiting = metrics.CreateGauge("festivalops_outbox_waiting", "Outbox rows that wait", "carrier");
        var oldest = metrics.CreateGauge("festivalops_outbox_oldest_seconds", "Age of the oldest outbox row that is due and waits; 0: none");
        registry.AddBeforeCollectCallback(() =>
        {
            if (_figures is not { } figures) return;
            foreach (var carrier in Enum.GetValues<Carrier>()) waiting.WithLabels($"{carrier}").Set(figures.Waiting.GetValueOrDefault(carrier));
            oldest.Set(figures.Oldest is { } since ? Math.Max(0, (time.GetUtcNow() - since).TotalSeconds) : 0);
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await state.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Every, time);
        var failed = false;
        do
        {
            try
            {
                await CountAsync(stoppingToken);
                if (time.GetUtcNow() - _cleanedAt >= CleanEvery) await CleanAsync(stoppingToken);
                failed = false;
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failed) Log.NotCounted(logger, failure, ErrorId.New());
                failed = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task CountAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var late = now - PagePatience;
        await using var db = store.CreateDbContext();
        var waiting = db.Set<OutboxRow>().Where(r => r.State == OutboxState.Waiting);
        var counts = await waiting.GroupBy(r => r.Carrier).Select(g => new { g.Key, Count = g.LongCount() }).ToListAsync(ct);
        var oldest = await waiting.Where(r => r.NotBefore <= now).MinAsync(r => (DateTimeOffset?)r.CreatedAt, ct);
        // What its kind puts off waits on purpose, and was not tried.
        var latePages = await waiting.CountAsync(
            r => r.Priority == OutboxPriority.Page && r.CreatedAt <= late && (r.NotBefore <= now || r.Attempts > 0), ct);
        _figures = new(counts.ToDictionary(c => c.Key, c => c.Count), oldest, latePages);
    }

    /// <summary>Removes rows that were done with longer ago than <see cref="StorageOptions.KeepResultsDays"/>; returns how many.</summary>
    public async Task<int> CleanAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow() - TimeSpan.FromDays(storage.Value.KeepResultsDays);
        // Ids sort by time: no look at what is younger.
        var last = Guid.CreateVersion7(before).ToString("N");
        var removed = 0;
        while (true)
        {
            await using var db = store.CreateDbContext();
#pragma warning disable CA1309 // the store compares, and the digits of ids sort alike in every collation
            var old = await db.Set<OutboxRow>()
                .Where(r => string.Compare(r.Id, last) < 0 && r.State != OutboxState.Waiting && (r.SentAt ?? r.CreatedAt) < before)
                .OrderBy(r => r.Id).Take(Batch).Select(r => r.Id).ToListAsync(ct);
#pragma warning restore CA1309
            if (old.Count > 0) removed += await db.Set<OutboxRow>().Where(r => old.Contains(r.Id)).ExecuteDeleteAsync(ct);
            if (old.Count < Batch) break;
        }
        if (removed > 0) Log.Cleaned(logger, removed);
        _cleanedAt = time.GetUtcNow();
        return removed;
    }

    private sealed record Figures(Dictionary<Carrier, long> Waiting, DateTimeOffset? Oldest, int LatePages);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What waits in the outbox could not be counted or cleaned up. Error id {ErrorId}")]
        public static partial void NotCounted(ILogger logger, Exception failure, string errorId);

        [LoggerMessage(LogLevel.Information, "{Count} old outbox rows removed")]
        public static partial void Cleaned(ILogger logger, int count);
    }
}
