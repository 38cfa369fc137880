using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Maintenance.Readiness;

/// <summary>Which tasks run while nobody is there; what changes something is named, the others are counted.</summary>
internal sealed class DueTasksPart(Lazy<TaskBook> tasks, Lazy<RunHistory> history, BusinessCalendar calendar) : IReadinessPart
{
    /// <summary>Most tasks that are named: 8.</summary>
    public const int MostNamed = 8;

    private const int MostRuns = 200;

    /// <inheritdoc/>
    public LocalizedText Title => ReadinessTexts.Tasks;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Stretch stretch, CancellationToken ct)
    {
        var clocks = await history.Value.ClocksAsync(ct);
        var due = tasks.Value.Tasks.Select(t => (Task: t, Runs: Runs(t, stretch), IsPaused: clocks.GetValueOrDefault(t.Name)?.PausedBy is not null)).Where(d => d.Runs.Count > 0).ToList();
        var running = due.Where(d => !d.IsPaused).ToList();
        var findings = new List<Finding>();
        var named = running.Where(d => d.Task.Task.Changes).OrderBy(d => d.Runs[0]).ToList();
        findings.AddRange(named.Take(MostNamed).Select(d => Finding.Fine(ReadinessTexts.TaskDue(d.Task.Name, ReadinessTexts.At(d.Runs[0], calendar.Zone), d.Runs.Count))));
        if (named.Count > MostNamed) findings.Add(Finding.Fine(ReadinessTexts.MoreTasks(named.Count - MostNamed)));
        if (running.Count > named.Count) findings.Add(Finding.Fine(ReadinessTexts.OtherTasks(running.Count - named.Count, running.Where(d => !d.Task.Task.Changes).Sum(d => d.Runs.Count))));
        if (due.Where(d => d.IsPaused).Select(d => d.Task.Name).ToList() is { Count: > 0 } paused)
            findings.Add(Finding.Act(ReadinessTexts.PausedTasks(string.Join(", ", paused.Take(MostNamed)), paused.Count)));
        return findings.Count > 0 ? findings : [Finding.Fine(ReadinessTexts.NoTasksDue)];
    }

    private List<DateTimeOffset> Runs(PlannedTask task, Stretch stretch)
    {
        var runs = new List<DateTimeOffset>();
        for (var at = task.Schedule?.Next(stretch.Leaves, calendar); at is { } due && due < stretch.Until && runs.Count < MostRuns; at = task.Schedule!.Next(due, calendar)) runs.Add(due);
        return runs;
    }
}
