using System.Net.Sockets;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Maintenance.Keeping;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Maintenance.CacheCheck;

/// <summary>
/// キャッシュ最適化 (日次): Redis' latency, its hit rate and evictions since the last look, its memory. Redis counts since its start; what it counted
/// before the last look is taken off, unless it was restarted or its counters were reset meanwhile.
/// </summary>
internal sealed class CacheCheckTask(FestivalRedis redis, KeptFigures figures, BusinessCalendar calendar, IOptions<CacheCheckOptions> options, TimeProvider time) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "cache-check";

    // Below, pages of the allocator weigh more than what is lost between them.
    private const double JudgedFrom = 64 * 1024 * 1024;

    // Redis tells whole seconds, by a clock of its own that may be behind; a restart in between shows in its counters too.
    private static readonly TimeSpan UptimeSlack = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => CacheTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(8, 45));

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(20);

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        if (!redis.IsSetUp) return TaskOutcome.NotAvailable(DatabaseTexts.NoRedis);
        try
        {
            var parts = new List<TaskPart> { Latency(await SampleAsync(run, ct)) };
            run.Report(options.Value.Samples + 1, options.Value.Samples + 1, CacheTexts.Reading);
            var now = time.GetUtcNow();
            var read = RedisFigures.Read(await redis.InfoAsync(ct));
            parts.AddRange(Counted(read, await figures.LastAsync(TaskName, RedisFigures.HitsName, now, ct), now));
            parts.Add(Memory(read));
            await figures.KeepAsync(TaskName, now, read.Kept, ct);
            return parts.Outcome(run, CacheTexts.Headline(parts.Worst()));
        }
        catch (Exception failure) when (failure is RedisException or SocketException or TimeoutException && !ct.IsCancellationRequested)
        {
            return TaskOutcome.Failed(DatabaseTexts.RedisAway(CacheTexts.Look, redis.Place));
        }
    }

    private async Task<List<TimeSpan>> SampleAsync(TaskRun run, CancellationToken ct)
    {
        var samples = new List<TimeSpan>();
        for (var i = 0; i < options.Value.Samples; i++)
        {
            run.Report(i + 1, options.Value.Samples + 1, CacheTexts.Measuring);
            if (i > 0) await Task.Delay(TimeSpan.FromMilliseconds(options.Value.EveryMilliseconds), time, ct);
            samples.Add(await redis.PingOnceAsync(ct));
        }
        samples.Sort();
        return samples;
    }

    private TaskPart Latency(List<TimeSpan> sorted) =>
        CacheTexts.At(sorted, 0.95).TotalMilliseconds >= options.Value.LatencyMilliseconds ? TaskPart.Warning(CacheTexts.Latency(sorted)) : TaskPart.Ok(CacheTexts.Latency(sorted));

    private IEnumerable<TaskPart> Counted(RedisFigures read, FigureSet? last, DateTimeOffset now)
    {
        if (read is not { Hits: { } hits, Misses: { } misses })
        {
            yield return TaskPart.NotAvailable(CacheTexts.NoCounters);
            yield break;
        }
        var (oldHits, oldMisses) = (last?.Values.GetValueOrDefault(RedisFigures.HitsName) ?? 0, last?.Values.GetValueOrDefault(RedisFigures.MissesName) ?? 0);
        var goesOn = last is not null && hits >= oldHits && misses >= oldMisses && (read.Uptime is not { } up || now - up - UptimeSlack <= last.At);
        var since = goesOn ? CacheTexts.SinceLast(last!.At, calendar.Zone) : CacheTexts.SinceStart(read.Uptime);
        if (goesOn) (hits, misses) = (hits - oldHits, misses - oldMisses);

        var reads = hits + misses;
        if (reads == 0) yield return TaskPart.NotAvailable(CacheTexts.NoReads(since));
        else if (reads < options.Value.MinReads) yield return TaskPart.Ok(CacheTexts.FewReads(hits, reads, since, options.Value.MinReads));
        else if (hits / reads * 100 < options.Value.HitRate) yield return TaskPart.Warning(CacheTexts.HitRate(hits, reads, since));
        else yield return TaskPart.Ok(CacheTexts.HitRate(hits, reads, since));

        if (read.Evicted is not { } evicted) yield break;
        if (goesOn) evicted = Math.Max(0, evicted - last!.Values.GetValueOrDefault(RedisFigures.EvictedName));
        yield return evicted > 0 ? TaskPart.Warning(CacheTexts.Evicted(evicted, since)) : TaskPart.Ok(CacheTexts.Evicted(0, since));
    }

    private TaskPart Memory(RedisFigures read)
    {
        if (read.Used is not { } used) return TaskPart.NotAvailable(CacheTexts.NoMemory);
        return used >= JudgedFrom && read.Fragmentation >= options.Value.Fragmentation ? TaskPart.Warning(CacheTexts.Memory(read)) : TaskPart.Ok(CacheTexts.Memory(read));
    }
}
