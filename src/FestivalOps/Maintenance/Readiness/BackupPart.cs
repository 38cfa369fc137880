using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;
using Microsoft.Extensions.Options;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>How the last look at the backups ended, and whether the next falls on days off.</summary>
internal sealed class BackupPart(Lazy<TaskBook> tasks, Lazy<RunHistory> history, BusinessCalendar calendar, IOptions<ReadinessOptions> options) : IReadinessPart
{
    // The task that another folder brings.
    private const string Backups = "backups";

    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.Backups;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct)
    {
        if (tasks.Value.Find(Backups) is not { } task) return [Finding.NotAvailable(Title, ReadinessTexts.NoTask(Backups))];
        var next = await NextAsync(task, stretch, ct);
        var due = next is { } at && stretch.Holds(at) ? ReadinessTexts.BackupDueInside(ReadinessTexts.At(at, calendar.Zone)) : null;
        return [await LastAsync(stretch, ct), .. due is null ? [] : new[] { Finding.Fine(due) }];
    }

    private async Task<Finding> LastAsync(Stretch stretch, CancellationToken ct)
    {
        if (await history.Value.VerdictAsync(Backups, ct) is not { } last) return Finding.Act(ReadinessTexts.BackupNever);
        var at = last.EndedAt ?? last.StartedAt;
        var day = ReadinessTexts.At(at, calendar.Zone);
        if (last.State == RunState.NotAvailable) return Finding.NotAvailable(Title, Sentence(last));
        if (last.State != RunState.Ok) return Finding.Act(ReadinessTexts.BackupBad(day, last.State.Name(), Sentence(last)));
        return stretch.From - at > TimeSpan.FromDays(options.Value.BackupMaxAgeDays)
            ? Finding.Act(ReadinessTexts.BackupOld(day, options.Value.BackupMaxAgeDays))
            : Finding.Fine(ReadinessTexts.BackupFine(day));
    }

    private async Task<DateTimeOffset?> NextAsync(PlannedTask task, Stretch stretch, CancellationToken ct)
    {
        var clock = (await history.Value.ClocksAsync(ct)).GetValueOrDefault(Backups);
        if (clock?.PausedBy is not null) return null;
        return clock?.NextDue is { } due && due > stretch.Leaves ? due : task.Schedule?.Next(stretch.Leaves, calendar);
    }

    private static LocalizedText Sentence(TaskRunRecord run) => run.SentenceJa.Length > 0 && run.SentenceEn.Length > 0 ? new(run.SentenceJa, run.SentenceEn) : run.State.Name();
}
