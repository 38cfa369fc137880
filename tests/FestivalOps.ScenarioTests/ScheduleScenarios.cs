using FestivalOps.Language;
using FestivalOps.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary><c>/fops schedule</c> and <c>/fops run</c>, as the team sees them.</summary>
public sealed class ScheduleScenarios(World world)
{
    private static readonly Dictionary<string, string?> Channel = new(StringComparer.OrdinalIgnoreCase) { ["Channels:Reports"] = Seed.Ops };

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task The_morning_check_is_run_by_hand_and_its_post_holds_the_result(Transport transport, Store store)
    {
        world.NeedsPlatform();
        await using var stage = await world.NewStageAsync(new(transport, store) { Settings = Channel });

        await stage.Sato.Types("/fops run morning-check", @in: Seed.Ops);
        await stage.Sato.Sees("morning-check を開始しました");
        var post = await stage.Emily.Sees("*morning-check*", "○ PostgreSQL: ", "朝のシステムチェック", "手動実行", "所要");

        post.IsForOneOnly.ShouldBeFalse();
        post.Channel.ShouldBe(Seed.Ops);
        post.Buttons.ShouldBeEmpty("what has ended can't be stopped");
        stage.Emily.Messages.Count(m => m.ThreadTs is null).ShouldBe(1, "one run, one post");

        await stage.Emily.Types("/fops schedule history morning-check");
        var history = await stage.Emily.Sees("*Runs*", "*morning-check*", $"<@{Seed.Sato}>");
        history.IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_asks_in_a_direct_message_is_told_where_the_post_is()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Settings = Channel });
        await stage.Sato.Types("/fops run morning-check --dry", @in: stage.Sato.Direct);
        await stage.Sato.Sees("morning-check は何も変更しないため", $"経過: <#{Seed.Ops}>");
        await stage.Emily.Sees("*morning-check*", "手動実行");
    }

    [Fact]
    public async Task The_schedule_is_shown_changed_and_previewed()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite) { Settings = Channel });

        await stage.Sato.Types("/fops schedule");
        var shown = await stage.Sato.Sees("*定期タスクの予定*", "`morning-check`", "毎日 09:00", "次回");
        shown.IsForOneOnly.ShouldBeTrue();
        await stage.Emily.Types("/fops schedule preview 12");
        await stage.Emily.Sees("`morning-check` every day 09:00 (36");
        // Four answers for all in one channel, as fast as the machine: the bot waits as Slack asks.
        stage.Expects("response_url: ratelimited");
        await stage.Sato.Types("/fops schedule skip morning-check");
        await stage.Sato.Sees("の実行を見送ります。その次は");
        await stage.Sato.Types("/fops schedule resume morning-check");
        await stage.Sato.Sees("見送りを取り消しました。morning-check は");
        await stage.Sato.Types("/fops schedule pause morning-check");
        await stage.Sato.Sees("morning-check の定期実行を一時停止しました");
        await stage.Sato.Types("/fops schedule pause morning-check");
        await stage.Sato.Sees("morning-check はすでに一時停止中です");
        await stage.Sato.Types("/fops schedule resume morning-check");
        await stage.Sato.Sees("morning-check の定期実行を再開しました");
    }

    [Fact]
    public async Task A_schedule_whose_day_never_comes_is_said_at_the_start_and_in_the_list()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(Channel, StringComparer.OrdinalIgnoreCase) { ["Schedule:MorningCheck:At"] = "Sunday 09:00, holiday skip" },
        });
        await stage.Emily.Types("/fops schedule");
        await stage.Emily.Sees("every Sunday 09:00 (not on days off) · no such day in the next 800 days: it does not run by the clock");
        await stage.WaitsAsync(
            () => stage.Log.Lines.FirstOrDefault(l => l.Contains("does not run by the clock", StringComparison.Ordinal) && l.Contains("Sunday 09:00, holiday skip", StringComparison.Ordinal)),
            "the log says it", () => string.Join('\n', stage.Log.Lines.TakeLast(20)));
    }

    [Theory]
    [InlineData("/fops run morning-chek", "`/fops run morning-check` ですか?")]
    [InlineData("/fops run", "タスク名を指定してください: `morning-check`")]
    [InlineData("/fops run morning-check wet", "「`wet`」はわかりません")]
    [InlineData("/fops schedule pasue morning-check", "`/fops schedule pause` ですか?")]
    [InlineData("/fops schedule pause mornig-check", "`/fops schedule pause morning-check` ですか?")]
    [InlineData("/fops schedule preview 99", "月数は 1〜24")]
    public async Task A_slip_is_explained(string typed, string says)
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Sato.Types(typed);
        (await stage.Sato.Sees(says)).IsForOneOnly.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_has_no_role_for_a_task_is_told_who_has()
    {
        var stage = await world.StageAsync(Transport.Http, Store.Sqlite);
        await stage.Tanaka.Types("/fops run morning-check");
        await stage.Tanaka.Sees("実行できるのは運用担当者・技術リード");
        await stage.Tanaka.Types("/fops schedule pause morning-check");
        await stage.Tanaka.Sees("実行できるのは運用担当者・技術リード");
    }

    [Fact]
    public async Task A_run_shows_how_far_it_is_and_ends_when_someone_presses_stop()
    {
        await using var stage = await world.NewStageAsync(new(Transport.Socket, Store.Sqlite)
        {
            Settings = Channel,
            Replace = services => services.AddTask<EndlessTask>("endless"),
        });

        await stage.Sato.Types("/fops run endless", @in: Seed.Ops);
        await stage.Suzuki.Sees("*endless* 実行中", "███░░░░░░░ 3/10");
        await stage.Sato.Types("/fops run endless", @in: Seed.Ops);
        await stage.Sato.Sees("endless は", "から実行中です", $"<@{Seed.Sato}>");
        await stage.Suzuki.Presses("停止", @in: Seed.Ops);
        await stage.Suzuki.Sees("endless を停止しています");
        var ended = await stage.Emily.Sees("*endless* 停止", "停止ボタンで停止しました", $"停止: <@{Seed.Suzuki}>");
        ended.Buttons.ShouldBeEmpty();
    }

    private sealed class EndlessTask : IScheduledTask
    {
        public string Name => "endless";

        public LocalizedText Summary { get; } = new("終わらないタスク", "never ends");

        public TaskSchedule DefaultSchedule { get; } = TaskSchedule.Daily(new(9, 0));

        public async Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
        {
            run.Report(4, 10, new("4 つ目をしています", "doing the fourth"));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return TaskOutcome.Ok(new("なし", "none"));
        }
    }
}
