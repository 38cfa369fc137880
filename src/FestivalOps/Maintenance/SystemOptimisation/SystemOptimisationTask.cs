using System.Net.Sockets;
using FestivalOps.Festival;
using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FestivalOps.Maintenance.SystemOptimisation;

/// <summary>
/// 毎月のメンテナンス (第1日曜日 1:00): the guideline's steps in its order. One that fails or is not available keeps none of the others from being done,
/// but caches are dropped only after a sync. Each may be repeated, so a run that was cut off needs nothing but the next.
/// </summary>
internal sealed class SystemOptimisationTask(HostBook hosts, FestivalRedis redis, OptimisationNumbers numbers, IOptions<ApplicationOptions> application) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "system-optimisation";

    private const string Service = "PerformanceOptimizationService.";

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => OptimisationTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.First(DayOfWeek.Sunday, new(1, 0));

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(50);

    /// <inheritdoc/>
    public bool Changes => true;

    // Null: Redis does it.
    private IReadOnlyList<(LocalizedText What, HostCommand? Command)> Steps =>
    [
        (OptimisationTexts.Queries, Rails("optimize_database_queries")),
        (OptimisationTexts.Caching, Rails("setup_caching_strategies")),
        (OptimisationTexts.WarmUp, Rails("warm_cache")),
        (OptimisationTexts.Rotate, HostCommands.RotateNginxLogs),
        (OptimisationTexts.Purge, null),
        (OptimisationTexts.Sync, HostCommands.Sync),
        (OptimisationTexts.Drop, HostCommands.DropCaches),
    ];

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        var unplanned = new List<TaskPart>();
        if (await hosts.Platform.MissingAsync(application.Value.Place, ct) is { } missing) unplanned.Add(missing);
        if (!redis.IsSetUp) unplanned.Add(TaskPart.NotAvailable(OptimisationTexts.NoRedis));
        var steps = Steps.Where(s => s.Command is not null || redis.IsSetUp).Select(s => new PlannedStep(s.What, s.Command?.ToString() ?? "MEMORY PURGE"));
        // Of a host that does not answer, once is enough.
        var counted = unplanned.Exists(p => p.End == TaskEnd.Failed) ? [] : await numbers.CountAsync(ct);
        return unplanned.Plan(hosts.Platform.Name, [.. steps], [], counted);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var (steps, parts) = (Steps, new RunParts(run));
        foreach (var (what, command) in steps)
        {
            ct.ThrowIfCancellationRequested();
            run.Report(parts.Count + 1, steps.Count, what);
            if (what == OptimisationTexts.Drop && parts[^1].End != TaskEnd.Ok) parts.Add(new(parts[^1].End == TaskEnd.NotAvailable ? TaskEnd.NotAvailable : TaskEnd.Failed, OptimisationTexts.NotSynced));
            else parts.Add(command is null ? await PurgeAsync(ct) : await DoAsync(run, what, command, ct));
        }
        return parts.Outcome(OptimisationTexts.Headline(parts));
    }

    private async Task<TaskPart> DoAsync(TaskRun run, LocalizedText what, HostCommand command, CancellationToken ct)
    {
        var result = await hosts.Platform.RunAsync(command, line => run.WriteLine(PersonalData.Masked(line.Text)), ct);
        return result.Succeeded ? TaskPart.Ok(OptimisationTexts.Done(what)) : result.Part(what, ct);
    }

    private async Task<TaskPart> PurgeAsync(CancellationToken ct)
    {
        if (!redis.IsSetUp) return TaskPart.NotAvailable(OptimisationTexts.NoRedis);
        try
        {
            await redis.PurgeAsync(ct);
            return TaskPart.Ok(OptimisationTexts.Done(OptimisationTexts.Purge));
        }
        catch (RedisServerException refusal)
        {
            return TaskPart.Failed(OptimisationTexts.RedisSaid(PersonalData.Masked(ForeignText.OneLine(refusal.Message, 200))));
        }
        catch (Exception failure) when (failure is RedisException or SocketException or TimeoutException && !ct.IsCancellationRequested)
        {
            return TaskPart.Failed(DatabaseTexts.RedisAway(OptimisationTexts.Purge, redis.Place));
        }
    }

    private HostCommand Rails(string method) => HostCommands.RailsRunner(application.Value.Place, Service + method);
}
