using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.CacheCheck;

/// <summary>キャッシュウォームアップ (日次). Filling a cache that is full already does no harm, so a run that was cut off needs nothing but the next.</summary>
internal sealed class CacheWarmUpTask(HostBook hosts, IOptions<ApplicationOptions> application) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "cache-warm-up";

    /// <summary>What Rails runs.</summary>
    public const string Code = "PerformanceOptimizationService.warm_cache";

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => CacheTexts.WarmUpSummary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(6, 0));

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public bool Changes => true;

    private HostCommand Command => HostCommands.RailsRunner(application.Value.Place, Code);

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        IReadOnlyCollection<TaskPart> unplanned = await hosts.Platform.MissingAsync(application.Value.Place, ct) is { } missing ? [missing] : [];
        return unplanned.Plan(hosts.Platform.Name, unplanned.Count == 0 ? [new(CacheTexts.WarmUp, Command.ToString())] : [], [], []);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        run.Report(1, 1, CacheTexts.WarmUp);
        var result = await hosts.Platform.RunAsync(Command, line => run.WriteLine(Logs.PersonalData.Masked(line.Text)), ct);
        if (result.Succeeded) return TaskOutcome.Ok(CacheTexts.WarmUpDone);
        var part = result.Part(CacheTexts.WarmUp, ct);
        return new(part.End, part.Says, []);
    }
}
