using FestivalOps.Language;
using FestivalOps.Scheduling;
using FestivalOps.Scheduling.Approvals;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FestivalOps.ScenarioTests;

/// <summary>A dangerous task: planned, shown, approved by another person, or not.</summary>
public sealed class ApprovalScenarios(World world)
{
    private static readonly Dictionary<string, string?> Channel = new(StringComparer.OrdinalIgnoreCase) { ["Channels:Reports"] = Seed.Ops };

    [Theory]
    [MemberData(nameof(Ways.All), MemberType = typeof(Ways))]
    public async Task Sato_asks_and_Suzuki_approves_and_the_file_is_below_the_post(Transport transport, Store store)
    {
        var (stage, facts) = await StageAsync(transport, store);
        await using var _ = stage;
        await stage.Sato.Types("/fops run restart", @in: Seed.Ops);
        await stage.Sato.Sees("restart の計画を作成しています");
        await stage.Emily.Sees("*restart の実行には承認が必要です*", "1. nginx を再起動 `systemctl restart nginx`", "確認した状態:\n・版 1", $"<@{Seed.Sato}>");

        await stage.Sato.Presses("承認して実行", @in: Seed.Ops);
        (await stage.Sato.Sees("自分が依頼した実行は承認できません")).IsForOneOnly.ShouldBeTrue();
        await stage.Tanaka.Presses("承認して実行", @in: Seed.Ops);
        await stage.Tanaka.Sees("実行できるのは技術リード・運用担当者・システム管理者だけです");
        facts.Restarts.ShouldBe(0);
        await stage.Suzuki.PressesTwice("承認して実行", @in: Seed.Ops);
        await stage.Suzuki.Sees("承認しました。restart を開始します");
        var ended = await stage.Emily.Sees("*restart* 完了", "再起動しました", $"<@{Seed.Sato}>", $"承認: <@{Seed.Suzuki}>", "全出力はスレッドのファイルにあります");
        await stage.Emily.Sees("承認されました", $"<@{Seed.Suzuki}>");
        facts.Restarts.ShouldBe(1);

        var file = stage.Slack.Workspace.Messages(Seed.Ops).Where(m => m.ThreadTs == ended.Ts).ShouldHaveSingleItem().Files.ShouldHaveSingleItem();
        file.Name.ShouldStartWith("restart-");
        (await stage.AuditRowsAsync()).ShouldContain(r => r.Detail.StartsWith($"restart: asked by {Seed.Sato}, approved by {Seed.Suzuki}, plan ", StringComparison.Ordinal));
        await stage.AuditShouldBeWholeAsync();
    }

    [Fact]
    public async Task It_is_rejected_and_asked_for_again_over_a_restart_and_void_when_something_changed()
    {
        var (stage, facts) = await StageAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        await stage.Sato.Types("/fops run restart", @in: Seed.Ops);
        await stage.Suzuki.Sees("*restart の実行には承認が必要です*");
        await stage.Suzuki.Presses("却下", @in: Seed.Ops);
        await stage.Emily.Sees("却下されました", $"<@{Seed.Suzuki}>");

        await stage.Sato.Types("/fops run restart", @in: Seed.Ops);
        await stage.Emily.Sees("*restart の実行には承認が必要です*", "対象: web1");
        // A bot that has just begun does not know what the one before it has posted in the same second.
        stage.Expects("chat.postMessage: ratelimited");
        await stage.StopBotAsync();
        facts.Version = 2;
        await stage.StartBotAsync();
        await stage.Suzuki.Presses("承認して実行", @in: Seed.Ops);
        var changed = await stage.Emily.Sees("*restart* 見送り", "− 承認時の状態: 版 1", "+ 現在の状態: 版 2");
        changed.Buttons.ShouldContain(b => b.Label == "実行を依頼");
        await stage.Emily.Sees("承認後に計画が変わったため無効になりました");
        facts.Restarts.ShouldBe(0);

        // Whoever presses is who asks now; so the other one approves.
        await stage.Suzuki.Presses("実行を依頼", @in: Seed.Ops);
        await stage.Suzuki.Sees("*restart の実行には承認が必要です*", "対象: web1", $"<@{Seed.Suzuki}>");
        await stage.Sato.Presses("承認して実行", @in: Seed.Ops);
        await stage.Emily.Sees("*restart* 完了", $"承認: <@{Seed.Sato}>");
        facts.Restarts.ShouldBe(1);
    }

    [Fact]
    public async Task After_its_time_the_post_says_that_it_is_void()
    {
        var (stage, facts) = await StageAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        await stage.Sato.Types("/fops run restart", @in: Seed.Ops);
        await stage.Suzuki.Sees("*restart の実行には承認が必要です*");
        // As if a quarter of an hour had passed.
        await stage.InStoreAsync(db => db.Set<Approval>().ExecuteUpdateAsync(set => set.SetProperty(a => a.ExpiresAt, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken));
        await stage.Suzuki.Presses("承認して実行", @in: Seed.Ops);
        (await stage.Suzuki.Sees("承認の期限が過ぎています")).IsForOneOnly.ShouldBeTrue();
        (await stage.Emily.Sees("期限までに承認されなかったため無効になりました")).Buttons.Select(b => b.Label).ShouldBe(["実行を依頼"]);
        facts.Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_what_changes_nothing_simply_runs()
    {
        var (stage, facts) = await StageAsync(Transport.Http, Store.Sqlite);
        await using var _ = stage;
        await stage.Sato.Types("/fops run restart dry", @in: Seed.Ops);
        await stage.Emily.Sees("*restart* (ドライラン) 完了", "実行内容: 1 手順(対象: web1)", "`systemctl restart nginx`");
        facts.Restarts.ShouldBe(0);
        await stage.Emily.Types("/fops run morning-check dry", @in: Seed.Ops);
        await stage.Emily.Sees("morning-check changes nothing, so there is no dry run of it: it has simply started.");
        await stage.Emily.Sees("*morning-check*", "所要");
    }

    [Fact]
    public async Task In_a_direct_message_with_no_channel_set_nobody_could_see_the_request_so_none_is_made()
    {
        var facts = new Facts();
        await using var stage = await world.NewStageAsync(new(Transport.Http, Store.Sqlite)
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Channels:Alerts"] = "", ["Channels:Reports"] = "" },
            Replace = services => services.AddSingleton(facts).AddTask<RestartTask>("restart"),
        });
        await stage.Sato.Types("/fops run restart", @in: stage.Sato.Direct);
        (await stage.Sato.Sees("承認の依頼をほかの担当者に見せる場所がありません")).IsForOneOnly.ShouldBeTrue();
        // Only to look is no request, and in a channel it is seen.
        await stage.Sato.Types("/fops run restart dry", @in: stage.Sato.Direct);
        await stage.Sato.Sees("*restart* (ドライラン) 完了");
        await stage.Sato.Types("/fops run restart", @in: Seed.Ops);
        await stage.Suzuki.Sees("*restart の実行には承認が必要です*");
        facts.Restarts.ShouldBe(0);
    }

    private async Task<(Stage Stage, Facts Facts)> StageAsync(Transport transport, Store store)
    {
        var facts = new Facts();
        var stage = await world.NewStageAsync(new(transport, store)
        {
            Settings = Channel,
            Replace = services => services.AddSingleton(facts).AddTask<RestartTask>("restart"),
        });
        return (stage, facts);
    }

    /// <summary>What the task finds, and what it did.</summary>
    private sealed class Facts
    {
        public int Version { get; set; } = 1;

        public int Restarts { get; set; }
    }

    private sealed class RestartTask(Facts facts) : IScheduledTask
    {
        public string Name => "restart";

        public LocalizedText Summary { get; } = new("nginx の再起動", "restarts nginx");

        public TaskSchedule DefaultSchedule { get; } = TaskSchedule.First(DayOfWeek.Sunday, new(1, 0));

        public bool Changes => true;

        public bool IsDangerous => true;

        public IReadOnlyCollection<FestivalOps.Commands.Roles.Role> AllowedRoles => [FestivalOps.Commands.Roles.Role.TechnicalLead, FestivalOps.Commands.Roles.Role.Operations];

        public Task<TaskPlan?> PlanAsync(TaskRun run, CancellationToken ct) => Task.FromResult<TaskPlan?>(new(
            "web1", [new(new("nginx を再起動", "restart nginx"), "systemctl restart nginx")], [new($"版 {facts.Version}", $"version {facts.Version}")], []));

        public Task<TaskOutcome> RunAsync(TaskRun run, CancellationToken ct)
        {
            facts.Restarts++;
            run.WriteLine("restarted");
            return Task.FromResult(TaskOutcome.Ok(new("再起動しました", "restarted")));
        }
    }
}
