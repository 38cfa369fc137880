using FestivalOps.Hosts;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.Logs;
using FestivalOps.Maintenance.OldFiles;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Capacity;

/// <summary>第2営業日: 容量管理. Files are deleted one by one, so a run that was cut off needs nothing but the next.</summary>
internal sealed class CapacityTask(
    HostBook hosts, OldFileSearch files, DatabaseSize database, DiskLook disk, IOptions<CapacityOptions> options, IOptions<ApplicationOptions> application) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "capacity";

    private const int Steps = 5;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => CapacityTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(2, new(10, 0));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(8);

    /// <inheritdoc/>
    public bool Changes => true;

    private OldFileRule[] Rules =>
    [
        OldFileRule.Logs(application.Value.Folder, TimeSpan.FromDays(options.Value.LogDays)),
        OldFileRule.Temporary(application.Value.Folder, TimeSpan.FromDays(options.Value.TemporaryFileDays), deep: true),
    ];

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        var (steps, numbers, unplanned) = (new List<PlannedStep>(), new List<LocalizedText>(), new List<TaskPart>());
        foreach (var rule in Rules)
        {
            var found = await files.FindAsync(rule, ct);
            if (found.Value is null)
            {
                unplanned.Add(found.Part(rule.What, ct));
                continue;
            }
            steps.Add(new(OldFileTexts.Step(rule), $"{rule.Folder}/{(rule.Deep ? "**" : "*.log.*")}"));
            numbers.Add(OldFileTexts.Found(rule, found.Value));
        }
        return unplanned.Plan(hosts.Platform.Name, steps, [], numbers);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        run.Report(1, Steps, CapacityTexts.Rotation);
        var parts = new RunParts(run) { await RotationAsync(ct) };
        foreach (var (number, rule) in Rules.Index())
        {
            run.Report(2 + number, Steps, rule.What);
            parts.Add(await files.DeleteAsync(rule, (done, of) => run.Report(2 + number, Steps, OldFileTexts.Deleting(rule, done, of), done, of), ct));
        }
        run.Report(4, Steps, CapacityTexts.Database);
        parts.AddRange(await database.LookAsync(ct));
        run.Report(5, Steps, CapacityTexts.Disk);
        parts.Add(await disk.LookAsync(ct));
        return parts.Outcome(CapacityTexts.Headline(parts.Worst()));
    }

    // logrotate -d ends with 0 also when a file of its configuration is wrong, and says it as "error:".
    private async Task<TaskPart> RotationAsync(CancellationToken ct)
    {
        var result = await hosts.Platform.RunAsync(HostCommands.CheckLogRotation, null, ct);
        if (!result.Succeeded) return result.Part(CapacityTexts.Rotation, ct);
        var errors = result.Error.Text.Split('\n').Where(l => l.StartsWith("error:", StringComparison.Ordinal)).ToList();
        return errors.Count == 0
            ? TaskPart.Ok(CapacityTexts.RotationOk)
            : TaskPart.Warning(CapacityTexts.RotationWrong(errors.Count), [.. errors.Take(5).Select(e => LocalizedText.Same(PersonalData.Masked(ForeignText.OneLine(e, 200))))]);
    }
}
