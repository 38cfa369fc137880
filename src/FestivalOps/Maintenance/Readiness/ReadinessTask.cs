using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Telemetry;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>
/// On the last business day before three or more days off (連休, year-end, Golden Week, company days), at 15:00 while there is still time to act:
/// what would run out, end or be due before the team is back. By hand it speaks of the next days off.
/// </summary>
internal sealed partial class ReadinessTask(
    IEnumerable<IReadinessPart> parts, BusinessCalendar calendar, ILogger<ReadinessTask> logger) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "readiness";

    /// <summary>So many days off in a row are a stretch: 3, one more than a weekend.</summary>
    public const int FewestDays = 3;

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => ReadinessTexts.Summary;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.BeforeHolidays(FewestDays, Stretch.LeavesAt);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => [Role.Operations, Role.TechnicalLead, Role.Security];

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        if (Stretch.Next(run.Due, FewestDays, calendar) is not { } stretch)
            return TaskOutcome.Ok(ReadinessTexts.NoStretch(FewestDays, Stretch.LookAhead));
        var (all, findings) = (parts.ToList(), new List<Finding>());
        for (var i = 0; i < all.Count; i++)
        {
            run.Report(i + 1, all.Count, all[i].Title);
            findings.AddRange(await LookAsync(all[i], stretch, ct));
        }
        foreach (var finding in findings) run.WriteLine($"{finding.Weight}: {finding.Says.En}");
        // What someone should do before leaving stands first; within one weight, in the order of the parts.
        var lines = findings.OrderBy(f => f.Weight).Select(ReadinessTexts.Line).ToList();
        var (act, unknown) = (findings.Count(f => f.Weight == Weight.Act), findings.Count(f => f.Weight == Weight.NotAvailable));
        var sentence = ReadinessTexts.Headline(stretch, act, unknown, calendar.Zone);
        return act > 0 ? TaskOutcome.Warning(sentence, lines) : TaskOutcome.Ok(sentence, lines);
    }

    private async Task<IReadOnlyList<Finding>> LookAsync(IReadinessPart part, Stretch stretch, CancellationToken ct)
    {
        try
        {
            return await part.LookAsync(stretch, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            var id = ErrorId.New();
            Log.NotLookedAt(logger, failure, part.Title.En, id);
            return [Finding.NotAvailable(part.Title, ReadinessTexts.Broke(id))];
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The readiness could not look at: {Part}. Error id {ErrorId}")]
        public static partial void NotLookedAt(ILogger logger, Exception failure, string part, string errorId);
    }
}
