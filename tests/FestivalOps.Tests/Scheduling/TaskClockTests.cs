using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>The clock with the real Quartz over real stores; only the time is held.</summary>
public sealed class TaskClockTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task In_a_whole_year_every_due_run_is_done_once_also_over_a_restart()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var clock = await stage.StartAsync();
        var law = JapaneseLaw.Years(2026, 2027);
        for (var day = new DateOnly(2026, 11, 25); day < new DateOnly(2027, 11, 25); day = day.AddDays(1))
        {
            stage.GoTo($"{day:yyyy-MM-dd} 09:02");
            if (day == new DateOnly(2027, 4, 1))
            {
                await stage.StopAsync(clock);
                clock = await stage.StartAsync(stage.AnotherBot());
            }
            await stage.SettleAsync();
        }

        var daily = await stage.RunsAsync();
        daily.Count.ShouldBe(365);
        daily.ShouldAllBe(r => r.State == RunState.Ok);
        daily.Select(r => r.Due).ShouldBe(Enumerable.Range(0, 365).Select(d => ClockStage.At("2026-11-25 09:00").AddDays(d)));
        var months = Enumerable.Range(0, 12).Select(m => new DateOnly(2026, 12, 1).AddMonths(m)).Select(m => law.BusinessDays(m.Year, m.Month)[1]);
        (await stage.RunsAsync("probe-month")).Select(r => DateOnly.FromDateTime(r.Due.ToOffset(TimeSpan.FromHours(9)).DateTime)).ShouldBe(months);
        stage.Doings.Done.Count.ShouldBe(365 + 12, "nothing ran twice");
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task After_a_downtime_the_last_is_run_late_and_the_others_are_said(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        var clock = await stage.StartAsync();
        await stage.StopAsync(clock);
        stage.GoTo("2026-11-28 11:30");
        await stage.StartAsync(stage.AnotherBot());
        await stage.SettleAsync();

        var runs = await stage.RunsAsync();
        runs.Select(r => r.State).ShouldBe([RunState.Missed, RunState.Missed, RunState.Missed, RunState.Ok]);
        RunDesk.Details(runs[^1])[0].Ja.ShouldBe("予定より 2 時間 30 分遅れて実行しました");
        var said = await stage.SaysAsync((await stage.PostsAsync("task.notrun")).ShouldHaveSingleItem());
        said.ShouldContain("probe (2026-11-25 09:00 〜 2026-11-27 09:00、3 回): ボットが実行できない間に予定時刻を 4 時間以上過ぎたため、実行しませんでした");
    }

    [Fact]
    public async Task After_a_downtime_that_is_too_long_nothing_is_run_and_that_is_said()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Schedule:Probe:MissedWithinHours", "1"));
        await stage.StopAsync(await stage.StartAsync());
        stage.GoTo("2026-11-25 11:30");
        await stage.StartAsync(stage.AnotherBot());
        await stage.SettleAsync();
        (await stage.RunsAsync()).ShouldHaveSingleItem().State.ShouldBe(RunState.Missed);
        (await stage.SaysAsync((await stage.PostsAsync("task.notrun")).Single())).ShouldContain("1 時間以上過ぎたため");
        stage.Doings.Done.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_that_could_still_be_run_the_newest_stands_for_all()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Schedule:Probe:MissedWithinHours", "60"));
        await stage.StopAsync(await stage.StartAsync());
        stage.GoTo("2026-11-27 10:00");
        await stage.StartAsync(stage.AnotherBot());
        await stage.SettleAsync();
        (await stage.RunsAsync()).Select(r => r.State).ShouldBe([RunState.Skipped, RunState.Skipped, RunState.Ok]);
        (await stage.SaysAsync((await stage.PostsAsync("task.notrun")).Single())).ShouldContain("後の予定の 1 回にまとめました");
    }

    [Fact]
    public async Task Two_bots_on_one_store_run_each_due_moment_once()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Postgres, postgres);
        await stage.StartAsync();
        await stage.StartAsync(stage.AnotherBot());
        for (var day = 25; day <= 30; day++)
        {
            stage.GoTo($"2026-11-{day} 09:02");
            await stage.SettleAsync();
        }
        (await stage.RunsAsync()).Select(r => (r.Due, r.State)).ShouldBe(Enumerable.Range(0, 6).Select(d => (ClockStage.At("2026-11-25 09:00").AddDays(d), RunState.Ok)));
        stage.Doings.Done.Count.ShouldBe(6);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Paused_and_left_out_runs_are_written_down_as_that(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        await stage.StartAsync();
        var (changes, task) = (stage.Get<RunChanges>(), stage.Task());
        (await changes.SkipAsync(task, ClockStage.Operator, CancellationToken.None))!.Value.Skipped.ShouldBe(ClockStage.At("2026-11-25 09:00"));
        (await changes.SkipAsync(task, ClockStage.Operator, CancellationToken.None)).ShouldBeNull("once is once");
        stage.GoTo("2026-11-25 09:02");
        await stage.SettleAsync();
        (await changes.PauseAsync(task, ClockStage.Operator, CancellationToken.None)).ShouldBeTrue();
        (await changes.PauseAsync(task, ClockStage.Operator, CancellationToken.None)).ShouldBeFalse();
        stage.GoTo("2026-11-26 09:02");
        await stage.SettleAsync();
        (await changes.ResumeAsync(task, CancellationToken.None)).ShouldBeTrue();
        stage.GoTo("2026-11-27 09:02");
        await stage.SettleAsync();
        (await stage.RunsAsync()).Select(r => (r.State, r.SentenceJa)).ShouldBe(
            [(RunState.Skipped, "指定により今回は実行しませんでした"), (RunState.Skipped, "一時停止中のため実行しませんでした"), (RunState.Ok, "済み")]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_due_moment_that_meets_a_run_under_way_waits_for_its_end_and_is_then_run_once(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        var clock = await stage.StartAsync();
        stage.GoTo("2026-11-25 08:59");
        await stage.SettleAsync();
        var go = new TaskCompletionSource();
        stage.Doings.Work = async (_, _) =>
        {
            await go.Task;
            return TaskOutcome.Ok(new("済み", "done"));
        };
        await stage.Get<TaskRunner>().StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        stage.GoTo("2026-11-25 09:02");
        for (var look = 0; look < 3; look++) await clock.KeepAsync(CancellationToken.None);
        (await stage.Get<RunDesk>().TakeDueAsync(stage.Task(), CancellationToken.None)).ShouldBeNull("a run is under way");
        (await stage.RunsAsync()).ShouldHaveSingleItem().DueKey.ShouldBeNull();

        go.SetResult();
        await stage.SettleAsync();
        (await stage.RunsAsync()).Select(r => (r.DueKey is null, r.State)).ShouldBe([(true, RunState.Ok), (false, RunState.Ok)], ignoreOrder: true);
        stage.Doings.Done.Count.ShouldBe(2);
        (await stage.PostsAsync("task.notrun")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_schedule_counts_from_now_on_and_a_task_without_one_rests()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Schedule:Probe:At", "Friday 18:00"), ("Schedule:ProbeMonth:Enabled", "false"));
        await stage.StartAsync();
        var clocks = await stage.Get<RunHistory>().ClocksAsync(CancellationToken.None);
        clocks["probe"].NextDue.ShouldBe(ClockStage.At("2026-11-27 18:00"));
        clocks["probe-month"].NextDue.ShouldBeNull();
    }

    [Fact]
    public async Task Beyond_the_list_of_holidays_a_business_day_is_run_with_a_warning()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Schedule:Probe:Enabled", "false"));
        stage.GoTo("2028-01-01 12:00");
        await stage.StartAsync();
        stage.GoTo("2028-01-04 09:02"); // nobody knows that January 3 is no holiday, so it counts as a business day
        await stage.SettleAsync();
        var run = (await stage.RunsAsync("probe-month")).ShouldHaveSingleItem();
        run.State.ShouldBe(RunState.Warning);
        RunDesk.Details(run)[0].Ja.ShouldContain("祝日データの範囲を過ぎています");
    }
}
