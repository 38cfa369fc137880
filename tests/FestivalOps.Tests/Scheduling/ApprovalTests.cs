using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>A dangerous task runs when a second person has approved exactly what it will do.</summary>
public sealed class ApprovalTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const string Task_ = "probe-danger";

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Another_person_lets_it_run_and_both_are_on_the_post(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        TaskPlan? seen = null;
        stage.Doings.Work = (run, _) =>
        {
            seen = run.Plan;
            return Task.FromResult(TaskOutcome.Ok(new("済み", "done")));
        };
        var approval = await AskAsync(stage);
        stage.Doings.Done.ShouldBeEmpty();
        var asked = await stage.SaysAsync((await stage.PostsAsync("task.approval")).ShouldHaveSingleItem());
        asked.ShouldContain("*probe-danger の実行には承認が必要です*\n対象: web1");
        asked.ShouldContain("1. 更新する `apt-get upgrade nginx=1.2`");
        asked.ShouldContain("確認した状態:\n・版 1.1");
        asked.ShouldContain("承認できるのは依頼者以外の運用担当者・技術リード・システム管理者です。期限 2026-11-24 10:15");
        asked.ShouldContain($"<@{ClockStage.Operator}>");
        asked.ShouldContain("[承認して実行] [却下]");

        (await ApproveAsync(stage, approval, ClockStage.Operator)).What.ShouldBe(Decision.OwnRequest);
        await DecideAndRunAsync(stage, approval, ClockStage.Lead);

        var run = (await stage.RunsAsync(Task_)).Single(r => !r.IsDry);
        (run.State, run.StartedBy, run.ApprovedBy, run.ApprovalId).ShouldBe((RunState.Ok, ClockStage.Operator, ClockStage.Lead, approval.Id));
        seen!.Steps.Count.ShouldBe(2, "the task gets the plan that was approved");
        var says = await stage.SaysAsync((await stage.PostsAsync("task.run")).Single(p => p.Subject == run.Id));
        says.ShouldContain($"<@{ClockStage.Operator}>");
        says.ShouldContain($"承認: <@{ClockStage.Lead}>");
        (await ApproveAsync(stage, approval, ClockStage.Lead)).What.ShouldBe(Decision.Late, "once is once");
        stage.Doings.Done.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Of_two_who_approve_at_once_one_does(Engine engine)
    {
        await using var stage = await ClockStage.SetAsync(engine, postgres);
        var other = stage.AnotherBot();
        var approval = await AskAsync(stage);
        var decided = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() =>
            (n % 2 == 0 ? stage.Services : other).GetRequiredService<ApprovalDesk>().ApproveAsync(approval.Id, stage.Task(Task_), $"U0OTHER00{n}", CancellationToken.None))));
        var winner = decided.Where(d => d.What == Decision.Taken).ShouldHaveSingleItem();
        decided.Where(d => d.What == Decision.Late).ShouldAllBe(d => d.Approval!.DecidedBy == winner.Approval!.DecidedBy);
        (await stage.RunsAsync(Task_)).Count(r => !r.IsDry).ShouldBe(1);
    }

    [Fact]
    public async Task After_15_minutes_it_is_void_and_can_be_asked_for_anew()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var approval = await AskAsync(stage);
        stage.Clock.Advance(TimeSpan.FromMinutes(15));
        (await ApproveAsync(stage, approval, ClockStage.Lead)).ShouldSatisfyAllConditions(d => d.What.ShouldBe(Decision.Late), d => d.Approval!.State.ShouldBe(ApprovalState.Expired));
        await PostedAsync(stage, approval);
        var says = await stage.SaysAsync((await stage.PostsAsync("task.approval.redraw"))[0]);
        says.ShouldContain("期限までに承認されなかったため無効になりました");
        says.ShouldContain("*probe-danger の実行依頼*");
        says.ShouldContain("[実行を依頼]");
        says.ShouldNotContain("[承認して実行]");
        (await AskAsync(stage)).Id.ShouldNotBe(approval.Id);
        stage.Doings.Done.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_looks_at_is_made_void_by_the_clock()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Approvals:ValidMinutes", "1"));
        var (approval, desk) = (await AskAsync(stage), stage.Get<ApprovalDesk>());
        await desk.TidyAsync(CancellationToken.None);
        (await desk.FindAsync(approval.Id, CancellationToken.None))!.State.ShouldBe(ApprovalState.Waiting);
        stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.TidyAsync(CancellationToken.None);
        (await desk.FindAsync(approval.Id, CancellationToken.None))!.State.ShouldBe(ApprovalState.Expired);
        stage.Clock.Advance(ApprovalDesk.Kept + TimeSpan.FromDays(1));
        await desk.TidyAsync(CancellationToken.None);
        (await desk.FindAsync(approval.Id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task When_the_plan_is_another_right_before_the_run_nothing_is_done_and_the_difference_is_said()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var approval = await AskAsync(stage);
        var plan = stage.Doings.Plan(null!)!;
        stage.Doings.Plan = _ => plan with { Facts = [new("版 1.3", "version 1.3")], Numbers = [new("接続 99", "99 connections")] };
        await DecideAndRunAsync(stage, approval, ClockStage.Lead);

        var run = (await stage.RunsAsync(Task_)).Single(r => !r.IsDry);
        (run.State, run.PlanChanged).ShouldBe((RunState.Skipped, true));
        RunDesk.Details(run).Select(d => d.Ja).ShouldBe(["− 承認時の状態: 版 1.1", "+ 現在の状態: 版 1.3"]);
        (await stage.SaysAsync((await stage.PostsAsync("task.run")).Single(p => p.Subject == run.Id))).ShouldContain("[実行を依頼]");
        (await stage.Get<ApprovalDesk>().FindAsync(approval.Id, CancellationToken.None))!.State.ShouldBe(ApprovalState.Changed);
        stage.Doings.Done.ShouldBeEmpty();
        (await stage.Get<RunHistory>().VerdictAsync(Task_, CancellationToken.None)).ShouldBeNull("a void approval is no failure of the task");
    }

    [Fact]
    public async Task Numbers_that_change_by_themselves_void_nothing()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var approval = await AskAsync(stage);
        var plan = stage.Doings.Plan(null!)!;
        stage.Doings.Plan = _ => plan with { Numbers = [new("接続 99", "99 connections")] };
        await DecideAndRunAsync(stage, approval, ClockStage.Lead);
        stage.Doings.Done.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(ClockStage.Lead, "Rejected", "却下されました")]
    [InlineData(ClockStage.Operator, "Withdrawn", "依頼者が取り下げました")]
    public async Task It_is_rejected_by_another_and_taken_back_by_who_asked(string who, string state, string says)
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var (approval, desk) = (await AskAsync(stage), stage.Get<ApprovalDesk>());
        (await desk.RejectAsync(approval.Id, who, CancellationToken.None)).Approval!.State.ToString().ShouldBe(state);
        (await desk.RejectAsync(approval.Id, who, CancellationToken.None)).What.ShouldBe(Decision.Late);
        (await ApproveAsync(stage, approval, "U0OTHER001")).What.ShouldBe(Decision.Late);
        await PostedAsync(stage, approval);
        (await stage.SaysAsync((await stage.PostsAsync("task.approval.redraw"))[0])).ShouldContain($"{says} (<@{who}> 2026-11-24 10:00)");
        stage.Doings.Done.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_bot_on_the_same_store_goes_on_where_the_first_stopped()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var approval = await AskAsync(stage);
        var next = stage.AnotherBot();
        await DecideAndRunAsync(next, stage.Task(Task_), approval, ClockStage.Lead);
        (await stage.RunsAsync(Task_)).Select(r => r.State).ShouldBe([RunState.Ok, RunState.Ok]);
        stage.Doings.Done.Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_a_run_is_under_way_an_approval_waits_and_while_one_waits_no_second_is_asked_for()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var approval = await AskAsync(stage);
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var (run, _) = await stage.Get<RunDesk>().BeginByHandAsync(stage.Task(Task_), ClockStage.Operator, isDry: true, "", CancellationToken.None);
        (await ApproveAsync(stage, approval, ClockStage.Lead)).ShouldSatisfyAllConditions(d => d.What.ShouldBe(Decision.Busy), d => d.Run!.Id.ShouldBe(run.Id));
        await stage.Get<RunDesk>().EndAsync(run.Id, new(RunState.Ok, new("済み", "done"), [], ""), CancellationToken.None);

        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await PlanAsync(stage);
        (await stage.RunsAsync(Task_))[^1].SentenceEn.ShouldBe(ApprovalTexts.WaitsAlready.En);
        (await stage.Get<ApprovalDesk>().OpenOfAsync(Task_, CancellationToken.None))!.Id.ShouldBe(approval.Id);
    }

    [Fact]
    public async Task A_dangerous_run_that_nobody_approved_does_nothing_whoever_begins_it()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var row = stage.Get<RunRows>().ByHand(stage.Task(Task_), ClockStage.Operator, isDry: false, asks: false, "");
        await Should.ThrowAsync<InvalidOperationException>(() => stage.Get<RunWork>().DoAsync(stage.Task(Task_), new(row.Id, row.Due, false, SpokenLanguage.En), row, CancellationToken.None));
        stage.Doings.Done.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_that_can_not_be_posted_is_void_and_who_asked_is_told()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        var approval = await AskAsync(stage);
        var row = (await stage.PostsAsync("task.approval")).ShouldHaveSingleItem();
        await using (var db = stage.Db())
        {
            await stage.Services.GetServices<FestivalOps.Channels.IPostKind>().Single(k => k.Kind == row.Kind).UndeliverableAsync(row, "not_in_channel", db, CancellationToken.None);
            await db.SaveChangesAsync();
        }
        (await ApproveAsync(stage, approval, ClockStage.Lead)).ShouldSatisfyAllConditions(d => d.What.ShouldBe(Decision.Late), d => d.Approval!.State.ShouldBe(ApprovalState.NotPosted));
        var told = (await stage.PostsAsync("task.approval.lost")).ShouldHaveSingleItem();
        (told.Carrier, told.Target).ShouldBe((FestivalOps.Channels.Carrier.Person, ClockStage.Operator));
        (await stage.SaysAsync(told)).ShouldContain("probe-danger の承認の依頼を投稿できませんでした(not_in_channel)。依頼は無効です。");
        (await AskAsync(stage)).Id.ShouldNotBe(approval.Id, "it can be asked for again at once");
    }

    private static async Task<Approval> AskAsync(ClockStage stage)
    {
        await PlanAsync(stage);
        return (await stage.Get<ApprovalDesk>().OpenOfAsync(Task_, CancellationToken.None)).ShouldNotBeNull();
    }

    private static async Task PlanAsync(ClockStage stage)
    {
        var runner = stage.Get<TaskRunner>();
        (await runner.StartByHandAsync(stage.Task(Task_), ClockStage.Operator, isDry: false, "", CancellationToken.None)).IsNew.ShouldBeTrue();
        await runner.ByHandAsync();
    }

    private static Task<Decided> ApproveAsync(ClockStage stage, Approval approval, string who) =>
        stage.Get<ApprovalDesk>().ApproveAsync(approval.Id, stage.Task(Task_), who, CancellationToken.None);

    private static Task DecideAndRunAsync(ClockStage stage, Approval approval, string who) => DecideAndRunAsync(stage.Services, stage.Task(Task_), approval, who);

    private static async Task DecideAndRunAsync(IServiceProvider bot, PlannedTask task, Approval approval, string who)
    {
        var (desk, runner) = (bot.GetRequiredService<ApprovalDesk>(), bot.GetRequiredService<TaskRunner>());
        var decided = await runner.GoAsync(task, () => desk.ApproveAsync(approval.Id, task, who, CancellationToken.None), d => d.Run);
        decided.What.ShouldBe(Decision.Taken);
        await runner.ByHandAsync();
    }

    private static async Task PostedAsync(ClockStage stage, Approval approval) =>
        await stage.ArrivesAsync((await stage.PostsAsync("task.approval")).Single(p => p.Subject == approval.Id), "7.7");
}
