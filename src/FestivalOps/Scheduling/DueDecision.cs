using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Scheduling;

/// <summary>What becomes of one due moment.</summary>
internal enum DueVerdict
{
    /// <summary>It is run now.</summary>
    Run,

    /// <summary>The task is paused.</summary>
    Paused,

    /// <summary>A person wanted this one left out.</summary>
    SkippedOnce,

    /// <summary>A later due moment has passed, too; that one stands for both.</summary>
    Replaced,

    /// <summary>It is too late for it.</summary>
    TooLate,
}

/// <summary>A due moment with its verdict.</summary>
internal sealed record Due(DateTimeOffset At, DueVerdict Verdict);

/// <summary>
/// Accounts for every moment that was due until now: at most one run, and a reason for each other one. Pure.
/// </summary>
/// <param name="Moments">In order; empty when nothing was due.</param>
/// <param name="NextDue">The first moment to come, UTC; null: never.</param>
internal sealed record DueDecision(IReadOnlyList<Due> Moments, DateTimeOffset? NextDue)
{
    /// <summary>So many moments of one downtime are accounted for one by one: 2,000, five years of a daily task.</summary>
    public const int Most = 2_000;

    /// <summary>The moment that is run now, or null.</summary>
    public DateTimeOffset? ToRun => Moments.LastOrDefault(m => m.Verdict == DueVerdict.Run)?.At;

    /// <summary>Decides for one task.</summary>
    public static DueDecision Of(PlannedTask task, TaskClockRecord clock, DateTimeOffset now, BusinessCalendar calendar)
    {
        var passed = new Queue<DateTimeOffset>();
        var next = clock.NextDue;
        while (next is { } due && due <= now)
        {
            passed.Enqueue(due);
            if (passed.Count > Most) passed.Dequeue();
            next = task.Schedule?.Next(due, calendar);
        }
        var moments = passed.Select(due => new Due(due, Judge(due))).ToList();
        // Of several that could still be run, the newest stands for all.
        var newest = moments.FindLastIndex(m => m.Verdict == DueVerdict.Run);
        for (var i = 0; i < newest; i++)
        {
            if (moments[i].Verdict == DueVerdict.Run) moments[i] = moments[i] with { Verdict = DueVerdict.Replaced };
        }
        return new(moments, next);

        DueVerdict Judge(DateTimeOffset due)
        {
            if (clock.SkipDue == due) return DueVerdict.SkippedOnce;
            if (clock.PausedBy is not null) return DueVerdict.Paused;
            return now - due > task.MissedWithin && now - due > OnTime ? DueVerdict.TooLate : DueVerdict.Run;
        }
    }

    /// <summary>Up to this much later a run counts as on time: 5 minutes.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(5);
}
