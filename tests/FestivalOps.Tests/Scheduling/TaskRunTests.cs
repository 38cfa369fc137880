using FestivalOps.Alerting.Alerts;
using FestivalOps.Alerting.Incidents;
using FestivalOps.Alerting.Watchdog;
using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Storage;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>What becomes of a run; Quartz is not needed for that.</summary>
public sealed class TaskRunTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly LocalizedText Text = new("結果", "result");

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task While_one_runs_a_second_start_learns_who_runs_it(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        var go = new TaskCompletionSource();
        stage.Doings.Work = async (run, ct) =>
        {
            await go.Task.WaitAsync(ct);
            return TaskOutcome.Ok(Text);
        };
        var (first, second) = (stage.Get<TaskRunner>(), stage.AnotherBot().GetRequiredService<TaskRunner>());
        var (run, isNew) = await first.StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: true, "", CancellationToken.None);
        isNew.ShouldBeTrue();
        (await second.StartByHandAsync(stage.Task(), ClockStage.Lead, isDry: false, "", CancellationToken.None)).ShouldSatisfyAllConditions(
            r => r.IsNew.ShouldBeFalse(), r => r.Run.Id.ShouldBe(run.Id), r => r.Run.StartedBy.ShouldBe(ClockStage.Operator));

        go.SetResult();
        await first.ByHandAsync();
        (await stage.RunsAsync()).Select(r => (r.State, r.IsDry)).ShouldBe([(RunState.Ok, true)]);
        stage.Doings.Done.Select(d => d.IsDry).ShouldBe([true]);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Stop_ends_a_run_wherever_it_runs(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        stage.Doings.Work = async (_, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, stage.Clock, ct);
            return TaskOutcome.Ok(Text);
        };
        var other = stage.AnotherBot();
        var (run, _) = await other.GetRequiredService<TaskRunner>().StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        (await stage.Get<RunDesk>().AskToStopAsync(run.Id, ClockStage.Lead, CancellationToken.None)).ShouldNotBeNull();
        await ClockStage.UntilAsync(async () =>
        {
            stage.Clock.Advance(TaskRunner.TellEvery);
            return (await stage.RunsAsync()).Single().State == RunState.Stopped;
        }, "the run was stopped");
        var ended = (await stage.RunsAsync()).Single();
        ended.StopBy.ShouldBe(ClockStage.Lead);
        ended.SentenceJa.ShouldBe("停止ボタンで停止しました");
        (await stage.Get<RunDesk>().AskToStopAsync(run.Id, ClockStage.Lead, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_failing_task_is_an_incident_that_ends_when_it_succeeds()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var (trouble, runner) = (stage.Get<TaskTrouble>(), stage.Get<TaskRunner>());
        stage.Doings.Work = (_, _) => throw new InvalidOperationException("disk <full>");
        await RunAsync(runner, stage);
        await trouble.LookAsync(CancellationToken.None);
        await trouble.LookAsync(CancellationToken.None);
        var incident = (await IncidentsAsync(stage)).ShouldHaveSingleItem();
        incident.TitleJa.ShouldBe("定期タスク probe が失敗しました");
        incident.State.ShouldBe(IncidentState.Triggered);
        (await stage.RunsAsync()).Single().SentenceJa.ShouldMatch("エラーが起きて完了できませんでした \\(エラーID: .+\\)");

        stage.Doings.Work = (_, _) => Task.FromResult(TaskOutcome.Warning(Text));
        await RunAsync(runner, stage, isDry: true);
        await trouble.LookAsync(CancellationToken.None);
        (await IncidentsAsync(stage)).Single().State.ShouldBe(IncidentState.Triggered, "a dry run proves nothing");
        await RunAsync(runner, stage);
        await trouble.LookAsync(CancellationToken.None);
        (await IncidentsAsync(stage)).Single().State.ShouldBe(IncidentState.Resolved);
    }

    [Theory]
    [InlineData(nameof(TaskEnd.Ok), 0)]
    [InlineData(nameof(TaskEnd.Warning), 1)]
    [InlineData(nameof(TaskEnd.Failed), 1)]
    public async Task A_quiet_task_has_a_post_of_its_run_only_when_it_did_not_go_well(string end, int posts)
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        stage.Doings.Quiet = true;
        stage.Doings.Work = (run, _) =>
        {
            run.WriteLine("said");
            return Task.FromResult(new TaskOutcome(Enum.Parse<TaskEnd>(end), Text, []));
        };
        await stage.Get<RunDesk>().EnsureClockAsync(stage.Task(), CancellationToken.None);
        stage.GoTo("2026-11-25 09:00");
        await stage.Get<TaskRunner>().RunDueAsync("probe", CancellationToken.None);
        (await stage.RunsAsync()).Single().State.ToString().ShouldBe(end);
        (await stage.PostsAsync("task.run")).Count.ShouldBe(posts);
        (await stage.PostsAsync("task.output")).Count.ShouldBe(posts);

        await RunAsync(stage.Get<TaskRunner>(), stage);
        (await stage.PostsAsync("task.run")).Count.ShouldBe(posts + 1, "who runs it by hand sees how it ended");
    }

    [Fact]
    public async Task A_quiet_run_that_was_cut_off_is_told_after_all()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        stage.Doings.Quiet = true;
        var desk = stage.Get<RunDesk>();
        await desk.EnsureClockAsync(stage.Task(), CancellationToken.None);
        stage.GoTo("2026-11-25 09:00");
        (await desk.TakeDueAsync(stage.Task(), CancellationToken.None)).ShouldNotBeNull();
        (await stage.PostsAsync("task.run")).ShouldBeEmpty();
        await desk.EndLostAsync(() => [], CancellationToken.None);
        (await stage.SaysAsync((await stage.PostsAsync("task.run")).ShouldHaveSingleItem())).ShouldContain("実行中にボットが停止したため");
    }

    [Fact]
    public async Task A_due_run_that_nothing_begins_is_an_incident()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        await stage.Get<RunDesk>().EnsureClockAsync(stage.Task(), CancellationToken.None);
        stage.GoTo("2026-11-25 09:14");
        await stage.Get<TaskTrouble>().LookAsync(CancellationToken.None);
        (await IncidentsAsync(stage)).ShouldBeEmpty();
        stage.GoTo("2026-11-25 09:16");
        await stage.Get<TaskTrouble>().LookAsync(CancellationToken.None);
        (await IncidentsAsync(stage)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_run_whose_process_is_gone_is_ended_by_another(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        var gone = stage.AnotherBot();
        await gone.GetRequiredService<RunDesk>().BeginByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        await gone.GetRequiredService<InstanceBook>().BeatAsync(CancellationToken.None);
        await stage.Get<RunDesk>().EndLostAsync(() => [], CancellationToken.None);
        if (engine == Engine.Postgres) (await stage.RunsAsync()).Single().State.ShouldBe(RunState.Running, "it gave a sign of life just now");
        else (await stage.RunsAsync()).Single().State.ShouldBe(RunState.Failed, "a SQLite file has one process, so that one is gone");
        stage.Clock.Advance(InstanceBook.AliveFor + TimeSpan.FromSeconds(1));
        await stage.Get<RunDesk>().EndLostAsync(() => [], CancellationToken.None);
        (await stage.RunsAsync()).Single().ShouldSatisfyAllConditions(r => r.State.ShouldBe(RunState.Failed), r => r.SentenceJa.ShouldContain("ボットが停止したため"));
    }

    [Fact]
    public async Task A_run_is_not_taken_for_lost_between_its_row_and_its_work()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var (desk, runner) = (stage.Get<RunDesk>(), stage.Get<TaskRunner>());
        await runner.GoAsync(
            stage.Task(),
            async () =>
            {
                var begun = await desk.BeginByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
                await desk.EndLostAsync(runner.Mine, CancellationToken.None);
                return begun.Run;
            },
            run => run);
        await runner.ByHandAsync();
        (await stage.RunsAsync()).Single().State.ShouldBe(RunState.Ok);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_fails_also_when_it_does_not_listen()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Schedule:Probe:TimeoutMinutes", "5"));
        stage.Doings.Work = (_, _) => new TaskCompletionSource<TaskOutcome>().Task;
        await stage.Get<TaskRunner>().StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        await ClockStage.UntilAsync(async () =>
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(30));
            return (await stage.RunsAsync()).Single().State == RunState.Failed;
        }, "the run was given up");
        (await stage.RunsAsync()).Single().SentenceJa.ShouldBe("5 分以内に終わらなかったため中断しました");
    }

    [Fact]
    public async Task The_post_tells_steps_time_left_and_the_end_and_escapes_what_is_foreign()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var go = new TaskCompletionSource();
        stage.Doings.Work = async (run, _) =>
        {
            run.Report(4, 10, new("<b>を処理中", "at <b>"));
            await go.Task;
            return TaskOutcome.Warning(new("<!channel> 3 件", "<!channel> 3"), [new("*太字*", "*bold*")]);
        };
        var runner = stage.Get<TaskRunner>();
        await runner.StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        await ClockStage.UntilAsync(async () =>
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(2));
            return (await stage.RunsAsync()).Single().Steps == 10;
        }, "the progress was written");
        var post = (await stage.PostsAsync("task.run")).ShouldHaveSingleItem();
        post.Target.ShouldBe("C0REPORT01");
        var running = await stage.SaysAsync(post);
        running.ShouldContain("*probe* 実行中\n&lt;b&gt;を処理中");
        running.ShouldContain("███░░░░░░░ 3/10 · 残り約 ");
        running.ShouldContain("[停止]");
        go.SetResult();
        await runner.ByHandAsync();
        var ended = await stage.SaysAsync(post);
        ended.ShouldContain("*probe* 要確認\n&lt;!channel&gt; 3 件");
        ended.ShouldNotContain("[停止]");
        (await stage.PostsAsync("task.redraw")).Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Time_left_follows_what_such_runs_usually_take_and_the_bar_moves_within_a_long_step()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        await using (var db = stage.Db())
        {
            // Twenty minutes usually; the slow one, the failed one and the dry one don't count.
            foreach (var (minutes, state, dry) in new[] { (20, RunState.Ok, false), (19, RunState.Ok, false), (90, RunState.Warning, false), (1, RunState.Failed, false), (1, RunState.Ok, true) })
            {
                var begun = stage.Clock.GetUtcNow().AddDays(-1).AddMinutes(minutes);
                db.Add(new TaskRunRecord { Id = Guid.CreateVersion7(begun).ToString("N"), Task = "probe", Due = begun, State = state, IsDry = dry, StartedAt = begun, EndedAt = begun.AddMinutes(minutes) });
            }
            await db.SaveChangesAsync();
        }
        var go = new TaskCompletionSource();
        stage.Doings.Work = async (run, _) =>
        {
            run.Report(1, 2, new("長い手順", "a long step"));
            await go.Task;
            return TaskOutcome.Ok(Text);
        };
        var runner = stage.Get<TaskRunner>();
        await runner.StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        async Task<int> TimesToldAsync() => (await stage.PostsAsync("task.redraw")).Count;
        await ClockStage.UntilAsync(async () => (await stage.RunsAsync()).Exists(r => r.Steps == 2) || Advanced(), "the progress was written");
        var post = (await stage.PostsAsync("task.run")).ShouldHaveSingleItem();
        var told = await TimesToldAsync();
        var begin = (await stage.RunsAsync()).Single(r => r.State == RunState.Running).StartedAt;
        while (stage.Clock.GetUtcNow() < begin.AddMinutes(8)) Advanced();
        (await stage.SaysAsync(post)).ShouldContain("████░░░░░░ 0/2 · 残り約 12 分");
        await ClockStage.UntilAsync(async () => await TimesToldAsync() > told, "the post is drawn again although no step ended");
        while (stage.Clock.GetUtcNow() < begin.AddMinutes(25)) Advanced();
        (await stage.SaysAsync(post)).ShouldContain("████░░░░░░ 0/2 · いつもより長くかかっています (通常 20 分)");
        go.SetResult();
        await runner.ByHandAsync();

        bool Advanced()
        {
            stage.Clock.Advance(TimeSpan.FromSeconds(2));
            return false;
        }
    }

    [Theory]
    [InlineData(0, "░░░░░░░░░░ 0/2")]
    [InlineData(150_000, "██░░░░░░░░ 0/2 · 残り約 3 分")]
    [InlineData(240_000, "████░░░░░░ 0/2 · 残り約 1 分")]
    public async Task Of_a_first_run_the_rows_that_are_done_tell_the_time_left(int done, string bar)
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var desk = stage.Get<RunDesk>();
        var (run, _) = await desk.BeginByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        var known = new TaskRun(run.Id, run.Due, isDry: false, SpokenLanguage.Ja);
        known.Report(1, 2, new("削除", "deleting"), done, 300_000);
        await desk.TellAsync(run.Id, known.Progress, "", CancellationToken.None);
        (await stage.SaysAsync((await stage.PostsAsync("task.run")).Single())).ShouldContain(bar);
    }

    [Fact]
    public async Task What_a_stopped_run_began_is_in_its_file()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var begun = new TaskCompletionSource();
        stage.Doings.Work = async (run, ct) =>
        {
            run.Report(1, 3, new("掃除", "cleaning"));
            run.Find([new("○ 掃除済み", "○ cleaned")]);
            run.Report(2, 3, new("索引 1 / 9", "index 1 of 9"));
            run.Report(2, 3, new("索引 4 / 9", "index 4 of 9"));
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return TaskOutcome.Ok(Text);
        };
        var runner = stage.Get<TaskRunner>();
        var (run, _) = await runner.StartByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        await begun.Task;
        runner.Stop(run.Id);
        await runner.ByHandAsync();
        await stage.ArrivesAsync((await stage.PostsAsync("task.run")).Single(), "1.1");
        (await stage.SaysAsync((await stage.PostsAsync("task.output")).Single())).ShouldEndWith("\n○ 掃除済み\n1/3 掃除\n2/3 索引 4 / 9\n");
        var post = await stage.SaysAsync((await stage.PostsAsync("task.redraw"))[^1]);
        post.ShouldContain("最後の状態 (1/3 完了): 索引 4 / 9\n○ 掃除済み");
    }

    [Fact]
    public async Task What_a_killed_run_had_written_is_kept()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var desk = stage.Get<RunDesk>();
        var (run, _) = await desk.BeginByHandAsync(stage.Task(), ClockStage.Operator, isDry: false, "", CancellationToken.None);
        await desk.TellAsync(run.Id, new(1, 3, new("索引", "indexes")), "said so far\n", CancellationToken.None);
        await desk.EndLostAsync(() => [], CancellationToken.None);
        (await stage.RunsAsync()).Single().ShouldSatisfyAllConditions(r => r.Output.ShouldBe("said so far\n"), r => r.OutputFile.ShouldBe(OutputFileState.Waiting));
    }

    [Fact]
    public async Task Output_and_history_are_bounded()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        stage.Doings.Work = (run, _) =>
        {
            for (var i = 0; i < 10_050; i++) run.WriteLine(new string('x', 99));
            return Task.FromResult(TaskOutcome.Ok(Text));
        };
        await RunAsync(stage.Get<TaskRunner>(), stage);
        (await stage.RunsAsync()).Single().Output.Length.ShouldBe(TaskRunRecord.MaxOutput + 1, "the history keeps the beginning");
        var post = (await stage.PostsAsync("task.run")).Single();
        await stage.ArrivesAsync(post, "1.1");
        var file = await stage.SaysAsync((await stage.PostsAsync("task.output")).Single());
        file.Length.ShouldBeInRange(1_000_000, 1_000_300);
        file.ShouldEndWith("… +50");
        await using var db = stage.Db();
        for (var i = 0; i < RunHistory.Kept + 20; i++)
        {
            db.Add(new TaskRunRecord { Id = Guid.CreateVersion7(stage.Clock.GetUtcNow().AddHours(i + 1)).ToString("N"), Task = "probe", Due = stage.Clock.GetUtcNow(), State = RunState.Ok, StartedAt = stage.Clock.GetUtcNow() });
        }
        await db.SaveChangesAsync();
        await stage.Get<RunHistory>().TrimAsync(CancellationToken.None);
        (await stage.RunsAsync()).Count.ShouldBe(RunHistory.Kept);
    }

    private static async Task RunAsync(TaskRunner runner, ClockStage stage, bool isDry = false)
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await runner.StartByHandAsync(stage.Task(), ClockStage.Operator, isDry, "", CancellationToken.None);
        await runner.ByHandAsync();
    }

    private static async Task<List<Incident>> IncidentsAsync(ClockStage stage)
    {
        await using var db = stage.Db();
        return await db.Set<Incident>().AsNoTracking().ToListAsync();
    }
}
