using FestivalOps.Language;

namespace FestivalOps.Scheduling.Runs;

/// <summary>The rows of due moments that are not run, each with its reason. Pure.</summary>
internal static class NotRun
{
    /// <summary>One row for each, and one for all that are too many to be written one by one.</summary>
    public static List<TaskRunRecord> Of(PlannedTask task, DueDecision decision, DateTimeOffset now)
    {
        var rows = decision.Moments.Where(m => m.Verdict != DueVerdict.Run)
            .Select(m => Row(task, m.At, m.Verdict, RunTexts.WhyNotRun(m.Verdict, task.MissedWithin), now)).ToList();
        if (decision.Earlier is { } earlier)
            rows.Insert(0, Row(task, earlier.First, earlier.Verdict, RunTexts.Earlier(earlier.Count, RunTexts.WhyNotRun(earlier.Verdict, task.MissedWithin)), now));
        return rows;
    }

    private static TaskRunRecord Row(PlannedTask task, DateTimeOffset due, DueVerdict verdict, LocalizedText why, DateTimeOffset now)
    {
        var run = new TaskRunRecord
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Task = task.Name,
            Due = due,
            DueKey = RunRows.DueKey(task.Name, due),
            State = RunState.Running,
            StartedAt = now,
        };
        run.End(verdict == DueVerdict.TooLate ? RunState.Missed : RunState.Skipped, why, now);
        return run;
    }
}
