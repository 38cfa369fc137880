using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Buttons;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>What the tasks that open a list have in common.</summary>
internal abstract class ChecklistTask(ChecklistKind kind, ChecklistOpening opening, ChecklistBook book, BusinessCalendar calendar, IOptions<ChannelsOptions> channels) : IScheduledTask
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract LocalizedText Summary { get; }

    /// <inheritdoc/>
    public abstract TaskSchedule DefaultSchedule { get; }

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(8);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public bool IsQuiet => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => ItemValue.Workers;

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        if (channels.Value.ForReports.Length == 0) return TaskOutcome.NotAvailable(ChecklistTexts.NoChannel);
        var (list, isNew) = await opening.OpenAsync(ChecklistPeriod.Of(kind, calendar.Day(run.Due)), "", channels.Value.ForReports, ct);
        var full = await book.FindAsync(list.Id, ct);
        var done = full!.Items.Count - full.Open.Count;
        run.WriteLine($"list {list.Id} {list.PeriodKey}: {done} of {full.Items.Count} done");
        return TaskOutcome.Ok(isNew ? TaskTexts.Opened(list.Id, done, full.Items.Count) : TaskTexts.Known(list.Id, done, full.Items.Count));
    }
}

/// <summary>日次セキュリティチェック: on business days, ten minutes after the morning check, whose results are its evidence.</summary>
internal sealed class DailyChecklistTask(ChecklistOpening opening, ChecklistBook book, BusinessCalendar calendar, IOptions<ChannelsOptions> channels)
    : ChecklistTask(ChecklistKind.Daily, opening, book, calendar, channels)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "checklist-daily";

    /// <inheritdoc/>
    public override string Name => TaskName;

    /// <inheritdoc/>
    public override LocalizedText Summary => TaskTexts.Daily;

    /// <inheritdoc/>
    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(9, 10), OnHoliday.Skip);
}

/// <summary>
/// 週次セキュリティチェック: on Friday, the guideline's day of security checks, after those have run. On Monday nothing of the week would be there
/// yet, and evidence from before the period does not count.
/// </summary>
internal sealed class WeeklyChecklistTask(ChecklistOpening opening, ChecklistBook book, BusinessCalendar calendar, IOptions<ChannelsOptions> channels)
    : ChecklistTask(ChecklistKind.Weekly, opening, book, calendar, channels)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "checklist-weekly";

    /// <inheritdoc/>
    public override string Name => TaskName;

    /// <inheritdoc/>
    public override LocalizedText Summary => TaskTexts.Weekly;

    /// <inheritdoc/>
    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.Weekly(DayOfWeek.Friday, new(11, 0), OnHoliday.Before);
}

/// <summary>
/// 月次セキュリティチェック: on the first business day, so that a penetration test or a drill has the month before it; evidence of the month is
/// filled in as it comes (<see cref="ChecklistReminderTask"/>).
/// </summary>
internal sealed class MonthlyChecklistTask(ChecklistOpening opening, ChecklistBook book, BusinessCalendar calendar, IOptions<ChannelsOptions> channels)
    : ChecklistTask(ChecklistKind.Monthly, opening, book, calendar, channels)
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "checklist-monthly";

    /// <inheritdoc/>
    public override string Name => TaskName;

    /// <inheritdoc/>
    public override LocalizedText Summary => TaskTexts.Monthly;

    /// <inheritdoc/>
    public override TaskSchedule DefaultSchedule { get; } = TaskSchedule.BusinessDay(1, new(9, 20));
}
