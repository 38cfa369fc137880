using FestivalOps.Festival;
using FestivalOps.Language;
using FestivalOps.Maintenance.Application;
using FestivalOps.Maintenance.OldFiles;
using FestivalOps.Maintenance.PlatformDatabase;
using FestivalOps.Scheduling;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FestivalOps.Maintenance.DatabaseMaintenance;

/// <summary>
/// 毎週のメンテナンス (日曜日 2:00). What the guideline does with one REINDEX DATABASE and two delete_all is done in small steps here: nothing locks the
/// platform out, and whenever it is stopped or cut off, the next run cleans up and goes on.
/// </summary>
internal sealed class DatabaseMaintenanceTask(
    MaintenanceDatabase database, TableAnalysis analysis, IndexRebuild indexes, OldRows rows, OldFileSearch files, Capacity.DiskLook disk,
    IOptions<DatabaseMaintenanceOptions> options, IOptions<DatabaseWorkOptions> work, IOptions<ApplicationOptions> application) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "database-maintenance";

    private const int Steps = 6;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => MaintenanceTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Sunday, new(2, 0));

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(2);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromHours(4);

    /// <inheritdoc/>
    public bool Changes => true;

    private OldRowRule[] RowRules =>
    [
        new("notifications", "created_at", TimeSpan.FromDays(options.Value.NotificationDays)),
        new("sessions", "updated_at", TimeSpan.FromDays(options.Value.SessionDays)),
    ];

    // The guideline's glob looks at the folder itself only.
    private OldFileRule FileRule => OldFileRule.Temporary(application.Value.Folder, TimeSpan.FromDays(options.Value.TemporaryFileDays), deep: false);

    /// <inheritdoc/>
    public async Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct)
    {
        var (steps, numbers, unplanned) = (new List<PlannedStep>(), new List<LocalizedText>(), new List<TaskPart>());
        if (!database.IsSetUp) unplanned.Add(TaskPart.NotAvailable(DatabaseTexts.NoMaintenance));
        else unplanned.AddRange(await PlanDatabaseAsync(steps, numbers, ct));

        var found = await files.FindAsync(FileRule, ct);
        if (found.Value is null) unplanned.Add(found.Part(FileRule.What, ct));
        else
        {
            steps.Add(new(OldFileTexts.Step(FileRule), $"{FileRule.Folder}/*"));
            numbers.Add(OldFileTexts.Found(FileRule, found.Value));
        }
        return unplanned.Plan(database.IsSetUp ? database.Place : "platform", steps, [], numbers);
    }

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var parts = new RunParts(run);
        if (!database.IsSetUp) parts.Add(TaskPart.NotAvailable(DatabaseTexts.NoMaintenance));
        else
        {
            run.Report(1, Steps, MaintenanceTexts.Leftovers);
            parts.Add(await indexes.CleanAsync(ct));
            parts.Add(await analysis.RunAsync(run, 2, Steps, ct));
            run.Report(3, Steps, MaintenanceTexts.Reindex);
            parts.Add(await indexes.RunAsync(run, 3, Steps, ct));
            foreach (var (number, rule) in RowRules.Index())
            {
                run.Report(4 + number, Steps, MaintenanceTexts.Counting);
                parts.Add(await rows.DeleteAsync(rule, run, 4 + number, Steps, ct));
            }
        }
        run.Report(6, Steps, OldFileTexts.Temporary);
        parts.Add(await files.DeleteAsync(FileRule, (done, of) => run.Report(6, Steps, OldFileTexts.Deleting(FileRule, done, of), done, of), ct));
        await disk.KeepAsync(ct);
        return parts.Outcome(MaintenanceTexts.Headline(parts.Worst()));
    }

    // Gives what could not be looked at.
    private async Task<List<TaskPart>> PlanDatabaseAsync(List<PlannedStep> steps, List<LocalizedText> numbers, CancellationToken ct)
    {
        var unplanned = new List<TaskPart>();
        var part = await DatabaseWork.TryAsync(
            MaintenanceTexts.Counting,
            async () =>
            {
                await using var connection = await database.OpenAsync(work.Value.Statement, work.Value.LockWait, ct);
                foreach (var index in await IndexRebuild.LeftoversAsync(connection, ct)) steps.Add(new(MaintenanceTexts.PlanDrop(index), $"DROP INDEX CONCURRENTLY {index}"));
                steps.Add(new(MaintenanceTexts.PlanAnalyze, "ANALYZE …"));
                foreach (var index in await indexes.DueAsync(connection, ct))
                {
                    steps.Add(new(MaintenanceTexts.PlanReindex(index), $"REINDEX INDEX CONCURRENTLY {index.Name}"));
                    numbers.Add(MaintenanceTexts.IndexSize(index));
                }
                foreach (var rule in RowRules) await PlanRowsAsync(connection, rule, steps, numbers, unplanned, ct);
                return TaskPart.Ok(MaintenanceTexts.Counting);
            },
            ct);
        if (part.End != TaskEnd.Ok) unplanned.Insert(0, part);
        return unplanned;
    }

    private async Task PlanRowsAsync(NpgsqlConnection connection, OldRowRule rule, List<PlannedStep> steps, List<LocalizedText> numbers, List<TaskPart> unplanned, CancellationToken ct)
    {
        if (await OldRows.MissingAsync(connection, rule, ct) is { } absent)
        {
            unplanned.Add(absent);
            return;
        }
        var count = 0L;
        var part = await DatabaseWork.TryAsync(
            MaintenanceTexts.Rows(rule),
            async () =>
            {
                count = await rows.CountAsync(connection, rule, ct);
                return TaskPart.Ok(MaintenanceTexts.Rows(rule));
            },
            ct);
        if (part.End != TaskEnd.Ok)
        {
            unplanned.Add(part);
            return;
        }
        steps.Add(new(MaintenanceTexts.PlanRows(rule), rule.DeleteStatement));
        numbers.Add(MaintenanceTexts.Counted(rule, count));
    }
}
