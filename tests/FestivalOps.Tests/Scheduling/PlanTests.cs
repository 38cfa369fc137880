using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Approvals;
using FestivalOps.Scheduling.Runs;
using FestivalOps.Tests.SamplePlatform;
using FestivalOps.Tests.Storage;
using Shouldly;
using Xunit;

namespace FestivalOps.Tests.Scheduling;

/// <summary>What a changing task would do: its dry run, and what an approval is bound to.</summary>
public sealed class PlanTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static readonly TaskPlan Plan = new("web1", [new(new("一", "one"), "a b"), new(new("二", "two"), "c")], [new("事実", "fact")], [new("数 1", "1 thing")]);

    [Fact]
    public async Task A_dry_run_shows_the_plan_with_its_commands_and_does_nothing()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        await RunAsync(stage, "probe-change", isDry: true);

        var run = (await stage.RunsAsync("probe-change")).ShouldHaveSingleItem();
        (run.State, run.IsDry, run.SentenceJa).ShouldBe((RunState.Ok, true, "実行内容: 2 手順(対象: web1)"));
        RunDesk.Details(run).Select(d => d.Ja).ShouldBe(
            ["1. 更新する `apt-get upgrade nginx=1.2`", "2. 再起動する `systemctl restart nginx`", "確認した状態:", "・版 1.1", "現在の件数など:", "・接続 12"]);
        run.Output.ShouldContain("\n$ systemctl restart nginx\n");
        stage.Doings.Done.ShouldBeEmpty();

        await RunAsync(stage, "probe-change", isDry: false);
        stage.Doings.Done.ShouldHaveSingleItem().IsDry.ShouldBeFalse();
    }

    [Fact]
    public async Task A_plan_without_its_subject_is_not_available_and_one_without_steps_is_done()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        stage.Doings.Plan = _ => TaskPlan.NotAvailable("web1", new("bundle がありません", "there is no bundle"));
        await RunAsync(stage, "probe-change", isDry: true);
        stage.Doings.Plan = _ => Plan with { Steps = [] };
        await RunAsync(stage, "probe-change", isDry: true);
        await RunAsync(stage, "probe-danger", isDry: false);
        (await stage.RunsAsync("probe-change")).Select(r => (r.State, r.SentenceEn)).ShouldBe([(RunState.NotAvailable, "there is no bundle"), (RunState.Ok, "There is nothing that it would change")]);
        (await stage.RunsAsync("probe-danger")).Single().SentenceEn.ShouldBe("There is nothing that it would change");
        (await stage.PostsAsync("task.approval")).ShouldBeEmpty("nothing is to be approved");
    }

    [Fact]
    public async Task What_could_not_be_looked_at_is_no_good_end_of_a_dry_run()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        stage.Doings.Plan = _ => TaskPlan.Failed("web1", new("web1 に接続できません", "web1 can't be reached"));
        await RunAsync(stage, "probe-change", isDry: true);
        await RunAsync(stage, "probe-danger", isDry: false);
        stage.Doings.Plan = _ => Plan with { IsPartial = true };
        await RunAsync(stage, "probe-change", isDry: true);
        (await stage.RunsAsync("probe-change")).Select(r => (r.State, r.SentenceJa)).ShouldBe(
            [(RunState.Failed, "web1 に接続できません"), (RunState.Warning, "実行内容: 2 手順(対象: web1)。確認できなかったものがあります")]);
        (await stage.RunsAsync("probe-danger")).Single().State.ShouldBe(RunState.Failed);
        (await stage.PostsAsync("task.approval")).ShouldBeEmpty("there is nothing to approve");
    }

    [Fact]
    public async Task A_changing_task_without_a_plan_fails_its_dry_run()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres);
        stage.Doings.Plan = _ => null;
        await RunAsync(stage, "probe-change", isDry: true);
        (await stage.RunsAsync("probe-change")).Single().State.ShouldBe(RunState.Failed);
    }

    [Fact]
    public async Task By_the_clock_a_dangerous_task_is_only_planned()
    {
        await using var stage = await ClockStage.SetAsync(Engine.Sqlite, postgres, ("Schedule:ProbeDanger:Enabled", "true"));
        await stage.StartAsync();
        stage.GoTo("2026-11-25 09:02");
        await stage.SettleAsync();

        var run = (await stage.RunsAsync("probe-danger")).ShouldHaveSingleItem();
        (run.State, run.IsDry, run.Asks).ShouldBe((RunState.Ok, true, false));
        stage.Doings.Done.Select(d => d.Task).ShouldNotContain("probe-danger");
        var says = await stage.SaysAsync((await stage.PostsAsync("task.run")).Single(p => p.Subject == run.Id));
        says.ShouldContain("実行には承認が必要です");
        says.ShouldContain("`apt-get upgrade nginx=1.2`");
        says.ShouldContain("[実行を依頼]");
        (await stage.PostsAsync("task.approval")).ShouldBeEmpty("nobody has asked");
    }

    [Fact]
    public void The_seal_is_of_task_host_exact_steps_and_facts_and_of_nothing_else()
    {
        var seal = PlanSeal.Of("t", Plan);
        seal.ShouldMatch("^[0-9a-f]{64}$");
        PlanSeal.Of("t", Plan with { Numbers = [new("数 2", "2 things")] }).ShouldBe(seal);
        PlanSeal.Of("t", Plan with { Steps = [Plan.Steps[0] with { Says = new("別", "other") }, Plan.Steps[1]] }).ShouldBe(seal);
        string[] others =
        [
            PlanSeal.Of("u", Plan),
            PlanSeal.Of("t", Plan with { Host = "web2" }),
            PlanSeal.Of("t", Plan with { Steps = [Plan.Steps[1], Plan.Steps[0]] }),
            PlanSeal.Of("t", Plan with { Steps = [Plan.Steps[0] with { Exact = "a  b" }, Plan.Steps[1]] }),
            PlanSeal.Of("t", Plan with { Steps = [new(new("一", "one"), "a"), new(new("二", "two"), "b c")] }),
            PlanSeal.Of("t", Plan with { Facts = [] }),
            PlanSeal.Of("t", Plan with { Facts = [new("事実", "another fact")] }),
        ];
        others.Append(seal).Distinct().Count().ShouldBe(others.Length + 1);
        PlanSeal.Of("t", PlanSeal.Read(PlanSeal.Write(Plan))).ShouldBe(seal, "what the store keeps is the same plan");
    }

    [Fact]
    public void What_changed_is_named()
    {
        var now = Plan with { Host = "web2", Steps = [Plan.Steps[0], new(new("三", "three"), "d")], Facts = [new("別の事実", "another")] };
        PlanSeal.Differences(Plan, now).Select(l => l.En).ShouldBe(
            ["another host: web1 → web2", "− no longer: c", "+ new: d", "− found then: fact", "+ found now: another"]);
        PlanSeal.Differences(Plan, Plan with { Numbers = [] }).ShouldBeEmpty();
        PlanSeal.Differences(Plan, Plan with { Steps = [Plan.Steps[1], Plan.Steps[0]] }).ShouldHaveSingleItem().En.ShouldBe("The steps are in another order");
        PlanSeal.Differences(Plan, Plan with { Steps = [.. Plan.Steps, Plan.Steps[1]] }).ShouldHaveSingleItem().En.ShouldBe("+ new: c");
    }

    [Fact]
    public void A_plan_that_nobody_could_judge_can_not_be_approved() =>
        Should.Throw<InvalidOperationException>(() => PlanSeal.Write(Plan with { Steps = [new(new("一", "one"), new string('x', PlanSeal.MaxPlan))] }));

    private static async Task RunAsync(ClockStage stage, string task, bool isDry)
    {
        stage.Clock.Advance(TimeSpan.FromSeconds(1));
        var runner = stage.Get<TaskRunner>();
        await runner.StartByHandAsync(stage.Task(task), ClockStage.Operator, isDry, "", CancellationToken.None);
        await runner.ByHandAsync();
    }
}
