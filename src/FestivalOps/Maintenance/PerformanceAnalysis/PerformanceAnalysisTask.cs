using System.Net.Sockets;
using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Maintenance.CacheCheck;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using StackExchange.Redis;

namespace FestivalOps.Maintenance.PerformanceAnalysis;

/// <summary>水曜日: パフォーマンス分析. ANALYZE, then figures; a part whose source is missing says so and the others go on.</summary>
internal sealed class PerformanceAnalysisTask(
    MaintenanceDatabase database, TableAnalysis analysis, StatementLook statements, IndexLook indexes, FestivalRedis redis) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "performance-analysis";

    private const int Steps = 4;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => PerformanceTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Wednesday, new(10, 0));

    /// <inheritdoc/>
    public bool Changes => true;

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        // What is only looked at is done all the same, so a plan without ANALYZE is still worth a run, unless there is nothing to look at.
        if (!database.IsSetUp)
            return statements.IsSetUp || redis.IsSetUp ? new("platform", [], [DatabaseTexts.NoMaintenance], []) : TaskPlan.NotAvailable("platform", DatabaseTexts.NoDatabase);
        IReadOnlyList<string> tables = [];
        var part = await DatabaseWork.TryAsync(
            TableTexts.Analyze,
            async () =>
            {
                tables = await analysis.PlanAsync(ct);
                return TaskPart.Ok(TableTexts.Analyze);
            },
            ct);
        IReadOnlyCollection<TaskPart> unplanned = part.End == TaskEnd.Ok ? [] : [part];
        return unplanned.Plan(database.Place, [.. tables.Select(t => new PlannedStep(PerformanceTexts.PlanAnalyze, $"ANALYZE {t}"))], [], []);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var parts = new RunParts(run) { await indexes.NeverAnalysedAsync(ct) };
        parts.Add(await analysis.RunAsync(run, 1, Steps, ct));
        run.Report(2, Steps, PerformanceTexts.Statements);
        parts.Add(await statements.LookAsync(ct));
        run.Report(3, Steps, PerformanceTexts.Indexes);
        parts.Add(await indexes.LookAsync(ct));
        run.Report(4, Steps, PerformanceTexts.RedisMemory);
        parts.Add(await MemoryAsync(ct));
        return parts.Outcome(PerformanceTexts.Headline(parts.Worst()));
    }

    private async Task<TaskPart> MemoryAsync(CancellationToken ct)
    {
        if (!redis.IsSetUp) return TaskPart.NotAvailable(PerformanceTexts.Named(PerformanceTexts.RedisMemory, DatabaseTexts.NoRedis));
        try
        {
            var read = RedisFigures.Read(await redis.InfoAsync(ct));
            return read.Used is null ? TaskPart.NotAvailable(CacheTexts.NoMemory) : TaskPart.Ok(PerformanceTexts.Named(LocalizedText.Same("Redis"), CacheTexts.Memory(read)));
        }
        catch (Exception failure) when (failure is RedisException or SocketException or TimeoutException && !ct.IsCancellationRequested)
        {
            return TaskPart.Failed(DatabaseTexts.RedisAway(PerformanceTexts.RedisMemory, redis.Place));
        }
    }
}
