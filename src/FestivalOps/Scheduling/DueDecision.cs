using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;

namespace FestivalOps.Scheduling;

/// <summary>What becomes of one due moment.</summary>
internal enum DueVerdict
{
    /// <summary>It is run now.</summary>
    Run,

    /// <summary>The task was paused when it was due.</summary>
    Paused,

    /// <summary>It was due before, and the task was paused before it could be begun.</summary>
    PausedBeforeIt,

    /// <summary>A person wanted this one left out.</summary>
    SkippedOnce,

    /// <summary>A later due moment has passed, too; that one stands for both.</summary>
    Replaced,

    /// <summary>It is too late for it.</summary>
    TooLate,
}

/// <summary>A due moment with its verdict.</summary>
internal sealed record Due(DateTimeOffset At, DueVerdict Verdict);

/// <summary>Moments that are too many to be written one by one.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The first of them.</param>
/// <param name="Verdict">What became of the last of them, and so of all: each is older than any that could be run.</param>
internal sealed record EarlierDues(int Count, DateTimeOffset First, DueVerdict Verdict);

/// <summary>
/// Accounts for every moment that was due until now: at most one run, and a reason for each other one. Pure.
/// </summary>
/// <param name="Moments">In order; empty when nothing was due.</param>
/// <param name="NextDue">The first moment to come, UTC; null: never.</param>
internal sealed record DueDecision(IReadOnlyList<Due> Moments, DateTimeOffset? NextDue)
{
    /// <summary>So many moments of one downtime are accounted for one by one, the newest; those before them in one row. 2,000, five years of a daily task.</summary>
    public const int Most = 2_000;

    /// <summary>What came before <see cref="Moments"/>; null when that is all.</summary>
    public EarlierDues? Earlier { get; private init; }

    /// <summary>The moment that is run now, or null.</summary>
    public DateTimeOffset? ToRun => Moments.LastOrDefault(m => m.Verdict == DueVerdict.Run)?.At;

    /// <summary>Decides for one task.</summary>
    public static DueDecision Of(PlannedTask task, TaskClockRecord clock, DateTimeOffset now, BusinessCalendar calendar)
    {
        var passed = new Queue<DateTimeOffset>();
        EarlierDues? earlier = null;
        var next = clock.NextDue;
        while (next is { } due && due <= now)
        {
            passed.Enqueue(due);
            if (passed.Count > Most)
            {
                var oldest = passed.Dequeue();
                earlier = new((earlier?.Count ?? 0) + 1, earlier?.First ?? oldest, Judge(oldest));
            }
            next = task.Schedule?.Next(due, calendar);
        }
        var moments = passed.Select(due => new Due(due, Judge(due))).ToList();
        // Of several that could still be run, the newest stands for all.
        var newest = moments.FindLastIndex(m => m.Verdict == DueVerdict.Run);
        for (var i = 0; i < newest; i++)
        {
            if (moments[i].Verdict == DueVerdict.Run) moments[i] = moments[i] with { Verdict = DueVerdict.Replaced };
        }
        return new(moments, next) { Earlier = earlier };

        DueVerdict Judge(DateTimeOffset due)
        {
            if (clock.SkipDue == due) return DueVerdict.SkippedOnce;
            if (clock.PausedBy is not null && (clock.PausedAt is not { } since || due >= since)) return DueVerdict.Paused;
            if (now - due > task.MissedWithin && now - due > OnTime) return DueVerdict.TooLate;
            // Who pauses a task does not want to see it begin a minute later.
            return clock.PausedBy is not null ? DueVerdict.PausedBeforeIt : DueVerdict.Run;
        }
    }

    /// <summary>Up to this much later a run counts as on time: 5 minutes.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(5);
}
