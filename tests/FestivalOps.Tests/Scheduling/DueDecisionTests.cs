using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Calendar;
using FestivalOps.Scheduling.Runs;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>Every moment that was due is accounted for, with the reason that holds for it.</summary>
public sealed class DueDecisionTests
{
    private static readonly BusinessCalendar Calendar = new(HolidayList.Japan, new(), TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"));
    private static readonly PlannedTask Daily = new(new ProbeTask(new()), TaskSchedule.Daily(new(9, 0)), TimeSpan.FromHours(4), TimeSpan.FromHours(1));

    [Fact]
    public void What_was_due_before_the_pause_is_not_said_to_have_been_paused()
    {
        var clock = Clock("2026-11-25 09:00");
        (clock.PausedBy, clock.PausedAt) = (ClockStage.Operator, ClockStage.At("2026-11-27 08:00"));
        Verdicts(clock, "2026-11-28 09:30").ShouldBe([DueVerdict.TooLate, DueVerdict.TooLate, DueVerdict.Paused, DueVerdict.Paused]);
    }

    [Fact]
    public void What_could_still_be_run_when_the_task_was_paused_is_left_out()
    {
        var clock = Clock("2026-11-25 09:00");
        (clock.PausedBy, clock.PausedAt) = (ClockStage.Operator, ClockStage.At("2026-11-25 09:10"));
        Verdicts(clock, "2026-11-25 09:20").ShouldBe([DueVerdict.PausedBeforeIt]);
        NotRun.Of(Daily, DueDecision.Of(Daily, clock, ClockStage.At("2026-11-25 09:20"), Calendar), ClockStage.At("2026-11-25 09:20"))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.State.ShouldBe(RunState.Skipped), r => r.SentenceJa.ShouldBe("実行を始める前に一時停止されたため実行しませんでした"));
    }

    [Theory]
    [InlineData(2_000, 0)]
    [InlineData(2_001, 1)]
    [InlineData(2_150, 150)]
    public void More_than_2000_missed_moments_are_all_counted(int missed, int together)
    {
        var first = ClockStage.At("2010-01-01 09:00");
        var now = first.AddDays(missed - 1).AddHours(5);
        var decision = DueDecision.Of(Daily, Clock("2010-01-01 09:00"), now, Calendar);
        (decision.Earlier?.Count ?? 0).ShouldBe(together);
        decision.NextDue.ShouldBe(first.AddDays(missed));
        var rows = NotRun.Of(Daily, decision, now);
        rows.Count.ShouldBe(DueDecision.Most + (together > 0 ? 1 : 0));
        rows.Select(r => r.DueKey).Distinct().Count().ShouldBe(rows.Count);
        rows[0].Due.ShouldBe(first);
        if (together > 0) rows[0].SentenceJa.ShouldStartWith($"この回から {together} 回分をまとめて記録: ");
    }

    private static TaskClockRecord Clock(string next) => new() { Task = "probe", Schedule = "daily 09:00", NextDue = ClockStage.At(next) };

    private static IEnumerable<DueVerdict> Verdicts(TaskClockRecord clock, string now) =>
        DueDecision.Of(Daily, clock, ClockStage.At(now), Calendar).Moments.Select(m => m.Verdict);
}
