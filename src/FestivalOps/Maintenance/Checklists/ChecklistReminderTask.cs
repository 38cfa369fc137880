using FestivalOps.Channels;
using FestivalOps.Commands.Roles;
using FestivalOps.Language;
using FestivalOps.Maintenance.Checklists.Buttons;
using FestivalOps.Maintenance.Checklists.Card;
using FestivalOps.Maintenance.Checklists.Evidence;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Checklists;

/// <summary>
/// Once a business day, in the afternoon: fills newer evidence into the open lists, then reminds of what is left, at most
/// <see cref="ChecklistOptions.MaxReminders"/> times for a list.
/// </summary>
internal sealed class ChecklistReminderTask(
    ChecklistBook book, ChecklistDesk desk, EvidenceReader evidence, BusinessCalendar calendar, Outbox outbox, IOptions<ChecklistOptions> options) : IScheduledTask
{
    /// <summary>See <see cref="Name"/>.</summary>
    public const string TaskName = "checklist-reminder";

    /// <inheritdoc/>
    public string Name => TaskName;

    /// <inheritdoc/>
    public LocalizedText Summary => TaskTexts.Reminder;

    /// <inheritdoc/>
    public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(14, 0), OnHoliday.Skip);

    /// <inheritdoc/>
    public TimeSpan MissedWithin => TimeSpan.FromHours(3);

    /// <inheritdoc/>
    public TimeSpan Timeout => TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public bool IsQuiet => true;

    /// <inheritdoc/>
    public IReadOnlyCollection<Role> AllowedRoles => ItemValue.Workers;

    /// <inheritdoc/>
    public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
    {
        var (today, lists, reminded, filled) = (calendar.Day(run.Due), await book.OpenAsync(ct), 0, 0);
        for (var i = 0; i < lists.Count; i++)
        {
            run.Report(i + 1, lists.Count, TaskTexts.Looking(lists[i].List.Id));
            filled += await desk.RefreshAsync(lists[i].List.Id, await evidence.OfAsync(lists[i].List.Period, ct), ct);
            if (IsTime(lists[i].List, today) && await RemindAsync(lists[i].List.Id, today, ct)) reminded++;
        }
        return TaskOutcome.Ok(TaskTexts.Reminded(lists.Count, reminded, filled));
    }

    // Nobody needs to hear on the second of a month that its test is still to come: of a monthly list, the last days count.
    private bool IsTime(Checklist list, DateOnly today)
    {
        if (list.Kind != ChecklistKind.Monthly || today > list.LastDay) return true;
        var left = 0;
        for (var day = today; day <= list.LastDay && left <= options.Value.MaxReminders; day = day.AddDays(1))
        {
            if (calendar.IsBusinessDay(day)) left++;
        }
        return left <= options.Value.MaxReminders;
    }

    private Task<bool> RemindAsync(long id, DateOnly day, CancellationToken ct) => desk.InOneAsync(async (db, token) =>
    {
        var list = await db.Set<Checklist>().SingleOrDefaultAsync(c => c.Id == id && c.State == ChecklistState.Open, token);
        if (list is null || list.Reminders >= options.Value.MaxReminders) return false;
        var row = ChecklistReminderPost.Row(list, day, list.Reminders + 1 == options.Value.MaxReminders, outbox);
        // A second run on one day reminds nobody twice, and is not counted.
        if (await db.Set<OutboxRow>().AnyAsync(r => r.Key == row.Key, token)) return false;
        list.Reminders++;
        await Outbox.AddAsync(db, [row], token);
        await db.SaveChangesAsync(token);
        return true;
    }, ct);
}
